// Who belongs to which unit in a situation, and in which role.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/base/diagnostics.hpp"
#include "libsim/population/level.hpp"

namespace labacces {

/// Findings at JSON paths: the first 20 are kept.
class JsonFindings {
 public:
  explicit JsonFindings(std::string file) : file_(std::move(file)) {}
  void add(const std::string& path, std::string message, std::string hint = {});
  /// Adds and throws at once: nothing more can be read.
  [[noreturn]] void fail(const std::string& path, std::string message);
  bool full() const { return list_.error_count() >= 20; }
  void throw_if_any() const;

 private:
  std::string file_;
  DiagnosticList list_;
};

/// One person or unit as the file has it.
struct SituationEntity {
  std::string id;
  std::string path;
  const nlohmann::ordered_json* content = nullptr;
};

struct SituationUnits {
  std::vector<std::int32_t> unit_of;
  std::vector<std::uint8_t> role_of;
};

/// "parents", "enfants", "demandeur" ...: keys that list persons, singular or plural.
bool is_role_key(Level group, std::string_view key);

/// Reads the roles of every unit: lists of ids, or one id. Findings: unknown ids, persons in two units or in none, roles held twice.
SituationUnits read_units(Level group, const std::vector<SituationEntity>& units, const std::vector<std::string>& persons,
                          JsonFindings& findings);

}  // namespace labacces
