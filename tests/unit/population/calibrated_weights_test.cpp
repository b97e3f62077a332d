// Weights of the synthetic Brittany: margins met at any size, the same bytes on any threads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "libsim/law/load_law.hpp"
#include "libsim/legislation/embedded.hpp"
#include "libsim/population/calibration/counted.hpp"
#include "libsim/population/margins/builtin_margins.hpp"
#include "libsim/population/synthetic.hpp"

namespace labacces {
namespace {

using testing::HasSubstr;

const Schema& french_schema() {
  static const Schema schema = [] {
    std::vector<law::LawText> texts;
    for (const EmbeddedFile& file : embedded_law("france")) texts.push_back({std::string(file.name), std::string(file.text)});
    return law::load_law_or_throw(std::move(texts)).schema();
  }();
  return schema;
}

const Month june = Month::of(2025, 6);

Population make(const std::string& name, unsigned threads = 1) {
  SyntheticOptions options = parse_synthetic(name);
  options.threads = threads;
  return make_synthetic(options, french_schema(), june);
}

/// The margins of Brittany that are calibrated to, against a population as any reader would see it.
double largest_error(const Population& population) {
  calibration::MarginFile file = calibration::parse_margins("bretagne.json", calibration::bretagne_text(), june.year());
  std::erase_if(file.tables, [](const calibration::MarginTable& table) { return table.use != calibration::Use::calibrated; });
  calibration::MarginData data = calibration::margin_data(population);
  for (const char* name : {"date_naissance", "sexe", "activite", "departement", "statut_occupation_logement"}) {
    const VariableInfo& info = *french_schema().find(name);
    const Column& column = population.columns()[population.find(name)->periods[0].column];
    data.columns.push_back({name, info.level, info.kind, info.items, column.cells(), {}});
  }
  for (const std::string& name : calibration::derived_names()) calibration::add_derived(data, name, june);
  const calibration::Counted counted(file, data);
  const auto figures = counted.figures(population.weights());
  double largest = 0.0;
  for (std::size_t t = 0; t < file.tables.size(); ++t) {
    for (std::size_t c = 0; c < file.tables[t].cells(); ++c) {
      if (file.tables[t].values[c]) largest = std::max(largest, std::abs(*figures[t][c] / *file.tables[t].values[c] - 1.0));
    }
  }
  return largest;
}

TEST(CalibratedWeights, every_margin_of_brittany_is_met_within_a_thousandth_at_20_000_households) {
  const Population population = make("builtin:bretagne?households=20000&seed=1");
  EXPECT_LT(largest_error(population), 1e-3);
  EXPECT_THAT(population.weighting(), HasSubstr("margins of Brittany by raking"));
  EXPECT_THAT(population.weighting(), testing::Not(HasSubstr("could not be met")));
  EXPECT_GT(*std::min_element(population.weights().begin(), population.weights().end()), 0.0);
}

TEST(CalibratedWeights, are_the_same_bytes_on_one_thread_and_on_three) {
  const std::string name = "builtin:bretagne?households=5000&seed=3";
  EXPECT_EQ(make(name, 1).weights(), make(name, 3).weights());
}

TEST(CalibratedWeights, small_samples_are_calibrated_to_fewer_margins_and_none_fails) {
  for (const int households : {1, 2, 7, 40, 150, 400, 1200}) {
    const Population population = make("builtin:bretagne?seed=5&households=" + std::to_string(households));
    EXPECT_NEAR(std::accumulate(population.weights().begin(), population.weights().end(), 0.0), 1'589'123.0, 2.0) << households;
    EXPECT_THAT(population.weighting(), HasSubstr("left out")) << households;
  }
}

TEST(CalibratedWeights, are_made_for_any_year) {
  for (const int year : {2016, 2019, 2030}) {
    const Population population =
        make_synthetic(parse_synthetic("builtin:bretagne?households=600&seed=2"), french_schema(), Month::of(year, 3));
    EXPECT_THAT(population.weighting(), HasSubstr("calibrated to")) << year;
  }
}

TEST(CalibratedWeights, uniform_weights_may_be_asked_for_and_stand_in_the_name) {
  const Population population = make("builtin:bretagne?households=300&seed=1&weights=uniform");
  EXPECT_EQ(population.weights().front(), population.weights().back());
  EXPECT_EQ(population.weighting(), "");
  EXPECT_EQ(population.source(), "builtin:bretagne?households=300&seed=1&weights=uniform");
}

TEST(CalibratedWeights, france_has_equal_weights) {
  const Population population = make("builtin:france?households=300&seed=1");
  EXPECT_EQ(population.weights().front(), population.weights().back());
}

}  // namespace
}  // namespace labacces
