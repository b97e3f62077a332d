// What is measured of take-up, as tables for the terminal, papers and programs.
#pragma once

#include <string>
#include <vector>

#include "libsim/outcomes/take_up_data.hpp"
#include "libsim/report/table.hpp"

namespace labacces::report {

/// One table of figures by group and cell: non-take-up of a benefit, right x receipt, joint non-take-up ...
struct TakeUpTable {
  std::string name;     ///< of its files and of its rows in the whole table: "non_take_up"
  std::string benefit;  ///< "" when it is of all
  std::vector<outcomes::FigureOf> figures;
  std::vector<outcomes::MeasuredGroup> groups;
  std::vector<std::string> notes = {};
  bool has_all() const { return !groups.empty() && groups[0].name == "all"; }
};

/// Everything measured, with what all tables say under them.
struct TakeUpReport {
  std::string title, source;
  bool synthetic = false;
  bool simulated = false;
  outcomes::DrawPlan plan;
  std::string design;  ///< how the errors of the sample come about
  std::vector<TakeUpTable> tables;
  bool no_suppression = false;
  bool shows_all_cells() const { return synthetic || no_suppression; }
};

/// Measures all tables in one pass over the draws.
TakeUpReport measured_take_up(const outcomes::TakeUpData& data, unsigned threads = 0);

/// Cells to hide, by the rule of hidden_counts: small ones, those whose euros one entry dominates, and others with them; none of a synthetic population.
std::vector<std::vector<bool>> hidden_cells(const TakeUpReport& report, const TakeUpTable& table);

/// What stands under all tables: where the errors come from, what is hidden.
std::vector<std::string> notes_of(const TakeUpReport& report);

/// For the terminal, at most 80 columns: the figures of all units of each table, with the share of each source in the variance.
Table take_up_figures(const TakeUpReport& report, const TakeUpTable& table);

/// For the terminal, at most 80 columns: one row a cell of the groups of a table of non-take-up.
Table take_up_groups(const TakeUpReport& report, const TakeUpTable& table);

/// For the terminal, at most 80 columns: one row a cell, one column a figure that has a title, errors in brackets. For tables without a cell "all".
Table take_up_cells(const TakeUpReport& report, const TakeUpTable& table);

/// Every figure, one row a table, benefit, group, cell and measure.
Table take_up_table(const TakeUpReport& report);

/// The same as JSON (format "labacces-take-up/1").
std::string take_up_json(const TakeUpReport& report);

}  // namespace labacces::report
