#include "libsim/law/reform.hpp"

#include <algorithm>

#include "libsim/law/declare.hpp"
#include "libsim/law/draft_lines.hpp"
#include "libsim/law/set_value.hpp"

namespace labacces::law {

namespace {

class Reformer {
 public:
  Reformer(Draft& draft, const ReformText& text, const Findings& findings) : draft_(draft), text_(text), findings_(findings) {}

  void apply() {
    for (const ast::ReformItem& item : text_.reform->items) {
      if (const auto* set = std::get_if<ast::Set>(&item)) apply_set(*set);
      if (const auto* drop = std::get_if<ast::Drop>(&item)) apply_drop(*drop);
      if (const auto* replace = std::get_if<ast::Replace>(&item)) apply_replace(replace->rule);
      if (const auto* add = std::get_if<ast::Add>(&item)) apply_add(*add);
    }
  }

 private:
  void record(const std::string& what) { draft_.changes.push_back(Change{text_.reform->name.text, what}); }

  /// The program of the file, else one with the name of the reform.
  Home home() {
    const std::string& name = text_.file->program ? text_.file->program->name.text : text_.reform->name.text;
    const auto known = draft_.find_program(name);
    if (known) return Home{text_.file, *known};
    return Home{text_.file,
                declare_program(draft_, text_.reform->name, text_.reform->label, text_.reform->references, findings_)};
  }

  const Symbol* find(const ast::Name& path) {
    const Symbol* symbol = draft_.find(path.text);
    if (symbol == nullptr && path.text.find('.') == std::string::npos && text_.file->program) {
      symbol = draft_.find(text_.file->program->name.text + "." + path.text);
    }
    if (symbol != nullptr || draft_.broken.contains(path.text)) return symbol;
    std::string hint = did_you_mean(path.text, draft_.all_names());
    if (hint.empty()) {  // the right name with no program, or with another's
      const std::string last = path.text.substr(path.text.rfind('.') + 1);
      for (const Program& program : draft_.programs) {
        if (!program.name.empty() && draft_.find(program.name + "." + last) != nullptr)
          hint = "did you mean '" + program.name + "." + last + "'?";
      }
    }
    findings_.error(path.span, "the law has nothing named '" + path.text + "'", hint);
    return nullptr;
  }

  bool good_date(const ast::Date& date) const {
    constexpr int first_year = 1900;
    constexpr int last_year = 2200;
    if (date.day.year() >= first_year && date.day.year() <= last_year) return true;
    findings_.error(date.span, "the date " + to_string(date.day) + " is out of range", "write one between 1900 and 2200");
    return false;
  }

  std::string text_of(Span span) const {
    std::string text;
    for (const char c : findings_.sources->text(span)) {
      const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!blank) text += c;
      if (blank && !text.empty() && text.back() != ' ') text += ' ';
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
  }

  void apply_set(const ast::Set& set) {
    const Symbol* const symbol = find(set.path);
    if (symbol == nullptr || !good_date(set.since) || (set.until && !good_date(*set.until))) return;
    if (set.until && set.until->day <= set.since.day) {
      findings_.error(set.until->span, "this change ends before it begins");
      return;
    }
    switch (symbol->kind) {
      case Symbol::Kind::param:
        set_param(set, draft_.params[symbol->index]);
        return;
      case Symbol::Kind::table:
        set_table(set, draft_.tables[symbol->index]);
        return;
      case Symbol::Kind::scale:
        set_scale(set, draft_.scales[symbol->index]);
        return;
      case Symbol::Kind::variable:
        break;
    }
    const bool input = draft_.variables[symbol->index].head.is_input;
    findings_.error(
        set.path.span,
        "'" + set.path.text + "' is " + (input ? "an input" : "a rule") + ", and 'set' changes params, tables and scales",
        input ? "" : "write replace rule " + set.path.text);
  }

  void set_param(const ast::Set& set, DraftParam& param) {
    if (set.expr == ast::no_expr) {
      findings_.error(set.path.span, "'" + param.head.name + "' is a param: it takes one value, not rows");
      return;
    }
    const SetValue value(draft_, *text_.file, set.expr, param.head.type, findings_);
    if (value.good()) change(set, param.lines, value.uses_before(), [&](double before) { return value.value(before); });
  }

