// What variables a law knows, as the readers of populations need it: names, levels, types, periods, codes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libsim/population/level.hpp"

namespace labacces {

enum class ValueKind : std::uint8_t { number, yes_no, enumeration, date };
enum class Periodicity : std::uint8_t { monthly, yearly, eternal };

/// One declared variable: an input or a rule of the law.
struct VariableInfo {
  std::string name;
  Level level = Level::individu;
  ValueKind kind = ValueKind::number;
  Periodicity periodicity = Periodicity::monthly;
  bool is_input = true;
  bool is_flow = false;  ///< EUR/month: a yearly amount is divided by 12; other variables are states
  std::string measure;   ///< as the law writes it: "EUR/month", "yes_no", "enum zone_apl"
  std::string label;
  std::vector<std::string> items;        ///< codes of an enumeration, in order: code i = items[i]
  std::vector<std::string> item_labels;  ///< same length
  std::optional<double> default_value;   ///< inputs only; enum: code; yes_no: 0/1; date: days
};

class Schema {
 public:
  void add(VariableInfo variable);
  const VariableInfo* find(std::string_view name) const;
  const std::vector<VariableInfo>& variables() const { return variables_; }
  std::vector<std::string> names() const;

 private:
  std::vector<VariableInfo> variables_;
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace labacces
