// A population against margins: what its weights give before and, where asked, after calibration.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/law/law.hpp"
#include "libsim/population/calibration/calibrate.hpp"
#include "libsim/population/calibration/margin_file.hpp"
#include "libsim/population/population.hpp"

namespace labacces::scenario {

/// Where a figure stands against an accepted range.
enum class Standing : std::uint8_t { below, inside, above };

/// One cell of one table of margins: with a target, a range, or both.
struct MarginFigure {
  std::size_t table = 0;  ///< in MarginComparison::margins
  std::size_t cell = 0;
  std::optional<double> target;
  std::optional<calibration::AcceptedRange> range;
  std::optional<double> before, after;  ///< nothing where no unit counts; `after` only where weights were calibrated
  /// In 100, of the target; nothing where there is no figure, no target, or it is 0.
  std::optional<double> error_before() const { return error(before); }
  std::optional<double> error_after() const { return error(after); }
  /// Nothing where there is no figure or no range.
  std::optional<Standing> standing_before() const { return standing(before); }
  std::optional<Standing> standing_after() const { return standing(after); }

 private:
  std::optional<double> error(const std::optional<double>& value) const;
  std::optional<Standing> standing(const std::optional<double>& value) const;
};

/// How far weights moved: the ratios of new to old over dwellings with a weight, and Kish's design effect n sum(w^2) / sum(w)^2.
struct WeightRatios {
  double least = 0.0, most = 0.0;
  std::array<double, 9> deciles{};
  double effect_before = 1.0, effect_after = 1.0;
};

struct MarginComparison {
  calibration::MarginFile margins;
  std::string population;
  bool synthetic = false;
  Month period{};
  std::size_t dwellings = 0, persons = 0;
  std::vector<MarginFigure> figures;  ///< of cells that have a value or a range, in the order of the file
  bool calibrated = false;
  calibration::Options options;
  std::size_t calibrated_margins = 0;
  int steps = 0;
  double largest_error = 0.0;                   ///< relative, of the calibrated margins
  std::vector<double> weights;                  ///< new ones, one a dwelling, in canonical order; empty when not calibrated
  std::vector<std::vector<double>> replicates;  ///< replicate weights, calibrated alike
  std::optional<WeightRatios> ratios;
};

struct MarginOptions {
  bool calibrate = false;
  calibration::Options calibration;
  std::vector<std::vector<double>> replicates;  ///< [replicate][dwelling]
  unsigned threads = 0;
};

/// Variables of the margins are the law's (inputs and rules, in `period` or its year) and the derived names. Throws Error: an unknown variable (nearest
/// name), all that Counted and calibrate() refuse, missing inputs of a rule.
MarginComparison compare_margins(const law::Law& law, const Population& population, calibration::MarginFile margins, Month period,
                                 const MarginOptions& options);

}  // namespace labacces::scenario
