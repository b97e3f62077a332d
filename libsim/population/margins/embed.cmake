# Writes OUTPUT, a C++ file with the function NAME_text of each of NAMES: the text of FOLDER/NAME.json.
set(functions "")
foreach(name ${NAMES})
  file(READ ${FOLDER}/${name}.json text)
  string(APPEND functions "std::string_view ${name}_text() { return R\"margins(${text})margins\"; }\n\n")
endforeach()
file(WRITE ${OUTPUT} "// Made from the margins of the synthetic Brittany; do not edit.
#include \"libsim/population/margins/builtin_margins.hpp\"

namespace labacces::calibration {

${functions}}  // namespace labacces::calibration
")
