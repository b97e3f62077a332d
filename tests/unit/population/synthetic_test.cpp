#include "libsim/population/synthetic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "libsim/base/error.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/legislation/embedded.hpp"
#include "libsim/population/csv_population.hpp"
#include "libsim/population/csv_write.hpp"

namespace labacces {
namespace {

const Schema& french_schema() {
  static const Schema schema = [] {
    std::vector<law::LawText> texts;
    for (const EmbeddedFile& file : embedded_law("france")) texts.push_back({std::string(file.name), std::string(file.text)});
    return law::load_law_or_throw(std::move(texts)).schema();
  }();
  return schema;
}

Population make(std::size_t households, std::uint64_t seed, unsigned threads = 1) {
  return make_synthetic({households, seed, threads}, french_schema(), Month::of(2025, 6));
}

bool same(const Population& a, const Population& b) {
  if (a.columns().size() != b.columns().size() || a.weights() != b.weights()) return false;
  for (std::size_t i = 0; i < a.columns().size(); ++i) {
    if (a.columns()[i].values != b.columns()[i].values) return false;
  }
  for (const Level level : {Level::individu, Level::famille, Level::foyer_fiscal, Level::menage}) {
    if (a.ids(level) != b.ids(level)) return false;
  }
  return true;
}

TEST(Synthetic, the_same_bytes_come_out_twice_and_on_any_number_of_threads) {
  const Population once = make(3000, 7);
  EXPECT_TRUE(same(once, make(3000, 7)));
  EXPECT_TRUE(same(once, make(3000, 7, 3)));
  EXPECT_FALSE(same(once, make(3000, 8)));
}

// 501 ends in the middle of a block of eight households.
TEST(Synthetic, a_larger_sample_begins_with_the_smaller_one) {
  const Population large = make(2500, 7);
  for (const std::size_t households : {500U, 501U, 502U}) {
    const Population small = make(households, 7);
    for (const char* name : {"date_naissance", "salaire_net", "loyer", "departement"}) {
      const auto& a = small.columns()[small.find(name)->periods.back().column].values;
      const auto& b = large.columns()[large.find(name)->periods.back().column].values;
      EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin())) << name;
    }
  }
}

TEST(Synthetic, weights_add_up_to_the_households_of_brittany) {
  const Population population = make(1234, 1);
  EXPECT_NEAR(std::accumulate(population.weights().begin(), population.weights().end(), 0.0), 1'589'123.0, 1.0);
  EXPECT_TRUE(population.is_synthetic());
}

