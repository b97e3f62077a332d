#include "tools/case_values.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/base/text.hpp"

namespace labacces::tools {
namespace {

constexpr int deepest = 64;  // parentheses and signs in one another

/// Arithmetic by recursive descent: sums of products of powers.
class Arithmetic {
 public:
  explicit Arithmetic(std::string_view text) : text_(text) {}

  std::optional<double> value() {
    const std::optional<double> result = sum(0);
    skip_blanks();
    return at_ == text_.size() && result && std::isfinite(*result) ? result : std::nullopt;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  bool take(std::string_view sign) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(sign)) return false;
    if (sign == "*" && text_.substr(at_).starts_with("**")) return false;
    at_ += sign.size();
    return true;
  }

  std::optional<double> sum(int depth) {
    std::optional<double> left = product(depth);
    while (left) {
      const bool plus = take("+");
      if (!plus && !take("-")) break;
      const std::optional<double> right = product(depth);
      left = right ? std::optional(plus ? *left + *right : *left - *right) : std::nullopt;
    }
    return left;
  }

  std::optional<double> product(int depth) {
    std::optional<double> left = with_sign(depth);
    while (left) {
      const bool times = take("*");
      if (!times && !take("/")) break;
      const std::optional<double> right = with_sign(depth);
      left = right ? std::optional(times ? *left * *right : *left / *right) : std::nullopt;
    }
    return left;
  }

  std::optional<double> with_sign(int depth) {
    if (depth > deepest) return std::nullopt;
    if (take("-")) {
      const std::optional<double> value = with_sign(depth + 1);
      return value ? std::optional(-*value) : std::nullopt;
    }
    if (take("+")) return with_sign(depth + 1);
    const std::optional<double> base = primary(depth);
    if (!base || !take("**")) return base;
    const std::optional<double> exponent = with_sign(depth + 1);
    return exponent ? std::optional(std::pow(*base, *exponent)) : std::nullopt;
  }

  std::optional<double> primary(int depth) {
    if (!take("(")) return number();
    const std::optional<double> inner = sum(depth + 1);
    return take(")") ? inner : std::nullopt;
  }

  std::optional<double> number() {
    skip_blanks();
    std::string digits;
    while (at_ < text_.size() && is_part_of_number(digits)) {
      if (text_[at_] != '_') digits += text_[at_];
      ++at_;
    }
    return parse_number(digits);
  }

  bool is_part_of_number(const std::string& digits) const {
    const char c = text_[at_];
    const bool after_digit = !digits.empty() && digits.back() >= '0' && digits.back() <= '9';
    if (c == '_' || c == 'e' || c == 'E') return after_digit;
    if (c == '+' || c == '-') return !digits.empty() && (digits.back() == 'e' || digits.back() == 'E');
    return (c >= '0' && c <= '9') || c == '.';
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<double> arithmetic(std::string_view text) { return Arithmetic(trim(text)).value(); }

std::optional<bool> yes_or_no(std::string_view text) {
  static constexpr std::array<std::string_view, 5> yes{"true", "True", "yes", "1", "1.0"};
  static constexpr std::array<std::string_view, 5> no{"false", "False", "no", "0", "0.0"};
  if (std::find(yes.begin(), yes.end(), text) != yes.end()) return true;
  if (std::find(no.begin(), no.end(), text) != no.end()) return false;
  return std::nullopt;
}

nlohmann::ordered_json situation_value(const VariableInfo& info, const std::string& text) {
  if (info.kind == ValueKind::yes_no) {
    if (const std::optional<bool> answer = yes_or_no(text)) return *answer;
  } else if (info.kind == ValueKind::number) {
    if (const std::optional<double> number = arithmetic(text)) return *number;
    if (const std::optional<bool> answer = yes_or_no(text)) return *answer ? 1.0 : 0.0;
  }
  return text;
}

bool says_nothing(std::string_view text) {
  const std::optional<double> number = arithmetic(text);
  return text.empty() || (number && *number == 0.0) || yes_or_no(text) == false;
}

const VariableInfo* variable_named(const Schema& schema, const std::string& name, bool is_openfisca) {
  const VariableInfo* info = schema.find(name);
  if (info != nullptr || !is_openfisca) return info;
  std::string lower = name;
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return schema.find(lower);
}

}  // namespace labacces::tools
