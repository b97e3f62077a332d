# Writes OUTPUT, a C++ file holding FILES (a list with "|" between) as text, each byte escaped, in pieces of at most 8,000 bytes of source.
string(REPLACE "|" ";" paths "${FILES}")
set(entries "")
foreach(path ${paths})
  get_filename_component(name ${path} NAME_WE)
  file(READ ${path} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" escaped "${hex}")
  string(LENGTH "${escaped}" length)
  set(pieces "")
  set(position 0)
  while(position LESS length)
    string(SUBSTRING "${escaped}" ${position} 8000 piece)
    string(APPEND pieces "    \"${piece}\"\n")
    math(EXPR position "${position} + 8000")
  endwhile()
  math(EXPR bytes "${length} / 4")
  string(APPEND entries "  {\"${name}\", std::string_view(\n${pieces}    \"\", ${bytes})},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made from libsim/population/mappings; do not edit.
#include \"libsim/population/mapping/embedded.hpp\"

namespace labacces::mapping {
namespace {
constexpr EmbeddedMapping files[] = {
${entries}};
}  // namespace

std::span<const EmbeddedMapping> embedded_mappings() { return files; }

}  // namespace labacces::mapping
")
