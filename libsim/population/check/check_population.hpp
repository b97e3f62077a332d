// What a population says that cannot be, or hardly: every inconsistency by kind, with its count and the first units.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

/// Error: results would be wrong. Warning: likely a mistake of the data. Note: rare but possible, or good to know.
enum class CheckLevel : std::uint8_t { error, warning, note };
std::string_view name_of(CheckLevel level);  // "error"

struct CheckFinding {
  std::string kind;  ///< stable name: "tenant_without_rent"
  CheckLevel level = CheckLevel::note;
  Level entity = Level::individu;
  std::string variable;             ///< "" when it is about no single one
  std::string text;                 ///< one sentence: what is there, and what was expected
  std::size_t count = 0;            ///< units concerned; 0 = the whole population
  std::vector<std::int32_t> first;  ///< canonical rows of the first ten, in the order of the rows read
  std::vector<std::string> names;   ///< variables, where it is about many of them
};

/// An input that the results asked read.
struct NeededInput {
  std::string variable;
  std::int32_t first = 0, last = 0;  ///< Month::index or years, by the variable's periodicity; both 0 when it is eternal
  std::vector<std::string> read_by;  ///< the results that read it
};

struct CheckOptions {
  Month period{};                        ///< on its first day ages are counted; its amounts are compared with activities
  std::vector<NeededInput> needed = {};  ///< inputs to look for
  std::vector<std::vector<double>> replicates = {};  ///< replicate weights by dwelling in canonical order
};

/// Everything found: errors first, then warnings, then notes; by kind and variable in each. Checks of variables that the population
/// lacks are left out. Never fails on data that a reader let pass.
std::vector<CheckFinding> check_population(const Population& population, const Schema& schema, const CheckOptions& options);

}  // namespace labacces
