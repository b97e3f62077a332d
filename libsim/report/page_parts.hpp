// The parts of report.html that do not depend on the results, as text; made from page/ when the library is built.
#pragma once

#include <string_view>

namespace labacces::report::page {

std::string_view style();     ///< CSS
std::string_view plotting();  ///< the plotting library, or nothing where the build could not have it
std::string_view licences();  ///< of the packages in `plotting`
std::string_view outlines();  ///< the départements of Brittany, GeoJSON
std::string_view script();    ///< what writes the page from the results

}  // namespace labacces::report::page
