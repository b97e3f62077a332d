#include "libsim/population/synthetic/calibrated_weights.hpp"

#include <algorithm>
#include <span>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/calibration/conflicts.hpp"
#include "libsim/population/calibration/counted.hpp"
#include "libsim/population/calibration/newton.hpp"
#include "libsim/population/margins/builtin_margins.hpp"
#include "libsim/population/synthetic/draw.hpp"

namespace labacces::synthetic {
namespace {

using calibration::Counted;
using calibration::MarginColumn;
using calibration::MarginData;
using calibration::MarginFile;
using calibration::TableCell;

constexpr double social_levies = 0.172;     // CSS L136-8, CGI 235 ter: on capital income
constexpr double levies_on_profit = 0.029;  // CSG that is not deducted and CRDS
constexpr double tolerance = 1e-9;
constexpr int most_steps = 60;
constexpr int any_year = 2021;  // only held-out amounts depend on it

const std::vector<std::string> departements{"d22", "d29", "d35", "d56"};
const std::vector<std::string> activities{"actif", "chomeur", "retraite", "etudiant", "inactif"};
const std::vector<std::string> tenures{"proprietaire",   "primo_accedant",   "locataire_hlm",
                                       "locataire_vide", "locataire_meuble", "loge_gratuitement"};
const std::vector<std::string> sexes{"homme", "femme"};

/// Months at work in the last year of the history, as shares of full months.
double work_of_last_year(const Person& person) {
  double sum = 0.0;
  for (std::size_t month = history_months - 12; month < history_months; ++month)
    sum += person.work[month] == WorkState::working ? person.paid[month] / 100.0 : 0.0;
  return sum / 12.0;
}

double allowances_of_last_year(const Person& person, const Model& model) {
  const auto months = std::count(person.work.end() - 12, person.work.end(), WorkState::with_allowance);
  return person.wage * model.allowance_to_wage * static_cast<double>(months) / 12.0;
}

/// What margins look at, of all households drawn. Links are those of dwellings only: no margin here counts families or tax units.
struct DrawnData {
  Membership dwellings;
  MarginData data;