// RP2021 FAM T1: persons per household 3,320,505 / 1,589,123 = 2.09; persons alone 39.5 % of households.
TEST(Synthetic, household_sizes_are_near_the_census) {
  const Population population = make(20'000, 1);
  const double size =
      static_cast<double>(population.count(Level::individu)) / static_cast<double>(population.count(Level::menage));
  EXPECT_NEAR(size, 2.09, 0.05);
  std::vector<int> persons(population.count(Level::menage), 0);
  for (const std::int32_t dwelling : population.membership(Level::menage).unit_of) ++persons[static_cast<std::size_t>(dwelling)];
  const auto alone = static_cast<double>(std::count(persons.begin(), persons.end(), 1)) / static_cast<double>(persons.size());
  EXPECT_NEAR(alone, 0.395, 0.015);
}

// Two in three owners, 23 % private and 10 % HLM tenants (DREAL Bretagne, 2020).
TEST(Synthetic, tenure_is_of_the_right_order) {
  const Population population = make(20'000, 1);
  const auto& codes = population.columns()[population.find("statut_occupation_logement")->periods[0].column].values;
  const VariableInfo& info = *french_schema().find("statut_occupation_logement");
  const auto share = [&](std::string_view name) {
    const auto code = static_cast<double>(std::find(info.items.begin(), info.items.end(), name) - info.items.begin());
    return static_cast<double>(std::count(codes.begin(), codes.end(), code)) / static_cast<double>(codes.size());
  };
  EXPECT_NEAR(share("proprietaire") + share("primo_accedant"), 0.667, 0.025);
  EXPECT_NEAR(share("locataire_hlm"), 0.10, 0.02);
  EXPECT_NEAR(share("locataire_vide") + share("locataire_meuble"), 0.23, 0.03);
}

// INSEE, estimations localisées de population 2021, Brittany: 22.9, 47.4, 19.2 and 10.5 %; those in institutions, most of them
// old, are in the estimates and not in the population.
TEST(Synthetic, ages_are_of_the_right_order) {
  const Population population = make(20'000, 1);
  const auto& births = population.columns()[population.find("date_naissance")->periods[0].column].values;
  std::array<double, 4> persons{};
  for (const double birth : births) {
    const int age = (Month::of(2025, 6) - Day{static_cast<std::int32_t>(birth)}.month_of()) / 12;
    persons[age < 20 ? 0 : age < 60 ? 1 : age < 75 ? 2 : 3] += 100.0 / static_cast<double>(births.size());
  }
  EXPECT_NEAR(persons[0], 22.9, 1.8);
  EXPECT_NEAR(persons[1], 47.4, 1.8);
  EXPECT_NEAR(persons[2], 19.2, 1.5);
  EXPECT_NEAR(persons[3], 10.5, 1.8);
}

TEST(Synthetic, written_as_csv_and_read_back_it_is_the_same) {
  const Population first = make(300, 3);
  CsvTexts texts;
  texts.source = "back";
  for (const Level level : {Level::individu, Level::famille, Level::foyer_fiscal, Level::menage}) {
    texts.files[level] = {std::string(plural_of(level)) + ".csv", population_csv(first, french_schema(), level)};
  }
  const Population second = read_csv_texts(texts, french_schema());
  EXPECT_EQ(second.weights(), first.weights());
  for (const Level level : {Level::individu, Level::famille, Level::foyer_fiscal, Level::menage})
    EXPECT_EQ(second.ids(level), first.ids(level));
  for (const Level group : group_levels) {
    EXPECT_EQ(second.membership(group).unit_of, first.membership(group).unit_of);
    EXPECT_EQ(second.membership(group).role_of, first.membership(group).role_of);
  }
  for (const VariableData& data : first.variables()) {
    const VariableData* back = second.find(data.name);
    ASSERT_NE(back, nullptr) << data.name;
    ASSERT_EQ(back->periods.size(), data.periods.size()) << data.name;
    for (std::size_t i = 0; i < data.periods.size(); ++i) {
      EXPECT_EQ(back->periods[i].period, data.periods[i].period) << data.name;
      EXPECT_EQ(second.columns()[back->periods[i].column].values, first.columns()[data.periods[i].column].values) << data.name;
    }
  }
}

TEST(Synthetic, its_name_is_read_strictly) {
  EXPECT_EQ(parse_synthetic("builtin:bretagne").households, 20'000U);
  EXPECT_EQ(parse_synthetic("builtin:bretagne?households=12&seed=3").seed, 3U);
  EXPECT_EQ(parse_synthetic("builtin:bretagne").region, "bretagne");
  EXPECT_EQ(parse_synthetic("builtin:france").region, "");
  for (const char* region : {"53", "Bretagne", "bretagne"})
    EXPECT_EQ(parse_synthetic("builtin:france?region=" + std::string(region)).region, "bretagne") << region;
  EXPECT_EQ(synthetic_name(parse_synthetic("builtin:france?region=Bretagne&seed=4")), "builtin:bretagne?households=20000&seed=4");
  for (const char* name :
       {"builtin:bretange", "builtin:bretagne?household=3", "builtin:bretagne?region=53", "builtin:france?region=Bretange",
        "builtin:france?region=", "builtin:bretagne?households=0", "builtin:bretagne?households=", "builtin:bretagne?seed=-1",
        "builtin:bretagne?households=1e3", "builtin:", "builtin:bretagne?", "builtin:bretagne?households=99999999999999999999"}) {
    EXPECT_THROW(parse_synthetic(name), Error) << name;
  }
}

}  // namespace
}  // namespace labacces
