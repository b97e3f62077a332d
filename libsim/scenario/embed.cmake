# Writes OUTPUT, a C++ file holding the text of INPUT.
file(READ ${INPUT} text)
file(WRITE ${OUTPUT} "// Made from scenarios/base.json; do not edit.
#include \"libsim/scenario/base_scenario.hpp\"

namespace labacces::scenario {

std::string_view base_scenario_text() { return R\"scenario(${text})scenario\"; }

}  // namespace labacces::scenario
")
