// The one exception type that leaves the library, and the check of invariants.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "libsim/base/diagnostics.hpp"

namespace labacces {

/// The user's input is wrong: what() is the rendered text, diagnostics() its parts. The command line exits with 2.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message);
  explicit Error(DiagnosticList diagnostics);
  Error(Location location, const std::string& message, const std::string& hint = {});
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// An impossible state: a defect of the program (exit 3), never of the input.
class Defect : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void fail_check(const char* file, int line, const char* condition, const char* why);

}  // namespace labacces

/// Broken invariants are defects; user input must never trigger one.
#define SIM_CHECK(condition, why)                                                  \
  do {                                                                             \
    if (!(condition)) ::labacces::fail_check(__FILE__, __LINE__, #condition, why); \
  } while (false)
