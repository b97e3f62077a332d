// Syntax trees -> Draft: every declaration under its name, types and constants resolved.
#pragma once

#include <vector>

#include "libsim/law/draft.hpp"
#include "libsim/law/values.hpp"

namespace labacces::law {

/// Takes the declarations of all files (reforms are left alone): names that repeat, unknown units and enumerations, and constants
/// that do not fit are reported.
Draft declare(const std::vector<ast::File>& files, const Findings& findings);

/// Where an added declaration stands.
struct Home {
  const ast::File* file = nullptr;
  std::uint32_t program = 0;
};

/// Adds one declaration, as `declare` does.
void declare_enum(Draft& draft, const ast::Enum& written, const Findings& findings);
void declare_input(Draft& draft, const ast::Input& written, Home home, const Findings& findings);
void declare_param(Draft& draft, const ast::Param& written, Home home, const Findings& findings);
void declare_table(Draft& draft, const ast::Table& written, Home home, const Findings& findings);
void declare_scale(Draft& draft, const ast::Scale& written, Home home, const Findings& findings);
void declare_rule(Draft& draft, const ast::Rule& written, Home home, const Findings& findings);

/// Warns of versions that begin or end within a month (of a yearly rule: within a year).
void warn_of_dates(const ast::Rule& rule, const Findings& findings);

/// Takes `past N months start V` where it is written.
void declare_past(const Draft& draft, const ast::Rule& written, Variable& variable, const Findings& findings);

/// Reports params, tables and scales whose short name is also the name of a variable: it would be read two ways.
void check_hidden_names(const Draft& draft, const Findings& findings);

/// The program of that name, made when it is new.
std::uint32_t declare_program(Draft& draft, const ast::Name& name, const ast::Text& label, const ast::References& references,
                              const Findings& findings);

/// The versions of a rule as dated lines.
DraftLines<RuleText> rule_lines(const ast::Rule& rule, Home home);

}  // namespace labacces::law
