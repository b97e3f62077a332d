// Seven people in three dwellings, columns by name.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "libsim/population/population_builder.hpp"

namespace labacces::plan {

/// m1: a couple (rows 0, 1) with two children (2, 3) and a grown-up lodger (4) with a family of her own; m2: a single (5);
/// m3: a lone woman (6). Ids are in canonical order, so rows are as listed.
class SmallPopulation {
 public:
  SmallPopulation() {
    tables_.ids = {
        std::vector<std::string>{"1", "2", "3", "4", "5", "6", "7"}, {"1", "2", "3", "4"}, {"1", "2", "3", "4"}, {"1", "2", "3"}};
    const std::vector<std::int32_t> family{0, 0, 0, 0, 1, 2, 3}, dwelling{0, 0, 0, 0, 0, 1, 2};
    const std::vector<std::uint8_t> role{0, 1, 2, 2, 0, 0, 0}, place{0, 1, 2, 2, 3, 0, 0};
    for (const Level level : group_levels) {
      tables_.unit_of[index_of(level)] = level == Level::menage ? dwelling : family;
      tables_.role_of[index_of(level)] = level == Level::menage ? place : role;
    }
    tables_.source = "people.csv";
  }

  SmallPopulation& add(const std::string& name, Level level, Period period, std::vector<double> values,
                       std::vector<std::uint8_t> given = {}) {
    const auto column = static_cast<std::uint32_t>(tables_.columns.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (given[i] == 0) values[i] = 0.0;
    }
    tables_.columns.push_back({std::move(values), std::move(given)});
    auto it = std::find_if(tables_.variables.begin(), tables_.variables.end(),
                           [&](const VariableData& data) { return data.name == name; });
    if (it == tables_.variables.end()) it = tables_.variables.insert(it, {name, level, {}});
    it->periods.push_back({period, column});
    std::sort(it->periods.begin(), it->periods.end(),
              [](const PeriodColumn& a, const PeriodColumn& b) { return a.period < b.period; });
    return *this;
  }

  Population build() const { return PopulationBuilder::build(tables_); }

 private:
  PopulationTables tables_;
};

}  // namespace labacces::plan