  void set_table(const ast::Set& set, DraftTable& table) {
    if (set.expr == ast::no_expr) {
      const auto rows = resolve_rows(draft_, table.head, set.rows, findings_);
      if (rows) change(set, table.lines, false, [&rows](const std::vector<TableRow>&) { return std::optional(rows); });
      return;
    }
    const SetValue value(draft_, *text_.file, set.expr, table.head.type, findings_);
    if (!value.good() || !expect_before(set, value, table.head.name)) return;
    change(set, table.lines, true, [&](std::vector<TableRow> rows) -> std::optional<std::vector<TableRow>> {
      for (TableRow& row : rows) {
        const auto changed = value.value(row.value);
        if (!changed) return std::nullopt;
        row.value = *changed;
      }
      return rows;
    });
  }

  void set_scale(const ast::Set& set, DraftScale& scale) {
    if (set.expr == ast::no_expr) {
      const auto brackets = brackets_of(set, scale.head);
      if (brackets) change(set, scale.lines, false, [&](const std::vector<Bracket>&) { return std::optional(*brackets); });
      return;
    }
    const SetValue value(draft_, *text_.file, set.expr, scale.head.type, findings_);
    if (!value.good() || !expect_before(set, value, scale.head.name)) return;
    change(set, scale.lines, true, [&](std::vector<Bracket> brackets) -> std::optional<std::vector<Bracket>> {
      for (Bracket& bracket : brackets) {
        const auto changed = value.value(bracket.value);
        if (!changed) return std::nullopt;
        bracket.value = *changed;
      }
      return brackets;
    });
  }

  bool expect_before(const ast::Set& set, const SetValue& value, const std::string& name) const {
    if (value.uses_before()) return true;
    findings_.error(text_.file->expr(set.expr).span, "'" + name + "' has many values: one number cannot stand for all",
                    "write its rows (1 -> ..., 2+ -> ...), or change each: before * 1.10");
    return false;
  }

  std::optional<std::vector<Bracket>> brackets_of(const ast::Set& set, const Scale& scale) const {
    std::vector<ast::Bracket> brackets;
    for (const ast::Row& row : set.rows) {
      if (row.keys.size() != 1 || row.keys[0].kind != ast::Key::Kind::exactly) {
        findings_.error(row.span, "a bracket of a scale is written THRESHOLD -> VALUE");
        return std::nullopt;
      }
      ast::Value threshold;
      threshold.number = row.keys[0].number;
      threshold.span = row.keys[0].span;
      brackets.push_back(ast::Bracket{threshold, row.value, row.span});
    }
    return resolve_brackets(draft_, scale, brackets, findings_);
  }

  /// Replaces the values from `since` to `until` by compute(value).
  template <typename T, typename Compute>
  void change(const ast::Set& set, DraftLines<T>& lines, bool uses_before, const Compute& compute) {
    const Day since = set.since.day;
    const DraftLine<T>* const before = line_on(lines, since);
    if (before == nullptr && uses_before) {
      findings_.error(set.since.span,
                      "'" + set.path.text + "' is not in force on " + to_string(since) + ": there is no value before",
                      nearest_version(months_in_force(dates_of(lines)), first_month_from(since)));
      return;
    }
    bool good = true;
    const auto line_of = [&](const DatedLine& date, const T& old) {
      auto value = compute(old);
      good = good && value;
      return DraftLine<T>{date, value ? std::move(*value) : T{},
                          set.references.empty() ? References{} : texts_of(set.references)};
    };
    DraftLines<T> changed;
    for (const DraftLine<T>& line : lines) {
      if (line.date.since < since) changed.push_back(line);
    }
    changed.push_back(line_of(DatedLine{since, false, set.since.span}, before == nullptr ? T{} : before->value));
    for (const DraftLine<T>& line : lines) {
      if (line.date.since <= since || (set.until && line.date.since >= set.until->day)) continue;
      changed.push_back(line.date.ends ? line : line_of(line.date, line.value));
    }
    if (set.until) end_change(set, lines, changed);
    if (!good) {
      findings_.error(text_.file->expr(set.expr).span, "this value is not a finite number");
    } else if (say_the_same(lines, changed)) {
      findings_.error(set.span, "this changes nothing: '" + set.path.text + "' already has this value");
    } else {
      lines = std::move(changed);
      record(text_of(set.span));
    }
  }

