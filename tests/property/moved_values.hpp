// Every number of the parameters, tables and scales of a law, and the law with one of them moved.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsim/law/load_law.hpp"

namespace labacces::property {

/// One number, date or yes/no of one dated version, as written in a file.
struct WrittenValue {
  std::string name;   ///< "rsa.montant_de_base"
  std::string place;  ///< "rsa.montant_de_base 2025-04-01 = 646.52" with its rank in the version when there are several
  MonthInterval in_force;
  Month first_read = never;          ///< first month of a rule version that reads the name; never when none does
  std::vector<std::string> readers;  ///< the rules that name it themselves
  std::size_t file = 0;              ///< index in the texts
  std::size_t begin = 0, end = 0;
};

/// Numbers of all versions of all parameters, tables (not their keys) and scales (thresholds too, not the first when it is 0).
std::vector<WrittenValue> values_written(const law::Law& law, const std::vector<law::LawText>& texts);

/// The texts with those values multiplied by `factor` (0 becomes factor - 1, yes becomes no; a date moves by
/// 1,000 days times factor - 1).
std::vector<law::LawText> moved(std::vector<law::LawText> texts, std::vector<const WrittenValue*> values, double factor);

}  // namespace labacces::property
