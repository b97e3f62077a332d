#include "libsim/population/synthetic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "libsim/base/error.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/legislation/embedded.hpp"

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

TEST(Synthetic, a_larger_sample_begins_with_the_smaller_one) {
  const Population small = make(500, 7);
  const Population large = make(2500, 7);
  const VariableData& births_small = *small.find("date_naissance");
  const VariableData& births_large = *large.find("date_naissance");
  const auto& a = small.columns()[births_small.periods[0].column].values;
  const auto& b = large.columns()[births_large.periods[0].column].values;
  EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin()));
}

TEST(Synthetic, weights_add_up_to_the_households_of_brittany) {
  const Population population = make(1234, 1);
  EXPECT_NEAR(std::accumulate(population.weights().begin(), population.weights().end(), 0.0), 1'589'123.0, 1.0);
  EXPECT_TRUE(population.is_synthetic());
}

// RP2021 FAM T1: persons per household 3,320,505 / 1,589,123 = 2.09; persons alone 39.5 % of households.
TEST(Synthetic, household_sizes_are_near_the_census) {
  const Population population = make(20'000, 1);
  const double size = static_cast<double>(population.count(Level::individu)) / static_cast<double>(population.count(Level::menage));
  EXPECT_NEAR(size, 2.09, 0.05);
  std::vector<int> persons(population.count(Level::menage), 0);
  for (const std::int32_t dwelling : population.membership(Level::menage).unit_of) ++persons[static_cast<std::size_t>(dwelling)];
  const auto alone = static_cast<double>(std::count(persons.begin(), persons.end(), 1)) / static_cast<double>(persons.size());
  EXPECT_NEAR(alone, 0.395, 0.015);
}

// Two in three owners, 23 % private and 10 % HLM tenants (DREAL Bretagne, 2020); the model is rough, so the bounds are wide.
TEST(Synthetic, tenure_is_of_the_right_order) {
  const Population population = make(20'000, 1);
  const auto& codes = population.columns()[population.find("statut_occupation_logement")->periods[0].column].values;
  const VariableInfo& info = *french_schema().find("statut_occupation_logement");
  const auto share = [&](std::string_view name) {
    const auto code = static_cast<double>(std::find(info.items.begin(), info.items.end(), name) - info.items.begin());
    return static_cast<double>(std::count(codes.begin(), codes.end(), code)) / static_cast<double>(codes.size());
  };
  EXPECT_NEAR(share("proprietaire") + share("primo_accedant"), 0.667, 0.05);
  EXPECT_NEAR(share("locataire_hlm"), 0.10, 0.04);
  EXPECT_NEAR(share("locataire_vide") + share("locataire_meuble"), 0.23, 0.05);
}

TEST(Synthetic, its_name_is_read_strictly) {
  EXPECT_EQ(parse_synthetic("builtin:bretagne").households, 20'000U);
  EXPECT_EQ(parse_synthetic("builtin:bretagne?households=12&seed=3").seed, 3U);
  for (const char* name : {"builtin:bretange", "builtin:bretagne?household=3", "builtin:bretagne?households=0", "builtin:bretagne?households=", "builtin:bretagne?seed=-1",
                           "builtin:bretagne?households=1e3", "builtin:", "builtin:bretagne?", "builtin:bretagne?households=99999999999999999999"}) {
    EXPECT_THROW(parse_synthetic(name), Error) << name;
  }
}

}  // namespace
}  // namespace labacces