  /// From `until` on, the lines as they were.
  template <typename T>
  void end_change(const ast::Set& set, const DraftLines<T>& lines, DraftLines<T>& changed) const {
    const Day until = set.until->day;
    const bool has_line =
        std::any_of(lines.begin(), lines.end(), [until](const DraftLine<T>& line) { return line.date.since == until; });
    if (!has_line) {
      const DraftLine<T>* const after = line_on(lines, until);
      DraftLine<T> back = after == nullptr ? DraftLine<T>{} : *after;
      back.date = DatedLine{until, after == nullptr, set.until->span};
      changed.push_back(std::move(back));
    }
    for (const DraftLine<T>& line : lines) {
      if (line.date.since >= until) changed.push_back(line);
    }
  }

  void apply_drop(const ast::Drop& drop) {
    const Symbol* const symbol = find(drop.path);
    if (symbol == nullptr || !good_date(drop.since)) return;
    switch (symbol->kind) {
      case Symbol::Kind::param:
        end_lines(drop, draft_.params[symbol->index].lines);
        return;
      case Symbol::Kind::table:
        end_lines(drop, draft_.tables[symbol->index].lines);
        return;
      case Symbol::Kind::scale:
        end_lines(drop, draft_.scales[symbol->index].lines);
        return;
      case Symbol::Kind::variable:
        break;
    }
    if (draft_.variables[symbol->index].head.is_input) {
      findings_.error(drop.path.span, "'" + drop.path.text + "' is an input: there is nothing to drop");
      return;
    }
    end_lines(drop, draft_.variables[symbol->index].lines);
  }

  template <typename T>
  void end_lines(const ast::Drop& drop, DraftLines<T>& lines) {
    const Day since = drop.since.day;
    const bool in_force = line_on(lines, since) != nullptr;
    const bool later = std::any_of(lines.begin(), lines.end(),
                                   [since](const DraftLine<T>& line) { return line.date.since > since && !line.date.ends; });
    if (!in_force && !later) {
      findings_.error(drop.since.span,
                      "this changes nothing: '" + drop.path.text + "' is not in force from " + to_string(since) + " on",
                      nearest_version(months_in_force(dates_of(lines)), first_month_from(since)));
      return;
    }
    const auto first =
        std::find_if(lines.begin(), lines.end(), [since](const DraftLine<T>& line) { return line.date.since >= since; });
    lines.erase(first, lines.end());
    if (!lines.empty() && !lines.back().date.ends) {
      lines.push_back(DraftLine<T>{DatedLine{since, true, drop.since.span}, T{}, texts_of(drop.references)});
    }
    record(text_of(drop.span));
  }

  void apply_replace(const ast::Rule& rule) {
    const Symbol* const symbol = find(rule.name);
    if (symbol == nullptr) return;
    if (symbol->kind != Symbol::Kind::variable || draft_.variables[symbol->index].head.is_input) {
      findings_.error(rule.name.span,
                      "'" + rule.name.text + "' is " +
                          (symbol->kind == Symbol::Kind::variable ? "an input" : "a param, table or scale") + ", not a rule",
                      symbol->kind == Symbol::Kind::variable ? "give its values in the data" : "write set " + rule.name.text);
      return;
    }
    DraftVariable& variable = draft_.variables[symbol->index];
    const auto type = resolve_type(draft_, rule.type, findings_);
    if (!type) return;
    Variable& head = variable.head;
    if (*type != head.type || rule.level != head.level || rule.periodicity != head.periodicity) {
      constexpr std::string_view periods[] = {"monthly", "yearly", "eternal"};
      Diagnostic& diagnostic =
          findings_.error(rule.name.span, "rule '" + head.name + "' keeps its level, period and type when it is replaced",
                          "write rule " + head.name + " of " + std::string(name_of(head.level)) + " " +
                              std::string(periods[static_cast<std::size_t>(head.periodicity)]) + " : " + head.measure_text);
      findings_.note(diagnostic, head.span, "declared here");
      return;
    }
    const Home home = this->home();
    DraftLines<RuleText> lines = rule_lines(rule, Home{text_.file, head.program});
    const std::size_t errors = findings_.list->error_count();
    check_dates(*findings_.sources, "rule '" + head.name + "'", rule.name.span, dates_of(lines), *findings_.list);
    if (findings_.list->error_count() != errors) return;
    for (DraftLine<RuleText>& line : lines) line.value.second_program = home.program;
    const Day first = lines.front().date.since;
    std::erase_if(variable.lines, [first](const DraftLine<RuleText>& line) { return line.date.since >= first; });
    variable.lines.insert(variable.lines.end(), lines.begin(), lines.end());
    if (!rule.label.text.empty()) head.label = rule.label.text;
    if (!rule.references.empty()) head.references = texts_of(rule.references);
    declare_past(draft_, rule, head, findings_);
    warn_of_dates(rule, findings_);
    record("replace rule " + head.name + " from " + to_string(first));
  }

