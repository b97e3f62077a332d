// Random laws, as text: every form of the language, always correct, so that a refusal is a defect of the checker.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/population/level.hpp"
#include "libsim/population/schema.hpp"

namespace labacces::property {

enum class Type : std::uint8_t { monthly_amount, yearly_amount, count, yes_no, date, zone, tenure };
inline constexpr int type_count = 7;

/// A variable that the law declares.
struct Declared {
  std::string name;
  Level level = Level::individu;
  Periodicity periodicity = Periodicity::monthly;
  Type type = Type::count;
  int order = -1;  ///< rules read rules of smaller order only; inputs have -1
  Month from{};    ///< rules: first month in force
};

struct RandomLaw {
  std::string text;
  std::string reform;  ///< text of a reform named "changed" that sets some parameters
  std::vector<Declared> inputs, rules;
};

/// The law of that seed. Months from 2021-01 to 2026-12 may be asked, not before Declared::from.
RandomLaw random_law(std::uint64_t seed);

}  // namespace labacces::property
