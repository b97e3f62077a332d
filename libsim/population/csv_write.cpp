// Results and populations written as CSV: comma, UTF-8, numbers in the shortest form that reads back the same.
#include "libsim/population/csv_write.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/gzip.hpp"
#include "libsim/base/parallel.hpp"
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

constexpr std::size_t rows_per_piece = 2048;

void append_links(std::string& out, const Population& population, std::size_t person) {
  for (const Level group : {Level::menage, Level::famille, Level::foyer_fiscal}) {
    const Membership& membership = population.membership(group);
    out += ',';
    append_text(out, population.ids(group)[static_cast<std::size_t>(membership.unit_of[person])]);
    out += ',';
    out += std::to_string(membership.role_of[person]);
  }
}

/// A column of a file: a variable in a period, of the rows' own level or of a unit that they belong to.
struct WrittenColumn {
  const VariableInfo* variable;
  const Column* column;
  const std::vector<std::int32_t>* unit_of;  ///< null: of the row itself
  void append(std::string& out, std::size_t row) const {
    const std::size_t cell = unit_of == nullptr ? row : static_cast<std::size_t>((*unit_of)[row]);
    out += ',';
    if (column->complete() || column->given[cell] != 0) append_value(out, *variable, column->cells()[cell]);
  }
};

/// The text of one level (or of persons with all that their units have), in pieces that may be made side by side.
class PopulationText {
 public:
  PopulationText(const Population& population, const Schema& schema, Level level, bool whole)
      : population_(population), level_(level), weight_(level == Level::menage || whole), rows_(rows_as_read(population, level)) {
    header_ = "id";
    if (!is_group(level)) {
      for (const Level group : {Level::menage, Level::famille, Level::foyer_fiscal})
        header_.append(",").append(unit_column(group)).append(",").append(role_column(group));
    }
    if (weight_) header_ += ",wprm";
    for (const VariableData& data : population.variables()) {
      if (data.level != level && !whole) continue;
      const VariableInfo* variable = schema.find(data.name);
      if (variable == nullptr) throw Error("the law does not know the variable '" + data.name + "' of this population");
      for (const PeriodColumn& period : data.periods) {
        columns_.push_back({variable, &population.columns()[period.column],
                            data.level == level ? nullptr : &population.membership(data.level).unit_of});
        header_ += ',';
        append_text(header_, data.name + period_suffix(period.period));
      }
    }
    header_ += '\n';
  }

  /// Piece 0 is the header, the others are rows.
  std::size_t pieces() const { return 1 + (rows_.size() + rows_per_piece - 1) / rows_per_piece; }
  std::string piece(std::size_t number) const {
    if (number == 0) return header_;
    std::string out;
    const std::size_t end = std::min(rows_.size(), number * rows_per_piece);
    for (std::size_t i = (number - 1) * rows_per_piece; i < end; ++i) append_row(out, rows_[i]);
    return out;
  }

 private:
  void append_row(std::string& out, std::size_t row) const {
    append_text(out, population_.ids(level_)[row]);
    if (!is_group(level_)) append_links(out, population_, row);
    if (weight_) {
      out += ',';
      append_number(out,
                    population_.weights()[level_ == Level::menage
                                              ? row
                                              : static_cast<std::size_t>(population_.membership(Level::menage).unit_of[row])]);
    }
    for (const WrittenColumn& column : columns_) column.append(out, row);
    out += '\n';
  }

  const Population& population_;
  Level level_;
  bool weight_;
  std::vector<std::size_t> rows_;
  std::string header_;
  std::vector<WrittenColumn> columns_;
};

/// All pieces into a file, made on all cores and written in order; packed, each is a member of its own.
void write_pieces(const PopulationText& text, const std::string& path, bool packed) {
  OutputFile file(path);
  const std::size_t batch = 4 * thread_count(0);
  for (std::size_t begin = 0; begin < text.pieces(); begin += batch) {
    std::vector<std::string> made(std::min(batch, text.pieces() - begin));
    for_each_chunk(made.size(), 0, [&](std::size_t i, unsigned) {
      made[i] = text.piece(begin + i);
      if (packed) made[i] = pack_gzip(made[i]);
    });
    for (const std::string& piece : made) file.write(piece);
  }
  file.commit();
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
  const PopulationText text(population, schema, level, false);
  std::string out;
  for (std::size_t i = 0; i < text.pieces(); ++i) out += text.piece(i);
  return out;
}

void write_csv_population(const Population& population, const Schema& schema, const std::string& folder) {
  OutputFolder output(folder);
  for (std::size_t i = 0; i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    write_pieces(PopulationText(population, schema, level, false), output.place_of(std::string(plural_of(level)) + ".csv"),
                 false);
  }
  const nlohmann::ordered_json about{{"synthetic", population.is_synthetic()}, {"source", population.source()}};
  output.write("population.json", about.dump(2) + "\n");
  output.commit();
}

void write_csv_persons(const Population& population, const Schema& schema, const std::string& path) {
  write_pieces(PopulationText(population, schema, Level::individu, true), path, path.ends_with(".gz"));
}

}  // namespace labacces
