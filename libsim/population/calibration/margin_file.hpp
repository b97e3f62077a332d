// Margins as users write them: what is counted, by which classes, its published value and its source. JSON or CSV.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/population/level.hpp"

namespace labacces::calibration {

/// Values of a variable: some items of an enumeration (yes, no), or a range of numbers, both ends in it (`below`: the upper one is not).
struct ValueClass {
  std::string text;  ///< as written
  std::vector<std::string> items;
  double from = -std::numeric_limits<double>::infinity(), to = std::numeric_limits<double>::infinity();
  bool below = false;
  bool is_range() const { return items.empty(); }
};

/// A variable and the values that count. `place` is the path in the file, for messages.
struct Condition {
  std::string variable;
  ValueClass values;
  std::string place;
};

/// One side of a table: a variable and its classes, none twice.
struct Dimension {
  std::string variable;
  std::vector<ValueClass> classes;
  std::string place;
};

/// What a figure is: units counted, a variable added up, units of `part` in 100 counted, or the value of `of` below which a share of units lies.
enum class Figure : std::uint8_t { count, sum, rate, quantile };

/// What a margin is for. Tuned on: compared only, but something was set so that it comes out; held out: compared only, nothing was.
enum class Use : std::uint8_t { calibrated, tuned_on, held_out };

/// Figures that published ones allow, both ends among them.
struct AcceptedRange {
  double low = 0.0, high = 0.0;
};

/// One margin, or a table of them: a cell a combination of classes.
struct MarginTable {
  std::string name, source, date, place;
  Level level = Level::menage;
  Figure figure = Figure::count;
  std::string of;                                    ///< variable of a sum or quantile
  double share = 0.5;                                ///< of a quantile
  std::vector<Condition> where;                      ///< all must hold
  std::vector<Condition> part;                       ///< of a rate
  std::vector<Dimension> by;                         ///< empty: one margin
  std::vector<std::optional<double>> values;         ///< by cell, the last side runs fastest; none: not published
  std::vector<std::optional<AcceptedRange>> ranges;  ///< by cell, like the values; empty: the file gives none
  Use use = Use::calibrated;                         ///< rates, quantiles and ranges are compared only

  std::size_t cells() const;
  /// The class of each side in a cell.
  std::vector<std::size_t> classes_of(std::size_t cell) const;
  /// "Ménages: departement d22, statut_occupation_logement locataire_hlm".
  std::string cell_name(std::size_t cell) const;
};

struct MarginFile {
  std::string file, name;
  std::vector<MarginTable> tables;
};

/// Reads a margins file (docs/methods/calibration.md): JSON, or CSV when the name ends in .csv; `builtin:bretagne` are
/// the published margins of Brittany. Amounts that the file ties to an index are carried to
/// `year`. Throws Error with file and path (or line): syntax, unknown key (nearest), a condition that cannot be read, a table of another shape than
/// its classes, a margin or class that stands twice, a rate, quantile or range to calibrate to, a year that an index lacks.
MarginFile read_margins(const std::string& path, int year);
MarginFile parse_margins(const std::string& file, std::string_view text, int year);

}  // namespace labacces::calibration
