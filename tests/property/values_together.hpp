// Which numbers of a law can be moved at once and still be told apart.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "tests/property/moved_values.hpp"

namespace labacces::property {

/// What each rule reads, at first or at any later hand, in whatever month.
class RulesRead {
 public:
  explicit RulesRead(const law::Law& law);
  /// Whether no reader of one reads a reader of the other, so that each reader tells of its own value alone.
  bool apart(const WrittenValue& one, const WrittenValue& other) const;

 private:
  const law::Law* law_;
  std::vector<std::vector<bool>> reads_;  ///< [variable][variable], itself too
};

/// The values of `tried` in parts of at most `most`, each of values that are apart.
std::vector<std::vector<std::size_t>> parts_apart(const RulesRead& rules, const std::vector<WrittenValue>& values,
                                                  std::span<const std::size_t> tried, std::size_t most);

}  // namespace labacces::property
