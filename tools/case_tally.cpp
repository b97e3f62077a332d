#include "tools/case_tally.hpp"

#include <algorithm>
#include <iomanip>
#include <ostream>
#include <vector>

#include "libsim/base/text.hpp"

namespace labacces::tools {
namespace {

constexpr std::size_t names_listed = 20;

std::string percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? "-" : fixed(100.0 * static_cast<double>(part) / static_cast<double>(whole), 1);
}

}  // namespace

void CaseTally::add(const CaseResult& result) {
  if (result.skip != Skip::none) {
    ++skipped_;
    ++by_reason_[result.skip];
    for (const std::string& name : result.missing) ++in_the_way_[name];
    return;
  }
  ++(result.passed() ? passed_ : failed_);
  std::map<std::string, Share> here;
  for (std::size_t i = 0; i < result.compared.size(); ++i) {
    Share& share = here[result.compared[i].variable];
    ++share.values;
    share.agreed += result.agreed[i] != 0 ? 1 : 0;
  }
  for (const auto& [name, share] : here) {
    Share& all = by_variable_[name];
    ++all.cases;
    all.cases_agreed += share.agreed == share.values ? 1 : 0;
    all.values += share.values;
    all.agreed += share.agreed;
  }
}

void CaseTally::print_summary(std::ostream& out) const {
  if (!by_reason_.empty()) {
    out << "skipped, by reason:\n";
    for (const auto& [reason, count] : by_reason_) out << std::setw(8) << count << "  " << reason_of(reason) << "\n";
  }
  if (!in_the_way_.empty()) {
    std::vector<std::pair<std::string, std::size_t>> names(in_the_way_.begin(), in_the_way_.end());
    std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    out << "given by skipped cases, and not in the law:\n";
    for (std::size_t i = 0; i < std::min(names_listed, names.size()); ++i)
      out << std::setw(8) << names[i].second << "  " << names[i].first << "\n";
    if (names.size() > names_listed) out << "          and " << names.size() - names_listed << " more\n";
  }
  out << "compared:                                      cases    agree      %   values    agree      %\n";
  Share total;
  const auto row = [&](const std::string& name, const Share& share) {
    out << "  " << std::left << std::setw(42) << name << std::right << std::setw(8) << share.cases << std::setw(9)
        << share.cases_agreed << std::setw(7) << percent(share.cases_agreed, share.cases) << std::setw(9) << share.values
        << std::setw(9) << share.agreed << std::setw(7) << percent(share.agreed, share.values) << "\n";
  };
  for (const auto& [name, share] : by_variable_) {
    row(name, share);
    total.values += share.values;
    total.agreed += share.agreed;
  }
  total.cases = passed_ + failed_;
  total.cases_agreed = passed_;
  row("all", total);
}

}  // namespace labacces::tools
