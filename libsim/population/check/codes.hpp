// Codes of enumerations by name, for checks that look at a few of them.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "libsim/population/schema.hpp"

namespace labacces::check {

/// Whether a value is one of some codes of an enumeration. A law that lacks the code has no such value.
class IsOneOf {
 public:
  IsOneOf(const Schema& schema, std::string_view variable, std::initializer_list<std::string_view> names) {
    const VariableInfo* info = schema.find(variable);
    if (info == nullptr) return;
    for (const std::string_view name : names) {
      const auto found = std::find(info->items.begin(), info->items.end(), name);
      if (found != info->items.end()) codes_.push_back(static_cast<double>(found - info->items.begin()));
    }
  }
  bool operator()(std::optional<double> value) const {
    return value && std::find(codes_.begin(), codes_.end(), *value) != codes_.end();
  }

 private:
  std::vector<double> codes_;
};

}  // namespace labacces::check
