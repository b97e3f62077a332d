#include "libsim/outcomes/read_take_up_units.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "libsim/base/date.hpp"
#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/csv_text.hpp"

namespace labacces::outcomes {
namespace {

constexpr std::size_t most_cells = 200;
constexpr double largest_number = 1e12;

/// The file in memory, rows in the order of their bytes: what is computed does not depend on the order read.
struct Rows {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> cells;
  std::vector<Location> places;  // of each row
};

Rows read_rows(const std::string& file, std::string_view text) {
  CsvText csv(file, text);
  CsvFindings findings;
  Rows rows;
  if (csv.next(findings)) {
    for (const std::string_view field : csv.fields()) rows.header.emplace_back(trim(field));
  }
  for (std::size_t i = 0; i < rows.header.size(); ++i) {
    if (std::find(rows.header.begin(), rows.header.begin() + static_cast<std::ptrdiff_t>(i), rows.header[i]) !=
        rows.header.begin() + static_cast<std::ptrdiff_t>(i)) {
      findings.add(csv.location(i), "column '" + rows.header[i] + "' stands twice");
    }
  }
  std::vector<std::pair<std::vector<std::string>, Location>> read;
  while (!findings.full() && csv.next(findings)) {
    if (csv.fields().size() != rows.header.size()) {
      findings.add(csv.location(0),
                   std::to_string(rows.header.size()) + " fields were expected, found " + std::to_string(csv.fields().size()));
      continue;
    }
    std::vector<std::string> cells;
    for (const std::string_view field : csv.fields()) cells.emplace_back(trim(field));
    read.emplace_back(std::move(cells), csv.line_location(csv.line()));
  }
  findings.throw_if_any();
  if (read.empty()) throw Error(Location{file, 0, 0, {}}, "the file has no rows");
  std::stable_sort(read.begin(), read.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [cells, place] : read) {
    rows.cells.push_back(std::move(cells));
    rows.places.push_back(std::move(place));
  }
  return rows;
}

/// Columns of one benefit by month, oldest first; the month of a column without one is 0.
struct Columns {
  std::vector<std::size_t> right, receipt, claimed;
};

class Reader {
 public:
  Reader(const std::string& file, std::string_view text, const UnitColumns& columns)
      : file_(file), columns_(columns), rows_(read_rows(file, text)) {}

  TakeUpData read() {
    TakeUpData data;
    data.title = file_;
    data.source = file_;
    data.observed = true;
    read_design(data.design);
    auto receipts = std::make_shared<Receipts>();
    for (const std::string& benefit : columns_.benefits) read_benefit(benefit, data, *receipts);
    data.receipts = [receipts](std::size_t, std::size_t) { return *receipts; };
    read_living(data, *receipts);
    read_groups(data);
    return data;
  }

 private:
  std::size_t count() const { return rows_.cells.size(); }
  Location header_place() const { return {file_, 1, 0, {}}; }

  std::size_t place(const std::string& name) const {
    const auto found = std::find(rows_.header.begin(), rows_.header.end(), name);
    if (found == rows_.header.end())
      throw Error(header_place(), "there is no column '" + name + "'", did_you_mean(name, rows_.header));
    return static_cast<std::size_t>(found - rows_.header.begin());
  }

  double number(std::size_t row, std::size_t column, bool negative = false) const {
    const std::string& cell = rows_.cells[row][column];
    const auto value = parse_number(cell);
    const bool fits = value && (negative || *value >= 0.0) && std::abs(*value) <= largest_number;
    if (!fits) {
      throw Error(rows_.places[row], "column '" + rows_.header[column] + "': a number" + (negative ? "" : " of 0 or more") +
                                         " (at most 1e12) was expected, found '" + cell + "'");
    }
    return *value;
  }

  std::vector<double> numbers(std::size_t column, bool negative = false) const {
    std::vector<double> out;
    for (std::size_t row = 0; row < count(); ++row) out.push_back(number(row, column, negative));
    return out;
  }

  /// Codes of the texts of a column, in the order of bytes.
  std::vector<std::uint32_t> codes(std::size_t column, std::vector<std::string>& names) const {
    std::map<std::string, std::uint32_t> known;
    for (const auto& cells : rows_.cells) known.emplace(cells[column], 0);
    for (auto& [name, code] : known) {
      code = static_cast<std::uint32_t>(names.size());
      names.push_back(name);
    }
    std::vector<std::uint32_t> out;
    for (const auto& cells : rows_.cells) out.push_back(known.at(cells[column]));
    return out;
  }

