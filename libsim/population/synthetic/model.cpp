#include "libsim/population/synthetic/model.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string_view>

namespace labacces::synthetic {
namespace {

constexpr std::array<std::string_view, household_type_count> type_names{
    "single_man", "single_woman", "other_without_family", "couple", "couple_with_children", "lone_parent"};
constexpr std::array<std::string_view, diploma_count> diploma_names{"aucun", "cap_bep", "baccalaureat", "bac_plus_2",
                                                                    "superieur"};
constexpr std::array<std::string_view, commune_count> commune_names{"dense", "intermediaire", "rurale"};

/// One column of the rows that have these names in `key`.
template <std::size_t N>
std::array<double, N> by_name(const DataTable& table, std::string_view key, const std::array<std::string_view, N>& names,
                              std::string_view column) {
  std::array<double, N> values{};
  for (std::size_t i = 0; i < N; ++i) values[i] = table.number(table.row_of(key, names[i]), column);
  return values;
}

/// The first of two ages "25-39".
std::pair<int, int> ages_of(std::string_view column) {
  std::pair<int, int> ages{};
  const std::size_t dash = column.find('-');
  std::from_chars(column.data(), column.data() + dash, ages.first);
  std::from_chars(column.data() + dash + 1, column.data() + column.size(), ages.second);
  return ages;
}

Territory read_territory(const DataTable& table, std::size_t row) {
  Territory territory;
  territory.code = table.text(row, "code");
  territory.label = table.text(row, "label");
  territory.region = table.text(row, "region");
  territory.departement = table.text(row, "departement");
  for (std::size_t type = 0; type < household_type_count; ++type)
    territory.households[type] = table.number(row, type_names[type]);
  const DataTable& tilt = table_named("households", "age_tilt");
  const std::size_t tilted = tilt.row_of("code", territory.code);
  territory.age_tilt = {tilt.number(tilted, "young"), tilt.number(tilted, "middle"), tilt.number(tilted, "old")};
  const DataTable& places = table_named("housing", "places");
  const std::size_t at = places.row_of("code", territory.code);
  territory.places = {Place{places.number(at, "dense"), places.number(at, "dense_zone_1"), places.number(at, "dense_zone_2")},
                      Place{places.number(at, "intermediaire"), places.number(at, "intermediaire_zone_1"),
                            places.number(at, "intermediaire_zone_2")},
                      Place{places.number(at, "rurale"), 0.0, places.number(at, "rurale_zone_2")}};
  const DataTable& tenure = table_named("housing", "tenure_places");
  const std::size_t odds = tenure.row_of("place", territory.code);
  territory.owner_odds = tenure.number(odds, "owner");
  territory.hlm_odds = tenure.number(odds, "hlm");
  const DataTable& levels = table_named("work", "levels");
  const std::size_t level = levels.row_of("code", territory.code);
  territory.wages = levels.number(level, "wages");
  territory.unemployment = levels.number(level, "unemployment");
  territory.pensions = levels.number(level, "pensions");
  territory.capital = levels.number(level, "capital");
  territory.rents = levels.number(level, "rents");
  return territory;
}

void read_households(Model& out) {
  const DataTable& territories = table_named("households", "territories");
  for (std::size_t row = 0; row < territories.rows.size(); ++row) out.territories.push_back(read_territory(territories, row));
  const DataTable& ages = table_named("households", "reference_age");
  for (std::size_t band = 0; band < reference_age_bands; ++band) {
    out.bands[band] = ages_of(ages.columns[band + 1]);
    for (std::size_t type = 0; type < household_type_count; ++type)
      out.reference_age[type][band] = ages.number(ages.row_of("type", type_names[type]), ages.columns[band + 1]);
  }
  const DataTable& children = table_named("households", "children");
  for (std::size_t count = 0; count < 4; ++count) {
    out.children_of_couple[count] = children.number(children.row_of("type", "couple_with_children"), std::to_string(count + 1));
    out.children_of_lone_parent[count] = children.number(children.row_of("type", "lone_parent"), std::to_string(count + 1));
  }
  out.unions = AgeTable(table_named("households", "unions"), std::array<std::string_view, 2>{"married", "pacs"});
  out.living_alone = AgeTable(table_named("households", "living_alone"),
                              std::array<std::string_view, 4>{"woman_single", "woman_divorced", "man_single", "man_divorced"});
  const DataTable& shares = table_named("households", "shares");
  out.reference_person_woman = shares.scalar("reference_person_woman");
  out.lone_parent_woman_under_50 = shares.scalar("lone_parent_woman_under_50");
  out.lone_parent_woman_from_50 = shares.scalar("lone_parent_woman_from_50");
  out.own_family_pay_under_21 = shares.scalar("own_family_pay_under_21");
  out.own_family_pay_from_21 = shares.scalar("own_family_pay_from_21");
  out.grandparent_at_home = shares.scalar("grandparent_at_home");
  out.recent_separation = shares.scalar("recent_separation");
  out.student_attached = shares.scalar("student_attached");
  out.alimony_received = shares.scalar("alimony_received");
  out.alimony_per_child = shares.scalar("alimony_per_child");
  out.alimony_paid = shares.scalar("alimony_paid");
  out.parent_age_gap_from = static_cast<int>(shares.scalar("parent_age_gap_from"));
  out.parent_age_gap_to = static_cast<int>(shares.scalar("parent_age_gap_to"));
  out.young_parents_power = shares.scalar("young_parents_power");
  out.middle_parents_power = shares.scalar("middle_parents_power");
  out.youngest_left = static_cast<int>(shares.scalar("youngest_left"));
  out.still_at_home = AgeTable(table_named("households", "still_at_home"), std::array<std::string_view, 1>{"share"});
}

void read_people(Model& out) {
  out.diploma_woman = AgeTable(table_named("people", "diploma"), diploma_names, "sex", "woman");
  out.diploma_man = AgeTable(table_named("people", "diploma"), diploma_names, "sex", "man");
  out.activity = AgeTable(table_named("people", "activity"),
                          std::array<std::string_view, 5>{"employed", "unemployed", "retired", "student", "other"});
  const DataTable& factors = table_named("people", "activity_factors");
  out.unemployed_by_diploma = by_name(factors, "trait", diploma_names, "unemployed");
  out.other_by_diploma = by_name(factors, "trait", diploma_names, "other");
  out.unemployed_by_type = by_name(factors, "trait", type_names, "unemployed");
  out.other_by_type = by_name(factors, "trait", type_names, "other");
  out.other_woman = factors.number(factors.row_of("trait", "woman"), "other");
  out.other_man = factors.number(factors.row_of("trait", "man"), "other");
  out.unemployed_young_with_parents = factors.number(factors.row_of("trait", "young_with_parents"), "unemployed");
  out.unemployed_young_apart = factors.number(factors.row_of("trait", "young_apart"), "unemployed");
  out.students =
      AgeTable(table_named("people", "students"), std::array<std::string_view, 3>{"with_parents", "alone", "in_couple"});
  out.disability = AgeTable(table_named("people", "disability"), std::array<std::string_view, 2>{"severe", "partial"});
  out.digital_age = AgeTable(table_named("people", "digital_age"), std::array<std::string_view, 1>{"illectronisme"});
  out.digital_odds = by_name(table_named("people", "digital_diploma"), "diploma", diploma_names, "odds");
  const DataTable& shares = table_named("people", "shares");
  out.same_diploma = shares.scalar("same_diploma");
  out.household_correlation = shares.scalar("household_correlation");
  out.disabled_out_of_work = shares.scalar("disabled_out_of_work");
  out.invalidity_disabled = shares.scalar("invalidity_disabled");
  out.invalidity_other = shares.scalar("invalidity_other");
  out.invalidity_median = shares.scalar("invalidity_median");
  out.invalidity_sigma = shares.scalar("invalidity_sigma");
  out.grant_share = shares.scalar("grant_share");
  out.weak_digital_share = shares.scalar("weak_digital_share");
}

void read_work(Model& out) {
  out.wage_above_floor = by_name(table_named("work", "wages"), "diploma", diploma_names, "above_floor");
  out.wage_by_type = by_name(table_named("work", "wages_household"), "type", type_names, "factor");
  out.wage_age = AgeTable(table_named("work", "wages_age"), std::array<std::string_view, 1>{"factor"});
  out.short_jobs = AgeTable(table_named("work", "short_jobs"), diploma_names);
  out.apprentices = AgeTable(table_named("work", "apprentices"),
                             std::array<std::string_view, 4>{"share", "first_year", "second_year", "third_year"});
  const DataTable& part_time = table_named("work", "part_time");
  const std::size_t woman = part_time.row_of("sex", "woman");
  const std::size_t man = part_time.row_of("sex", "man");
  out.part_time_woman = part_time.number(woman, "share");
  out.part_time_woman_from = part_time.number(woman, "from");
  out.part_time_woman_to = part_time.number(woman, "to");
  out.part_time_man = part_time.number(man, "share");
  out.part_time_man_from = part_time.number(man, "from");
  out.part_time_man_to = part_time.number(man, "to");
  const DataTable& moves = table_named("work", "moves");
  for (std::size_t i = 0; i < diploma_count; ++i) {
    const std::size_t row = moves.row_of("diploma", diploma_names[i]);
    out.moves[i] = {moves.number(row, "stable_loss"), moves.number(row, "short_loss"), moves.number(row, "finding")};
  }
  const DataTable& kinds = table_named("work", "self_employed");
  constexpr std::array<std::string_view, 4> kind_names{"micro", "craft", "liberal", "farm"};
  for (std::size_t i = 0; i < kind_names.size(); ++i) {
    const std::size_t row = kinds.row_of("kind", kind_names[i]);
    out.self_employed[i] = {kinds.number(row, "share"), kinds.number(row, "median"), kinds.number(row, "sigma"),
                            kinds.number(row, "without_profit")};
  }
  const DataTable& prices = table_named("work", "prices");
  for (std::size_t row = 0; row < prices.rows.size(); ++row)
    out.prices.emplace_back(static_cast<int>(prices.number(row, "year")), prices.number(row, "factor"));
  const DataTable& shares = table_named("work", "shares");
  out.apprentices_apart = shares.scalar("apprentices_apart");
  out.gross_minimum_wage = shares.scalar("gross_minimum_wage");
  out.net_minimum_wage = shares.scalar("net_minimum_wage");
  out.wage_floor = shares.scalar("floor");
  out.wage_spread = shares.scalar("spread");
  out.wage_woman = shares.scalar("woman");
  out.wage_man = shares.scalar("man");
  out.short_hours_from = shares.scalar("short_hours_from");
  out.short_hours_to = shares.scalar("short_hours_to");
  out.taxable_to_net = shares.scalar("taxable_to_net");
  out.gross_to_net = shares.scalar("gross_to_net");
  out.allowance_share = shares.scalar("allowance_share");
  out.allowance_to_wage = shares.scalar("allowance_to_wage");
  out.solidarity_allowance = shares.scalar("solidarity_allowance");
  out.unemployed_wage = shares.scalar("unemployed_wage");
  out.allowance_months = static_cast<int>(shares.scalar("allowance_months"));
  out.allowance_months_from_57 = static_cast<int>(shares.scalar("allowance_months_from_57"));
}

void read_pensions(Model& out) {
  constexpr std::array<std::string_view, 2> columns{"median", "sigma"};
  out.pension_woman = AgeTable(table_named("pensions", "own"), columns, "sex", "woman");
  out.pension_man = AgeTable(table_named("pensions", "own"), columns, "sex", "man");
  out.pension_by_diploma = by_name(table_named("pensions", "diploma"), "diploma", diploma_names, "factor");
  const DataTable& shares = table_named("pensions", "shares");
  out.short_career_woman = shares.scalar("short_career_woman");
  out.short_career_man = shares.scalar("short_career_man");
  out.short_career_from_age = shares.scalar("short_career_from_age");
  out.short_career_woman_alone = shares.scalar("short_career_woman_alone");
  out.short_career_man_alone = shares.scalar("short_career_man_alone");
  out.pension_woman_alone = shares.scalar("woman_alone");
  out.survivor_share_woman = shares.scalar("survivor_share_woman");
  out.survivor_share_man = shares.scalar("survivor_share_man");
  out.survivor_woman = shares.scalar("survivor_woman");
  out.survivor_man = shares.scalar("survivor_man");
  out.survivor_sigma = shares.scalar("survivor_sigma");
  out.small_pension = shares.scalar("small_pension");
  out.small_pension_sigma = shares.scalar("small_pension_sigma");
  out.small_pension_alone = shares.scalar("small_pension_alone");
  out.small_pension_alone_sigma = shares.scalar("small_pension_alone_sigma");
  out.lowest_pension = shares.scalar("lowest");
  out.pension_taxable_to_net = shares.scalar("taxable_to_net");
  out.pension_gross_to_net = shares.scalar("gross_to_net");
}

Surface surface_of(const DataTable& table, std::string_view tenure) {
  const std::size_t row = table.row_of("tenure", tenure);
  return {table.number(row, "first"), table.number(row, "other"), table.number(row, "sigma")};
}

void read_housing(Model& out) {
  const DataTable& distance = table_named("housing", "distance");
  const DataTable& odds = table_named("housing", "tenure_places");
  const DataTable& rents = table_named("housing", "rents");
  for (std::size_t i = 0; i < commune_count; ++i) {
    const std::size_t far = distance.row_of("commune_type", commune_names[i]);
    out.distance[i] = {distance.number(far, "median"), distance.number(far, "sigma")};
    const std::size_t row = odds.row_of("place", commune_names[i]);
    out.tenure_by_commune[i] = {odds.number(row, "owner"), odds.number(row, "hlm")};
    const std::size_t rent = rents.row_of("commune_type", commune_names[i]);
    out.rents[i] = {rents.number(rent, "private"), rents.number(rent, "furnished"), rents.number(rent, "hlm")};
  }
  const DataTable& tenure = table_named("housing", "tenure");
  constexpr std::array<std::string_view, 4> columns{"owner", "hlm", "private", "furnished"};
  out.tenure_single = AgeTable(tenure, columns, "group", "single");
  out.tenure_couple = AgeTable(tenure, columns, "group", "couple");
  out.tenure_family = AgeTable(tenure, columns, "group", "family");
  out.tenure_lone = AgeTable(tenure, columns, "group", "lone");
  const DataTable& surfaces = table_named("housing", "surfaces");
  out.surface_owner = surface_of(surfaces, "owner");
  out.surface_hlm = surface_of(surfaces, "hlm");
  out.surface_private = surface_of(surfaces, "private");
  out.surface_furnished = surface_of(surfaces, "furnished");
  const DataTable& shares = table_named("housing", "shares");
  out.owner_income = shares.scalar("owner_income");
  out.hlm_income = shares.scalar("hlm_income");
  out.owner_income_old = shares.scalar("owner_income_old");
  out.income_middle = shares.scalar("income_middle");
  out.rent_spread = shares.scalar("rent_spread");
  out.buying_under_40 = shares.scalar("buying_under_40");
  out.buying_under_50 = shares.scalar("buying_under_50");
  out.buying_under_60 = shares.scalar("buying_under_60");
  out.buying_later = shares.scalar("buying_later");
  out.loan_share_of_income = shares.scalar("loan_share_of_income");
  out.loan_years = static_cast<int>(shares.scalar("loan_years"));
  out.helped_loan = shares.scalar("helped_loan");
  out.capital = AgeTable(table_named("housing", "capital"),
                         std::array<std::string_view, 7>{"interest_share", "interest_median", "interest_sigma", "rent_share",
                                                         "rent_median", "rent_sigma", "livret_median"});
}

}  // namespace

double Territory::all_households() const { return std::accumulate(households.begin(), households.end(), 0.0); }

double Model::price(int year) const {
  for (const auto& [known, factor] : prices) {
    if (year <= known) return factor;
  }
  return prices.back().second;
}

const Model& model() {
  static const Model only = [] {
    Model out{};
    read_households(out);
    read_people(out);
    read_work(out);
    read_pensions(out);
    read_housing(out);
    return out;
  }();
  return only;
}

}  // namespace labacces::synthetic
