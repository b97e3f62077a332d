#include "libsim/population/synthetic.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/parallel.hpp"
#include "libsim/base/rounding.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/population_builder.hpp"
#include "libsim/population/synthetic_household.hpp"

namespace labacces {
namespace {

using synthetic::Activity;
using synthetic::Household;
using synthetic::Person;

constexpr std::string_view prefix = "builtin:";
constexpr std::size_t most_households = 50'000'000;
constexpr std::size_t households_per_chunk = 1024;
constexpr std::uint64_t ids_per_household = 16;
constexpr int base_year = 2025;  // of the amounts in the model

double cents(double amount) { return round_to(amount, 0.01); }
double at_prices_of(int year) { return std::pow(1.0 + synthetic::growth, year - base_year); }

/// Where the rows of a chunk of households begin.
struct ChunkStart {
  std::size_t persons = 0, families = 0, tax_units = 0;
};

/// A column to fill: what it is called, when it holds, and the value of a person or of a household.
struct PersonColumn {
  const char* name;
  Period period;
  std::function<double(const Person&)> value;
};
struct DwellingColumn {
  const char* name;
  Period period;
  std::function<double(const Household&)> value;
};
struct FamilyColumn {
  const char* name;
  Period period;
  std::function<double(const Household&)> value;
};

double item(const Schema& schema, const char* variable, std::string_view name) {
  const VariableInfo* info = schema.find(variable);
  if (info == nullptr) return 0.0;
  const auto found = std::find(info->items.begin(), info->items.end(), name);
  if (found == info->items.end()) throw Error("the built-in population needs the code '" + std::string(name) + "' of '" + variable + "', which this law lacks");
  return static_cast<double>(found - info->items.begin());
}

double wage_in(const Person& person, std::size_t month) { return person.work[month] == 1 ? person.wage : 0.0; }
double allowance_in(const Person& person, std::size_t month) { return person.work[month] == 2 ? person.wage * synthetic::allowance_to_wage : 0.0; }

/// Months of the first year at work (or with allowance): stands for the two years before the monthly history.
double share_of_first_year(const Person& person, std::uint8_t state) {
  return static_cast<double>(std::count(person.work.begin(), person.work.begin() + 12, state)) / 12.0;
}

void add_incomes(std::vector<PersonColumn>& columns, int year) {
  for (int y = year - 4; y <= year; ++y) {
    const double prices = at_prices_of(y);
    const Period whole = Period::year(y);
    columns.push_back({"retraite_nette", whole, [=](const Person& p) { return cents(12.0 * p.pension * prices); }});
    columns.push_back({"retraite_imposable", whole, [=](const Person& p) { return cents(12.0 * p.pension * prices * synthetic::pension_taxable_to_net); }});
    columns.push_back({"retraite_brute", whole, [=](const Person& p) { return cents(12.0 * p.pension * prices * synthetic::pension_gross_to_net); }});
    columns.push_back({"pensions_invalidite", whole, [=](const Person& p) { return cents(12.0 * p.invalidity_pension * prices); }});
    columns.push_back({"pensions_alimentaires_percues", whole, [=](const Person& p) { return cents(12.0 * p.alimony * prices); }});
    if (y >= year - 2) continue;
    columns.push_back({"salaire_net", whole, [=](const Person& p) { return cents(12.0 * p.wage * prices * share_of_first_year(p, 1)); }});
    columns.push_back({"salaire_imposable", whole, [=](const Person& p) { return cents(12.0 * p.wage * prices * synthetic::taxable_to_net * share_of_first_year(p, 1)); }});
    columns.push_back({"salaire_de_base", whole, [=](const Person& p) { return cents(12.0 * p.wage * prices * synthetic::gross_to_net * share_of_first_year(p, 1)); }});
    for (const char* name : {"chomage_net", "chomage_imposable"}) {
      columns.push_back({name, whole, [=](const Person& p) { return cents(12.0 * p.wage * synthetic::allowance_to_wage * prices * share_of_first_year(p, 2)); }});
    }
  }
  for (std::size_t m = 0; m < synthetic::history_months; ++m) {
    const Month month = Month::of(year - 2, 1) + static_cast<int>(m);
    const Period when = Period::month(month);
    const double prices = at_prices_of(month.year());
    columns.push_back({"salaire_net", when, [=](const Person& p) { return cents(wage_in(p, m) * prices); }});
    columns.push_back({"salaire_imposable", when, [=](const Person& p) { return cents(wage_in(p, m) * prices * synthetic::taxable_to_net); }});
    columns.push_back({"salaire_de_base", when, [=](const Person& p) { return cents(wage_in(p, m) * prices * synthetic::gross_to_net); }});
    for (const char* name : {"chomage_net", "chomage_imposable"}) {
      columns.push_back({name, when, [=](const Person& p) { return cents(allowance_in(p, m) * prices); }});
    }
  }
}

std::vector<PersonColumn> person_columns(const Schema& schema, int year, Month period) {
  std::vector<PersonColumn> columns;
  columns.push_back({"date_naissance", Period::eternity(), [](const Person& p) { return static_cast<double>(p.birth.days); }});
  const double married = item(schema, "statut_marital", "marie");
  const double pacs = item(schema, "statut_marital", "pacse");
  const double single = item(schema, "statut_marital", "celibataire");
  columns.push_back({"statut_marital", Period::eternity(), [=](const Person& p) { return p.married ? married : p.pacs ? pacs : single; }});
  const std::array<double, 5> codes{item(schema, "activite", "actif"), item(schema, "activite", "chomeur"), item(schema, "activite", "retraite"),
                                    item(schema, "activite", "etudiant"), item(schema, "activite", "inactif")};
  columns.push_back({"activite", Period::eternity(), [=](const Person& p) { return codes[static_cast<std::size_t>(p.activity)]; }});
  const double higher = item(schema, "scolarite", "enseignement_superieur");
  const double unknown = item(schema, "scolarite", "inconnue");
  columns.push_back({"scolarite", Period::eternity(), [=](const Person& p) {
                       return p.activity == Activity::student && period - p.birth.month_of() >= 18 * 12 ? higher : unknown;
                     }});
  columns.push_back({"boursier", Period::eternity(), [](const Person& p) { return p.grant ? 1.0 : 0.0; }});
  columns.push_back({"handicap", Period::eternity(), [](const Person& p) { return p.severe || p.partial ? 1.0 : 0.0; }});
  columns.push_back({"taux_incapacite", Period::eternity(), [](const Person& p) { return p.severe ? 0.8 : p.partial ? 0.6 : 0.0; }});
  columns.push_back({"aah_restriction_substantielle_durable_acces_emploi", Period::eternity(), [](const Person& p) { return p.partial ? 1.0 : 0.0; }});
  add_incomes(columns, year);
  return columns;
}

std::vector<DwellingColumn> dwelling_columns(const Schema& schema, int year) {
  std::vector<DwellingColumn> columns;
  const char* const tenure = "statut_occupation_logement";
  const std::array<double, 6> codes{item(schema, tenure, "proprietaire"), item(schema, tenure, "primo_accedant"), item(schema, tenure, "locataire_hlm"),
                                    item(schema, tenure, "locataire_vide"), item(schema, tenure, "locataire_meuble"), item(schema, tenure, "loge_gratuitement")};
  columns.push_back({tenure, Period::eternity(), [=](const Household& h) { return codes[h.tenure]; }});
  const double zone_2 = item(schema, "zone_apl", "zone_2");
  const double zone_3 = item(schema, "zone_apl", "zone_3");
  columns.push_back({"zone_apl", Period::eternity(), [=](const Household& h) { return h.zone_2 ? zone_2 : zone_3; }});
  columns.push_back({"coloc", Period::eternity(), [](const Household& h) { return h.flat_share && h.tenure >= 3 && h.tenure <= 4 ? 1.0 : 0.0; }});
  const std::array<double, 4> places{item(schema, "departement", "d22"), item(schema, "departement", "d29"), item(schema, "departement", "d35"), item(schema, "departement", "d56")};
  columns.push_back({"departement", Period::eternity(), [=](const Household& h) { return places[static_cast<std::size_t>(h.departement)]; }});
  for (int y = year - 4; y <= year; ++y) {
    const double prices = at_prices_of(y);
    columns.push_back({"loyer", Period::year(y), [=](const Household& h) { return cents(12.0 * h.rent * prices); }});
  }
  return columns;
}

/// Columns of the population, and where each stands in PopulationTables::columns.
template <typename ColumnSpec>
std::vector<std::uint32_t> declare(PopulationTables& tables, std::vector<ColumnSpec>& specs, const Schema& schema, Level level, std::size_t rows) {
  std::erase_if(specs, [&](const ColumnSpec& spec) {
    const VariableInfo* info = schema.find(spec.name);
    return info == nullptr || info->level != level;
  });
  std::vector<std::uint32_t> places;
  for (const ColumnSpec& spec : specs) {
    places.push_back(static_cast<std::uint32_t>(tables.columns.size()));
    tables.columns.push_back({std::vector<double>(rows), {}});
    auto variable = std::find_if(tables.variables.begin(), tables.variables.end(), [&](const VariableData& data) { return data.name == spec.name; });
    if (variable == tables.variables.end()) variable = tables.variables.insert(variable, {spec.name, level, {}});
    variable->periods.push_back({spec.period, places.back()});
  }
  return places;
}

}  // namespace

SyntheticOptions parse_synthetic(std::string_view name) {
  const std::string shown(name);
  if (!name.starts_with(prefix)) throw Error("'" + shown + "' is not a built-in population");
  std::string_view rest = name.substr(prefix.size());
  const std::size_t mark = rest.find('?');
  const std::string place(rest.substr(0, mark));
  if (place != "bretagne") {
    const std::string hint = did_you_mean(place, {"bretagne"});
    throw Error("--population " + shown + ": unknown built-in population '" + place + "'; " + (hint.empty() ? "there is: builtin:bretagne" : hint));
  }
  SyntheticOptions options;
  if (mark == std::string_view::npos) return options;
  for (const std::string_view part : split(rest.substr(mark + 1), '&')) {
    const std::size_t equal = part.find('=');
    const std::string key(part.substr(0, equal));
    const std::string_view value = equal == std::string_view::npos ? std::string_view{} : part.substr(equal + 1);
    if (key != "households" && key != "seed") {
      const std::string hint = did_you_mean(key, {"households", "seed"});
      throw Error("population " + shown + ": unknown key '" + key + "'; " + (hint.empty() ? "known: households, seed" : hint));
    }
    std::uint64_t number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    if (value.empty() || read.ec != std::errc{} || read.ptr != value.data() + value.size()) {
      throw Error("population " + shown + ": " + key + " needs a whole number, found '" + std::string(value) + "'");
    }
    if (key == "seed") {
      options.seed = number;
    } else if (number < 1 || number > most_households) {
      throw Error("population " + shown + ": households lies between 1 and " + std::to_string(most_households));
    } else {
      options.households = static_cast<std::size_t>(number);
    }
  }
  return options;
}

Population make_synthetic(const SyntheticOptions& options, const Schema& schema, Month period) {
  const std::size_t chunks = (options.households + households_per_chunk - 1) / households_per_chunk;
  const int year = period.year();
  const Month last = Month::of(year, 12);
  std::vector<std::vector<Household>> drawn(chunks);
  for_each_chunk(chunks, options.threads, [&](std::size_t chunk, unsigned) {
    const std::size_t end = std::min(options.households, (chunk + 1) * households_per_chunk);
    for (std::size_t h = chunk * households_per_chunk; h < end; ++h) drawn[chunk].push_back(synthetic::draw_household(options.seed, h + 1, last));
  });
  std::vector<ChunkStart> starts(chunks + 1);
  for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
    starts[chunk + 1] = starts[chunk];
    for (const Household& household : drawn[chunk]) {
      starts[chunk + 1].persons += household.persons.size();
      starts[chunk + 1].families += household.families;
      starts[chunk + 1].tax_units += household.tax_units;
    }
  }
  PopulationTables tables;
  tables.synthetic = true;
  tables.source = "builtin:bretagne?households=" + std::to_string(options.households) + "&seed=" + std::to_string(options.seed);
  const std::array<std::size_t, level_count> rows{starts[chunks].persons, starts[chunks].families, starts[chunks].tax_units, options.households};
  std::array<std::vector<std::int64_t>, level_count> ids;
  for (std::size_t level = 0; level < level_count; ++level) ids[level].resize(rows[level]);
  for (const Level group : group_levels) {
    tables.unit_of[index_of(group)].resize(rows[0]);
    tables.role_of[index_of(group)].resize(rows[0]);
  }
  double total = 0.0;
  for (const auto& row : synthetic::households_by_type) {
    for (const double households : row) total += households;
  }
  tables.weights.assign(options.households, total / static_cast<double>(options.households));

