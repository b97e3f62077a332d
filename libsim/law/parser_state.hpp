// The recursive-descent parser, shared by the files that hold its parts. Internal to the folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/base/diagnostics.hpp"
#include "libsim/law/ast.hpp"
#include "libsim/law/lexer.hpp"
#include "libsim/law/token.hpp"

namespace labacces::law {

/// Leaves the declaration that is being read; the diagnostic is already made. Never leaves the parser.
struct ParseFailure {};

/// A percentage as a decimal number: "3.3" is 0.033.
double percent_of(std::string_view written);

/// Reads one text, one token ahead.
class Parser {
 public:
  Parser(const Sources& sources, std::uint32_t file_index, DiagnosticList& diagnostics);
  ast::File parse_file();

 private:
  // Tokens (parse_tokens.cpp).
  bool at(TokenKind kind) const { return current_.kind == kind; }
  bool at_word(std::string_view word) const { return at(TokenKind::word) && current_.text == word; }
  bool at_declaration() const { return at(TokenKind::word) && is_declaration_keyword(current_.text); }
  bool at_reform_item() const { return at(TokenKind::word) && is_reform_keyword(current_.text); }
  Token take();
  bool take(TokenKind kind);
  bool take_word(std::string_view word);
  Token expect(TokenKind kind, std::string_view what);
  void expect_word(std::string_view word, std::string_view where);
  Span since(Span first) const;
  [[noreturn]] void fail(Span span, std::string message, std::string hint = {});
  [[noreturn]] void fail_expected(std::string_view what, const std::vector<std::string>& words = {});

  // Small parts (parse_values.cpp).
  ast::Name name(std::string_view what);
  ast::Name path(std::string_view what);
  ast::Text optional_text();
  ast::Text label(ast::Text before);
  ast::References references();
  Level level();
  Periodicity periodicity(bool eternal_too);
  ast::Type type();
  std::string measure(Span& span);
  ast::Date date(std::string_view what);
  ast::Value value(std::string_view what);
  std::int32_t integer(std::string_view what, std::int32_t limit);
  std::int32_t signed_integer(std::string_view what, std::int32_t limit);
  ast::Key key();
  std::vector<ast::Row> rows();
  ast::Row row();
  std::vector<ast::Bracket> brackets();

  // Declarations (parse_declarations.cpp).
  ast::Program program();
  ast::Enum enumeration();
  ast::Input input();
  ast::Param param(bool path_allowed);
  ast::Table table(bool path_allowed);
  ast::Scale scale(bool path_allowed);
  ast::Rule rule();
  void rule_clause(ast::Rule& rule);
  void rule_version(ast::Rule& rule);
  void declaration();
  void end_of_declaration(std::string_view expected, const std::vector<std::string>& words);
  template <typename T, typename Read>
  std::vector<ast::Dated<T>> dated(std::string_view kind, const ast::Name& name, Read read);

  // Reforms (parse_reforms.cpp).
  void reform();
  ast::ReformItem reform_item();
  ast::Set set_item(Span first);
  ast::Add add_item(Span first);
  bool rows_follow() const;

  // Expressions (parse_expressions.cpp, parse_calls.cpp).
  ast::ExprId expression();
  ast::ExprId operation(int loosest);
  ast::ExprId operation_without_comparison();
  ast::ExprId comparison_of_words(ast::ExprId left);
  ast::ExprId unary();
  ast::ExprId postfix();
  ast::ExprId atom();
  ast::ExprId number_literal();
  ast::ExprId name_call_or_index();
  ast::ExprId choose();
  ast::ExprId call(const ast::Name& function);
  ast::ExprId aggregate(const ast::Name& function, Aggregation aggregation);
  ast::ExprId aggregate_condition(ast::Expr node, const ast::Name& function);
  ast::ExprId aggregate_tail(ast::Expr node, const ast::Name& function);
  ast::ExprId rank(const ast::Name& function);
  TimeRef shift_time();
  TimeRef window_time();
  ast::ExprId add(ast::Expr expr, Span first);
  const ast::Expr& expr(ast::ExprId id) const { return file_.expr(id); }

  /// Counts the levels of nesting while it lives.
  class Nested {
   public:
    explicit Nested(Parser& parser);
    ~Nested() { --parser_.nesting_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    Parser& parser_;
  };

  const Sources& sources_;
  DiagnosticList& diagnostics_;
  Lexer lexer_;
  Token current_;
  Span last_;  ///< of the token taken last
  int nesting_ = 0;
  ast::File file_;
};

}  // namespace labacces::law
