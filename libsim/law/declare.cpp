#include "libsim/law/declare.hpp"

#include <algorithm>
#include <array>

namespace labacces::law {

namespace {

constexpr std::array<std::string_view, 8> reserved{"member",    "self",   "this_month", "this_year",
                                                   "first_day", "before", "yes",        "no"};

bool is_reserved(std::string_view name) {
  return level_named(name) || std::find(reserved.begin(), reserved.end(), name) != reserved.end();
}

/// Words that begin a path: no program and no enum may have them.
bool begins_path(std::string_view name) {
  return is_reserved(name) ||
         std::any_of(role_sets.begin(), role_sets.end(), [name](const RoleSet& set) { return set.name == name; });
}

/// Takes the name, or reports that it is taken and returns false.
bool claim(Draft& draft, const std::string& full_name, const ast::Name& written, Symbol symbol, const Findings& findings) {
  if (is_reserved(written.text)) {
    findings.error(written.span, "'" + written.text + "' is a word of the language and cannot be a name");
    return false;
  }
  const auto [place, is_new] = draft.symbols.emplace(full_name, symbol);
  if (is_new) return true;
  Diagnostic& diagnostic = findings.error(written.span, "'" + full_name + "' is declared twice");
  findings.note(diagnostic, draft.place(place->second), "first declared here");
  return false;
}

std::string full_name_of(const Draft& draft, const ast::Name& name, std::uint32_t program) {
  return name.text.find('.') == std::string::npos ? draft.programs[program].name + "." + name.text : name.text;
}

/// The program that the path of an added thing names, or its home.
std::optional<std::uint32_t> program_of(const Draft& draft, const ast::Name& name, Home home, const Findings& findings) {
  const std::size_t dot = name.text.find('.');
  if (dot == std::string::npos) {
    if (!draft.programs[home.program].name.empty()) return home.program;
    findings.error(name.span, "'" + name.text + "' needs a program to belong to", "start the file with: program NAME");
    return std::nullopt;
  }
  const std::string program = name.text.substr(0, dot);
  const auto found = draft.find_program(program);
  if (!found) findings.error(name.span, "unknown program '" + program + "'", did_you_mean(program, draft.program_names()));
  return found;
}

template <typename T, typename Written, typename Resolve>
bool take_lines(DraftLines<T>& lines, const std::vector<ast::Dated<Written>>& written, const Resolve& resolve) {
  bool good = true;
  for (const ast::Dated<Written>& line : written) {
    DraftLine<T> result;
    result.date = DatedLine{line.since.day, !line.content, line.since.span};
    result.references = texts_of(line.references);
    if (line.content) {
      auto value = resolve(*line.content);
      good = good && value;
      if (value) result.value = std::move(*value);
    }
    lines.push_back(std::move(result));
  }
  return good;
}

template <typename T>
bool good_dates(const DraftLines<T>& lines, const std::string& what, Span span, const Findings& findings) {
  const std::size_t before = findings.list->error_count();
  check_dates(*findings.sources, what, span, dates_of(lines), *findings.list);
  return findings.list->error_count() == before;
}

void declare_all(Draft& draft, const std::vector<ast::File>& files, const std::vector<std::uint32_t>& programs,
                 const Findings& findings) {
  const auto each = [&](const auto& visit) {
    for (std::size_t i = 0; i < files.size(); ++i) {
      for (const ast::Declaration& declaration : files[i].declarations) visit(declaration, Home{&files[i], programs[i]});
    }
  };
  each([&](const ast::Declaration& declaration, Home) {
    if (const auto* written = std::get_if<ast::Enum>(&declaration)) declare_enum(draft, *written, findings);
  });
  each([&](const ast::Declaration& declaration, Home home) {
    if (const auto* input = std::get_if<ast::Input>(&declaration)) declare_input(draft, *input, home, findings);
    if (const auto* param = std::get_if<ast::Param>(&declaration)) declare_param(draft, *param, home, findings);
    if (const auto* table = std::get_if<ast::Table>(&declaration)) declare_table(draft, *table, home, findings);
    if (const auto* scale = std::get_if<ast::Scale>(&declaration)) declare_scale(draft, *scale, home, findings);
    if (const auto* rule = std::get_if<ast::Rule>(&declaration)) declare_rule(draft, *rule, home, findings);
  });
}

/// A program has one file; a file without one gets a nameless program that holds nothing but inputs, enums and rules.
std::uint32_t program_of_file(Draft& draft, const ast::File& file, const Findings& findings) {
  if (file.program) {
    return declare_program(draft, file.program->name, file.program->label, file.program->references, findings);
  }
  draft.programs.push_back(Program{"", "", {}, Span{file.index, 0, 0}});
  return static_cast<std::uint32_t>(draft.programs.size() - 1);
}

}  // namespace

std::uint32_t declare_program(Draft& draft, const ast::Name& name, const ast::Text& label, const ast::References& references,
                              const Findings& findings) {
  if (begins_path(name.text)) findings.error(name.span, "'" + name.text + "' is a word of the language and cannot be a name");
  if (const auto known = draft.find_enum(name.text)) {
    Diagnostic& diagnostic = findings.error(name.span, "program '" + name.text + "' has the name of an enum");
    findings.note(diagnostic, draft.enums[*known].span, "declared here");
  }
  const auto index = static_cast<std::uint32_t>(draft.programs.size());
  const auto [place, is_new] = draft.program_index.emplace(name.text, index);
  if (!is_new) {
    Diagnostic& diagnostic = findings.error(name.span, "program '" + name.text + "' is declared twice");
    findings.note(diagnostic, draft.programs[place->second].span, "first declared here");
    return place->second;
  }
  draft.programs.push_back(Program{name.text, label.text, texts_of(references), name.span});
  return index;
}

void declare_enum(Draft& draft, const ast::Enum& written, const Findings& findings) {
  const auto index = static_cast<std::uint32_t>(draft.enums.size());
  if (begins_path(written.name.text)) {
    findings.error(written.name.span, "'" + written.name.text + "' is a word of the language and cannot be a name");
  }
  if (const auto program = draft.find_program(written.name.text)) {
    Diagnostic& diagnostic = findings.error(written.name.span, "enum '" + written.name.text + "' has the name of a program");
    findings.note(diagnostic, draft.programs[*program].span, "declared here");
  }
  const auto [place, is_new] = draft.enum_index.emplace(written.name.text, index);
  if (!is_new) {
    Diagnostic& diagnostic = findings.error(written.name.span, "enum '" + written.name.text + "' is declared twice");
    findings.note(diagnostic, draft.enums[place->second].span, "first declared here");
    return;
  }
  Enumeration enumeration{written.name.text, written.label.text, {}, {}, written.name.span};
  std::unordered_set<std::string> seen;
  for (const ast::EnumItem& item : written.items) {
    if (!seen.insert(item.name.text).second)
      findings.error(item.name.span, "item '" + item.name.text + "' stands twice in enum '" + written.name.text + "'");
    enumeration.items.push_back(item.name.text);
    enumeration.item_labels.push_back(item.label.text);
  }
  if (enumeration.items.empty()) {
    findings.error(written.span, "enum '" + written.name.text + "' has no items");
    enumeration.items.emplace_back();
    enumeration.item_labels.emplace_back();
  }
  draft.enums.push_back(std::move(enumeration));
}

void declare_input(Draft& draft, const ast::Input& written, Home home, const Findings& findings) {
  const auto index = static_cast<std::uint32_t>(draft.variables.size());
  const auto type = resolve_type(draft, written.type, findings);
  if (!type) {
    draft.broken.insert(written.name.text);
    return;
  }
  if (!claim(draft, written.name.text, written.name, Symbol{Symbol::Kind::variable, index}, findings)) return;
  Variable variable;
  variable.name = written.name.text;
  variable.label = written.label.text;
  variable.measure_text = type_text(written.type);
  variable.level = written.level;
  variable.periodicity = written.periodicity;
  variable.type = *type;
  variable.is_input = true;
  if (written.default_value) variable.default_value = resolve_value(draft, *written.default_value, *type, findings);
  variable.references = texts_of(written.references);
  variable.program = home.program;
  variable.span = written.name.span;
  draft.variables.push_back(DraftVariable{std::move(variable), {}});
}

void declare_param(Draft& draft, const ast::Param& written, Home home, const Findings& findings) {
  const auto index = static_cast<std::uint32_t>(draft.params.size());
  const auto program = program_of(draft, written.name, home, findings);
  if (!program) return;
  const std::string name = full_name_of(draft, written.name, *program);
  const auto type = resolve_type(draft, written.type, findings);
  DraftParam param;
  const bool good = type && take_lines(param.lines, written.versions,
                                       [&](const ast::Value& value) { return resolve_value(draft, value, *type, findings); });
  if (!good || !good_dates(param.lines, "param '" + name + "'", written.name.span, findings)) {
    draft.broken.insert(name);
    return;
  }
  if (!claim(draft, name, written.name, Symbol{Symbol::Kind::param, index}, findings)) return;
  param.head = Param{name,     written.label.text, type_text(written.type), *type, {}, texts_of(written.references),
                     *program, written.name.span};
  draft.params.push_back(std::move(param));
}

void declare_table(Draft& draft, const ast::Table& written, Home home, const Findings& findings) {
  const auto index = static_cast<std::uint32_t>(draft.tables.size());
  const auto program = program_of(draft, written.name, home, findings);
  if (!program) return;
  const std::string name = full_name_of(draft, written.name, *program);
  const auto type = resolve_type(draft, written.type, findings);
  DraftTable table;
  table.head = Table{
      name,     written.label.text, type_text(written.type), type.value_or(ValueType{}), {}, {}, {}, texts_of(written.references),
      *program, written.name.span};
  for (const ast::Name& key : written.keys) {
    const auto enumeration = draft.find_enum(key.text);
    table.head.key_names.push_back(key.text);
    table.head.key_enums.push_back(enumeration ? static_cast<std::int32_t>(*enumeration) : -1);
  }
  const bool good = type && take_lines(table.lines, written.versions, [&](const std::vector<ast::Row>& rows) {
                      return resolve_rows(draft, table.head, rows, findings);
                    });
  if (!good || !good_dates(table.lines, "table '" + name + "'", written.name.span, findings)) {
    draft.broken.insert(name);
    return;
  }
  if (!claim(draft, name, written.name, Symbol{Symbol::Kind::table, index}, findings)) return;
  draft.tables.push_back(std::move(table));
}

void declare_scale(Draft& draft, const ast::Scale& written, Home home, const Findings& findings) {
  const auto index = static_cast<std::uint32_t>(draft.scales.size());
  const auto program = program_of(draft, written.name, home, findings);
  if (!program) return;
  const std::string name = full_name_of(draft, written.name, *program);
  const auto key = resolve_type(draft, written.key, findings);
  const auto type = resolve_type(draft, written.type, findings);
  bool good = key && type;
  if (good && key->kind != ValueKind::number) {
    findings.error(written.key.span, "the key of a scale is a quantity, not " + draft.describe(*key), "use a table");
    good = false;
  }
  if (good && written.kind != ScaleKind::brackets && *type != ValueType{}) {
    findings.error(written.type.span, "the rates of a marginal or average scale are shares, not " + draft.describe(*type),
                   "write share, or make it a scale of brackets");
    good = false;
  }
  if (good && type->kind != ValueKind::number) {
    findings.error(written.type.span, "the values of a scale are numbers, not " + draft.describe(*type), "use a table");
    good = false;
  }
  DraftScale scale;
  if (good) {
    scale.head = Scale{name,
                       written.label.text,
                       type_text(written.key),
                       type_text(written.type),
                       written.kind,
                       key->measure,
                       *type,
                       {},
                       texts_of(written.references),
                       *program,
                       written.name.span};
    good = take_lines(scale.lines, written.versions, [&](const std::vector<ast::Bracket>& brackets) {
      return resolve_brackets(draft, scale.head, brackets, findings);
    });
  }
  if (!good || !good_dates(scale.lines, "scale '" + name + "'", written.name.span, findings)) {
    draft.broken.insert(name);
    return;
  }
  if (!claim(draft, name, written.name, Symbol{Symbol::Kind::scale, index}, findings)) return;
  draft.scales.push_back(std::move(scale));
}

DraftLines<RuleText> rule_lines(const ast::Rule& rule, Home home) {
  DraftLines<RuleText> lines;
  for (const ast::RuleVersion& version : rule.versions) {
    DraftLine<RuleText> line;
    line.date = DatedLine{version.since.day, version.expr == ast::no_expr, version.since.span};
    line.value = RuleText{home.file, &rule, version.expr, home.program, home.program};
    line.references = texts_of(version.references);
    lines.push_back(std::move(line));
  }
  return lines;
}

void declare_past(const Draft& draft, const ast::Rule& written, Variable& variable, const Findings& findings) {
  if (!written.past) return;
  constexpr std::int32_t longest = 120;
  if (written.past->months < 1 || written.past->months > longest) {
    findings.error(written.past->span, "'past' reaches back 1 to " + std::to_string(longest) + " months");
    return;
  }
  const auto start = resolve_value(draft, written.past->start, variable.type, findings);
  if (start) variable.past = Past{written.past->months, *start};
}

void declare_rule(Draft& draft, const ast::Rule& written, Home home, const Findings& findings) {
  const auto index = static_cast<std::uint32_t>(draft.variables.size());
  const auto type = resolve_type(draft, written.type, findings);
  DraftVariable rule;
  rule.lines = rule_lines(written, home);
  const bool eternal = written.periodicity == Periodicity::eternal;
  if (eternal) findings.error(written.name.span, "a rule is monthly or yearly; only an input is eternal");
  if (!good_dates(rule.lines, "rule '" + written.name.text + "'", written.name.span, findings) || !type || eternal) {
    draft.broken.insert(written.name.text);
    return;
  }
  if (!claim(draft, written.name.text, written.name, Symbol{Symbol::Kind::variable, index}, findings)) return;
  warn_of_dates(written, findings);
  Variable& head = rule.head;
  head.name = written.name.text;
  head.label = written.label.text;
  head.measure_text = type_text(written.type);
  head.level = written.level;
  head.periodicity = written.periodicity;
  head.type = *type;
  head.references = texts_of(written.references);
  head.program = home.program;
  head.span = written.name.span;
  declare_past(draft, written, head, findings);
  draft.variables.push_back(std::move(rule));
}

void check_hidden_names(const Draft& draft, const Findings& findings) {
  const auto check = [&](const auto& things) {
    for (const auto& thing : things) {
      const std::string short_name = thing.head.name.substr(thing.head.name.find('.') + 1);
      const Symbol* const variable = draft.find(short_name);
      if (variable == nullptr) continue;
      Diagnostic& diagnostic = findings.error(
          thing.head.span,
          "'" + thing.head.name + "' has the name of " + std::string(draft.kind_name(*variable)) + " '" + short_name + "'",
          "give one of them another name");
      findings.note(diagnostic, draft.place(*variable), "declared here");
    }
  };
  check(draft.params);
  check(draft.tables);
  check(draft.scales);
}

void warn_of_dates(const ast::Rule& rule, const Findings& findings) {
  const bool yearly = rule.periodicity == Periodicity::yearly;
  for (const ast::RuleVersion& version : rule.versions) {
    const Day day = version.since.day;
    if (day.day() == 1 && (!yearly || day.month() == 1)) continue;
    const Month month = first_month_from(day);
    findings.warning(version.since.span,
                     yearly ? "a yearly rule is read on 1 January: this date counts from " +
                                  std::to_string(month.month() == 1 ? month.year() : month.year() + 1) + " on"
                            : "a rule is read on the first day of the month: this date counts from " + to_string(month) + " on");
  }
}

Draft declare(const std::vector<ast::File>& files, const Findings& findings) {
  Draft draft;
  std::vector<std::uint32_t> programs;
  programs.reserve(files.size());
  for (const ast::File& file : files) programs.push_back(program_of_file(draft, file, findings));
  declare_all(draft, files, programs, findings);
  return draft;
}

}  // namespace labacces::law
