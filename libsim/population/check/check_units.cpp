// Who is with whom: ages in families, tax units and dwellings, couples, units over several dwellings.
#include <algorithm>
#include <string>

#include "libsim/population/check/codes.hpp"
#include "libsim/population/check/findings.hpp"
#include "libsim/population/check/monthly_values.hpp"
#include "libsim/population/units/unit_rules.hpp"

namespace labacces::check {
namespace {

constexpr int young_head = 16;
constexpr int least_gap = 12;  // years between a parent and a child
constexpr std::size_t large_dwelling = 15;
constexpr double full_incapacity = 0.8;  // CSS D821-1

constexpr Kind child_older{"child_older_than_parents", CheckLevel::error, Level::individu,
                           "a child is not younger than any adult of her famille or menage"};
constexpr Kind small_gap{"parent_under_12_years_older", CheckLevel::warning, Level::individu,
                         "no adult of her famille is 12 years older than the child"};
constexpr Kind alone_child{"child_in_no_family", CheckLevel::error, Level::individu,
                           "a person under 16 is a famille without an adult, in a dwelling with adults"};
constexpr Kind young_family{"child_heads_family", CheckLevel::warning, Level::individu,
                            "a person under 16 is demandeur or conjoint of a famille"};
constexpr Kind young_taxpayer{"child_declares", CheckLevel::warning, Level::individu,
                              "a person under 16 is declarant of a foyer_fiscal"};
constexpr Kind no_adult{"dwelling_without_adult", CheckLevel::warning, Level::menage, "everybody of the dwelling is under 18"};
constexpr Kind old_child{"family_child_of_25", CheckLevel::warning, Level::individu,
                         "a child of a famille is 25 or more: no benefit counts her, and she has none of her own (CASF R262-3)"};
constexpr Kind old_dependant{
    "dependant_over_age", CheckLevel::warning, Level::individu,
    "a dependant of a foyer_fiscal was 21 or more in January, 25 for students, and is not disabled (CGI 6 3)"};
constexpr Kind apart{"couple_in_two_dwellings", CheckLevel::warning, Level::famille,
                     "demandeur and conjoint live in two dwellings"};
constexpr Kind child_away{"family_child_elsewhere", CheckLevel::note, Level::individu,
                          "a child lives in another dwelling than her famille"};
constexpr Kind tax_unit_spread{"tax_unit_over_dwellings", CheckLevel::note, Level::foyer_fiscal,
                               "members live in several dwellings, which are computed together"};
constexpr Kind spouses_apart{"spouses_in_two_tax_units", CheckLevel::warning, Level::famille,
                             "demandeur and conjoint are married or in a PACS, and in two foyers_fiscaux (CGI 6 1)"};
constexpr Kind unmarried_together{"unmarried_in_one_tax_unit", CheckLevel::warning, Level::foyer_fiscal,
                                  "a declarant is neither married nor in a PACS, and declares with a conjoint (CGI 6 1)"};
constexpr Kind married_child{"married_child", CheckLevel::error, Level::individu, "a person under 16 is married or in a PACS"};
constexpr Kind many_persons{"large_dwelling", CheckLevel::warning, Level::menage, "more than 15 persons in a dwelling"};
constexpr Kind two_conjoints{"two_conjoints", CheckLevel::error, Level::individu,
                             "a famille, foyer_fiscal or menage has two conjoints"};

constexpr std::uint8_t code(Role role) { return static_cast<std::uint8_t>(role); }
std::size_t at(std::int32_t row) { return static_cast<std::size_t>(row); }

class UnitsCheck {
 public:
  UnitsCheck(const Population& population, const Schema& schema, const CheckOptions& options, Findings& findings)
      : population_(population),
        findings_(findings),
        ages_(ages_on(population, first_day(options.period))),
        january_ages_(ages_on(population, Day::of(options.period.year(), 1, 1))),
        marital_(population, schema, "statut_marital", options.period),
        activity_(population, schema, "activite", options.period),
        disabled_(population, schema, "handicap", options.period),
        card_(population, schema, "carte_invalidite", options.period),
        incapacity_(population, schema, "taux_incapacite", options.period),
        is_joined_(schema, "statut_marital", {"marie", "pacse"}),
        is_student_(schema, "activite", {"etudiant"}),
        dwelling_of_(population.membership(Level::menage).unit_of) {}

  void run() {
    for (const Level group : group_levels) conjoints(group);
    children(Level::famille);
    children(Level::menage);
    families();
    tax_units();
    dwellings();
    for (std::size_t row = 0; row < ages_.size(); ++row) {
      if (is_under(row, young_head) && is_joined_(marital_.at(row))) findings_.add(married_child, row);
    }
  }

 private:
  bool is_disabled(std::size_t row) const {
    return disabled_.amount(row) != 0.0 || card_.amount(row) != 0.0 || incapacity_.amount(row) >= full_incapacity;
  }
  bool is_under(std::size_t row, int age) const { return ages_[row] && *ages_[row] < age; }

  void conjoints(Level group) {
    const Membership& membership = population_.membership(group);
    conjoint_of_[index_of(group)].assign(membership.principal_of.size(), -1);
    for (std::size_t row = 0; row < membership.unit_of.size(); ++row) {
      if (membership.role_of[row] != code(Role::conjoint)) continue;
      std::int32_t& known = conjoint_of_[index_of(group)][at(membership.unit_of[row])];
      if (known >= 0) findings_.add(two_conjoints, row);
      known = static_cast<std::int32_t>(row);
    }
  }

