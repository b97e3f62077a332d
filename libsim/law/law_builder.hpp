// LawBuilder: the one place that may write a Law.
#pragma once

#include "libsim/law/draft.hpp"
#include "libsim/law/law.hpp"

namespace labacces::law {

/// Fills a Law; `law` is complete once all passes have run without an error.
class LawBuilder {
 public:
  /// Takes everything of the draft but the trees of rules; each rule version gets its months and an empty body.
  void take(Draft& draft, std::string name);
  void take_sources(Sources sources) { law_.sources_ = std::move(sources); }

  ExprId add(Expr expr) {
    law_.exprs_.push_back(std::move(expr));
    return ExprId{static_cast<std::uint32_t>(law_.exprs_.size() - 1)};
  }
  Expr& expr(ExprId id) { return law_.exprs_[static_cast<std::size_t>(id)]; }
  const Expr& expr(ExprId id) const { return law_.expr(id); }
  Variable& variable(std::uint32_t index) { return law_.variables_[index]; }
  void set_component_count(std::size_t count) { law_.component_count_ = count; }
  const Law& law() const { return law_; }
  Law finish() { return std::move(law_); }

 private:
  Law law_;
};

}  // namespace labacces::law
