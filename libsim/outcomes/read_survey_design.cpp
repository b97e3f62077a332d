#include "libsim/outcomes/read_survey_design.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/csv_text.hpp"

namespace labacces::outcomes {
namespace {

constexpr std::size_t absent = static_cast<std::size_t>(-1);

class Reader {
 public:
  Reader(const std::string& file, std::string_view text, const std::vector<std::string>& ids, const DesignColumns& columns)
      : csv_(file, text), ids_(ids), columns_(columns) {
    for (std::size_t row = 0; row < ids.size(); ++row) row_of_[ids[row]] = row;
  }

  SurveyDesign read() {
    read_header();
    std::vector<std::string> strata(ids_.size()), clusters(ids_.size());
    std::vector<bool> seen(ids_.size(), false);
    while (!findings_.full() && csv_.next(findings_)) {
      const std::size_t row = row_here();
      if (row == absent) continue;
      if (seen[row]) findings_.add(csv_.location(id_), "dwelling '" + ids_[row] + "' stands twice");
      seen[row] = true;
      if (stratum_ != absent) strata[row] = trim(csv_.fields()[stratum_]);
      if (cluster_ != absent) clusters[row] = trim(csv_.fields()[cluster_]);
      for (std::size_t r = 0; r < replicates_.size(); ++r) design_.replicates[r][row] = weight(replicates_[r]);
    }
    findings_.throw_if_any();
    const auto missing = std::find(seen.begin(), seen.end(), false);
    if (missing != seen.end())
      throw Error(Location{csv_.file(), 0, 0, {}},
                  "dwelling '" + ids_[static_cast<std::size_t>(missing - seen.begin())] + "' of the population is missing");
    if (stratum_ != absent) design_.strata = codes(strata, design_.stratum_names);
    std::vector<std::string> names;
    if (cluster_ != absent) design_.clusters = codes(clusters, names);
    return std::move(design_);
  }

 private:
  void read_header() {
    if (csv_.next(findings_)) {
      for (const std::string_view field : csv_.fields()) header_.emplace_back(trim(field));
    }
    findings_.throw_if_any();
    id_ = place("idmen");
    stratum_ = columns_.stratum.empty() ? absent : place(columns_.stratum);
    cluster_ = columns_.cluster.empty() ? absent : place(columns_.cluster);
    if (columns_.replicates.empty()) return;
    for (std::size_t column = 0; column < header_.size(); ++column) {
      if (column != id_ && header_[column].starts_with(columns_.replicates)) replicates_.push_back(column);
    }
    if (replicates_.empty())
      throw Error(csv_.line_location(1), "no column begins with '" + columns_.replicates + "': replicate weights were expected");
    design_.replicates.assign(replicates_.size(), std::vector<double>(ids_.size(), 0.0));
    if (!columns_.method.empty()) design_.replicate_factor = replicate_factor(columns_.method, replicates_.size());
  }

  std::size_t place(const std::string& name) const {
    const auto found = std::find(header_.begin(), header_.end(), name);
    if (found == header_.end())
      throw Error(csv_.line_location(1), "there is no column '" + name + "'", did_you_mean(name, header_));
    return static_cast<std::size_t>(found - header_.begin());
  }

  std::size_t row_here() {
    if (csv_.fields().size() != header_.size()) {
      findings_.add(csv_.location(0),
                    std::to_string(header_.size()) + " fields were expected, found " + std::to_string(csv_.fields().size()));
      return absent;
    }
    const std::string id(trim(csv_.fields()[id_]));
    const auto found = row_of_.find(id);
    if (found != row_of_.end()) return found->second;
    findings_.add(csv_.location(id_), "the population has no dwelling '" + id + "'");
    return absent;
  }

  double weight(std::size_t column) {
    const auto value = parse_number(trim(csv_.fields()[column]));
    if (!value || *value < 0.0)
      findings_.add(csv_.location(column), "column '" + header_[column] + "': a number of 0 or more was expected, found '" +
                                               std::string(csv_.fields()[column]) + "'");
    return value.value_or(0.0);
  }

  static std::vector<std::uint32_t> codes(const std::vector<std::string>& texts, std::vector<std::string>& names) {
    std::map<std::string, std::uint32_t> known;
    for (const std::string& text : texts) known.emplace(text, 0);
    for (auto& [name, code] : known) {
      code = static_cast<std::uint32_t>(names.size());
      names.push_back(name);
    }
    std::vector<std::uint32_t> out;
    for (const std::string& text : texts) out.push_back(known.at(text));
    return out;
  }

  CsvText csv_;
  CsvFindings findings_;
  const std::vector<std::string>& ids_;
  const DesignColumns& columns_;
  std::unordered_map<std::string, std::size_t> row_of_;
  std::vector<std::string> header_;
  std::size_t id_ = absent, stratum_ = absent, cluster_ = absent;
  std::vector<std::size_t> replicates_;
  SurveyDesign design_;
};

}  // namespace

SurveyDesign read_survey_design(const std::string& file, std::string_view text, const std::vector<std::string>& ids,
                                const DesignColumns& columns) {
  return Reader(file, text, ids, columns).read();
}

}  // namespace labacces::outcomes
