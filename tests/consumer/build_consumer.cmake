# Builds and runs the project in project/ against an installation of BUILD (WAY=installed), or with SOURCE as a folder
# of its own (WAY=folder).
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${SCRATCH}/prefix ${SCRATCH}/build)
set(options -DCMAKE_BUILD_TYPE=${CONFIG} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER})
if(WAY STREQUAL "installed")
  run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix)
  list(APPEND options -DCMAKE_PREFIX_PATH=${SCRATCH}/prefix)
else()
  # The same flags as the build itself, so that the compiler cache has the library already.
  list(APPEND options -DLABACCES_SOURCE=${SOURCE} -DLABACCES_WARNINGS_AS_ERRORS=ON)
endif()
run(${CMAKE_COMMAND} -G ${GENERATOR} -S ${CMAKE_CURRENT_LIST_DIR}/project -B ${SCRATCH}/build ${options})
run(${CMAKE_COMMAND} --build ${SCRATCH}/build)
run(${SCRATCH}/build/consumer)
message(STATUS "${output}")
