#include "bench/french_run.hpp"

#include <map>
#include <string>

#include "libsim/law/load_law.hpp"
#include "libsim/legislation/embedded.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/synthetic.hpp"

namespace labacces::bench {
namespace {

std::vector<law::LawText> french_texts() {
  std::vector<law::LawText> texts;
  for (const EmbeddedFile& file : embedded_law("france")) texts.push_back({std::string(file.name), std::string(file.text)});
  return texts;
}

}  // namespace

law::Law french_law() { return law::load_law_or_throw(french_texts()); }

const Population& brittany(const law::Law& law, std::size_t households) {
  static std::map<std::size_t, Population> known;
  const auto found = known.find(households);
  if (found != known.end()) return found->second;
  return known.emplace(households, make_synthetic({.households = households}, law.schema(), Month{last_month_index}))
      .first->second;
}

plan::Graph standard_graph(const std::vector<const law::Law*>& laws, const Population& population, std::size_t months) {
  std::vector<plan::Request> requests;
  for (const char* benefit : {"rsa", "ppa", "aide_logement", "af", "cf", "asf", "paje_base"}) {
    for (std::size_t month = 0; month < months; ++month) {
      requests.push_back({benefit, Period::month(Month{last_month_index - static_cast<int>(months - 1 - month)})});
    }
  }
  return plan::build_graph(laws, requests, population);
}

std::vector<law::Law> reformed_laws(std::size_t count) {
  std::vector<law::Law> laws;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<law::LawText> texts = french_texts();
    std::vector<std::string> reforms;
    if (i > 0) {
      const std::string name = "rsa_plus_" + std::to_string(i);
      texts.push_back({name + ".law", "reform " + name + " \"RSA\"\n  set rsa.montant_de_base from 2024-01-01 = before + " +
                                          std::to_string(i * 10) + "\n"});
      reforms.push_back(name);
    }
    laws.push_back(law::load_law_or_throw(std::move(texts), reforms));
  }
  return laws;
}

}  // namespace labacces::bench
