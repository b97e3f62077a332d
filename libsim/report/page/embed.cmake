# Writes OUTPUT, a C++ file holding the parts of report.html as text. PARTS: name=file, several files of one name are joined in order.
set(names "")
foreach(part IN LISTS PARTS)
  string(REGEX MATCH "^([a-z_]+)=(.*)$" matched "${part}")
  file(READ ${CMAKE_MATCH_2} text)
  list(APPEND names ${CMAKE_MATCH_1})
  # In pieces: compilers limit the length of one literal.
  string(LENGTH "${text}" length)
  set(start 0)
  while(start LESS length)
    string(SUBSTRING "${text}" ${start} 12000 piece)
    string(APPEND text_${CMAKE_MATCH_1} "R\"labacces_page(${piece})labacces_page\"\n")
    math(EXPR start "${start} + 12000")
  endwhile()
endforeach()
list(REMOVE_DUPLICATES names)
set(functions "")
foreach(name IN LISTS names)
  string(APPEND functions "std::string_view ${name}() { return {\"\"\n${text_${name}}}; }\n")
endforeach()
file(WRITE ${OUTPUT} "// Made from libsim/report/page/; do not edit.
#include \"libsim/report/page_parts.hpp\"

namespace labacces::report::page {

${functions}
}  // namespace labacces::report::page
")