  std::vector<PersonColumn> of_persons = person_columns(schema, year, period);
  std::vector<DwellingColumn> of_dwellings = dwelling_columns(schema, year);
  std::vector<FamilyColumn> of_families{{"rsa_isolement_recent", Period::eternity(), [](const Household& h) { return h.recent_separation ? 1.0 : 0.0; }}};
  const auto person_places = declare(tables, of_persons, schema, Level::individu, rows[0]);
  const auto dwelling_places = declare(tables, of_dwellings, schema, Level::menage, rows[3]);
  const auto family_places = declare(tables, of_families, schema, Level::famille, rows[1]);

  for_each_chunk(chunks, options.threads, [&](std::size_t chunk, unsigned) {
    ChunkStart at = starts[chunk];
    std::size_t dwelling = chunk * households_per_chunk;
    for (const Household& household : drawn[chunk]) {
      const std::uint64_t number = (dwelling + 1) * ids_per_household;
      ids[index_of(Level::menage)][dwelling] = static_cast<std::int64_t>(dwelling + 1);
      for (std::size_t i = 0; i < of_dwellings.size(); ++i) tables.columns[dwelling_places[i]].values[dwelling] = of_dwellings[i].value(household);
      for (std::size_t f = 0; f < household.families; ++f) {
        ids[index_of(Level::famille)][at.families + f] = static_cast<std::int64_t>(number + f);
        for (std::size_t i = 0; i < of_families.size(); ++i) tables.columns[family_places[i]].values[at.families + f] = of_families[i].value(household);
      }
      for (std::size_t t = 0; t < household.tax_units; ++t) ids[index_of(Level::foyer_fiscal)][at.tax_units + t] = static_cast<std::int64_t>(number + t);
      for (std::size_t p = 0; p < household.persons.size(); ++p) {
        const Person& person = household.persons[p];
        const std::size_t row = at.persons + p;
        ids[index_of(Level::individu)][row] = static_cast<std::int64_t>(number + p);
        tables.unit_of[index_of(Level::famille)][row] = static_cast<std::int32_t>(at.families + person.family);
        tables.unit_of[index_of(Level::foyer_fiscal)][row] = static_cast<std::int32_t>(at.tax_units + person.tax_unit);
        tables.unit_of[index_of(Level::menage)][row] = static_cast<std::int32_t>(dwelling);
        tables.role_of[index_of(Level::famille)][row] = person.family_role;
        tables.role_of[index_of(Level::foyer_fiscal)][row] = person.tax_role;
        tables.role_of[index_of(Level::menage)][row] = person.dwelling_role;
        for (std::size_t i = 0; i < of_persons.size(); ++i) tables.columns[person_places[i]].values[row] = of_persons[i].value(person);
      }
      at.persons += household.persons.size();
      at.families += household.families;
      at.tax_units += household.tax_units;
      ++dwelling;
    }
  });
  for (std::size_t level = 0; level < level_count; ++level) tables.ids[level] = std::move(ids[level]);
  return PopulationBuilder::build(std::move(tables));
}

}  // namespace labacces
