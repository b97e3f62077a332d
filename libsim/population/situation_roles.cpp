// Who belongs to which unit in a situation, and in which role.
#include "libsim/population/situation_roles.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>
#include <utility>

#include "libsim/base/error.hpp"

namespace labacces {
namespace {

using Json = nlohmann::ordered_json;

/// The role that a key gives: parents and declarants are principal then conjoint, in the order of their list.
std::optional<RoleSet> role_of_key(Level group, std::string_view key) {
  if (const std::optional<RoleSet> set = role_named(group, key)) return set;
  std::string singular(key);
  if (singular == "personnes_a_charge") return role_named(group, "personne_a_charge");
  if (singular.empty() || singular.back() != 's') return std::nullopt;
  singular.pop_back();
  const bool has_plural = singular == "parent" || singular == "enfant" || singular == "declarant" || singular == "autre";
  return has_plural ? role_named(group, singular) : std::nullopt;
}

class UnitReader {
 public:
  UnitReader(Level group, const std::vector<SituationEntity>& units, const std::vector<std::string>& persons,
             JsonFindings& findings)
      : group_(group), units_(units), persons_(persons), findings_(findings) {
    for (std::size_t person = 0; person < persons.size(); ++person) row_of_.emplace(persons[person], person);
    result_.unit_of.assign(persons.size(), -1);
    result_.role_of.assign(persons.size(), 0);
  }

  SituationUnits read() {
    for (unit_ = 0; unit_ < units_.size(); ++unit_) {
      holders_ = {};
      for (const auto& item : units_[unit_].content->items()) {
        const std::optional<RoleSet> role = role_of_key(group_, item.key());
        if (role) read_role(*role, units_[unit_].path + "/" + item.key(), item.value());
      }
      if (holders_[0].empty()) findings_.add(units_[unit_].path, "there is no " + std::string(principal_role(group_)));
    }
    for (std::size_t person = 0; person < persons_.size(); ++person) {
      if (result_.unit_of[person] < 0) {
        findings_.add("individus/" + persons_[person], "'" + persons_[person] + "' is in no " + std::string(name_of(group_)));
      }
    }
    return std::move(result_);
  }

 private:
  void read_role(const RoleSet& role, const std::string& path, const Json& value) {
    if (value.is_string()) {
      place(role, path, value.get_ref<const std::string&>());
      return;
    }
    if (!value.is_array()) {
      findings_.add(path, "expected a list of persons");
      return;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string item_path = path + "/" + std::to_string(i);
      if (value[i].is_string()) {
        place(role, item_path, value[i].get_ref<const std::string&>());
      } else {
        findings_.add(item_path, "expected the id of a person, found " + value[i].dump().substr(0, 40));
      }
    }
  }

  void place(const RoleSet& set, const std::string& path, const std::string& id) {
    const auto person = row_of_.find(id);
    if (person == row_of_.end()) {
      findings_.add(path, "there is no individu '" + id + "'", did_you_mean(id, persons_));
      return;
    }
    std::int32_t& unit = result_.unit_of[person->second];
    if (unit >= 0) {
      const std::string& other = units_[static_cast<std::size_t>(unit)].id;
      findings_.add(path, "'" + id + "' is " + (static_cast<std::size_t>(unit) == unit_ ? "twice in " : "already in ") +
                              std::string(name_of(group_)) + " '" + other + "'");
      return;
    }
    const std::uint8_t role = free_role(set);
    if (role < 2 && !holders_[role].empty()) {
      const std::string name =
          set.roles == 0b0011 ? "more than two " + std::string(set.name) + "s" : "two of '" + std::string(set.name) + "'";
      findings_.add(path, "'" + units_[unit_].id + "' has " + name + ": '" + holders_[role] + "' and '" + id + "'");
      return;
    }
    if (role < 2) holders_[role] = id;
    unit = static_cast<std::int32_t>(unit_);
    result_.role_of[person->second] = role;
  }

  /// The first role of the set that is free; the last one when none is.
  std::uint8_t free_role(const RoleSet& set) const {
    if (set.roles == 0b0011) return holders_[0].empty() ? 0 : 1;
    std::uint8_t role = 0;
    while (((set.roles >> role) & 1) == 0) ++role;
    return role;
  }

  Level group_;
  const std::vector<SituationEntity>& units_;
  const std::vector<std::string>& persons_;
  JsonFindings& findings_;
  std::unordered_map<std::string, std::size_t> row_of_;
  SituationUnits result_;
  std::size_t unit_ = 0;
  std::array<std::string, 2> holders_;  // ids of principal and conjoint of the unit being read
};

}  // namespace

void JsonFindings::add(const std::string& path, std::string message, std::string hint) {
  if (!full()) list_.error(Location{file_, 0, 0, path}, std::move(message), std::move(hint));
}

void JsonFindings::fail(const std::string& path, std::string message) {
  add(path, std::move(message));
  throw Error(list_);
}

void JsonFindings::throw_if_any() const {
  if (list_.has_errors()) throw Error(list_);
}

bool is_role_key(Level group, std::string_view key) { return role_of_key(group, key).has_value(); }

SituationUnits read_units(Level group, const std::vector<SituationEntity>& units, const std::vector<std::string>& persons,
                          JsonFindings& findings) {
  return UnitReader(group, units, persons, findings).read();
}

}  // namespace labacces
