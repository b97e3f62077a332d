# Writes OUTPUT, a C++ file holding FOLDER/*.json as text (raw string pieces of at most 8,000 characters).
file(GLOB files ${FOLDER}/*.json)
list(SORT files)
set(entries "")
foreach(path ${files})
  get_filename_component(name ${path} NAME_WE)
  file(READ ${path} hex HEX)
  string(LENGTH "${hex}" length)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" escaped "${hex}")
  set(pieces "")
  string(LENGTH "${escaped}" escaped_length)
  set(position 0)
  while(position LESS escaped_length)
    string(SUBSTRING "${escaped}" ${position} 8000 piece)
    string(APPEND pieces "    \"${piece}\"\n")
    math(EXPR position "${position} + 8000")
  endwhile()
  math(EXPR bytes "${length} / 2")
  string(APPEND entries "  {\"${name}\", std::string_view(\n${pieces}    \"\", ${bytes})},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made from the tables of the synthetic population; do not edit.
#include \"libsim/population/synthetic/embedded_data.hpp\"

namespace labacces::synthetic {
namespace {
constexpr EmbeddedData all_data[] = {
${entries}};
}  // namespace

std::span<const EmbeddedData> embedded_data() { return all_data; }

}  // namespace labacces::synthetic
")
