#include "libsim/law/draft.hpp"

#include <algorithm>

namespace labacces::law {

namespace {

std::optional<std::uint32_t> find_index(const std::unordered_map<std::string, std::uint32_t>& index, std::string_view name) {
  const auto found = index.find(std::string(name));
  if (found == index.end()) return std::nullopt;
  return found->second;
}

template <typename T>
std::vector<std::string> names_of(const std::vector<T>& things) {
  std::vector<std::string> names;
  names.reserve(things.size());
  for (const T& thing : things) names.push_back(thing.name);
  return names;
}

}  // namespace

const Symbol* Draft::find(std::string_view full_name) const {
  const auto found = symbols.find(std::string(full_name));
  return found == symbols.end() ? nullptr : &found->second;
}

const Symbol* Draft::find_in(std::uint32_t program, std::string_view short_name) const {
  if (program >= programs.size()) return nullptr;
  return find(programs[program].name + "." + std::string(short_name));
}

std::optional<std::uint32_t> Draft::find_program(std::string_view name) const { return find_index(program_index, name); }
std::optional<std::uint32_t> Draft::find_enum(std::string_view name) const { return find_index(enum_index, name); }

Span Draft::place(const Symbol& symbol) const {
  switch (symbol.kind) {
    case Symbol::Kind::param:
      return params[symbol.index].head.span;
    case Symbol::Kind::table:
      return tables[symbol.index].head.span;
    case Symbol::Kind::scale:
      return scales[symbol.index].head.span;
    case Symbol::Kind::variable:
      return variables[symbol.index].head.span;
  }
  return {};
}

std::string_view Draft::kind_name(const Symbol& symbol) const {
  switch (symbol.kind) {
    case Symbol::Kind::param:
      return "param";
    case Symbol::Kind::table:
      return "table";
    case Symbol::Kind::scale:
      return "scale";
    case Symbol::Kind::variable:
      return variables[symbol.index].head.is_input ? "input" : "rule";
  }
  return "";
}

std::vector<MonthInterval> Draft::in_force(const Symbol& symbol) const {
  switch (symbol.kind) {
    case Symbol::Kind::param:
      return months_in_force(dates_of(params[symbol.index].lines));
    case Symbol::Kind::table:
      return months_in_force(dates_of(tables[symbol.index].lines));
    case Symbol::Kind::scale:
      return months_in_force(dates_of(scales[symbol.index].lines));
    case Symbol::Kind::variable:
      return months_in_force(dates_of(variables[symbol.index].lines));
  }
  return {};
}

std::vector<std::string> Draft::variable_names() const {
  std::vector<std::string> names;
  for (const DraftVariable& variable : variables) names.push_back(variable.head.name);
  return names;
}

std::vector<std::string> Draft::all_names() const {
  std::vector<std::string> names;
  for (const auto& entry : symbols) names.push_back(entry.first);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> Draft::short_names(std::uint32_t program) const {
  std::vector<std::string> names;
  const auto take = [&](const auto& things) {
    for (const auto& thing : things) {
      if (thing.head.program == program) names.push_back(thing.head.name.substr(thing.head.name.find('.') + 1));
    }
  };
  take(params);
  take(tables);
  take(scales);
  return names;
}

std::vector<std::string> Draft::program_names() const { return names_of(programs); }
std::vector<std::string> Draft::enum_names() const { return names_of(enums); }

std::optional<std::int32_t> Draft::find_item(std::uint32_t enumeration, std::string_view item) const {
  const std::vector<std::string>& items = enums[enumeration].items;
  const auto found = std::find(items.begin(), items.end(), item);
  if (found == items.end()) return std::nullopt;
  return static_cast<std::int32_t>(found - items.begin());
}

std::string Draft::describe(const ValueType& type) const {
  switch (type.kind) {
    case ValueKind::number:
      return to_string(type.measure);
    case ValueKind::yes_no:
      return "yes_no";
    case ValueKind::date:
      return "date";
    case ValueKind::enumeration:
      return "enum " + enums[static_cast<std::size_t>(type.enumeration)].name;
  }
  return "";
}

}  // namespace labacces::law
