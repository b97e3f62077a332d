// Tables of margins tied to columns: in which cell each unit counts, the rows for calibration, and what weights give.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "libsim/population/calibration/margin_data.hpp"
#include "libsim/population/calibration/margin_file.hpp"
#include "libsim/population/calibration/margins.hpp"

namespace labacces::calibration {

/// A cell of a table by their numbers.
struct TableCell {
  std::size_t table = 0, cell = 0;
  bool operator==(const TableCell&) const = default;
};

/// `file` and `data` must outlive it.
class Counted {
 public:
  /// Throws Error with the place in the file: a variable that `data` lacks (nearest name), an unknown item (nearest), a range of an enumeration, items of
  /// which two classes of a side share one, a sum of something that is no number.
  Counted(const MarginFile& file, const MarginData& data);
  ~Counted();
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

  /// Cells with a value that can be calibrated to: of tables of counts and sums that are not only compared.
  std::vector<TableCell> calibrated_cells() const;
  /// Units of the sample in each of the cells.
  std::vector<std::size_t> sampled_units(std::span<const TableCell> cells) const;
  /// One row a dwelling; margin i is cells[i].
  Margins rows(std::span<const TableCell> cells) const;
  /// What the weights of dwellings give in every cell of every table: [table][cell]; nothing where no unit counts (rates, quantiles).
  std::vector<std::vector<std::optional<double>>> figures(std::span<const double> weights) const;

 private:
  struct Test;
  struct Side;
  struct Bound;
  void bind(const MarginTable& table);
  Test test_of(const MarginTable& table, const std::string& variable, const ValueClass& values, const std::string& place) const;
  const MarginColumn& column_of(const MarginTable& table, const std::string& variable, const std::string& place) const;
  std::optional<std::size_t> cell_of(const Bound& bound, std::size_t row) const;
  double value_at(const Bound& bound, std::size_t row) const;

  const MarginFile& file_;
  const MarginData& data_;
  std::vector<Bound> bound_;
};

}  // namespace labacces::calibration
