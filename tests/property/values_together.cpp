#include "tests/property/values_together.hpp"

#include <algorithm>

#include "libsim/law/references.hpp"

namespace labacces::property {

RulesRead::RulesRead(const law::Law& law)
    : law_(&law), reads_(law.variables().size(), std::vector<bool>(law.variables().size(), false)) {
  std::vector<std::vector<std::uint32_t>> next(reads_.size());
  for (const law::VersionReferences& version : law::collect_references(law)) {
    for (const law::Reference& reference : version.references)
      if (reference.kind == law::Reference::Kind::variable) next[version.variable].push_back(reference.index);
  }
  for (std::uint32_t from = 0; from < reads_.size(); ++from) {
    std::vector<std::uint32_t> open{from};
    reads_[from][from] = true;
    while (!open.empty()) {
      const std::uint32_t at = open.back();
      open.pop_back();
      for (const std::uint32_t to : next[at]) {
        if (reads_[from][to]) continue;
        reads_[from][to] = true;
        open.push_back(to);
      }
    }
  }
}

bool RulesRead::apart(const WrittenValue& one, const WrittenValue& other) const {
  for (const std::string& mine : one.readers) {
    for (const std::string& theirs : other.readers) {
      const auto a = law_->find_variable(mine), b = law_->find_variable(theirs);
      if (reads_[*a][*b] || reads_[*b][*a]) return false;
    }
  }
  return true;
}

std::vector<std::vector<std::size_t>> parts_apart(const RulesRead& rules, const std::vector<WrittenValue>& values,
                                                  std::span<const std::size_t> tried, std::size_t most) {
  std::vector<std::vector<std::size_t>> parts;
  for (const std::size_t value : tried) {
    const auto fits = std::find_if(parts.begin(), parts.end(), [&](const std::vector<std::size_t>& part) {
      return part.size() < most &&
             std::all_of(part.begin(), part.end(), [&](std::size_t other) { return rules.apart(values[value], values[other]); });
    });
    if (fits == parts.end()) {
      parts.push_back({value});
    } else {
      fits->push_back(value);
    }
  }
  return parts;
}

}  // namespace labacces::property
