#include "libsim/population/calibration/counted.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"

namespace labacces::calibration {

/// Whether a value is in a class: a range, or one of some numbers (codes, 0 and 1).
struct Counted::Test {
  const MarginColumn* column = nullptr;
  bool range = false, below = false;
  double from = 0.0, to = 0.0;
  std::vector<double> codes;

  bool holds(double value) const {
    if (range) return value >= from && (below ? value < to : value <= to);
    return std::find(codes.begin(), codes.end(), value) != codes.end();
  }
};

struct Counted::Side {
  const MarginColumn* column = nullptr;
  std::vector<Test> classes;
};

struct Counted::Bound {
  const MarginTable* table = nullptr;
  std::vector<Test> where, part;
  std::vector<Side> by;
  const MarginColumn* of = nullptr;
};

namespace {

[[noreturn]] void fail(const MarginFile& file, const std::string& place, const std::string& message,
                       const std::string& hint = {}) {
  throw Error(Location{file.file, 0, 0, place}, message, hint);
}

std::optional<double> yes_no(const std::string& item) {
  if (item == "yes" || item == "oui" || item == "true" || item == "1") return 1.0;
  if (item == "no" || item == "non" || item == "false" || item == "0") return 0.0;
  return std::nullopt;
}

}  // namespace

const MarginColumn& Counted::column_of(const MarginTable& table, const std::string& variable, const std::string& place) const {
  const MarginColumn* found = data_.find(variable);
  if (found != nullptr) return *found;
  std::vector<std::string> names = derived_names();
  for (const MarginColumn& column : data_.columns) names.push_back(column.name);
  fail(file_, place, "'" + table.name + "': there is no variable '" + variable + "'", did_you_mean(variable, names));
}

Counted::Test Counted::test_of(const MarginTable& table, const std::string& variable, const ValueClass& values,
                               const std::string& place) const {
  Test out;
  out.column = &column_of(table, variable, place);
  const bool numeric = out.column->kind == ValueKind::number;
  if (values.is_range()) {
    if (!numeric)
      fail(file_, place, "'" + variable + "' is no number: items were expected, found the range '" + values.text + "'");
    out.range = true;
    out.below = values.below;
    out.from = values.from;
    out.to = values.to;
    return out;
  }
  for (const std::string& item : values.items) {
    std::optional<double> code;
    std::vector<std::string> known{"yes", "no"};
    if (numeric) {
      code = parse_number(item);
      if (!code)
        fail(file_, place,
             "'" + variable + "' is a number: a number or a range, such as 20..59, was expected, found '" + item + "'");
    } else if (out.column->kind == ValueKind::yes_no) {
      code = yes_no(item);
    } else if (out.column->kind == ValueKind::enumeration) {
      known = out.column->items;
      const auto found = std::find(known.begin(), known.end(), item);
      if (found != known.end()) code = static_cast<double>(found - known.begin());
    } else {
      fail(file_, place, "'" + variable + "' is a date; margins look at numbers, yes or no, and enumerations");
    }
    if (!code) {
      const std::string hint = did_you_mean(item, known);
      fail(file_, place, "'" + item + "' is no item of '" + variable + "'", hint.empty() ? "one of: " + join(known, ", ") : hint);
    }
    out.codes.push_back(*code);
  }
  return out;
}

void Counted::bind(const MarginTable& table) {
  Bound bound;
  bound.table = &table;
  for (const Condition& condition : table.where)
    bound.where.push_back(test_of(table, condition.variable, condition.values, condition.place));
  for (const Condition& condition : table.part)
    bound.part.push_back(test_of(table, condition.variable, condition.values, condition.place));
  for (const Dimension& dimension : table.by) {
    Side side;
    side.column = &column_of(table, dimension.variable, dimension.place);
    for (const ValueClass& values : dimension.classes) {
      side.classes.push_back(test_of(table, dimension.variable, values, dimension.place));
      const Test& now = side.classes.back();
      for (std::size_t i = 0; i + 1 < side.classes.size(); ++i) {
        const Test& other = side.classes[i];
        const bool shared =
            std::any_of(now.codes.begin(), now.codes.end(), [&](double code) { return other.holds(code); }) ||
            (now.range &&
             (other.range ? (now.from < other.from ? other.from < now.to || (other.from == now.to && !now.below)
                                                   : now.from < other.to || (now.from == other.to && !other.below))
                          : std::any_of(other.codes.begin(), other.codes.end(), [&](double code) { return now.holds(code); })));
        if (shared)
          fail(file_, dimension.place,
               "the classes '" + dimension.classes[i].text + "' and '" + values.text + "' of '" + dimension.variable +
                   "' share a value");
      }
    }
    bound.by.push_back(std::move(side));
  }
  if (!table.of.empty()) {
    const std::string place = table.place + (table.figure == Figure::quantile ? "/of" : "/sum");
    bound.of = &column_of(table, table.of, place);
    if (bound.of->kind != ValueKind::number)
      fail(file_, place, "'" + table.of + "' is no number: it cannot be added up or sorted");
  }
  bound_.push_back(std::move(bound));
}

Counted::Counted(const MarginFile& file, const MarginData& data) : file_(file), data_(data) {
  for (const MarginTable& table : file.tables) bind(table);
}

Counted::~Counted() = default;

std::optional<std::size_t> Counted::cell_of(const Bound& bound, std::size_t row) const {
  const Level level = bound.table->level;
  const auto value = [&](const MarginColumn& column) { return column.values()[data_.row_at(level, row, column.level)]; };
  for (const Test& test : bound.where) {
    if (!test.holds(value(*test.column))) return std::nullopt;
  }
  std::size_t cell = 0;
  for (const Side& side : bound.by) {
    const double here = value(*side.column);
    const auto found = std::find_if(side.classes.begin(), side.classes.end(), [&](const Test& test) { return test.holds(here); });
    if (found == side.classes.end()) return std::nullopt;
    cell = cell * side.classes.size() + static_cast<std::size_t>(found - side.classes.begin());
  }
  return cell;
}

double Counted::value_at(const Bound& bound, std::size_t row) const {
  return bound.of->values()[data_.row_at(bound.table->level, row, bound.of->level)];
}

std::vector<TableCell> Counted::calibrated_cells() const {
  std::vector<TableCell> out;
  for (std::size_t t = 0; t < bound_.size(); ++t) {
    const MarginTable& table = *bound_[t].table;
    if (table.use != Use::calibrated || table.figure == Figure::rate || table.figure == Figure::quantile) continue;
    for (std::size_t c = 0; c < table.cells(); ++c) {
      if (table.values[c]) out.push_back({t, c});
    }
  }
  return out;
}

std::vector<std::size_t> Counted::sampled_units(std::span<const TableCell> cells) const {
  std::vector<std::vector<std::size_t>> counts;
  for (const Bound& bound : bound_) {
    counts.emplace_back(bound.table->cells(), 0);
    const bool wanted =
        std::any_of(cells.begin(), cells.end(), [&](const TableCell& cell) { return cell.table + 1 == counts.size(); });
    for (std::size_t row = 0; wanted && row < data_.counts[index_of(bound.table->level)]; ++row) {
      if (const auto cell = cell_of(bound, row)) ++counts.back()[*cell];
    }
  }
  std::vector<std::size_t> out;
  for (const TableCell& cell : cells) out.push_back(counts[cell.table][cell.cell]);
  return out;
}

Margins Counted::rows(std::span<const TableCell> cells) const {
  std::vector<Margin> wanted;
  std::vector<std::vector<std::int64_t>> number;  // [table][cell] -> margin, -1 = not asked
  for (const Bound& bound : bound_) number.emplace_back(bound.table->cells(), -1);
  std::vector<bool> asked(bound_.size(), false);
  for (const TableCell& cell : cells) {
    number[cell.table][cell.cell] = static_cast<std::int64_t>(wanted.size());
    asked[cell.table] = true;
    wanted.push_back({bound_[cell.table].table->cell_name(cell.cell), *bound_[cell.table].table->values[cell.cell]});
  }
  Margins out(std::move(wanted));

  // Units of each level by dwelling: row numbers, one dwelling after the other.
  const std::size_t dwellings = data_.counts[index_of(Level::menage)];
  std::array<std::vector<std::size_t>, level_count> first, units;
  for (std::size_t l = 0; l < level_count; ++l) {
    const auto level = static_cast<Level>(l);
    const auto looks = [&](std::size_t t) { return asked[t] && bound_[t].table->level == level; };
    bool needed = false;
    for (std::size_t t = 0; t < bound_.size(); ++t) needed = needed || looks(t);
    if (!needed) continue;
    first[l].assign(dwellings + 1, 0);
    for (std::size_t row = 0; row < data_.counts[l]; ++row) ++first[l][data_.dwelling_of(level, row) + 1];
    for (std::size_t d = 0; d < dwellings; ++d) first[l][d + 1] += first[l][d];
    units[l].resize(data_.counts[l]);
    std::vector<std::size_t> next(first[l].begin(), first[l].end() - 1);
    for (std::size_t row = 0; row < data_.counts[l]; ++row) units[l][next[data_.dwelling_of(level, row)]++] = row;
  }
  std::vector<Cell> row_cells;
  for (std::size_t dwelling = 0; dwelling < dwellings; ++dwelling) {
    row_cells.clear();
    for (std::size_t t = 0; t < bound_.size(); ++t) {
      if (!asked[t]) continue;
      const std::size_t level = index_of(bound_[t].table->level);
      for (std::size_t i = first[level][dwelling]; i < first[level][dwelling + 1]; ++i) {
        const std::size_t row = units[level][i];
        const auto cell = cell_of(bound_[t], row);
        if (!cell || number[t][*cell] < 0) continue;
        const double value = bound_[t].of == nullptr ? 1.0 : value_at(bound_[t], row);
        if (value != 0.0) row_cells.push_back({static_cast<std::uint32_t>(number[t][*cell]), value});
      }
    }
    out.add_unit(row_cells);
  }
  return out;
}

std::vector<std::vector<std::optional<double>>> Counted::figures(std::span<const double> weights) const {
  std::vector<std::vector<std::optional<double>>> out;
  for (const Bound& bound : bound_) {
    const MarginTable& table = *bound.table;
    const std::size_t cells = table.cells();
    std::vector<double> above(cells, 0.0), below(cells, 0.0);
    std::vector<std::vector<std::pair<double, double>>> sorted(table.figure == Figure::quantile ? cells : 0);
    for (std::size_t row = 0; row < data_.counts[index_of(table.level)]; ++row) {
      const auto cell = cell_of(bound, row);
      if (!cell) continue;
      const double weight = weights[data_.dwelling_of(table.level, row)];
      if (table.figure == Figure::quantile) {
        sorted[*cell].emplace_back(value_at(bound, row), weight);
        continue;
      }
      below[*cell] += weight;
      const auto holds = [&](const Test& test) {
        return test.holds(test.column->values()[data_.row_at(table.level, row, test.column->level)]);
      };
      if (table.figure == Figure::rate) {
        if (std::all_of(bound.part.begin(), bound.part.end(), holds)) above[*cell] += weight;
      } else {
        above[*cell] += bound.of == nullptr ? weight : weight * value_at(bound, row);
      }
    }
    std::vector<std::optional<double>> values(cells);
    for (std::size_t c = 0; c < cells; ++c) {
      if (table.figure == Figure::count || table.figure == Figure::sum) values[c] = above[c];
      if (table.figure == Figure::rate && below[c] > 0.0) values[c] = 100.0 * above[c] / below[c];
      if (table.figure != Figure::quantile || sorted[c].empty()) continue;
      std::sort(sorted[c].begin(), sorted[c].end());
      double total = 0.0, reached = 0.0;
      for (const auto& [value, weight] : sorted[c]) total += weight;
      values[c] = sorted[c].back().first;
      for (const auto& [value, weight] : sorted[c]) {
        reached += weight;
        if (reached < table.share * total) continue;
        values[c] = value;
        break;
      }
    }
    out.push_back(std::move(values));
  }
  return out;
}

}  // namespace labacces::calibration
