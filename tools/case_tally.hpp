// What became of many cases: by reason for the skipped, by variable for the compared.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <map>
#include <string>

#include "tools/run_case.hpp"

namespace labacces::tools {

class CaseTally {
 public:
  void add(const CaseResult& result);

  std::size_t passed() const { return passed_; }
  std::size_t failed() const { return failed_; }
  std::size_t skipped() const { return skipped_; }

  /// Tables: the skipped cases by reason, the variables that stood in the way, and for each variable compared the values that agree.
  void print_summary(std::ostream& out) const;

 private:
  struct Share {
    std::size_t cases = 0, cases_agreed = 0, values = 0, agreed = 0;
  };

  std::size_t passed_ = 0, failed_ = 0, skipped_ = 0;
  std::map<Skip, std::size_t> by_reason_;
  std::map<std::string, std::size_t> in_the_way_;  // inputs that the law lacks
  std::map<std::string, Share> by_variable_;
};

}  // namespace labacces::tools
