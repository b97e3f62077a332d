// Published indices by year, and which variable follows which.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace labacces::uprating {

/// One index: the factor of each year on the year before, with where it comes from.
struct Index {
  std::string label;
  struct Step {
    double factor = 1.0;
    std::string source;
  };
  std::map<int, Step> steps;  ///< by year; no year is left out between the first and the last
};

/// Indices by name, and patterns of variables ("salaire_*") by index.
class Indices {
 public:
  /// Reads "labacces-indices/1": `indices` (each with `growth_percent` or `levels` by year, [number, source]), `variables` (index -> names, or
  /// beginnings that end with *), `others` (the index of every other amount). Throws Error with file and JSON path: unknown keys, names and
  /// indices (nearest), a year left out between two, a growth of -100 % or less, a level of 0 or less, a source that is missing.
  static Indices read(const std::string& file, std::string_view text);
  /// Those that the program brings, each number with its source: libsim/population/uprating/indices.json.
  static Indices built_in();

  /// The index that amounts of `variable` follow: its own name before a beginning, the longest beginning before shorter ones.
  const std::string& index_of(std::string_view variable) const;
  /// What an amount of year `from` is multiplied by to be one of year `to` (before or after). Throws Error that names the index and the years known.
  double factor(const std::string& index, int from, int to) const;
  const std::map<std::string, Index>& all() const { return indices_; }

 private:
  std::string file_;
  std::map<std::string, Index> indices_;
  std::map<std::string, std::string, std::less<>> names_, beginnings_;  // of variables -> index
  std::string others_;
};

}  // namespace labacces::uprating
