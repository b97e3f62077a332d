// Runs the worked cases of tests/law/*.yaml (OpenFisca's form of tests) on the built-in law.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "libsim/base/file.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/scenario/calculate.hpp"
#include "tests/law/french_law.hpp"

namespace labacces {
namespace {

using Json = nlohmann::ordered_json;

const VariableInfo& info_of(const Schema& schema, const std::string& name) {
  const VariableInfo* info = schema.find(name);
  if (info == nullptr) throw std::runtime_error("the law has no variable '" + name + "'");
  return *info;
}

/// Under which period a bare value stands: for ever, the year of the case, or its month.
std::string period_of(const VariableInfo& info, const std::string& period) {
  if (info.periodicity == Periodicity::eternal) return "ETERNITY";
  return info.periodicity == Periodicity::yearly ? period.substr(0, 4) : period;
}

Json scalar(const VariableInfo& info, const YAML::Node& node) {
  if (info.kind == ValueKind::yes_no) return node.as<bool>();
  if (info.kind == ValueKind::number) return node.as<double>();
  return node.as<std::string>();
}

Json unit(const Schema& schema, const YAML::Node& node, const std::string& period) {
  Json out = Json::object();
  for (const auto& field : node) {
    const auto name = field.first.as<std::string>();
    const VariableInfo* info = schema.find(name);
    if (info == nullptr) {  // a role
      if (field.second.IsSequence()) {
        for (const auto& person : field.second) out[name].push_back(person.as<std::string>());
      } else {
        out[name].push_back(field.second.as<std::string>());
      }
    } else if (field.second.IsMap()) {
      for (const auto& dated : field.second) out[name][dated.first.as<std::string>()] = scalar(*info, dated.second);
    } else {
      out[name][period_of(*info, period)] = scalar(*info, field.second);
    }
  }
  return out;
}

struct Expected {
  std::string entity, id, variable, period;
  double value = 0.0;
};

double number(const VariableInfo& info, const YAML::Node& node) {
  return info.kind == ValueKind::yes_no ? static_cast<double>(node.as<bool>()) : node.as<double>();
}

std::vector<Expected> expected_of(const Schema& schema, const YAML::Node& output, const Json& situation,
                                  const std::string& period) {
  std::vector<Expected> all;
  for (const auto& field : output) {
    const auto name = field.first.as<std::string>();
    if (name == "individus") {
      for (const auto& person : field.second) {
        for (const auto& value : person.second) {
          const auto& info = info_of(schema, value.first.as<std::string>());
          all.push_back({name, person.first.as<std::string>(), info.name, period_of(info, period), number(info, value.second)});
        }
      }
      continue;
    }
    const VariableInfo& info = info_of(schema, name);
    const std::string entity(plural_of(info.level));
    all.push_back({entity, situation.at(entity).begin().key(), name, period_of(info, period), number(info, field.second)});
  }
  return all;
}

void run_case(const YAML::Node& test) {
  const Schema schema = french_law().schema();
  const auto period = test["period"].as<std::string>();
  Json situation = Json::object();
  for (const auto& entity : test["input"]) {
    for (const auto& one : entity.second)
      situation[entity.first.as<std::string>()][one.first.as<std::string>()] = unit(schema, one.second, period);
  }
  const std::vector<Expected> expected = expected_of(schema, test["output"], situation, period);
  for (const Expected& e : expected) situation[e.entity][e.id][e.variable][e.period] = nullptr;
  const auto filled = Json::parse(scenario::calculate(french_law(), read_situation("case", situation.dump(), schema)).text);
  for (const Expected& e : expected) {
    const Json& got = filled.at(e.entity).at(e.id).at(e.variable).at(e.period);
    const double value = got.is_boolean() ? static_cast<double>(got.get<bool>()) : got.get<double>();
    EXPECT_NEAR(value, e.value, test["absolute_error_margin"].as<double>() + 1e-9) << e.variable << " of " << e.id;
  }
}

const std::string folder = std::string(LABACCES_SOURCE_DIR) + "/tests/law/";

YAML::Node cases_of(const std::string& file) { return YAML::LoadFile(folder + file + ".yaml"); }

class LawCases : public testing::TestWithParam<const char*> {};

TEST_P(LawCases, worked_cases_give_the_amounts_of_their_sources) {
  const YAML::Node cases = cases_of(GetParam());
  ASSERT_GT(cases.size(), 0U);
  for (const YAML::Node& test : cases) {
    SCOPED_TRACE(std::string(GetParam()) + ".yaml:" + std::to_string(test.Mark().line + 1) + ": " +
                 test["name"].as<std::string>());
    EXPECT_NO_THROW(run_case(test));
  }
}

const std::vector<const char*> files{"rsa",
                                     "prime_activite",
                                     "allocations_familiales",
                                     "complement_familial",
                                     "allocation_soutien_familial",
                                     "paje",
                                     "paje_primes",
                                     "paje_prepare",
                                     "aeeh",
                                     "ars",
                                     "aides_logement",
                                     "aides_logement_residences",
                                     "aides_logement_situations",
                                     "ressources",
                                     "sejour_et_situations",
                                     "aah",
                                     "caah",
                                     "catala",
                                     "aspa_asi",
                                     "ass",
                                     "cej",
                                     "prime_noel",
                                     "salaires",
                                     "csg_remplacement",
                                     "impot_revenu",
                                     "revenu_disponible",
                                     "complementaire_sante",
                                     "cheque_energie",
                                     "bourses"};

INSTANTIATE_TEST_SUITE_P(French, LawCases, testing::ValuesIn(files),
                         [](const testing::TestParamInfo<const char*>& suite) { return std::string(suite.param); });

TEST(WorkedCases, every_file_of_the_folder_is_run) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    count += static_cast<std::size_t>(entry.path().extension() == ".yaml");
  EXPECT_EQ(count, files.size());
}

/// The amounts that each case expects, by the identifier of the published case that it works.
std::multimap<std::string, std::vector<double>> amounts_by_identifier() {
  const Schema schema = french_law().schema();
  std::multimap<std::string, std::vector<double>> found;
  for (const char* file : files) {
    for (const YAML::Node& test : cases_of(file)) {
      for (const YAML::Node& identifier : test["keywords"]) {
        std::vector<double> amounts;
        for (const auto& field : test["output"]) {
          if (field.first.as<std::string>() == "individus") {
            for (const auto& person : field.second) {
              for (const auto& value : person.second)
                amounts.push_back(number(info_of(schema, value.first.as<std::string>()), value.second));
            }
          } else {
            amounts.push_back(number(info_of(schema, field.first.as<std::string>()), field.second));
          }
        }
        found.emplace(identifier.as<std::string>(), amounts);
      }
    }
  }
  return found;
}

// worked_cases.csv: the 216 published cases, with the amount of the law where the text gives another (docs/differences.md).
TEST(WorkedCases, each_of_the_published_ones_is_here_once_with_its_amount) {
  const auto amounts = amounts_by_identifier();
  std::istringstream table(read_file(folder + "worked_cases.csv"));
  std::string line;
  std::getline(table, line);
  ASSERT_EQ(line, "case,published,law");
  std::size_t count = 0;
  while (std::getline(table, line)) {
    ++count;
    const std::size_t first = line.find(','), second = line.find(',', first + 1);
    const std::string identifier = line.substr(0, first), law = line.substr(second + 1);
    ASSERT_EQ(amounts.count(identifier), 1U) << identifier;
    const double amount = std::stod(law.empty() ? line.substr(first + 1, second - first - 1) : law);
    const std::vector<double>& expected = amounts.find(identifier)->second;
    EXPECT_TRUE(std::any_of(expected.begin(), expected.end(), [&](double one) {
      return std::abs(std::abs(one) - amount) < 0.0101;
    })) << line;
  }
  EXPECT_EQ(count, 216U);
  EXPECT_EQ(amounts.size(), 216U);
}

}  // namespace
}  // namespace labacces
