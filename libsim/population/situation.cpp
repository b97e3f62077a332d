// OpenFisca situation JSON: households by hand, `null` for what is asked; read, and written back filled.
#include "libsim/population/situation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/json_text.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/column_set.hpp"
#include "libsim/population/population_builder.hpp"
#include "libsim/population/situation_roles.hpp"
#include "libsim/population/values.hpp"

namespace labacces {
namespace {

using Json = nlohmann::ordered_json;

/// What a value of the JSON is, as a message says it.
std::string shown(const Json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  std::string text = value.dump();
  if (text.size() > 40) text = text.substr(0, 37) + "...";
  return text;
}

class Reader {
 public:
  Reader(const std::string& file, const Schema& schema) : schema_(schema), names_(schema.names()), findings_(file) {
    tables_.source = file;
  }

  Situation read(const std::string& file, std::string text) {
    const Json document = parse_json(file, text);
    number_nulls(document);
    find_entities(document);
    read_ids();
    for (const Level group : group_levels) read_groups(group);
    findings_.throw_if_any();
    for (std::size_t level = 0; level < level_count; ++level) read_variables(static_cast<Level>(level));
    findings_.throw_if_any();
    return finish(std::move(text));
  }

 private:
  void number_nulls(const Json& value) {
    if (value.is_null()) null_index_.emplace(&value, null_index_.size());
    if (value.is_structured()) {
      for (const Json& child : value) number_nulls(child);
    }
  }

  /// Top level: the plural of each level, or the singular of a group for one unit alone.
  void find_entities(const Json& document) {
    if (!document.is_object()) findings_.fail("", "expected an object with individus, familles, foyers_fiscaux and menages");
    std::vector<std::string> known;
    for (std::size_t level = 0; level < level_count; ++level) known.emplace_back(plural_of(static_cast<Level>(level)));
    for (const auto& item : document.items()) {
      bool found = false;
      for (std::size_t i = 0; i < level_count; ++i) {
        const auto level = static_cast<Level>(i);
        const bool singular = is_group(level) && item.key() == name_of(level);
        if (item.key() != plural_of(level) && !singular) continue;
        found = true;
        if (seen_[i]) findings_.add(item.key(), "the " + known[i] + " are there twice");
        seen_[i] = true;
        add_entities(i, item.key(), item.value(), singular);
      }
      if (!found)
        findings_.add(item.key(), "unknown key '" + item.key() + "'",
                      hint_or(did_you_mean(item.key(), known), "known: " + join(known, ", ")));
    }
    if (!seen_[index_of(Level::individu)]) findings_.fail("", "there are no individus");
  }

  void add_entities(std::size_t level, const std::string& key, const Json& value, bool singular) {
    if (!value.is_object()) {
      findings_.add(key, "expected an object, found " + shown(value));
      return;
    }
    if (singular) {
      entities_[level].push_back({key, key, &value});
      return;
    }
    for (const auto& entity : value.items()) {
      const std::string path = key + "/" + entity.key();
      if (entity.key().empty()) {
        findings_.add(path, "an id must not be empty");
      } else if (!entity.value().is_object()) {
        findings_.add(path, "expected an object, found " + shown(entity.value()));
      } else {
        entities_[level].push_back({entity.key(), path, &entity.value()});
      }
    }
  }

  void read_ids() {
    for (std::size_t level = 0; level < level_count; ++level) {
      for (const SituationEntity& entity : entities_[level]) tables_.ids[level].push_back(entity.id);
    }
    if (tables_.ids[index_of(Level::individu)].empty()) findings_.add("individus", "there is no person");
  }

  void read_groups(Level group) {
    const std::vector<std::string>& persons = tables_.ids[index_of(Level::individu)];
    if (!seen_[index_of(group)]) {
      // As OpenFisca: one unit a person, in the first role.
      tables_.ids[index_of(group)] = persons;
      for (std::size_t person = 0; person < persons.size(); ++person)
        tables_.unit_of[index_of(group)].push_back(static_cast<std::int32_t>(person));
      tables_.role_of[index_of(group)].assign(persons.size(), 0);
      built_levels_.push_back(group);
      return;
    }
    SituationUnits units = read_units(group, entities_[index_of(group)], persons, findings_);
    tables_.unit_of[index_of(group)] = std::move(units.unit_of);
    tables_.role_of[index_of(group)] = std::move(units.role_of);
  }

  void read_variables(Level level) {
    ColumnSet columns(level, entities_[index_of(level)].size());
    for (std::size_t row = 0; row < entities_[index_of(level)].size() && !findings_.full(); ++row) {
      const SituationEntity& entity = entities_[index_of(level)][row];
      for (const auto& item : entity.content->items()) {
        if (is_group(level) && is_role_key(level, item.key())) continue;
        read_variable(level, columns, row, entity.path + "/" + item.key(), item.key(), item.value());
      }
    }
    columns.move_into(tables_);
  }

