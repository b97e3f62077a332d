// Wages, profits, allowances and pensions of a person, by month and by year.
#include <algorithm>

#include "libsim/base/rounding.hpp"
#include "libsim/population/synthetic/columns.hpp"

namespace labacces::synthetic {
namespace {

constexpr int months_before_period = 24;  // what rights of nine months back read month by month
constexpr int years_before_period = 4;

double cents(double amount) { return round_to(amount, 0.01); }

double wage_in(const Person& person, std::size_t month) {
  return person.work[month] == WorkState::working ? person.wage * person.paid[month] / 100.0 : 0.0;
}
double allowance_in(const Person& person, std::size_t month, double to_wage) {
  return person.work[month] == WorkState::with_allowance ? person.wage * to_wage : 0.0;
}
/// Profit of a micro-entrepreneur, told month by month.
double turnover_in(const Person& person, std::size_t month) {
  // Half of the turnover of services is deducted (CGI 50-0), and contributions are paid out of the rest.
  return person.self_employed == SelfEmployed::micro ? 2.0 * person.profit * person.paid[month] / 100.0 : 0.0;
}

/// Mean of a year of twelve months of the history.
template <typename Amount>
double mean_of_year(std::size_t first, const Amount& amount) {
  double sum = 0.0;
  for (std::size_t month = first; month < first + 12; ++month) sum += amount(month);
  return sum / 12.0;
}

void add_pensions(std::vector<ColumnSpec<Person>>& columns, const Model& model, int year) {
  const double prices = model.price(year);
  const Period whole = Period::year(year);
  const double taxable = model.pension_taxable_to_net;
  const double gross = model.pension_gross_to_net;
  columns.push_back({{"retraite_nette"}, whole, [=](const Person& p) { return cents(12.0 * p.pension * prices); }});
  columns.push_back({{"retraite_imposable"}, whole, [=](const Person& p) { return cents(12.0 * p.pension * prices * taxable); }});
  columns.push_back({{"retraite_brute"}, whole, [=](const Person& p) { return cents(12.0 * p.pension * prices * gross); }});
  columns.push_back(
      {{"pensions_invalidite"}, whole, [=](const Person& p) { return cents(12.0 * p.invalidity_pension * prices); }});
  columns.push_back(
      {{"pensions_alimentaires_percues"}, whole, [=](const Person& p) { return cents(12.0 * p.alimony_received * prices); }});
  columns.push_back({{"pensions_alimentaires_versees_individu"}, whole, [=](const Person& p) {
                       return cents(12.0 * p.alimony_paid * prices);
                     }});
}

/// Yearly inputs of the self-employed but micro-entrepreneurs.
void add_profits(std::vector<ColumnSpec<Person>>& columns, const Model& model, int year) {
  const double prices = model.price(year);
  const Period whole = Period::year(year);
  columns.push_back({{"rpns_autres_revenus"}, whole, [=](const Person& p) {
                       return p.self_employed == SelfEmployed::craft || p.self_employed == SelfEmployed::liberal
                                  ? cents(12.0 * p.profit * prices)
                                  : 0.0;
                     }});
  columns.push_back({{"rpns_benefice_exploitant_agricole"}, whole, [=](const Person& p) {
                       return p.self_employed == SelfEmployed::farm ? cents(12.0 * p.profit * prices) : 0.0;
                     }});
}

/// Wages, allowances, turnover: `times` amounts a month (12 for a year), out of the amount that `at` gives for a history function.
template <typename Mean>
void add_flows(std::vector<ColumnSpec<Person>>& columns, const Model& model, Period period, double times, double prices,
               const Mean& mean) {
  const double taxable = model.taxable_to_net;
  const double gross = model.gross_to_net;
  const double allowance = model.allowance_to_wage;
  const auto wage = [=](const Person& p) { return times * prices * mean([&](std::size_t m) { return wage_in(p, m); }); };
  columns.push_back({{"salaire_net"}, period, [=](const Person& p) { return cents(wage(p)); }});
  columns.push_back({{"salaire_imposable"}, period, [=](const Person& p) {
                       return p.apprentice ? 0.0 : cents(wage(p) * taxable);
                     }});  // CGI 81 bis
  columns.push_back(
      {{"salaire_de_base"}, period, [=](const Person& p) { return cents(wage(p) * (p.apprentice ? 1.0 : gross)); }});
  columns.push_back({{"chomage_net", "chomage_imposable"}, period, [=](const Person& p) {
                       return cents(times * prices * mean([&](std::size_t m) { return allowance_in(p, m, allowance); }));
                     }});
  columns.push_back({{"rpns_auto_entrepreneur_ca_bic"}, period, [=](const Person& p) {
                       return p.self_employed == SelfEmployed::micro
                                  ? cents(times * prices * mean([&](std::size_t m) { return turnover_in(p, m); }))
                                  : 0.0;
                     }});
}

}  // namespace

void add_amounts(std::vector<ColumnSpec<Person>>& columns, const ColumnPlan& plan) {
  const Model& model = plan.model;
  const int year = plan.period.year();
  for (int y = year - years_before_period; y <= year; ++y) {
    add_pensions(columns, model, y);
    add_profits(columns, model, y);
    // The first year of the history stands for the years before it too.
    if (y <= plan.first_history.year())
      add_flows(columns, model, Period::year(y), 12.0, model.price(y),
                [](const auto& amount) { return mean_of_year(0, amount); });
  }
  const Month first = std::max(plan.first_history, plan.period - months_before_period);
  for (Month month = first; month < plan.first_history + static_cast<int>(history_months); month = month + 1) {
    const auto at = static_cast<std::size_t>(month - plan.first_history);
    add_flows(columns, model, Period::month(month), 1.0, model.price(month.year()),
              [=](const auto& amount) { return amount(at); });
  }
}

}  // namespace labacces::synthetic
