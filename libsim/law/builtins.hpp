// The one table of functions of the language: name, arguments, note. Types are checked in typecheck_calls.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/law/expression.hpp"

namespace labacces::law {

struct Builtin {
  std::string_view name;
  Function function;
  std::size_t min_arguments;
  std::size_t max_arguments;   ///< unlimited_arguments when any number is fine
  std::string_view signature;  ///< as shown in messages: "round(x, step)"
  std::string_view note;       ///< one line for the manual
};
inline constexpr std::size_t unlimited_arguments = 1000;

/// All functions, in the order of Function.
std::span<const Builtin> builtins();

/// The function of that name, or nullptr.
const Builtin* find_builtin(std::string_view name);

/// The row of a function.
const Builtin& builtin_of(Function function);

/// Names of functions and of the forms that are written like functions (sum, rank, lookup ...), for hints.
std::vector<std::string> callable_names();

}  // namespace labacces::law
