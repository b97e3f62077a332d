// Targets of take-up, and their file: figures that the behaviours of a scenario are set to, or only held against.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/takeup/claim_target.hpp"

namespace labacces::scenario {

/// One condition of a cell: a variable that is one of some items, a number in [from, to), or another benefit that is received.
struct CellCondition {
  std::string variable;
  std::vector<std::string> items;
  double from = -std::numeric_limits<double>::infinity(), to = std::numeric_limits<double>::infinity();
  std::string receives;  ///< a benefit; then the rest is empty
  bool is_received = true;
  bool operator==(const CellCondition&) const = default;
  std::string text() const;  ///< "departement=d29", "aspa 500-600", "receives ppa", "without ppa"
};

/// What a target sets. none: it is held out, and only compared.
enum class TargetSets : unsigned char { none, intercept, cell, amount, gateway, persistence };

struct TakeUpTarget {
  std::string path;  ///< "targets/3"
  std::string benefit;
  std::vector<CellCondition> cell;  ///< all hold; empty = all units
  takeup::ClaimWindow window = takeup::ClaimWindow::month;
  takeup::ClaimMeasure measure = takeup::ClaimMeasure::out_share;
  bool in_persons = false;
  bool as_take_up = false;  ///< a share was written as take-up: 1 - value
  double value = 0.0;       ///< of the measure
  TargetSets sets = TargetSets::intercept;
  std::string gateway;  ///< the benefit whose gateway is set
  std::string source, period;
  std::string cell_text() const;     ///< "all", "departement=d29 & aspa <100"
  std::string measure_text() const;  ///< "non_take_up", "takers, persons"; as the file has it
  bool is_held_out() const { return sets == TargetSets::none; }
};

struct TakeUpTargets {
  std::string file, name;
  bool realised = false;              ///< "match": "realised": the draw that a run shows meets the targets, not the expectation
  std::size_t draws = 20;             ///< where there is no formula
  std::vector<TakeUpTarget> targets;  ///< an entry with heads and euros is two
};

/// Reads a targets file (scenarios/take_up_targets/schema.json). Throws Error with the JSON path: an unknown key (nearest), no value or two of a kind, a share outside [0, 1],
/// a negative number, euros of more than a month, durable take-up, a target that does not say what it sets where that does not follow from its cell,
/// two targets of the same figure, two that set the same parameter. Benefits, variables and items are looked at when it is used.
TakeUpTargets parse_take_up_targets(const std::string& file, std::string_view text);

}  // namespace labacces::scenario
