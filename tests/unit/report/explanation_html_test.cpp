#include <gtest/gtest.h>

#include <string>

#include "libsim/report/explanation.hpp"

namespace labacces::report {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

scenario::Explanation item(const std::string& variable, const std::string& label, const std::string& since) {
  scenario::Explanation out;
  out.variable = variable;
  out.label = label;
  out.measure = "EUR/month";
  out.period = "2025-06";
  out.since = since;
  out.is_input = since.empty();
  out.values = {{"f", "45.00", 45.0}};
  return out;
}

scenario::Explanation tree() {
  scenario::Explanation wage = item("salaire", "Salaire", "");
  wage.values = {{"a<b", "500.00", 500.0}, {"c&d", "0.00", 0.0}};
  scenario::Explanation right = item("aide", "Aide \"A\"", "2024-01-01");
  right.references = {"CASF L262-2"};
  right.parameters = {{"aide.montant", "Montant", "45.00", "EUR/month", "2025-01-01", {"Décret 1"}}};
  scenario::Explanation again = right;
  again.shown_before = true;
  right.children = {wage};
  scenario::Explanation top = item("total", "Total", "2020-01-01");
  top.children = {right, again};
  return top;
}

TEST(ExplanationHtml, each_rule_is_a_part_with_value_version_article_and_parameters) {
  const std::string page = to_html(tree());
  EXPECT_EQ(count(page, "<details"), 2U);
  EXPECT_EQ(count(page, "</details>"), 2U);
  for (const char* text :
       {"<title>Total, 2025-06</title>", "version of 2024-01-01; CASF L262-2", "45.00 EUR/month", "Décret 1", "Montant"}) {
    EXPECT_NE(page.find(text), std::string::npos) << text;
  }
}

TEST(ExplanationHtml, what_was_shown_is_linked_and_text_cannot_break_the_page) {
  const std::string page = to_html(tree());
  EXPECT_EQ(count(page, "id=\"aide-2025-06\""), 1U);
  EXPECT_EQ(count(page, "href=\"#aide-2025-06\""), 1U);
  EXPECT_EQ(page.find("a<b"), std::string::npos);
  EXPECT_NE(page.find("a&lt;b"), std::string::npos);
  EXPECT_NE(page.find("c&amp;d"), std::string::npos);
  EXPECT_NE(page.find("Aide &quot;A&quot;"), std::string::npos);
  EXPECT_EQ(page.find("http"), std::string::npos);
  EXPECT_EQ(page.find("<script"), std::string::npos);
}

TEST(ExplanationHtml, why_not_lists_conditions_and_changes) {
  scenario::WhyNot found{"rsa", "RSA", "2025-06", "f", 0.0, {}, {}};
  EXPECT_NE(to_html(found).find("opens the right by itself"), std::string::npos);
  found.conditions.push_back({"age_ok", "Âge", "2025-06", "a", false, "no", "yes", {"CASF L262-4"}, 600.0, false});
  found.changes.push_back({"salaire_net of a", 0.25, "2025: 12000", "3000", 12.5, "{}"});
  const std::string page = to_html(found);
  for (const char* text : {"Âge", "CASF L262-4", "600.00", "salaire_net of a", "0.2500", "2025: 12000", "12.50"})
    EXPECT_NE(page.find(text), std::string::npos) << text;
  found.right = 5.0;
  EXPECT_NE(to_html(found).find("The right is open."), std::string::npos);
}

}  // namespace
}  // namespace labacces::report
