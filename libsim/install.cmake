# Install rules and the package `labacces`: find_package(labacces) gives the target labacces::sim.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/labacces)
install(TARGETS labacces_sim EXPORT labacces_targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/libsim DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/labacces
  FILES_MATCHING PATTERN "*.hpp" PATTERN "legislation/france" EXCLUDE PATTERN "legislation/toy" EXCLUDE)
install(EXPORT labacces_targets FILE labacces-targets.cmake NAMESPACE labacces:: DESTINATION ${package_folder})
if(LABACCES_BUILD_TOOLS)
  install(TARGETS labacces RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/labacces-config.cmake.in
  ${PROJECT_BINARY_DIR}/labacces-config.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/labacces-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/labacces-config.cmake ${PROJECT_BINARY_DIR}/labacces-config-version.cmake
  DESTINATION ${package_folder})
