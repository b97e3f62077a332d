// Frame: a table in memory as data tools hand it over, before anything in it is checked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libsim/population/population.hpp"

namespace labacces {

/// One column. Cells that are missing have given 0.
struct FrameColumn {
  enum class Kind : std::uint8_t { numbers, integers, booleans, days, texts } kind = Kind::numbers;
  std::string name;
  std::string type;                                ///< as messages call it: "float64", "utf8"
  std::vector<double> numbers;                     ///< of numbers, booleans (0, 1) and days (since 1970)
  Lent<double> lent;                               ///< instead of `numbers`, where these may be read in place
  std::shared_ptr<const DeferredValues> deferred;  ///< instead of `numbers`, of booleans and days
  std::vector<std::int64_t> integers;              ///< of integers
  Lent<std::int64_t> lent_integers;                ///< instead of `integers`, where these may be read in place
  std::vector<std::int32_t> codes;                 ///< of texts: places in `dictionary`
  Lent<std::int32_t> lent_codes;                   ///< instead of `codes`, where these may be read in place
  std::vector<std::string> dictionary;             ///< each text once
  std::vector<std::uint8_t> given;                 ///< empty = all

  std::size_t size() const;
  /// The integers, own or lent.
  std::span<const std::int64_t> whole() const { return lent_integers.keeper ? lent_integers.values : integers; }
  /// The places in the dictionary, own or lent.
  std::span<const std::int32_t> coded() const { return lent_codes.keeper ? lent_codes.values : codes; }
  /// The numbers, booleans or days, own or lent, or worked out now.
  std::span<const double> cells() const { return deferred ? deferred->cells() : lent.keeper ? lent.values : numbers; }
  bool is_given(std::size_t row) const { return given.empty() || given[row] != 0; }
};

struct Frame {
  std::string name;  ///< as messages call it: "individus"
  std::size_t rows = 0;
  std::vector<FrameColumn> columns;
};

/// The cell as text, for messages and for ids: whole numbers without a point. It must be given.
std::string cell_text(const FrameColumn& column, std::size_t row);
/// The first row whose cell is missing, or nothing.
std::optional<std::size_t> first_missing(const FrameColumn& column);

}  // namespace labacces
