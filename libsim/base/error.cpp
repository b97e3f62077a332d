#include "libsim/base/error.hpp"

#include <utility>

namespace labacces {
namespace {

DiagnosticList single(Location location, std::string message, std::string hint) {
  DiagnosticList list;
  list.error(std::move(location), std::move(message), std::move(hint));
  return list;
}

}  // namespace

Error::Error(const std::string& message) : Error(single({}, message, {})) {}

Error::Error(DiagnosticList diagnostics)
    : std::runtime_error(render(diagnostics)), diagnostics_(std::move(diagnostics.items())) {}

Error::Error(Location location, const std::string& message, const std::string& hint)
    : Error(single(std::move(location), message, hint)) {}

void fail_check(const char* file, int line, const char* condition, const char* why) {
  throw Defect(std::string(file) + ":" + std::to_string(line) + ": broken invariant: " + why + " (" + condition + ")");
}

}  // namespace labacces
