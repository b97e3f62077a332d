// Names: parameters, variables of the unit and of other levels, items of enumerations.
#include <algorithm>

#include "libsim/law/checker.hpp"

namespace labacces::law {

namespace {

constexpr ValueType date_type{ValueKind::date, {}, -1};

bool is_role_name(std::string_view word) {
  return std::any_of(role_sets.begin(), role_sets.end(), [word](const RoleSet& set) { return set.name == word; });
}

bool is_entity_word(std::string_view word) {
  return word == "member" || word == "self" || level_named(word) || is_role_name(word);
}

std::string principal_of(Level level) {
  for (const RoleSet& set : role_sets) {
    if (set.level == level && set.roles == 1) return std::string(set.name);
  }
  return "";
}

std::string quoted(std::string_view word) { return "'" + std::string(word) + "'"; }

}  // namespace

Span Path::part_span(std::size_t index) const {
  Span part = span;
  for (std::size_t i = 0; i < index; ++i) part.begin += static_cast<std::uint32_t>(parts[i].size()) + 1;
  part.end = std::min(span.end, part.begin + static_cast<std::uint32_t>(parts[index].size()));
  return part;
}

std::string Path::text() const {
  std::string whole;
  for (const std::string& part : parts) whole.append(whole.empty() ? "" : ".").append(part);
  return whole;
}

Path path_of(const std::string& text, Span span) {
  Path path;
  path.span = span;
  std::size_t begin = 0;
  while (true) {
    const std::size_t dot = text.find('.', begin);
    path.parts.push_back(text.substr(begin, dot == std::string::npos ? dot : dot - begin));
    if (dot == std::string::npos) return path;
    begin = dot + 1;
  }
}

const ast::Let* Checker::find_let(std::string_view name) const {
  const auto found = let_names_.find(name);
  return found == let_names_.end() ? nullptr : found->second;
}

const Symbol* Checker::find_short(const std::string& name) const {
  const Symbol* const found = draft_.find_in(text_.program, name);
  return found != nullptr ? found : draft_.find_in(text_.second_program, name);
}

bool Checker::is_broken(const std::string& name) const {
  return draft_.broken.contains(name) || draft_.broken.contains(draft_.programs[text_.program].name + "." + name) ||
         draft_.broken.contains(draft_.programs[text_.second_program].name + "." + name);
}

Checked Checker::check_name(const ast::Expr& written, const Context& context, Hint hint) {
  const Path path = path_of(written.text, written.span);
  if (path.parts.size() == 1) return check_single(path, context, hint);
  if (is_entity_word(path.parts[0])) return check_entity_path(path, context);
  return check_global_path(path);
}

Checked Checker::constant_value(Constant constant, ValueType type, Span span) {
  Expr node;
  node.kind = ExprKind::constant;
  node.constant = constant;
  node.is_scalar = true;
  node.type = type;
  node.span = span;
  return Checked{law_.add(std::move(node)), false};
}

Checked Checker::check_item(std::uint32_t enumeration, const std::string& item, Span span) {
  const auto code = draft_.find_item(enumeration, item);
  const Enumeration& items = draft_.enums[enumeration];
  if (!code) {
    fail(span, "enum '" + items.name + "' has no item '" + item + "'", did_you_mean(item, items.items));
    return {};
  }
  return literal(*code, ValueType{ValueKind::enumeration, {}, static_cast<std::int32_t>(enumeration)}, span);
}

Checked Checker::check_single(const Path& path, const Context& context, Hint hint) {
  const std::string& word = path.parts[0];
  if (const ast::Let* const let = find_let(word)) return expand_let(*let, context, hint);
  if (word == "this_month") return constant_value(Constant::this_month, ValueType{}, path.span);
  if (word == "this_year") return constant_value(Constant::this_year, ValueType{}, path.span);
  if (word == "first_day") return constant_value(Constant::first_day, date_type, path.span);
  if (hint != nullptr && hint->kind == ValueKind::enumeration) {
    const auto enumeration = static_cast<std::uint32_t>(hint->enumeration);
    if (draft_.find_item(enumeration, word)) return check_item(enumeration, word, path.span);
  }
  if (const Symbol* const symbol = find_short(word)) return symbol_value(*symbol, path, context);
  if (const Symbol* const symbol = draft_.find(word)) return symbol_value(*symbol, path, context);
  if (!is_broken(word)) report_unknown(path, context, hint);
  return {};
}

void Checker::report_unknown(const Path& path, const Context& context, Hint hint) {
  const std::string& word = path.parts[0];
  if (is_entity_word(word)) {
    fail(path.span, quoted(word) + " is not a value", "write " + word + ".NAME, a variable of it");
    return;
  }
  if (word == "before") {
    fail(path.span, "'before' is the value before a reform: it stands in 'set' only");
    return;
  }
  for (const Enumeration& enumeration : draft_.enums) {
    if (std::find(enumeration.items.begin(), enumeration.items.end(), word) == enumeration.items.end()) continue;
    const std::string item = enumeration.name + "." + word;
    if (hint != nullptr && hint->kind != ValueKind::enumeration) {
      fail(path.span, item + " is an item of an enum, and the other side is " + draft_.describe(*hint));
    } else {
      fail(path.span, quoted(word) + " is an item of enum " + enumeration.name + ", which this place does not tell",
           "write " + item);
    }
    return;
  }
  std::vector<std::string> candidates;
  for (const auto& let : let_names_) candidates.emplace_back(let.first);
  std::sort(candidates.begin(), candidates.end());
  if (hint != nullptr && hint->kind == ValueKind::enumeration) {
    const Enumeration& enumeration = draft_.enums[static_cast<std::size_t>(hint->enumeration)];
    candidates.insert(candidates.end(), enumeration.items.begin(), enumeration.items.end());
  }
  for (const std::string& name : draft_.short_names(text_.program)) candidates.push_back(name);
  for (const std::string& name : draft_.variable_names()) candidates.push_back(name);
  std::string suggestion = did_you_mean(word, candidates);
  if (suggestion.empty()) {
    for (const Program& program : draft_.programs) {
      if (!program.name.empty() && draft_.find(program.name + "." + word) != nullptr)
        suggestion = "did you mean '" + program.name + "." + word + "'?";
    }
  }
  fail(path.span, "unknown name " + quoted(word) + (context.in_members ? " in this aggregate" : ""), suggestion);
}

Checked Checker::check_global_path(const Path& path) {
  const std::string& first = path.parts[0];
  if (path.parts.size() == 2) {
    if (const auto enumeration = draft_.find_enum(first)) return check_item(*enumeration, path.parts[1], path.part_span(1));
    if (const Symbol* const symbol = draft_.find(path.text())) return symbol_value(*symbol, path, Context{});
    if (draft_.broken.contains(path.text())) return {};
    if (const auto program = draft_.find_program(first)) {
      fail(path.part_span(1), "program '" + first + "' has no param, table or scale '" + path.parts[1] + "'",
           draft_.find(path.parts[1]) != nullptr ? "it is a name of its own: write " + path.parts[1]
                                                 : did_you_mean(path.parts[1], draft_.short_names(*program)));
      return {};
    }
  }
  if (draft_.find(first) != nullptr || find_let(first) != nullptr || find_short(first) != nullptr) {
    fail(path.span, quoted(first) + " is a value: nothing can stand after its dot");
    return {};
  }
  std::vector<std::string> candidates = draft_.program_names();
  for (const std::string& name : draft_.enum_names()) candidates.push_back(name);
  for (const RoleSet& set : role_sets) candidates.emplace_back(set.name);
  for (std::size_t i = 0; i < level_count; ++i) candidates.emplace_back(name_of(static_cast<Level>(i)));
  candidates.emplace_back("member");
  fail(path.part_span(0), "unknown name " + quoted(first) + " before the dot: expected a program, an enum, a level or a role",
       did_you_mean(first, candidates));
  return {};
}

Checked Checker::symbol_value(const Symbol& symbol, const Path& path, const Context& context) {
  if (symbol.kind == Symbol::Kind::variable) {
    if (!context.in_members) return variable_value(symbol, context.rule_level, path, context);
    const Variable& variable = draft_.variables[symbol.index].head;
    if (variable.level == Level::individu) {
      fail(path.span,
           "'" + variable.name + "' is of individu, and this aggregate goes over the members of a " +
               std::string(name_of(context.rule_level)),
           "write member." + variable.name);
      return {};
    }
    const Checked own = variable_value(symbol, context.rule_level, path, context);
    return own ? project(own.id, Level::individu, context.rule_level) : own;
  }
  if (symbol.kind != Symbol::Kind::param) {
    const std::string kind(draft_.kind_name(symbol));
    fail(path.span, "'" + path.text() + "' is a " + kind + ": it needs a key", "write " + path.text() + "[...]");
    return {};
  }
  Expr node;
  node.kind = ExprKind::param;
  node.index = symbol.index;
  node.is_scalar = true;
  node.type = draft_.params[symbol.index].head.type;
  node.span = path.span;
  return Checked{law_.add(std::move(node)), false};
}

bool Checker::check_variable_time(const Variable& variable, Span span, const Context& context) {
  const std::string& name = variable.name;
  if (variable.periodicity == Periodicity::yearly && !context.by_year) {
    fail(span, "'" + name + "' is yearly, and the current time is a month",
         "write " + name + " at year 0, or another year: at year -2");
    return false;
  }
  if (variable.periodicity == Periodicity::monthly && context.by_year) {
    fail(span, "'" + name + "' is monthly, and the current time is a year",
         "write sum(" + name + ", year 0), or " + name + " at month 1 of year 0");
    return false;
  }
  return true;
}

Checked Checker::variable_value(const Symbol& symbol, Level at, const Path& path, const Context& context) {
  const Variable& variable = draft_.variables[symbol.index].head;
  if (variable.level != at) {
    report_level(variable, at, path, context);
    return {};
  }
  if (!check_variable_time(variable, path.span, context)) return {};
  Expr node;
  node.kind = ExprKind::variable;
  node.index = symbol.index;
  node.level = variable.level;
  node.type = variable.type;
  node.span = path.span;
  return Checked{law_.add(std::move(node)), false};
}

void Checker::report_level(const Variable& variable, Level at, const Path& path, const Context&) {
  const std::string level(name_of(variable.level));
  std::string prefix = path.text();
  prefix.resize(prefix.size() - variable.name.size());
  std::string hint;
  if (variable.level == Level::individu) {
    const std::string principal = principal_of(at);
    hint = prefix.empty() ? "write sum(member." + variable.name + ") over its members, or " + principal + "." + variable.name +
                                " for one person"
                          : "write " + prefix + principal + "." + variable.name;
  } else {
    hint = "write " + prefix + level + "." + variable.name;
  }
  const std::string here = prefix.empty() ? "this rule is of " + std::string(name_of(at))
                                          : "'" + prefix.substr(0, prefix.size() - 1) + "' is a " + std::string(name_of(at));
  fail(path.part_span(path.parts.size() - 1), "'" + variable.name + "' is of " + level + ", and " + here, hint);
}

std::optional<std::vector<Level>> Checker::follow(const Path& path, std::size_t first, Level start, const Context&) {
  std::vector<Level> levels{start};
  for (std::size_t i = first; i + 1 < path.parts.size(); ++i) {
    const std::string& word = path.parts[i];
    const Level current = levels.back();
    if (const auto level = level_named(word)) {
      if (*level == Level::individu) {
        fail(path.part_span(i), "'individu' says not which person",
             "write member. in an aggregate, or a role: " + principal_of(is_group(current) ? current : Level::famille));
        return std::nullopt;
      }
      if (is_group(current) && *level != current) levels.push_back(Level::individu);
      if (*level != current) levels.push_back(*level);
      continue;
    }
    const auto role = is_group(current) ? role_named(current, word) : std::nullopt;
    if (role && role->roles == 1) {
      levels.push_back(Level::individu);
      continue;
    }
    if (role) {
      fail(path.part_span(i), "a " + std::string(name_of(current)) + " may have no " + word + " or several",
           "write an aggregate: sum(member." + path.parts.back() + " where member is " + word + ")");
    } else if (is_role_name(word) && !is_group(current)) {
      fail(path.part_span(i), quoted(word) + " is a role in a group, and a person comes before it",
           "write the group before it, for instance famille." + word);
    } else if (is_role_name(word)) {
      fail(path.part_span(i), quoted(word) + " is no role of a " + std::string(name_of(current)),
           "the one person always there is " + principal_of(current));
    } else {
      std::vector<std::string> candidates{principal_of(Level::famille), principal_of(Level::foyer_fiscal),
                                          principal_of(Level::menage)};
      for (const Level level : group_levels) candidates.emplace_back(name_of(level));
      fail(path.part_span(i), quoted(word) + " is neither a level nor a role", did_you_mean(word, candidates));
    }
    return std::nullopt;
  }
  return levels;
}

Checked Checker::check_entity_path(const Path& path, const Context& context) {
  const bool member = path.parts[0] == "member";
  if (path.parts[0] == "self") {
    fail(path.part_span(0), "'self' stands only before 'is'", "write " + path.parts.back() + " alone");
    return {};
  }
  if (member && !context.in_members && !context.rank_group) {
    fail(path.part_span(0), "'member' stands only inside an aggregate over members",
         context.rule_level == Level::individu ? "write " + path.text().substr(7)
                                               : "write sum(" + path.text() + "), or any, all, count, min, max");
    return {};
  }
  const Level start = member ? Level::individu : context.rule_level;
  const auto levels = follow(path, member ? 1 : 0, start, context);
  if (!levels) return {};
  const std::string& name = path.parts.back();
  const Symbol* const symbol = draft_.find(name);
  if (symbol == nullptr || symbol->kind != Symbol::Kind::variable) {
    if (!is_broken(name)) {
      fail(path.part_span(path.parts.size() - 1), "unknown variable " + quoted(name),
           did_you_mean(name, draft_.variable_names()));
    }
    return {};
  }
  Checked value = variable_value(*symbol, levels->back(), path, context);
  if (!value) return {};
  for (std::size_t i = levels->size() - 1; i > 0; --i) value = project(value.id, (*levels)[i - 1], (*levels)[i]);
  // Inside an aggregate a path that does not begin with `member` is the unit's own.
  if (!member && context.in_members) value = project(value.id, Level::individu, context.rule_level);
  return value;
}

}  // namespace labacces::law
