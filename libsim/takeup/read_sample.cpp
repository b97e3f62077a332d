#include "libsim/takeup/read_sample.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/csv_text.hpp"

namespace labacces::takeup {
namespace {

constexpr std::size_t most_values = 50;

/// A covariate as it is asked: a column, perhaps its logarithm.
struct Asked {
  std::string name, column;
  bool is_log = false;
};

Asked asked_of(const std::string& name) {
  const bool is_log = name.starts_with("log(") && name.ends_with(")");
  return {name, is_log ? name.substr(4, name.size() - 5) : name, is_log};
}

/// One column while it is read: numbers, or the texts of a category.
struct Cells {
  std::vector<double> numbers;
  std::vector<std::string> texts;
  Location first_text;
};

/// Columns that are known to be categories.
using Categories = std::set<std::string>;

class Reader {
 public:
  Reader(const std::string& file, std::string_view text, const SampleColumns& columns, Categories& categories)
      : text_(file, text), columns_(columns), categories_(categories) {}

  /// Nothing when a column turned out to be a category: then it is among `categories`, and the file is to be read again.
  std::optional<ReadSample> read() {
    read_header();
    ReadSample out;
    while (text_.next(findings_)) {
      ++out.rows;
      if (text_.fields().size() != header_.size()) {
        findings_.add(text_.location(0),
                      std::to_string(header_.size()) + " fields were expected, found " + std::to_string(text_.fields().size()));
        if (findings_.full()) break;
        continue;
      }
      if (!is_kept(out)) continue;
      read_row(out);
      if (again_) return std::nullopt;
      if (findings_.full()) break;
    }
    findings_.throw_if_any();
    if (out.sample.claims.empty()) {
      const std::string rights = columns_.second_right.empty()
                                     ? "'" + columns_.right + "'"
                                     : "both '" + columns_.right + "' and '" + columns_.second_right + "'";
      throw Error(Location{text_.file(), 0, 0, {}}, out.rows == 0 ? "the file has no rows" : "no row has " + rights + " above 0");
    }
    add_covariates(out);
    return out;
  }

 private:
  bool is_kept(ReadSample& out) {
    if (columns_.right.empty()) return true;
    const bool eligible = number(columns_.right) > 0.0;
    if (columns_.keep_without_right) {
      out.eligible.push_back(eligible ? 1.0 : 0.0);
      return true;
    }
    return eligible && (columns_.second_right.empty() || number(columns_.second_right) > 0.0);
  }

  void read_header() {
    if (!text_.next(findings_)) {
      findings_.throw_if_any();
      throw Error(Location{text_.file(), 0, 0, {}}, "a header line was expected");
    }
    for (const std::string_view field : text_.fields()) header_.emplace_back(trim(field));
    for (const std::string& name : columns_.covariates) covariates_.push_back(asked_of(name));
    cells_.resize(covariates_.size());
    place(columns_.receipt);
    for (const Asked& covariate : covariates_) place(covariate.column);
    for (const std::string* name : {&columns_.weight, &columns_.cluster, &columns_.right, &columns_.months, &columns_.cells,
                                    &columns_.stratum, &columns_.second_right}) {
      if (!name->empty()) place(*name);
    }
    findings_.throw_if_any();
  }

  void place(const std::string& name) {
    const auto found = std::find(header_.begin(), header_.end(), name);
    if (found == header_.end()) {
      findings_.add(text_.line_location(1), "there is no column '" + name + "'", did_you_mean(name, header_));
    } else {
      places_[name] = static_cast<std::size_t>(found - header_.begin());
    }
  }

  std::string_view cell(const std::string& name) { return trim(text_.fields()[places_.at(name)]); }

  double number(const std::string& name) {
    const auto value = parse_number(cell(name));
    if (!value)
      findings_.add(text_.location(places_.at(name)),
                    "column '" + name + "': a number was expected, found '" + std::string(cell(name)) + "'");
    return value.value_or(0.0);
  }

