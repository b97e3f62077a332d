#include "libsim/population/csv_months.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libsim/base/text.hpp"
#include "libsim/population/column_set.hpp"
#include "libsim/population/csv_cells.hpp"
#include "libsim/population/csv_header.hpp"
#include "libsim/population/time_span.hpp"

namespace labacces {
namespace {

constexpr std::size_t most_ids_compared = 10'000;  // for the nearest id in a message

class History {
 public:
  History(const std::pair<std::string, std::string>& file, Level level, const Schema& schema, bool ignore_unknown_columns,
          PopulationTables& tables, CsvFindings& findings)
      : text_(file.first, file.second),
        level_(level),
        schema_(schema),
        ignore_unknown_columns_(ignore_unknown_columns),
        tables_(tables),
        findings_(findings),
        set_(level, tables.ids[index_of(level)].size()) {}

  void read() {
    if (!read_header()) return;
    const auto& ids = tables_.ids[index_of(level_)];
    rows_.reserve(ids.size());
    for (std::size_t row = 0; row < ids.size(); ++row) rows_.emplace(ids[row], row);
    bool has_rows = false;
    while (!findings_.full() && text_.next(findings_)) {
      has_rows = true;
      if (text_.fields().size() == width_) {
        read_row();
      } else {
        findings_.add(text_.line_location(text_.line()), "this row has " + std::to_string(text_.fields().size()) +
                                                             " fields, the header has " + std::to_string(width_));
      }
    }
    if (!has_rows && !findings_.any())
      findings_.add(text_.line_location(text_.line()), "there is a header line, but no row under it");
    if (!findings_.any()) add_columns();
  }

 private:
  bool read_header() {
    if (!text_.next(findings_)) return false;
    width_ = text_.fields().size();
    for (std::size_t field = 0; field < width_; ++field) {
      const std::string name(trim(text_.fields()[field]));
      if (name == "id" && !id_) {
        id_ = field;
      } else if (name == "period" && !period_) {
        period_ = field;
      } else {
        add_variable(name, field);
      }
    }
    for (const auto& [name, found] : {std::pair{"id", id_.has_value()}, {"period", period_.has_value()}}) {
      if (!found) findings_.add(text_.line_location(text_.line()), std::string("a needed column is missing: ") + name);
    }
    return !findings_.any();
  }

  void add_variable(const std::string& name, std::size_t field) {
    const VariableInfo* info = schema_.find(name);
    if (info == nullptr) {
      std::vector<std::string> known = schema_.names();
      known.insert(known.end(), {"id", "period"});
      if (!ignore_unknown_columns_)
        findings_.add(text_.location(field), "unknown column '" + name + "'", did_you_mean(name, known));
      return;
    }
    if (info->level != level_) {
      findings_.add(text_.location(field), "'" + name + "' is a variable of " + std::string(plural_of(info->level)) +
                                               ", not of " + std::string(plural_of(level_)));
    } else if (info->periodicity == Periodicity::eternal) {
      findings_.add(text_.location(field), "'" + name + "' holds for all time: it has no months");
    }
    for (const CsvColumn& other : columns_) {
      if (other.variable == info) findings_.add(text_.location(field), "the column '" + name + "' is there twice");
    }
    columns_.push_back({CsvColumn::Use::value, level_, info, {}, field, name});
  }

  void read_row() {
    const std::string_view id = trim(text_.fields()[*id_]), period = trim(text_.fields()[*period_]);
    const auto row = rows_.find(std::string(id));
    if (row == rows_.end()) {
      const auto& known = tables_.ids[index_of(level_)];
      findings_.add(text_.location(*id_),
                    "column 'id': there is no " + std::string(name_of(level_)) + " '" + std::string(id) + "'",
                    known.size() <= most_ids_compared ? did_you_mean(id, known) : std::string());
      return;
    }
    const std::optional<TimeSpan> span = parse_time_span(period);
    if (!span || (!span->is_month() && span->civil_years() != 1)) {
      findings_.add(text_.location(*period_), "column 'period': '" + std::string(period) +
                                                  "' is not a period: expected a month '2024-01' or a year '2024'");
      return;
    }
    for (const CsvColumn& column : columns_) {
      const std::string_view cell = trim(text_.fields()[column.field]);
      if (cell.empty()) continue;
      const std::optional<double> value = cell_number(*column.variable, column, cell, text_, findings_);
      if (value) put(column, *span, row->second, *value);
    }
  }

  void put(const CsvColumn& column, TimeSpan span, std::size_t row, double value) {
    const PutResult result = set_.put(*column.variable, span, row, value);
    if (result == PutResult::stored) return;
    const std::string period(trim(text_.fields()[*period_]));
    findings_.add(text_.location(column.field),
                  result == PutResult::given_twice
                      ? "column '" + column.name + "': the value for " + period + " is on a line before already"
                      : "column '" + column.name + "' is yearly: expected a year such as '2024', found '" + period + "'");
  }

  void add_columns() {
    PopulationTables read;
    set_.move_into(read);
    for (VariableData& variable : read.variables) {
      for (const PeriodColumn& period : variable.periods) {
        if (add_period_column(tables_, variable.name, level_, period.period, std::move(read.columns[period.column]))) continue;
        findings_.add(text_.line_location(1),
                      "'" + variable.name + "' is given for the same time in another file: give it in one file");
        break;
      }
    }
  }

  CsvText text_;
  Level level_;
  const Schema& schema_;
  bool ignore_unknown_columns_;
  PopulationTables& tables_;
  CsvFindings& findings_;
  ColumnSet set_;
  std::size_t width_ = 0;
  std::optional<std::size_t> id_, period_;
  std::vector<CsvColumn> columns_;
  std::unordered_map<std::string, std::size_t> rows_;
};

}  // namespace

void read_csv_months(const std::pair<std::string, std::string>& file, Level level, const Schema& schema,
                     bool ignore_unknown_columns, PopulationTables& tables, CsvFindings& findings) {
  History(file, level, schema, ignore_unknown_columns, tables, findings).read();
}

}  // namespace labacces