  DrawnData(const std::vector<std::vector<Household>>& drawn, const Model& model, Month month) {
    const Month last = Month::of(month.year(), 12);
    const auto now = static_cast<std::size_t>(month - (last - static_cast<int>(history_months - 1)));
    const auto column = [](const char* name, Level level, ValueKind kind, std::vector<std::string> items) {
      return MarginColumn{name, level, kind, std::move(items), {}, {}};
    };
    MarginColumn births = column("date_naissance", Level::individu, ValueKind::date, {});
    MarginColumn sex = column("sexe", Level::individu, ValueKind::enumeration, sexes);
    MarginColumn activity = column("activite", Level::individu, ValueKind::enumeration, activities);
    MarginColumn place = column("departement", Level::menage, ValueKind::enumeration, departements);
    MarginColumn tenure = column("statut_occupation_logement", Level::menage, ValueKind::enumeration, tenures);
    MarginColumn standard = column("niveau_approche", Level::menage, ValueKind::number, {});
    for (const std::vector<Household>& chunk : drawn) {
      for (const Household& household : chunk) {
        const auto dwelling = static_cast<std::int32_t>(place.own.size());
        const auto found =
            std::find(departements.begin(), departements.end(), model.territories[household.territory].departement);
        place.own.push_back(static_cast<double>(found - departements.begin()));
        tenure.own.push_back(static_cast<double>(household.tenure));
        standard.own.push_back(approximate_standard_of_living(household, model, last));
        for (const Person& person : household.persons) {
          if (person.dwelling_role == static_cast<std::uint8_t>(Role::principal))
            dwellings.principal_of.push_back(static_cast<std::int32_t>(births.own.size()));
          dwellings.unit_of.push_back(dwelling);
          dwellings.role_of.push_back(person.dwelling_role);
          births.own.push_back(person.birth.days);
          sex.own.push_back(person.woman ? 1.0 : 0.0);
          activity.own.push_back(static_cast<double>(activity_in(person, now)));
        }
      }
    }
    data.counts[index_of(Level::individu)] = births.own.size();
    data.counts[index_of(Level::menage)] = place.own.size();
    data.memberships[index_of(Level::menage)] = &dwellings;
    for (MarginColumn* filled : {&births, &sex, &activity, &place, &tenure, &standard})
      data.columns.push_back(std::move(*filled));
    for (const std::string& name : calibration::derived_names()) calibration::add_derived(data, name, month);
  }
  DrawnData(const DrawnData&) = delete;
  DrawnData& operator=(const DrawnData&) = delete;
};

/// The tables to calibrate to, in the order in which they matter.
MarginFile wanted_tables() {
  MarginFile out = calibration::parse_margins("bretagne.json", calibration::bretagne_text(), any_year);
  MarginFile standards = calibration::parse_margins("niveau_bretagne.json", calibration::niveau_bretagne_text(), any_year);
  out.tables.insert(out.tables.end(), standards.tables.begin(), standards.tables.end());
  std::erase_if(out.tables, [](const calibration::MarginTable& table) { return table.use != calibration::Use::calibrated; });
  return out;
}

/// Ratios of the weights; none where the margins cannot be met together, also because some say the same of this sample with other totals.
std::vector<double> ratios_that_meet(const calibration::Margins& rows, const std::vector<double>& weights, unsigned threads) {
  const calibration::Distance raking(calibration::Method::raking, 0.0, 0.0);
  try {
    const calibration::NewtonOptions options{.tolerance = tolerance, .most_steps = most_steps, .threads = threads};
    calibration::NewtonResult found =
        calibration::solve(rows, weights, calibration::independent_margins(rows, weights), raking, options);
    if (found.met) return std::move(found.ratios);
  } catch (const Error&) {
    return {};
  }
  return {};
}

}  // namespace

double approximate_standard_of_living(const Household& household, const Model& model, Month last) {
  const Month first = Month::of(last.year(), 1);
  constexpr int adult_months = 14 * 12;
  double income = (household.interest + household.dividends + household.rents) * (1.0 - social_levies);
  double units = 0.5;
  for (const Person& person : household.persons) {
    const double profit = person.self_employed == SelfEmployed::micro ? person.profit * work_of_last_year(person)
                          : person.self_employed == SelfEmployed::no  ? 0.0
                                                                      : person.profit;
    income +=
        12.0 * (person.wage * work_of_last_year(person) + allowances_of_last_year(person, model) + person.pension +
                person.invalidity_pension + person.alimony_received - person.alimony_paid + profit * (1.0 - levies_on_profit));
    units += first - person.birth.month_of() >= adult_months ? 0.5 : 0.3;
  }
  return income / units;
}

std::string CalibratedWeights::description() const {
  std::string out = "calibrated to " + std::to_string(margins) + " margins of Brittany by raking";
  if (cells_left_out > 0)
    out += "; " + std::to_string(cells_left_out) + " with fewer than " + std::to_string(fewest_units) + " sampled units left out";
  if (!tables_left_out.empty()) out += "; could not be met together with the others and left out: " + join(tables_left_out, ", ");
  return out;
}

CalibratedWeights calibrated_weights(const std::vector<std::vector<Household>>& drawn, const Model& model, Month month,
                                     double weight, unsigned threads) {
  const MarginFile file = wanted_tables();
  const DrawnData from(drawn, model, month);
  const Counted counted(file, from.data);
  CalibratedWeights out;
  std::vector<TableCell> cells = counted.calibrated_cells();
  const std::vector<std::size_t> sampled = counted.sampled_units(cells);
  std::vector<TableCell> kept;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (sampled[i] >= fewest_units) kept.push_back(cells[i]);
  }
  out.cells_left_out = cells.size() - kept.size();
  const std::vector<double> uniform(from.data.counts[index_of(Level::menage)], weight);
  for (; !kept.empty(); std::erase_if(kept, [last = kept.back().table](const TableCell& cell) { return cell.table == last; })) {
    const std::vector<double> ratios = ratios_that_meet(counted.rows(kept), uniform, threads);
    if (!ratios.empty()) {
      out.margins = kept.size();
      for (const double ratio : ratios) out.weights.push_back(weight * ratio);
      return out;
    }
    out.tables_left_out.push_back(file.tables[kept.back().table].name);
  }
  out.weights = uniform;
  return out;
}

}  // namespace labacces::synthetic
