// The four levels of French law and the roles of persons in groups.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace labacces {

enum class Level : std::uint8_t { individu, famille, foyer_fiscal, menage };
inline constexpr std::size_t level_count = 4;
inline constexpr std::array<Level, 3> group_levels{Level::famille, Level::foyer_fiscal, Level::menage};
constexpr std::size_t index_of(Level level) { return static_cast<std::size_t>(level); }
constexpr bool is_group(Level level) { return level != Level::individu; }

/// Role codes, the same numbers in each group: 0 is the one person always there.
enum class Role : std::uint8_t {
  principal = 0,  ///< demandeur, declarant_principal, personne_de_reference
  conjoint = 1,
  enfant = 2,  ///< enfant (famille, menage), personne_a_charge (foyer_fiscal)
  autre = 3,   ///< autre (menage only)
};

/// A named set of roles of one level: bit r of `roles` is Role r ("parent" = principal + conjoint).
struct RoleSet {
  std::string_view name;
  Level level;
  std::uint8_t roles;
};

/// Every role name of the language and of the situation files, singular.
inline constexpr std::array<RoleSet, 12> role_sets{{
    {"demandeur", Level::famille, 0b0001},
    {"conjoint", Level::famille, 0b0010},
    {"parent", Level::famille, 0b0011},
    {"enfant", Level::famille, 0b0100},
    {"declarant_principal", Level::foyer_fiscal, 0b0001},
    {"conjoint", Level::foyer_fiscal, 0b0010},
    {"declarant", Level::foyer_fiscal, 0b0011},
    {"personne_a_charge", Level::foyer_fiscal, 0b0100},
    {"personne_de_reference", Level::menage, 0b0001},
    {"conjoint", Level::menage, 0b0010},
    {"enfant", Level::menage, 0b0100},
    {"autre", Level::menage, 0b1000},
}};

constexpr std::string_view name_of(Level level) {
  constexpr std::array<std::string_view, level_count> names{"individu", "famille", "foyer_fiscal", "menage"};
  return names[index_of(level)];
}
constexpr std::string_view plural_of(Level level) {
  constexpr std::array<std::string_view, level_count> names{"individus", "familles", "foyers_fiscaux", "menages"};
  return names[index_of(level)];
}
/// The role that each unit has exactly once, by its name in that level.
constexpr std::string_view principal_role(Level group) {
  constexpr std::array<std::string_view, level_count> names{"", "demandeur", "declarant_principal", "personne_de_reference"};
  return names[index_of(group)];
}
constexpr std::optional<Level> level_named(std::string_view name) {
  for (std::size_t i = 0; i < level_count; ++i) {
    if (name_of(static_cast<Level>(i)) == name) return static_cast<Level>(i);
  }
  return std::nullopt;
}
constexpr std::optional<RoleSet> role_named(Level level, std::string_view name) {
  for (const RoleSet& set : role_sets) {
    if (set.level == level && set.name == name) return set;
  }
  return std::nullopt;
}

}  // namespace labacces
