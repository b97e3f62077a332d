// Results and populations written as CSV: comma, UTF-8, numbers in the shortest form that reads back the same.
#include "libsim/population/csv_write.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/population/csv_header.hpp"
#include "libsim/population/values.hpp"

namespace labacces {
namespace {

void append_text(std::string& out, const std::string& text) {
  if (text.find_first_of(",;\t\"\r\n") == std::string::npos && (text.empty() || (text.front() != ' ' && text.back() != ' '))) {
    out += text;
    return;
  }
  out += '"';
  for (const char byte : text) {
    out += byte;
    if (byte == '"') out += '"';
  }
  out += '"';
}

void append_number(std::string& out, double value) {
  std::array<char, 32> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value == 0 ? 0.0 : value);  // no "-0"
  out.append(buffer.data(), result.ptr);
}

void append_value(std::string& out, const VariableInfo& variable, double value) {
  if (!std::isfinite(value)) return;
  if (variable.kind == ValueKind::number) {
    append_number(out, value);
  } else {
    append_text(out, value_text(variable, value));
  }
}

/// Canonical rows in the order of the file read.
std::vector<std::size_t> rows_as_read(const Population& population, Level level) {
  const std::vector<std::int32_t>& original = population.original_rows(level);
  std::vector<std::size_t> result(original.size());
  for (std::size_t row = 0; row < original.size(); ++row) result[static_cast<std::size_t>(original[row])] = row;
  return result;
}

std::string period_suffix(Period period) {
  switch (period.kind) {
    case Period::Kind::eternity:
      return "";
    case Period::Kind::year:
      return "@" + std::to_string(period.value);
    case Period::Kind::month:
      return "@" + to_string(Month{period.value});
  }
  return "";
}

struct WrittenColumn {
  const VariableInfo* variable;
  const Column* column;
};

void append_links(std::string& out, const Population& population, std::size_t person) {
  for (const Level group : {Level::menage, Level::famille, Level::foyer_fiscal}) {
    const Membership& membership = population.membership(group);
    out += ',';
    append_text(out, population.ids(group)[static_cast<std::size_t>(membership.unit_of[person])]);
    out += ',';
    out += std::to_string(membership.role_of[person]);
  }
}

}  // namespace

std::string results_csv(const Population& population, Level level, const std::vector<ResultColumn>& columns) {
  std::string out = "id";
  for (const ResultColumn& column : columns) {
    SIM_CHECK(column.values.size() == population.count(level), "a result has one value a unit");
    out += ',';
    append_text(out, column.header);
  }
  out += '\n';
  for (const std::size_t row : rows_as_read(population, level)) {
    append_text(out, population.ids(level)[row]);
    for (const ResultColumn& column : columns) {
      out += ',';
      append_value(out, *column.variable, column.values[row]);
    }
    out += '\n';
  }
  return out;
}

std::string population_csv(const Population& population, const Schema& schema, Level level) {
  std::string out = "id";
  if (!is_group(level)) {
    for (const Level group : {Level::menage, Level::famille, Level::foyer_fiscal}) {
      out.append(",").append(unit_column(group)).append(",").append(role_column(group));
    }
  }
  if (level == Level::menage) out += ",wprm";
  std::vector<WrittenColumn> columns;
  for (const VariableData& data : population.variables()) {
    if (data.level != level) continue;
    const VariableInfo* variable = schema.find(data.name);
    if (variable == nullptr) throw Error("the law does not know the variable '" + data.name + "' of this population");
    for (const PeriodColumn& period : data.periods) {
      columns.push_back({variable, &population.columns()[period.column]});
      out += ',';
      append_text(out, data.name + period_suffix(period.period));
    }
  }
  out += '\n';
  for (const std::size_t row : rows_as_read(population, level)) {
    append_text(out, population.ids(level)[row]);
    if (!is_group(level)) append_links(out, population, row);
    if (level == Level::menage) {
      out += ',';
      append_number(out, population.weights()[row]);
    }
    for (const WrittenColumn& written : columns) {
      out += ',';
      if (written.column->complete() || written.column->given[row] != 0)
        append_value(out, *written.variable, written.column->cells()[row]);
    }
    out += '\n';
  }
  return out;
}

void write_csv_population(const Population& population, const Schema& schema, const std::string& folder) {
  OutputFolder output(folder);
  for (std::size_t i = 0; i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    output.write(std::string(plural_of(level)) + ".csv", population_csv(population, schema, level));
  }
  const nlohmann::ordered_json about{{"synthetic", population.is_synthetic()}, {"source", population.source()}};
  output.write("population.json", about.dump(2) + "\n");
  output.commit();
}

}  // namespace labacces