  void children(Level group) {
    const Membership& membership = population_.membership(group);
    const MonthlyValues& births = births_;
    for (std::size_t row = 0; row < membership.unit_of.size(); ++row) {
      if (membership.role_of[row] != code(Role::enfant)) continue;
      const std::size_t unit = at(membership.unit_of[row]);
      const std::optional<double> own = births.at(row);
      std::optional<double> eldest = births.at(at(membership.principal_of[unit]));
      const std::int32_t conjoint = conjoint_of_[index_of(group)][unit];
      if (const std::optional<double> other = conjoint < 0 ? std::nullopt : births.at(at(conjoint)))
        eldest = eldest ? std::min(*eldest, *other) : *other;
      if (!own || !eldest) continue;
      if (*own <= *eldest) {
        // Once a person, be it in the famille and in the menage.
        if (group == Level::famille || !is_family_child(row)) findings_.add(child_older, row);
      } else if (group == Level::famille && *own - *eldest < least_gap * 365.25) {
        findings_.add(small_gap, row);
      }
    }
  }
  bool is_family_child(std::size_t row) const {
    return population_.membership(Level::famille).role_of[row] == code(Role::enfant);
  }

  void families() {
    const Membership& membership = population_.membership(Level::famille);
    const std::vector<bool> adult_family = with_adult(membership, population_.count(Level::famille));
    const std::vector<bool> adult_dwelling = with_adult(population_.membership(Level::menage), population_.count(Level::menage));
    for (std::size_t row = 0; row < ages_.size(); ++row) {
      const std::size_t family = at(membership.unit_of[row]);
      const bool is_child = membership.role_of[row] == code(Role::enfant);
      if (!is_child && is_under(row, young_head)) {
        const bool alone = !adult_family[family] && adult_dwelling[at(dwelling_of_[row])];
        findings_.add(alone ? alone_child : young_family, row);
      }
      if (is_child && ages_[row] && *ages_[row] >= units::rsa_child_under) findings_.add(old_child, row);
      if (is_child && dwelling_of_[row] != dwelling_of_[at(membership.principal_of[family])]) findings_.add(child_away, row);
    }
    const Membership& taxed = population_.membership(Level::foyer_fiscal);
    for (std::size_t family = 0; family < membership.principal_of.size(); ++family) {
      const std::int32_t conjoint = conjoint_of_[index_of(Level::famille)][family];
      if (conjoint < 0) continue;
      const std::size_t a = at(membership.principal_of[family]);
      const std::size_t b = at(conjoint);
      if (dwelling_of_[a] != dwelling_of_[b]) findings_.add(apart, family);
      if (is_joined_(marital_.at(a)) && is_joined_(marital_.at(b)) && taxed.unit_of[a] != taxed.unit_of[b])
        findings_.add(spouses_apart, family);
    }
  }

  /// Units with a person of 18 and more, or of unknown age.
  std::vector<bool> with_adult(const Membership& membership, std::size_t units) const {
    std::vector<bool> result(units);
    for (std::size_t row = 0; row < ages_.size(); ++row) {
      if (!is_under(row, units::age_of_majority)) result[at(membership.unit_of[row])] = true;
    }
    return result;
  }

  void tax_units() {
    const Membership& membership = population_.membership(Level::foyer_fiscal);
    std::vector<bool> spread(membership.principal_of.size());
    for (std::size_t row = 0; row < ages_.size(); ++row) {
      const std::size_t unit = at(membership.unit_of[row]);
      const bool is_dependant = membership.role_of[row] == code(Role::enfant);
      if (dwelling_of_[row] != dwelling_of_[at(membership.principal_of[unit])]) spread[unit] = true;
      if (!is_dependant && is_under(row, young_head)) findings_.add(young_taxpayer, row);
      if (!is_dependant || !january_ages_[row]) continue;
      const int limit = is_student_(activity_.at(row)) ? units::attached_student_under : units::attached_under;
      if (*january_ages_[row] >= limit && !is_disabled(row)) findings_.add(old_dependant, row);
    }
    for (std::size_t unit = 0; unit < spread.size(); ++unit) {
      if (spread[unit]) findings_.add(tax_unit_spread, unit);
      const std::int32_t conjoint = conjoint_of_[index_of(Level::foyer_fiscal)][unit];
      if (conjoint < 0 || !marital_.in_data()) continue;
      const std::optional<double> a = marital_.at(at(membership.principal_of[unit]));
      const std::optional<double> b = marital_.at(at(conjoint));
      if ((a && !is_joined_(a)) || (b && !is_joined_(b))) findings_.add(unmarried_together, unit);
    }
  }

  void dwellings() {
    const Membership& membership = population_.membership(Level::menage);
    const std::vector<bool> adult = with_adult(membership, population_.count(Level::menage));
    std::vector<std::size_t> persons(adult.size());
    for (const std::int32_t dwelling : dwelling_of_) ++persons[at(dwelling)];
    for (std::size_t dwelling = 0; dwelling < adult.size(); ++dwelling) {
      if (!adult[dwelling]) findings_.add(no_adult, dwelling);
      if (persons[dwelling] > large_dwelling) findings_.add(many_persons, dwelling);
    }
  }

  const Population& population_;
  Findings& findings_;
  std::vector<std::optional<int>> ages_, january_ages_;
  MonthlyValues marital_, activity_, disabled_, card_, incapacity_;
  IsOneOf is_joined_, is_student_;
  const std::vector<std::int32_t>& dwelling_of_;
  MonthlyValues births_{population_, Schema{}, "date_naissance", Month{}};
  std::array<std::vector<std::int32_t>, level_count> conjoint_of_;
};

}  // namespace

void check_units(const Population& population, const Schema& schema, const CheckOptions& options, Findings& findings) {
  UnitsCheck(population, schema, options, findings).run();
}

}  // namespace labacces::check
