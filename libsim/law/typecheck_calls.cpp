// Functions, tables and scales: the part of Checker that knows their arguments.
#include <algorithm>

#include "libsim/law/checker.hpp"

namespace labacces::law {

namespace {

bool is_duration(const Measure& measure) {
  const auto& powers = measure.exponents;
  return powers[0] == 0 && std::all_of(powers.begin(), powers.end(), [](int power) { return power >= 0; });
}

std::string name_text(const Builtin& function) { return "'" + std::string(function.name) + "'"; }

}  // namespace

Checked Checker::call_node(Function function, const std::vector<ExprId>& args, ValueType type, Span span,
                           const Context& context) {
  Expr node;
  node.kind = ExprKind::call;
  node.function = function;
  node.type = type;
  node.span = span;
  node.args = args;
  return make_over(std::move(node), context, args);
}

Checked Checker::check_call(const ast::Expr& written, const Context& context, Hint hint) {
  if (written.text == "lookup") return check_lookup(written, context, hint);
  const Builtin* const function = find_builtin(written.text);
  if (function == nullptr) {
    fail(written.text_span, "unknown function '" + written.text + "'", did_you_mean(written.text, callable_names()));
    return {};
  }
  const std::size_t count = written.args.size();
  if (count < function->min_arguments || count > function->max_arguments) {
    fail(written.span,
         name_text(*function) + " takes " + std::to_string(function->min_arguments) +
             (function->max_arguments == unlimited_arguments ? " or more" : "") + " arguments, and " + std::to_string(count) +
             " stand here",
         "write " + std::string(function->signature));
    return {};
  }
  if (written.named_otherwise && function->function != Function::divide3) {
    fail(written.span, name_text(*function) + " takes no 'otherwise'", "write " + std::string(function->signature));
    return {};
  }
  switch (function->function) {
    case Function::min:
    case Function::max:
    case Function::clamp:
      return check_min_max(written, *function, context);
    case Function::round:
    case Function::round_up:
    case Function::round_down:
      return check_rounding(written, *function, context);
    case Function::abs:
    case Function::monthly:
    case Function::yearly:
    case Function::number:
      return check_conversion(written, *function, context);
    case Function::age:
    case Function::age_months:
    case Function::add_months:
    case Function::month_of:
    case Function::year_of:
      return check_date_function(written, *function, context);
    case Function::divide3:
      return check_divide(written, *function, context);
  }
  return {};
}

Checked Checker::check_min_max(const ast::Expr& written, const Builtin& function, const Context& context) {
  std::vector<Checked> values;
  bool good = true;
  for (const ast::ExprId id : written.args) {
    Checked value = check(id, context);
    if (value && type_of(value).kind != ValueKind::date)
      good = expect_kind(value, ValueKind::number, text_.file->expr(id).span, name_text(function)) && good;
    good = good && value;
    values.push_back(value);
  }
  if (!good) return {};
  // Zeros take the measure of the first argument that has one.
  const auto anchor = std::find_if(values.begin(), values.end(), [](const Checked& value) { return !value.flexible; });
  std::vector<ExprId> args;
  for (std::size_t i = 0; i < values.size(); ++i) {
    Checked first = anchor == values.end() ? values.front() : *anchor;
    if (!unify(first, values[i], text_.file->expr(written.args[i]).span, name_text(function))) return {};
    args.push_back(values[i].id);
  }
  const bool flexible = anchor == values.end();
  const ValueType type = type_of(flexible ? values.front() : *anchor);
  Checked result = call_node(function.function, args, type, written.span, context);
  result.flexible = flexible;
  return result;
}

Checked Checker::check_rounding(const ast::Expr& written, const Builtin& function, const Context& context) {
  const Checked value = check(written.args[0], context);
  const ast::Expr& step = text_.file->expr(written.args[1]);
  if (step.kind != ast::ExprKind::number || step.number <= 0.0) {
    fail(step.span, "the step of " + name_text(function) + " is a positive number as written, not a computed one",
         "for instance " + std::string(function.name) + "(x, 0.01)");
    return {};
  }
  if (!value || !expect_kind(value, ValueKind::number, text_.file->expr(written.args[0]).span, name_text(function))) return {};
  if (!step.text.empty()) {
    const Checked unit = check(written.args[1], context);
    if (!unit) return {};
    if (type_of(unit) != type_of(value)) {
      fail(step.span, "this step is in " + describe(unit) + ", and the value in " + describe(value),
           "a step takes no unit: write " + std::string(function.name) + "(x, 0.01)");
      return {};
    }
  }
  const ValueType type = type_of(value);
  const Checked step_value = literal(step.number, type, step.span);
  return call_node(function.function, {value.id, step_value.id}, type, written.span, context);
}

Checked Checker::check_conversion(const ast::Expr& written, const Builtin& function, const Context& context) {
  const Checked value = check(written.args[0], context);
  const Span span = text_.file->expr(written.args[0]).span;
  if (!value) return {};
  const bool number = function.function == Function::number;
  if (!expect_kind(value, number ? ValueKind::yes_no : ValueKind::number, span, name_text(function))) return {};
  ValueType type = type_of(value);
  if (number) type = ValueType{};
  auto& powers = type.measure.exponents;
  if (function.function == Function::monthly && !value.flexible) {
    if (powers[4] != -1 || powers[3] != 0) {
      fail(span, "'monthly' takes an amount a year, and this is " + describe(value));
      return {};
    }
    type.measure = type.measure * in_years / in_months;
  }
  if (function.function == Function::yearly && !value.flexible) {
    if (powers[3] != -1 || powers[4] != 0) {
      fail(span, "'yearly' takes an amount a month, and this is " + describe(value));
      return {};
    }
    type.measure = type.measure * in_months / in_years;
  }
  Checked result = call_node(function.function, {value.id}, type, written.span, context);
  result.flexible = value.flexible;
  return result;
}

Checked Checker::check_date_function(const ast::Expr& written, const Builtin& function, const Context& context) {
  const Checked date = check(written.args[0], context);
  const bool adds = function.function == Function::add_months;
  const Checked months = adds ? check(written.args[1], context) : Checked{};
  bool good = date && expect_kind(date, ValueKind::date, text_.file->expr(written.args[0]).span, name_text(function));
  if (adds && months) {
    const Span span = text_.file->expr(written.args[1]).span;
    good = expect_kind(months, ValueKind::number, span, name_text(function)) && good;
    if (good && !type_of(months).measure.dimensionless() && type_of(months).measure != in_months) {
      fail(span, "'add_months' adds a count of months, and this is " + describe(months));
      good = false;
    }
  }
  if (!good || (adds && !months)) return {};
  ValueType type;
  if (adds) type.kind = ValueKind::date;
  if (function.function == Function::age) type.measure = in_years;
  if (function.function == Function::age_months) type.measure = in_months;
  std::vector<ExprId> args{date.id};
  if (adds) args.push_back(months.id);
  Checked result = call_node(function.function, args, type, written.span, context);
  // Ages move with the month even when the date is the same for all units; the value stays one for all.
  return result;
}

Checked Checker::check_divide(const ast::Expr& written, const Builtin& function, const Context& context) {
  const Checked a = check(written.args[0], context);
  const Checked b = check(written.args[1], context);
  Checked otherwise = check(written.args[2], context);
  bool good = a && b && otherwise;
  if (a) good = expect_kind(a, ValueKind::number, text_.file->expr(written.args[0]).span, name_text(function)) && good;
  if (b) good = expect_kind(b, ValueKind::number, text_.file->expr(written.args[1]).span, name_text(function)) && good;
  if (!good) return {};
  const ValueType type{ValueKind::number, type_of(a).measure / type_of(b).measure, -1};
  if (!expect_type(otherwise, type, text_.file->expr(written.args[2]).span, "this quotient")) return {};
  return call_node(Function::divide3, {a.id, b.id, otherwise.id}, type, written.span, context);
}

const Symbol* Checker::find_table_or_scale(const std::string& text, Span span) {
  const bool dotted = text.find('.') != std::string::npos;
  const Symbol* symbol = dotted ? nullptr : find_short(text);
  if (symbol == nullptr) symbol = draft_.find(text);
  if (symbol != nullptr && (symbol->kind == Symbol::Kind::table || symbol->kind == Symbol::Kind::scale)) return symbol;
  if (symbol != nullptr) {
    fail(span, "'" + text + "' is a " + std::string(draft_.kind_name(*symbol)) + ": only a table or a scale takes a key");
    return nullptr;
  }
  if (is_broken(text)) return nullptr;
  fail(span, "unknown table or scale '" + text + "'",
       did_you_mean(text, dotted ? draft_.all_names() : draft_.short_names(text_.program)));
  return nullptr;
}

Checked Checker::check_table(std::uint32_t table, const ast::Expr& written, std::size_t first_key, std::size_t keys,
                             const Context& context) {
  const Table& head = draft_.tables[table].head;
  if (keys != head.key_enums.size()) {
    std::string names;
    for (const std::string& name : head.key_names) names += (names.empty() ? "" : ", ") + name;
    fail(written.span,
         "table '" + head.name + "' takes " + std::to_string(head.key_enums.size()) + " key(s), and " + std::to_string(keys) +
             " stand here",
         "its keys: " + names);
    return {};
  }
  Expr node;
  node.kind = ExprKind::table;
  node.index = table;
  node.type = head.type;
  node.span = written.span;
  for (std::size_t i = 0; i < keys; ++i) {
    const std::int32_t enumeration = head.key_enums[i];
    const ValueType wanted{enumeration >= 0 ? ValueKind::enumeration : ValueKind::number, {}, enumeration};
    const ast::ExprId id = written.args[first_key + i];
    Checked key = check(id, context, &wanted);
    if (!key) continue;
    const Span span = text_.file->expr(id).span;
    const std::string who = "key '" + head.key_names[i] + "' of table '" + head.name + "'";
    if (enumeration >= 0 ? !expect_type(key, wanted, span, who) : !expect_kind(key, ValueKind::number, span, who)) continue;
    if (enumeration < 0 && !is_duration(type_of(key).measure)) {
      fail(span, who + " is a count, and this is " + describe(key));
      continue;
    }
    node.args.push_back(key.id);
  }
  if (node.args.size() != keys) return {};
  const std::vector<ExprId> operands = node.args;
  return make_over(std::move(node), context, operands);
}

Checked Checker::check_scale(std::uint32_t scale, const ast::Expr& written, const Context& context) {
  const Scale& head = draft_.scales[scale].head;
  if (written.args.size() != 1) {
    fail(written.span, "scale '" + head.name + "' takes one key, and " + std::to_string(written.args.size()) + " stand here");
    return {};
  }
  Checked key = check(written.args[0], context);
  const ValueType wanted{ValueKind::number, head.key, -1};
  if (!key || !expect_type(key, wanted, text_.file->expr(written.args[0]).span, "the key of scale '" + head.name + "'"))
    return {};
  Expr node;
  node.kind = ExprKind::scale;
  node.index = scale;
  node.type = head.kind == ScaleKind::brackets ? head.type : wanted;
  node.span = written.span;
  node.a = key.id;
  return make(std::move(node), context, {key.id});
}

Checked Checker::check_index(const ast::Expr& written, const Context& context) {
  const Symbol* const symbol = find_table_or_scale(written.text, written.text_span);
  if (symbol == nullptr) return {};
  if (symbol->kind == Symbol::Kind::scale) return check_scale(symbol->index, written, context);
  return check_table(symbol->index, written, 0, written.args.size(), context);
}

Checked Checker::check_lookup(const ast::Expr& written, const Context& context, Hint) {
  if (written.args.size() < 3) {
    fail(written.span, "'lookup' takes a table, its keys, and the value where there is no row",
         "write lookup(table, key, otherwise)");
    return {};
  }
  const ast::Expr& name = text_.file->expr(written.args[0]);
  if (name.kind != ast::ExprKind::name) {
    fail(name.span, "the first argument of 'lookup' is the name of a table");
    return {};
  }
  const Symbol* const symbol = find_table_or_scale(name.text, name.span);
  if (symbol == nullptr) return {};
  if (symbol->kind == Symbol::Kind::scale) {
    fail(name.span, "'" + name.text + "' is a scale: it has a value for every key", "write " + name.text + "[...]");
    return {};
  }
  const std::uint32_t table_index = symbol->index;
  const Checked table = check_table(table_index, written, 1, written.args.size() - 2, context);
  const ValueType type = draft_.tables[table_index].head.type;
  Checked otherwise = check(written.args.back(), context, &type);
  if (!table || !otherwise) return {};
  if (!expect_type(otherwise, type, text_.file->expr(written.args.back()).span,
                   "table '" + draft_.tables[table_index].head.name + "'"))
    return {};
  Expr& node = law_.expr(table.id);
  node.c = otherwise.id;
  node.is_scalar = node.is_scalar && law_.expr(otherwise.id).is_scalar;
  return table;
}

}  // namespace labacces::law
