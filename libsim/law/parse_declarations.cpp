// Declarations.
#include <utility>

#include "libsim/law/parser_state.hpp"

namespace labacces::law {
namespace {

constexpr std::string_view declarations_listed = "a declaration: program, enum, input, param, table, scale, rule or reform";
constexpr std::int32_t most_past_months = 120;

const std::vector<std::string>& declaration_words() {
  static const std::vector<std::string> words{"program", "enum", "input", "param", "table", "scale", "rule", "reform"};
  return words;
}

}  // namespace

void Parser::end_of_declaration(std::string_view expected, const std::vector<std::string>& words) {
  if (at(TokenKind::end) || at_declaration() || at_reform_item()) return;
  std::vector<std::string> all = words;
  all.insert(all.end(), declaration_words().begin(), declaration_words().end());
  fail_expected(expected, all);
}

void Parser::declaration() {
  const Token keyword = current_;
  if (at_reform_item())
    fail(keyword.span, "'" + std::string(keyword.text) + "' belongs to a reform: write 'reform NAME \"label\"' before it");
  if (!at_declaration()) fail_expected(declarations_listed, declaration_words());
  if (!keyword.in_first_column) {
    diagnostics_.error(sources_, keyword.span,
                       "a declaration starts in column 1: move '" + std::string(keyword.text) + "' to the start of a line");
  }
  if (at_word("program")) {
    ast::Program read = program();
    if (file_.program) fail(read.span, "a file has one program: this is the second", "write it in a file of its own");
    if (!file_.declarations.empty()) fail(read.span, "'program' is the first declaration of its file", "move it up");
    file_.program = std::move(read);
  } else if (at_word("reform")) {
    reform();
  } else if (at_word("enum")) {
    file_.declarations.emplace_back(enumeration());
  } else if (at_word("input")) {
    file_.declarations.emplace_back(input());
  } else if (at_word("param")) {
    file_.declarations.emplace_back(param(false));
  } else if (at_word("table")) {
    file_.declarations.emplace_back(table(false));
  } else if (at_word("scale")) {
    file_.declarations.emplace_back(scale(false));
  } else {
    file_.declarations.emplace_back(rule());
  }
}

ast::Program Parser::program() {
  ast::Program result;
  result.span = take().span;
  result.name = name("the name of the program");
  result.label = optional_text();
  result.references = references();
  result.span = since(result.span);
  end_of_declaration("a reference or a declaration", {"ref"});
  return result;
}

ast::Enum Parser::enumeration() {
  ast::Enum result;
  result.span = take().span;
  result.name = name("the name of the enum");
  result.label = optional_text();
  expect(TokenKind::assign, "'=' and the items of the enum");
  do {
    ast::EnumItem item;
    item.name = name("the name of an item");
    item.label = optional_text();
    result.items.push_back(std::move(item));
  } while (take(TokenKind::comma));
  result.span = since(result.span);
  end_of_declaration("',' and another item, or the next declaration", {});
  return result;
}

ast::Input Parser::input() {
  ast::Input result;
  result.span = take().span;
  result.name = name("the name of the input");
  ast::Text before = optional_text();
  expect_word("of", "and the level of the input");
  result.level = level();
  result.periodicity = periodicity(true);
  expect(TokenKind::colon, "':' and the type of the input");
  result.type = type();
  result.label = label(std::move(before));
  if (take_word("default")) result.default_value = value("the default: a number, yes, no, a date or an item");
  result.references = references();
  result.span = since(result.span);
  end_of_declaration("a label, 'default', 'ref' or the next declaration", {"default", "ref"});
  return result;
}

template <typename T, typename Read>
std::vector<ast::Dated<T>> Parser::dated(std::string_view kind, const ast::Name& name, Read read) {
  std::vector<ast::Dated<T>> result;
  while (at(TokenKind::date) || at(TokenKind::month)) {
    ast::Dated<T> line;
    line.since = date("a date, as 2024-04-01");
    if (!take_word("ends")) line.content = read();
    line.references = references();
    line.span = since(line.since.span);
    result.push_back(std::move(line));
  }
  end_of_declaration("a line that starts with a date, as '2024-04-01  12.5', or the next declaration", {"ref", "ends"});
  if (result.empty()) {
    fail(name.span,
         std::string(kind) + " '" + name.text + "' has no value: expected a line that starts with a date, as '2024-04-01  12.5'");
  }
  return result;
}

ast::Param Parser::param(bool path_allowed) {
  ast::Param result;
  result.span = take().span;
  result.name = path_allowed ? path("the name of the parameter") : name("the name of the parameter");
  ast::Text before = optional_text();
  expect(TokenKind::colon, "':' and the type of the parameter");
  result.type = type();
  result.label = label(std::move(before));
  result.references = references();
  result.versions = dated<ast::Value>("param", result.name,
                                      [&] { return value("a value after the date: a number, yes, no, a date, or 'ends'"); });
  result.span = since(result.span);
  return result;
}

ast::Table Parser::table(bool path_allowed) {
  ast::Table result;
  result.span = take().span;
  result.name = path_allowed ? path("the name of the table") : name("the name of the table");
  ast::Text before = optional_text();
  expect_word("by", "and the key of the table");
  result.keys.push_back(name("the name of the key"));
  if (take(TokenKind::ampersand)) result.keys.push_back(name("the name of the second key"));
  if (at(TokenKind::ampersand)) fail(current_.span, "a table has one or two keys");
  expect(TokenKind::colon, "':' and the type of the table's values");
  result.type = type();
  result.label = label(std::move(before));
  result.references = references();
  result.versions = dated<std::vector<ast::Row>>("table", result.name, [&] { return rows(); });
  result.span = since(result.span);
  return result;
}

ast::Scale Parser::scale(bool path_allowed) {
  ast::Scale result;
  result.span = take().span;
  result.name = path_allowed ? path("the name of the scale") : name("the name of the scale");
  ast::Text before = optional_text();
  if (take_word("marginal")) {
    result.kind = ScaleKind::marginal;
  } else if (take_word("average")) {
    result.kind = ScaleKind::average;
  } else if (take_word("brackets")) {
    result.kind = ScaleKind::brackets;
  } else {
    fail_expected("the kind of the scale: 'marginal', 'average' or 'brackets'", {"marginal", "average", "brackets"});
  }
  expect_word("by", "and the measure of what the scale is applied to, as in 'by EUR/year'");
  result.key.text = measure(result.key.span);
  expect(TokenKind::colon, "':' and the type of the scale's values");
  result.type = type();
  result.label = label(std::move(before));
  result.references = references();
  result.versions = dated<std::vector<ast::Bracket>>("scale", result.name, [&] { return brackets(); });
  result.span = since(result.span);
  return result;
}

ast::Rule Parser::rule() {
  ast::Rule result;
  result.span = take().span;
  result.name = name("the name of the rule");
  ast::Text before = optional_text();
  expect_word("of", "and the level of the rule");
  result.level = level();
  result.periodicity = periodicity(false);
  expect(TokenKind::colon, "':' and the type of the rule");
  result.type = type();
  result.label = label(std::move(before));
  while (at_word("ref") || at_word("past") || at_word("let") || at_word("from")) rule_clause(result);
  result.span = since(result.span);
  end_of_declaration("'ref', 'past', 'let', 'from' or the next declaration", {"ref", "past", "let", "from"});
  if (result.versions.empty()) {
    fail(result.name.span, "rule '" + result.name.text + "' has no version: expected a line 'from 2024-01-01 = ...'");
  }
  return result;
}

void Parser::rule_clause(ast::Rule& rule) {
  const Span first = current_.span;
  if (at_word("ref")) {
    for (ast::Text& reference : references()) rule.references.push_back(std::move(reference));
  } else if (take_word("past")) {
    if (rule.past) fail(first, "'past' is written once in a rule");
    ast::Past past;
    past.months = integer("the number of months after 'past'", most_past_months);
    if (past.months == 0) fail(last_, "'past' needs at least 1 month");
    if (!take_word("months")) expect_word("month", "or 'months' after the number");
    expect_word("start", "and the value before those months");
    past.start = value("the value at the start");
    past.span = since(first);
    rule.past = std::move(past);
  } else if (take_word("let")) {
    ast::Let let;
    let.name = name("the name after 'let'");
    expect(TokenKind::assign, "'=' after the name");
    let.expr = expression();
    let.span = since(first);
    rule.lets.push_back(std::move(let));
  } else {
    rule_version(rule);
  }
}

void Parser::rule_version(ast::Rule& rule) {
  ast::RuleVersion version;
  version.span = take().span;
  version.since = date("a date after 'from', as 2024-04-01");
  version.references = references();
  if (take_word("ends")) {
    for (ast::Text& reference : references()) version.references.push_back(std::move(reference));
  } else {
    if (!at(TokenKind::assign)) fail_expected("'=' and the formula, or 'ends'", {"ends"});
    take();
    version.expr = expression();
    for (ast::Text& reference : references()) version.references.push_back(std::move(reference));
  }
  version.span = since(version.span);
  rule.versions.push_back(std::move(version));
}

}  // namespace labacces::law