  void read_variable(Level level, ColumnSet& columns, std::size_t row, const std::string& path, const std::string& name,
                     const Json& value) {
    const VariableInfo* info = schema_.find(name);
    if (info == nullptr) {
      unknown_variable(level, path, name, value);
    } else if (info->level != level) {
      findings_.add(path, "'" + name + "' is a variable of " + std::string(plural_of(info->level)) + ", not of " +
                              std::string(plural_of(level)));
    } else if (value.is_object()) {
      for (const auto& item : value.items()) read_cell(columns, *info, row, path, item.key(), item.value());
    } else if (info->periodicity == Periodicity::eternal) {
      read_cell(columns, *info, row, path, "ETERNITY", value);
    } else {
      findings_.add(path, "expected values by period, such as {\"2024-01\": " + (value.is_structured() ? "..." : value.dump()) +
                              "}, found " + shown(value));
    }
  }

  void unknown_variable(Level level, const std::string& path, const std::string& name, const Json& value) {
    const bool only_asked =
        value.is_null() || (value.is_object() && !value.empty() &&
                            std::all_of(value.begin(), value.end(), [](const Json& cell) { return cell.is_null(); }));
    if (!only_asked) {
      findings_.add(path, "unknown variable '" + name + "'", did_you_mean(name, names_));
      return;
    }
    const std::size_t count = value.is_null() ? 1 : value.size();
    const auto known = std::find_if(unknown_.begin(), unknown_.end(),
                                    [&](const UnknownRequest& other) { return other.variable == name && other.level == level; });
    if (known != unknown_.end()) {
      known->count += count;
    } else {
      unknown_.push_back({name, level, count, did_you_mean(name, names_)});
    }
  }

  const std::optional<TimeSpan>& span_of(const std::string& text) {
    const auto found = spans_.find(text);
    return found != spans_.end() ? found->second : spans_.emplace(text, parse_time_span(text)).first->second;
  }

  void read_cell(ColumnSet& columns, const VariableInfo& info, std::size_t row, const std::string& path,
                 const std::string& period, const Json& value) {
    const std::optional<TimeSpan>& span = span_of(period);
    if (!span) {
      findings_.add(path + "/" + period, "'" + period + "' is not a period: expected " + std::string(period_forms));
      return;
    }
    if (value.is_null()) {
      ask(info, *span, row, path, period, null_index_.at(&value));
      return;
    }
    const std::optional<double> number = number_of(info, value);
    if (!number) {
      wrong_value(info, path + "/" + period, value);
      return;
    }
    switch (columns.put(info, *span, row, *number)) {
      case PutResult::stored:
        return;
      case PutResult::given_twice:
        findings_.add(path + "/" + period, "'" + info.name + "' has two values for the same time");
        return;
      case PutResult::needs_whole_years:
        findings_.add(path + "/" + period,
                      "'" + info.name + "' is yearly: expected a year such as '2024', found '" + period + "'");
    }
  }

  std::optional<double> number_of(const VariableInfo& info, const Json& value) const {
    switch (info.kind) {
      case ValueKind::number:
        return value.is_number() ? std::optional<double>(value.get<double>()) : std::nullopt;
      case ValueKind::yes_no:
        if (value.is_boolean()) return value.get<bool>() ? 1.0 : 0.0;
        if (value.is_number() && (value.get<double>() == 0 || value.get<double>() == 1)) return value.get<double>();
        return std::nullopt;
      case ValueKind::date:
        return value.is_string() ? date_value(value.get_ref<const std::string&>()) : std::nullopt;
      case ValueKind::enumeration:
        return value.is_string() ? enum_code(info, value.get_ref<const std::string&>()) : std::nullopt;
    }
    return std::nullopt;
  }

  void wrong_value(const VariableInfo& info, const std::string& path, const Json& value) {
    std::string hint;
    if (info.kind == ValueKind::enumeration && value.is_string())
      hint = did_you_mean(value.get_ref<const std::string&>(), info.items);
    findings_.add(path, "'" + info.name + "': " + expected_value(info) + ", found " + shown(value), hint);
  }

  /// The periods that answer a span; empty, with a finding, when the variable cannot be asked for it.
  std::vector<Period> parts_of(const VariableInfo& info, TimeSpan span, const std::string& path, const std::string& period) {
    if (info.periodicity == Periodicity::eternal) return {Period::eternity()};
    if (span.is_eternity()) {
      findings_.add(path + "/" + period, "'" + info.name + "' changes with time: ask for a month or a year");
      return {};
    }
    if (info.periodicity == Periodicity::yearly) {
      if (span.civil_years() == 1) return {Period::year(span.first.year())};
      findings_.add(path + "/" + period, "'" + info.name + "' is yearly: expected a year such as '2024', found '" + period + "'");
      return {};
    }
    if (!span.is_month() && !info.is_flow) {
      findings_.add(path + "/" + period, "'" + info.name + "' is monthly and not an amount: ask for one month such as '2024-01'");
      return {};
    }
    std::vector<Period> parts;
    for (int month = 0; month < span.months; ++month) parts.push_back(Period::month(span.first + month));
    return parts;
  }

