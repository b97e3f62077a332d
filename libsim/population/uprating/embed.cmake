# Writes OUTPUT, a C++ file holding the text of INPUT.
file(READ ${INPUT} text)
file(WRITE ${OUTPUT} "// Made from indices.json; do not edit.
#include \"libsim/population/uprating/built_in_indices.hpp\"

namespace labacces::uprating {

std::string_view built_in_indices() { return R\"indices(${text})indices\"; }

}  // namespace labacces::uprating
")
