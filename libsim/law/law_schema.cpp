// What the readers of populations need to know of a law.
#include "libsim/law/law.hpp"

namespace labacces::law {

namespace {

std::string measure_of(const Variable& variable) {
  return variable.measure_text.empty() ? to_string(variable.type.measure) : variable.measure_text;
}

}  // namespace

Schema Law::schema() const {
  Schema schema;
  for (const Variable& variable : variables_) {
    VariableInfo info;
    info.name = variable.name;
    info.level = variable.level;
    info.kind = variable.type.kind;
    info.periodicity = variable.periodicity;
    info.is_input = variable.is_input;
    info.is_flow = variable.type.kind == ValueKind::number && variable.type.measure == eur_per_month;
    info.measure = measure_of(variable);
    info.label = variable.label;
    info.default_value = variable.default_value;
    if (variable.type.kind == ValueKind::enumeration) {
      const Enumeration& enumeration = enums_[static_cast<std::size_t>(variable.type.enumeration)];
      info.items = enumeration.items;
      info.item_labels = enumeration.item_labels;
    }
    schema.add(std::move(info));
  }
  return schema;
}

}  // namespace labacces::law
