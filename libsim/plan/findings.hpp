// What is wrong while a graph is built, collected over all laws and requests, thrown as one Error.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "libsim/base/diagnostics.hpp"
#include "libsim/law/law.hpp"
#include "libsim/plan/graph.hpp"
#include "libsim/population/population.hpp"

namespace labacces::plan {

/// "2024-03", "2024" or "eternity".
std::string period_text(Periodicity periodicity, std::int32_t period);

/// An input without value and default: where it is first needed, and for whom.
struct MissingInput {
  Periodicity periodicity = Periodicity::monthly;
  std::int32_t first = 0, last = 0;
  std::string unit;       ///< id of the first unit without a value
  std::string needed_by;  ///< name of a rule that reads it, "" when it is asked itself
  std::string measure;
  Level level = Level::individu;
  bool has_data = false;  ///< some cells or periods are given
};

class Findings {
 public:
  void missing(const std::string& variable, const MissingInput& input);
  void default_used(const std::string& variable, double value, Periodicity periodicity, std::int32_t period, bool whole_column);
  /// The data have the variable, and nobody has a value for this period.
  void gap(const law::Variable& variable, std::int32_t period);
  /// A dated thing ("rule", "parameter") that has no version in `month`: at most one report a name.
  void not_in_force(const law::Law& law, const char* what, const std::string& name,
                    const std::vector<std::pair<Day, Span>>& since, const MonthInterval& last, Month month,
                    const std::string& needed_by);
  DiagnosticList& diagnostics() { return diagnostics_; }

  /// Throws Error when anything was found.
  void raise(const std::string& source);
  /// Defaults by name of variable.
  std::vector<DefaultUsed> defaults() const;
  /// Gaps by name of variable, but those too long before the first month asked.
  std::vector<Gap> gaps(Month first_asked) const;

 private:
  struct Default {
    Periodicity periodicity = Periodicity::monthly;
    std::int32_t first = 0;
    bool whole_column = true;
  };
  struct GapFound {
    Periodicity periodicity = Periodicity::monthly;
    bool has_rule = false;
    std::set<std::int32_t> periods;
  };
  DiagnosticList diagnostics_;
  std::map<std::string, MissingInput> missing_;
  std::map<std::pair<std::string, double>, Default> defaults_;
  std::map<std::string, GapFound> gaps_;
  std::map<std::string, Month> out_of_force_;
};

}  // namespace labacces::plan
