// Constants as written -> numbers of a type: values of parameters, rows of tables, brackets, defaults.
#pragma once

#include <optional>
#include <vector>

#include "libsim/law/draft.hpp"

namespace labacces::law {

/// Where findings go: the texts and the list.
struct Findings {
  const Sources* sources = nullptr;
  DiagnosticList* list = nullptr;
  Diagnostic& error(Span span, std::string message, std::string hint = {}) const {
    return list->error(*sources, span, std::move(message), std::move(hint));
  }
  Diagnostic& warning(Span span, std::string message, std::string hint = {}) const {
    return list->warning(*sources, span, std::move(message), std::move(hint));
  }
  void note(Diagnostic& diagnostic, Span span, std::string message) const {
    diagnostic.notes.push_back(Note{locate(*sources, span), std::move(message)});
  }
};

/// The type written after ':'; nothing and a finding when it names no unit or no enumeration.
std::optional<ValueType> resolve_type(const Draft& draft, const ast::Type& type, const Findings& findings);

/// "EUR/month", "enum zone_apl": as the schema shows it.
std::string type_text(const ast::Type& type);

/// The number that stands for `value` in a thing of type `type` (enum: code, yes_no: 0/1, date: days since 1970).
std::optional<double> resolve_value(const Draft& draft, const ast::Value& value, const ValueType& type, const Findings& findings);

/// Rows of one dated line of a table, in the order written; nothing when one is wrong or two overlap.
std::optional<std::vector<TableRow>> resolve_rows(const Draft& draft, const Table& table, const std::vector<ast::Row>& rows,
                                                  const Findings& findings);

/// Brackets of one dated line of a scale; thresholds must rise.
std::optional<std::vector<Bracket>> resolve_brackets(const Draft& draft, const Scale& scale,
                                                     const std::vector<ast::Bracket>& brackets, const Findings& findings);

References texts_of(const ast::References& references);

}  // namespace labacces::law
