// Random expressions of a given type in a given place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/property/dice.hpp"
#include "tests/property/random_law.hpp"

namespace labacces::property {

/// Where an expression stands.
struct Where {
  Level rule_level = Level::individu;
  bool in_members = false;          ///< in an aggregate over the members of the rule's group
  std::optional<Level> rank_group;  ///< in a rank
  bool by_year = false;             ///< the current time is a year
  int time_left = 2;                ///< shifts and windows that may still be written, one in the other
  int order = 0;                    ///< rules of smaller order may be read
  bool may_read_2021 = false;       ///< the version begins after 2021: absolute months may be read
  bool lets = true;
};

struct NamedLet {
  std::string name;
  Type type;
  bool by_year;
};

class ExpressionWriter {
 public:
  ExpressionWriter(Dice& dice, const std::vector<Declared>& variables) : dice_(dice), variables_(variables) {}

  /// An expression of that type; `depth` bounds its size. Operators are always in brackets.
  std::string write(Type type, const Where& where, int depth);
  /// The name of a variable as read from a place, with the time that it needs; empty when it cannot be read there.
  std::string read(const Declared& variable, const Where& where);
  void set_lets(std::vector<NamedLet> lets) { lets_ = std::move(lets); }

  static std::string literal(Dice& dice, Type type);

 private:
  std::string leaf(Type type, const Where& where);
  std::string amount(Type type, const Where& where, int depth);
  std::string own_amount(Type type, const Where& where, int depth);
  std::string count(const Where& where, int depth);
  std::string yes_no(const Where& where, int depth);
  std::string comparison(const Where& where, int depth);
  std::string date(const Where& where, int depth);
  std::string item(Type type, const Where& where, int depth);
  std::string over_members(Type type, const Where& where, int depth);
  std::string over_time(Type type, const Where& where, int depth);
  std::string role(const Where& where);
  std::string rank(const Where& where, int depth);
  std::string shift(const Where& where, bool& by_year);
  std::string window(const Where& where, bool& twelve);

  Dice& dice_;
  const std::vector<Declared>& variables_;
  std::vector<NamedLet> lets_;
};

/// "EUR/month", "enum zone", ...
std::string measure_of(Type type);
std::string_view principal_of(Level level);

}  // namespace labacces::property