  void ask(const VariableInfo& info, TimeSpan span, std::size_t row, const std::string& path, const std::string& period,
           std::size_t null_index) {
    const auto [entry, is_new] =
        request_index_.emplace(std::make_pair(&info, std::make_pair(span.first.index, span.months)), requests_.size());
    if (is_new) {
      std::vector<Period> parts = parts_of(info, span, path, period);
      if (parts.empty()) {
        request_index_.erase(entry);
        return;
      }
      requests_.push_back({info.name, info.level, period, std::move(parts), {}});
    }
    requests_[entry->second].cells.push_back({static_cast<std::int32_t>(row), null_index});
  }

  Situation finish(std::string text) {
    Situation result;
    result.text = std::move(text);
    result.population = PopulationBuilder::build(std::move(tables_));
    std::array<std::vector<std::int32_t>, level_count> canonical;
    for (std::size_t level = 0; level < level_count; ++level) {
      const std::vector<std::int32_t>& original = result.population.original_rows(static_cast<Level>(level));
      canonical[level].resize(original.size());
      for (std::size_t row = 0; row < original.size(); ++row)
        canonical[level][static_cast<std::size_t>(original[row])] = static_cast<std::int32_t>(row);
    }
    for (SituationRequest& request : requests_) {
      for (AskedCell& cell : request.cells) cell.row = canonical[index_of(request.level)][static_cast<std::size_t>(cell.row)];
    }
    result.requests = std::move(requests_);
    result.unknown = std::move(unknown_);
    result.built_levels = std::move(built_levels_);
    return result;
  }

  static std::string hint_or(std::string hint, std::string otherwise) {
    return hint.empty() ? std::move(otherwise) : std::move(hint);
  }

  const Schema& schema_;
  std::vector<std::string> names_;
  JsonFindings findings_;
  PopulationTables tables_;
  std::array<std::vector<SituationEntity>, level_count> entities_;
  std::array<bool, level_count> seen_{};
  std::unordered_map<const Json*, std::size_t> null_index_;
  std::unordered_map<std::string, std::optional<TimeSpan>> spans_;
  std::map<std::pair<const VariableInfo*, std::pair<std::int32_t, int>>, std::size_t> request_index_;
  std::vector<SituationRequest> requests_;
  std::vector<UnknownRequest> unknown_;
  std::vector<Level> built_levels_;
};

/// Offsets of the `null` tokens of a valid JSON text.
std::vector<std::size_t> null_offsets(std::string_view text) {
  std::vector<std::size_t> result;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_string) {
      if (text[i] == '\\') {
        ++i;
      } else if (text[i] == '"') {
        in_string = false;
      }
    } else if (text[i] == '"') {
      in_string = true;
    } else if (text[i] == 'n') {
      result.push_back(i);
      i += 3;
    }
  }
  return result;
}

std::string json_value(const VariableInfo& info, double value) {
  const std::string text = value_text(info, value);
  return info.kind == ValueKind::date || info.kind == ValueKind::enumeration ? "\"" + text + "\"" : text;
}

}  // namespace

Situation read_situation(const std::string& file, std::string text, const Schema& schema) {
  Reader reader(file, schema);
  return reader.read(file, std::move(text));
}

std::string filled_situation(const Situation& situation, const Schema& schema, std::span<const std::vector<double>> values) {
  SIM_CHECK(values.size() == situation.requests.size(), "one column a request");
  const std::vector<std::size_t> offsets = null_offsets(situation.text);
  std::vector<std::string> answers(offsets.size(), "null");
  for (std::size_t r = 0; r < values.size(); ++r) {
    const VariableInfo* info = schema.find(situation.requests[r].variable);
    SIM_CHECK(info != nullptr, "requests are of known variables");
    if (values[r].empty()) continue;
    for (const AskedCell& cell : situation.requests[r].cells) {
      const double value = values[r].at(static_cast<std::size_t>(cell.row));
      if (std::isfinite(value)) answers.at(cell.null_index) = json_value(*info, value);
    }
  }
  std::string result;
  result.reserve(situation.text.size() + 8 * offsets.size());
  std::size_t from = 0;
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    result.append(situation.text, from, offsets[i] - from);
    result += answers[i];
    from = offsets[i] + 4;
  }
  return result.append(situation.text, from);
}

}  // namespace labacces