  void read_design(SurveyDesign& design) const {
    design.weights = columns_.weight.empty() ? std::vector<double>(count(), 1.0) : numbers(place(columns_.weight));
    if (std::all_of(design.weights.begin(), design.weights.end(), [](double w) { return w == 0.0; })) {
      throw Error(header_place(), "column '" + columns_.weight + "': all weights are 0");
    }
    std::vector<std::string> cluster_names;
    if (!columns_.stratum.empty()) design.strata = codes(place(columns_.stratum), design.stratum_names);
    if (!columns_.cluster.empty()) design.clusters = codes(place(columns_.cluster), cluster_names);
    if (columns_.replicates.empty()) return;
    for (std::size_t column = 0; column < rows_.header.size(); ++column) {
      if (rows_.header[column].starts_with(columns_.replicates) && rows_.header[column] != columns_.weight)
        design.replicates.push_back(numbers(column));
    }
    if (design.replicates.empty())
      throw Error(header_place(), "no column begins with '" + columns_.replicates + "': replicate weights were expected");
    design.replicate_factor = replicate_factor(columns_.replicate_method, design.replicates.size());
  }

  /// The columns NAME, or NAME@month for each month.
  std::vector<std::size_t> by_month(const std::string& name, bool needed, std::optional<Month>& last, std::size_t months) const {
    std::map<std::int32_t, std::size_t> found;
    for (std::size_t column = 0; column < rows_.header.size(); ++column) {
      const std::string& title = rows_.header[column];
      if (!title.starts_with(name + "@")) continue;
      const auto month = parse_month(title.substr(name.size() + 1));
      if (!month) throw Error(header_place(), "column '" + title + "': a month such as 2024-01 was expected after @");
      found.emplace(month->index, column);
    }
    if (found.empty()) {
      if (!needed && std::find(rows_.header.begin(), rows_.header.end(), name) == rows_.header.end()) return {};
      if (months > 1)
        throw Error(header_place(), "column '" + name + "@...' is missing: rights have " + std::to_string(months) + " months");
      return {place(name)};
    }
    if (found.rbegin()->first - found.begin()->first + 1 != static_cast<std::int32_t>(found.size())) {
      throw Error(header_place(), "the months of '" + name + "' have a gap");
    }
    const Month end{found.rbegin()->first};
    if (last && (last->index != end.index || (months > 0 && months != found.size()))) {
      throw Error(header_place(), "'" + name + "' does not have the months of the other columns: " + std::to_string(months) +
                                      " to " + to_string(*last) + " were expected");
    }
    last = end;
    std::vector<std::size_t> out;
    for (const auto& [month, column] : found) out.push_back(column);
    return out;
  }

  Columns columns_of(const std::string& benefit) {
    Columns out;
    out.right = by_month(benefit + "_right", true, last_, months_);
    if (months_ == 0) months_ = out.right.size();
    out.receipt = by_month(benefit + "_receipt", true, last_, months_);
    out.claimed = by_month(benefit + "_claimed", false, last_, months_);
    if (out.right.size() != months_ || out.receipt.size() != months_ || (!out.claimed.empty() && out.claimed.size() != months_)) {
      throw Error(header_place(), "'" + benefit + "' does not have the months of the other columns: " + std::to_string(months_) +
                                      " were expected");
    }
    return out;
  }

  /// All of them 0 or 1.
  bool yes_no(const std::vector<double>& values) const {
    return std::all_of(values.begin(), values.end(), [](double v) { return v == 0.0 || v == 1.0; });
  }

