# Files compiled into the library as text.
#
# sim_embed(<object library> COMMENT <what> HEADER <header> NAMESPACE <namespace> [LIST <function>] PARTS <name>=<file>...)
#
# The header declares what is made: without LIST a function std::string_view <name>() for each name (files of one name are joined in order);
# with it `std::span<const EmbeddedFile> <function>()`, the files in the order given.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(sim_embed_script ${CMAKE_CURRENT_LIST_FILE})
  function(sim_embed target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "COMMENT;HEADER;NAMESPACE;LIST" "PARTS")
    set(output ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp)
    list(TRANSFORM arg_PARTS REPLACE "^[^=]+=" "" OUTPUT_VARIABLE sources)
    # The parts are in the command line, so that a removed file makes the text anew too.
    add_custom_command(OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DHEADER=${arg_HEADER} -DNAMESPACE=${arg_NAMESPACE} -DLIST=${arg_LIST} "-DPARTS=${arg_PARTS}"
              -P ${sim_embed_script}
      DEPENDS ${sources} ${sim_embed_script}
      COMMENT "Embedding ${arg_COMMENT}" VERBATIM)
    # A library of its own: a generated file belongs to the folder that makes it.
    add_library(${target} OBJECT ${output})
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
    target_compile_features(${target} PRIVATE cxx_std_20)
    target_link_libraries(${target} PRIVATE labacces_warnings)
    target_sources(labacces_sim PRIVATE $<TARGET_OBJECTS:${target}>)
  endfunction()
  return()
endif()

set(names "")
foreach(part IN LISTS PARTS)
  string(REGEX MATCH "^([^=]+)=(.*)$" matched "${part}")
  set(name ${CMAKE_MATCH_1})
  list(APPEND names ${name})
  # Each byte is four characters (\xNN), as no text then needs care; pieces end on byte borders: compilers limit the length of one literal.
  file(READ ${CMAKE_MATCH_2} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" escaped "${hex}")
  string(LENGTH "${escaped}" length)
  math(EXPR bytes_${name} "0${bytes_${name}} + ${length} / 4")
  set(position 0)
  while(position LESS length)
    string(SUBSTRING "${escaped}" ${position} 8000 piece)
    string(APPEND text_${name} "    \"${piece}\"\n")
    math(EXPR position "${position} + 8000")
  endwhile()
endforeach()
list(REMOVE_DUPLICATES names)

set(body "")
foreach(name IN LISTS names)
  set(view "std::string_view(\n${text_${name}}    \"\", ${bytes_${name}})")
  if(LIST)
    string(APPEND body "  {\"${name}\", ${view}},\n")
  else()
    string(APPEND body "std::string_view ${name}() { return ${view}; }\n\n")
  endif()
endforeach()
if(LIST)
  set(body "namespace {\nconstexpr EmbeddedFile files[] = {\n${body}};\n}  // namespace\n\nstd::span<const EmbeddedFile> ${LIST}() { return files; }\n\n")
endif()
file(WRITE ${OUTPUT} "// Made when the library is built; do not edit.\n#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n\n${body}}  // namespace ${NAMESPACE}\n")
