// Which rules a rule needs within one month: what an order of decisions must respect.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/law/references.hpp"

namespace labacces::law {

class SameMonth {
 public:
  /// The law must outlive it.
  explicit SameMonth(const Law& law) : law_(law), references_(collect_references(law)) {}

  /// The shortest way from rule `from` to rule `to` by readings of the same month, both ends in it; empty when `from` does not need `to` in
  /// `month`. Readings of several months count when that month may be among them.
  std::vector<std::uint32_t> path(std::uint32_t from, std::uint32_t to, Month month) const;

 private:
  const Law& law_;
  std::vector<VersionReferences> references_;
};

}  // namespace labacces::law
