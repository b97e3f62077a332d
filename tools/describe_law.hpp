// The law as text for a terminal.
#pragma once

#include <string>

#include "libsim/law/law.hpp"

namespace labacces::tools {

/// Programs with their rules, inputs, parameters, tables and scales; `program` = only that one (Error with the nearest name).
std::string list_law(const law::Law& law, const std::string& program);

/// One rule, input, parameter, table or scale: label, type, versions, references, what it uses. Error with the nearest name.
std::string show_name(const law::Law& law, const std::string& name);

/// Its dated values (or versions), one a line, with references.
std::string history_of(const law::Law& law, const std::string& name);

}  // namespace labacces::tools
