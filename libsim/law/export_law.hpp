// The whole checked law as JSON.
#pragma once

#include <string>

#include "libsim/law/law.hpp"

namespace labacces::law {

/// JSON text of programs, enums, params, tables, scales, inputs and rules with their dated versions, formulas, references and what each
/// version reads. The order is that of the law, so that two exports differ only where the laws do.
std::string export_law(const Law& law);

}  // namespace labacces::law