  void read_benefit(const std::string& benefit, TakeUpData& data, Receipts& receipts) {
    const Columns columns = columns_of(benefit);
    BenefitUnits& units = data.benefits.emplace_back();
    Receipt& receipt = receipts.emplace_back();
    units.name = units.label = benefit;
    units.months = months_;
    units.claims_known = !columns.claimed.empty();
    units.persons = columns_.persons.empty() ? std::vector<double>(count(), 1.0) : numbers(place(columns_.persons));
    for (std::size_t row = 0; row < count(); ++row) {
      units.rows.push_back(static_cast<std::uint32_t>(row));
      for (std::size_t month = 0; month < months_; ++month) {
        units.rights.push_back(number(row, columns.right[month]));
        receipt.received.push_back(number(row, columns.receipt[month]));
        if (units.claims_known)
          receipt.claimed.push_back(number(row, columns.claimed[month]) > 0.0 || receipt.received.back() > 0.0 ? 1 : 0);
      }
    }
    units.in_kind = yes_no(units.rights);
    if (!yes_no(receipt.received)) return;
    for (std::size_t i = 0; i < units.rights.size(); ++i) {
      if (receipt.received[i] > 0.0 && units.rights[i] > 0.0) receipt.received[i] = units.rights[i];
    }
  }

  /// Were all rights claimed: what is observed, and what is not claimed.
  void read_living(TakeUpData& data, const Receipts& receipts) const {
    if (columns_.living.empty()) return;
    data.living.full = numbers(place(columns_.living), true);
    data.living.persons = data.benefits[0].persons;
    data.living.holds_all_receipts = true;
    data.living.consumption_units =
        columns_.consumption_units.empty() ? std::vector<double>(count(), 1.0) : numbers(place(columns_.consumption_units));
    const auto bad = std::find(data.living.consumption_units.begin(), data.living.consumption_units.end(), 0.0);
    if (bad != data.living.consumption_units.end()) {
      throw Error(rows_.places[static_cast<std::size_t>(bad - data.living.consumption_units.begin())],
                  "column '" + columns_.consumption_units + "': a number above 0 was expected");
    }
    for (std::size_t b = 0; b < data.benefits.size(); ++b) {
      if (data.benefits[b].in_kind) continue;
      for (std::size_t row = 0; row < count(); ++row) {
        const std::size_t at = (row + 1) * months_ - 1;
        data.living.full[row] +=
            12.0 * std::max(0.0, data.benefits[b].rights[at] - receipts[b].received[at]) / data.living.consumption_units[row];
      }
    }
  }

  QuantityTable::Group group_of(const std::string& written) const {
    const std::size_t colon = written.find(':');
    const std::string name = written.substr(0, colon);
    QuantityTable::Group group{name, name, {}, {}};
    const std::size_t column = place(name);
    if (colon == std::string::npos) {
      const std::vector<std::uint32_t> of_rows = codes(column, group.cells);
      if (group.cells.size() > most_cells) {
        throw Error(header_place(), "column '" + name + "' has " + std::to_string(group.cells.size()) +
                                        " different values: at most " + std::to_string(most_cells) +
                                        " split a table; bands of numbers are written '" + name + ":30/50'");
      }
      group.code.assign(of_rows.begin(), of_rows.end());
      return group;
    }
    std::vector<double> cuts;
    for (const std::string_view part : split(std::string_view(written).substr(colon + 1), '/')) {
      const auto cut = parse_number(part);
      if (!cut || (!cuts.empty() && !(*cut > cuts.back())))
        throw Error("groups: '" + written + "': numbers that rise were expected after the colon, such as " + name + ":30/50");
      cuts.push_back(*cut);
    }
    group.cells = band_names(cuts);
    for (const double value : numbers(column, true)) group.code.push_back(band_of(cuts, value));
    return group;
  }

  void read_groups(TakeUpData& data) const {
    std::vector<QuantityTable::Group> groups;
    for (const std::string& written : columns_.groups) groups.push_back(group_of(written));
    const std::vector<std::uint16_t> tenth =
        data.living.known() ? tenths(data.living.full, data.design.weights, data.living.persons) : std::vector<std::uint16_t>{};
    for (BenefitUnits& units : data.benefits) {
      units.groups = groups;
      if (!units.in_kind && !columns_.amounts.empty()) units.groups.push_back(amount_group(units, columns_.amounts));
      if (!tenth.empty()) units.groups.push_back(decile_group(units, tenth));
    }
  }

  const std::string& file_;
  const UnitColumns& columns_;
  Rows rows_;
  std::optional<Month> last_;
  std::size_t months_ = 0;
};

}  // namespace

TakeUpData read_take_up_units(const std::string& file, std::string_view text, const UnitColumns& columns) {
  if (columns.benefits.empty()) throw Error("no benefit is named: B stands for the columns B_right and B_receipt");
  return Reader(file, text, columns).read();
}

}  // namespace labacces::outcomes
