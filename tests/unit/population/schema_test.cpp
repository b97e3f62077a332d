// The schema finds variables by name.
#include "libsim/population/schema.hpp"

#include <gtest/gtest.h>

#include "libsim/base/error.hpp"

namespace labacces {
namespace {

VariableInfo named(std::string name, Level level = Level::individu) {
  VariableInfo info;
  info.name = std::move(name);
  info.level = level;
  return info;
}

TEST(Schema, finds_variables_by_name_and_lists_them_in_order) {
  Schema schema;
  schema.add(named("loyer", Level::menage));
  schema.add(named("age"));
  EXPECT_EQ(schema.names(), (std::vector<std::string>{"loyer", "age"}));
  ASSERT_NE(schema.find("loyer"), nullptr);
  EXPECT_EQ(schema.find("loyer")->level, Level::menage);
  EXPECT_EQ(schema.find("loyers"), nullptr);
}

TEST(Schema, a_variable_declared_twice_is_a_defect) {
  Schema schema;
  schema.add(named("loyer"));
  EXPECT_THROW(schema.add(named("loyer")), Defect);
}

}  // namespace
}  // namespace labacces