  void apply_add(const ast::Add& add) {
    const Home home = this->home();
    const std::size_t errors = findings_.list->error_count();
    std::string what;
    if (const auto* written = std::get_if<ast::Enum>(&add.declaration)) {
      declare_enum(draft_, *written, findings_);
      what = "enum " + written->name.text;
    }
    if (const auto* written = std::get_if<ast::Input>(&add.declaration)) {
      declare_input(draft_, *written, home, findings_);
      what = "input " + written->name.text;
    }
    if (const auto* written = std::get_if<ast::Param>(&add.declaration)) {
      declare_param(draft_, *written, home, findings_);
      what = "param " + written->name.text;
    }
    if (const auto* written = std::get_if<ast::Table>(&add.declaration)) {
      declare_table(draft_, *written, home, findings_);
      what = "table " + written->name.text;
    }
    if (const auto* written = std::get_if<ast::Scale>(&add.declaration)) {
      declare_scale(draft_, *written, home, findings_);
      what = "scale " + written->name.text;
    }
    if (const auto* written = std::get_if<ast::Rule>(&add.declaration)) {
      declare_rule(draft_, *written, home, findings_);
      what = "rule " + written->name.text;
    }
    if (findings_.list->error_count() == errors) record("add " + what);
  }

  Draft& draft_;
  const ReformText& text_;
  const Findings& findings_;
};

}  // namespace

std::vector<ReformText> reforms_of(const std::vector<ast::File>& files, const Findings& findings) {
  std::vector<ReformText> texts;
  for (const ast::File& file : files) {
    for (const ast::Declaration& declaration : file.declarations) {
      const auto* const reform = std::get_if<ast::Reform>(&declaration);
      if (reform == nullptr) continue;
      for (const ReformText& other : texts) {
        if (other.reform->name.text != reform->name.text) continue;
        Diagnostic& diagnostic = findings.error(reform->name.span, "reform '" + reform->name.text + "' is declared twice");
        findings.note(diagnostic, other.reform->name.span, "first declared here");
      }
      texts.push_back(ReformText{&file, reform});
    }
  }
  return texts;
}

void apply_reform(Draft& draft, const ReformText& text, const Findings& findings) { Reformer(draft, text, findings).apply(); }

void apply_reforms(Draft& draft, const std::vector<ReformText>& texts, const std::vector<std::string>& names,
                   const Findings& findings) {
  const auto text_named = [&](const std::string& name) {
    return std::find_if(texts.begin(), texts.end(), [&](const ReformText& text) { return text.reform->name.text == name; });
  };
  for (const ReformText& text : texts) {
    if (std::find(names.begin(), names.end(), text.reform->name.text) != names.end()) continue;
    Draft copy = draft;
    apply_reform(copy, text, findings);
  }
  std::vector<std::string> known;
  known.reserve(texts.size());
  for (const ReformText& text : texts) known.push_back(text.reform->name.text);
  for (const std::string& name : names) {
    const auto text = text_named(name);
    if (text == texts.end()) {
      findings.list->error(Location{}, "unknown reform '" + name + "'",
                           known.empty() ? "no text declares a reform" : did_you_mean(name, known));
    } else {
      apply_reform(draft, *text, findings);
    }
  }
}

}  // namespace labacces::law
