// Calibrated weights against those of R's survey and sampling (tests/data/calibration/reference.R).
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/population/calibration/calibrate.hpp"

namespace labacces::calibration {
namespace {

const nlohmann::json& reference() {
  static const nlohmann::json read =
      nlohmann::json::parse(read_file(std::string(LABACCES_SOURCE_DIR) + "/tests/data/calibration/reference.json"));
  return read;
}

Margins stored_margins() {
  std::vector<Margin> wanted;
  for (const auto& margin : reference()["margins"]) wanted.push_back({margin["name"], margin["total"]});
  Margins margins(wanted);
  for (const auto& unit : reference()["units"]) {
    std::vector<Cell> cells;
    for (std::uint32_t i = 0; i < unit.size(); ++i) {
      if (unit[i] != 0.0) cells.push_back({i, unit[i]});
    }
    margins.add_unit(cells);
  }
  return margins;
}

Method method_named(const std::string& name) {
  if (name == "linear") return Method::linear;
  if (name == "raking") return Method::raking;
  return name == "logit" ? Method::logit : Method::truncated_linear;
}

/// Households, persons and amounts at once; of the bounded methods some ratios are at a bound.
TEST(CalibrationReference, ratios_of_weights_of_all_four_methods_are_those_of_R) {
  const Margins margins = stored_margins();
  const auto weights = reference()["weights"].get<std::vector<double>>();
  ASSERT_EQ(reference()["cases"].size(), 4U);
  for (const auto& stored : reference()["cases"]) {
    const Options options{
        .method = method_named(stored["method"]), .lower = stored["lower"], .upper = stored["upper"], .tolerance = 1e-13};
    const Calibrated found = calibrate(margins, weights, options);
    ASSERT_EQ(found.weights.size(), stored["ratios"].size());
    for (std::size_t i = 0; i < weights.size(); ++i)
      EXPECT_NEAR(found.weights[i] / weights[i], stored["ratios"][i].get<double>(), 1e-8) << stored["method"] << " unit " << i;
    EXPECT_LT(found.largest_error, 1e-12);
  }
}

TEST(CalibrationReference, some_stored_ratios_lie_at_their_bounds) {
  int at_bound = 0;
  for (const auto& stored : reference()["cases"]) {
    if (stored["method"] != "truncated_linear") continue;
    for (const double ratio : stored["ratios"]) at_bound += ratio == stored["lower"] || ratio == stored["upper"] ? 1 : 0;
  }
  EXPECT_GT(at_bound, 5);
}

}  // namespace
}  // namespace labacces::calibration