  void read_row(ReadSample& out) {
    out.sample.claims.push_back(number(columns_.receipt));
    if (!columns_.weight.empty()) out.sample.weights.push_back(number(columns_.weight));
    if (!columns_.cluster.empty())
      out.sample.clusters.push_back(clusters_.try_emplace(std::string(cell(columns_.cluster)), clusters_.size()).first->second);
    if (!columns_.stratum.empty())
      out.sample.strata.push_back(strata_.try_emplace(std::string(cell(columns_.stratum)), strata_.size()).first->second);
    if (!columns_.cells.empty()) out.cells.emplace_back(cell(columns_.cells));
    if (!columns_.months.empty()) {
      const double months = number(columns_.months);
      if (months != std::floor(months) || std::abs(months) > 1e6)
        findings_.add(text_.location(places_.at(columns_.months)),
                      "column '" + columns_.months + "': a whole number of months was expected");
      out.months.push_back(std::abs(months) > 1e6 ? 0 : static_cast<int>(months));
    }
    for (std::size_t j = 0; j < covariates_.size(); ++j) read_covariate(covariates_[j], cells_[j]);
  }

  void read_covariate(const Asked& asked, Cells& cells) {
    const std::string_view written = cell(asked.column);
    const auto where = [&] { return text_.location(places_.at(asked.column)); };
    if (written.empty())
      findings_.add(where(), "column '" + asked.column + "': the cell is empty; leave the row out, or give a value");
    if (categories_.contains(asked.column) && !asked.is_log) {
      if (cells.texts.empty()) cells.first_text = where();
      cells.texts.emplace_back(written);
      return;
    }
    const auto value = parse_number(written);
    if (asked.is_log) {
      if (!value || !(*value > 0.0))
        findings_.add(where(), "column '" + asked.column + "': a number above 0 was expected for its logarithm, found '" +
                                   std::string(written) + "'");
      cells.numbers.push_back(value && *value > 0.0 ? std::log(*value) : 0.0);
      return;
    }
    if (!value && !written.empty()) {
      categories_.insert(asked.column);
      again_ = true;
    }
    cells.numbers.push_back(value.value_or(0.0));
  }

  void add_covariates(ReadSample& out) {
    for (std::size_t j = 0; j < covariates_.size(); ++j) {
      if (covariates_[j].is_log || !categories_.contains(covariates_[j].column)) {
        out.sample.names.push_back(covariates_[j].name);
        out.sample.columns.push_back(std::move(cells_[j].numbers));
        continue;
      }
      const std::set<std::string> values(cells_[j].texts.begin(), cells_[j].texts.end());
      if (values.size() > most_values) {
        throw Error(cells_[j].first_text, "column '" + covariates_[j].column + "' has texts, " + std::to_string(values.size()) +
                                              " different ones: numbers, or a category of at most " +
                                              std::to_string(most_values) + ", were expected");
      }
      out.references.push_back(covariates_[j].column + "=" + *values.begin());
      for (auto value = std::next(values.begin()); value != values.end(); ++value) {
        out.sample.names.push_back(covariates_[j].column + "=" + *value);
        std::vector<double>& column = out.sample.columns.emplace_back();
        for (const std::string& text : cells_[j].texts) column.push_back(text == *value ? 1.0 : 0.0);
      }
    }
  }

  CsvText text_;
  const SampleColumns& columns_;
  CsvFindings findings_;
  std::vector<std::string> header_;
  std::map<std::string, std::size_t> places_;
  std::map<std::string, std::uint64_t> clusters_, strata_;
  Categories& categories_;
  bool again_ = false;
  std::vector<Asked> covariates_;
  std::vector<Cells> cells_;
};

}  // namespace

ReadSample read_sample(const std::string& file, std::string_view text, const SampleColumns& columns) {
  Categories categories;
  for (;;) {
    if (auto read = Reader(file, text, columns, categories).read()) return std::move(*read);
  }
}

}  // namespace labacces::takeup
