// Every number of the law counts: moved, it moves a result of some random household, or it is listed with the reason why not.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string_view>

#include "libsim/base/parallel.hpp"
#include "libsim/engine/run.hpp"
#include "tests/property/legislation_case.hpp"
#include "tests/property/moved_values.hpp"
#include "tests/property/property_case.hpp"
#include "tests/property/values_together.hpp"

namespace labacces::property {
namespace {

/// One pass over the values that are left: how far they are moved, and before whom.
struct Pass {
  double factor;
  int dwellings;
  double amounts;
  int births_from;      // 0: any year
  bool by_their_rules;  // asks the rules that name the values only, which is quick; else every rule in force
};
constexpr std::array<Pass, 15> passes{{{1.6, 2500, 1.0, 0, true},
                                       {1.05, 1000, 1.0, 0, true},
                                       {0.4, 2500, 6.0, 0, true},
                                       {1.5, 4000, 1.0, 2016, true},
                                       {0.5, 8000, 30.0, 2018, true},
                                       {1.4, 8000, 1.5, 2014, true},
                                       {0.5, 8000, 1.0, 2020, true},
                                       {1.05, 150, 1.0, 0, false},
                                       {1.6, 300, 1.0, 0, false},
                                       {0.4, 300, 6.0, 0, false},
                                       {1.5, 3000, 1.0, 2016, false},
                                       {0.6, 2500, 6.0, 0, false},
                                       {1.4, 4000, 1.5, 2014, false},
                                       {0.5, 4000, 30.0, 2018, false},
                                       {0.5, 8000, 1.0, 2020, false}}};
constexpr std::size_t passes_of_listed = 2;  // listed values are looked for in the first passes only
constexpr std::size_t laws_together = 16, values_together = 16;

/// Months in which a version is tried: its first, the first January, its last, and one in the middle; then one and two years later, for
/// what is read from the past.
std::vector<Month> months_to_try(const MonthInterval& in_force, Month first, Month last) {
  const Month begin = std::max(in_force.begin, first);
  const Month end = std::min(in_force.end, last + 1);
  std::set<Month> months;
  if (begin < end) months = {begin, end - 1, begin + (end - begin) / 2};
  const Month january = Month::of((begin + 11).year(), 1);
  if (january < end) months.insert(january);
  for (const int later : {13, 25}) {
    if (in_force.begin + later >= first && in_force.begin + later <= last) months.insert(in_force.begin + later);
  }
  return {months.begin(), months.end()};
}

class DeadValues {
 public:
  explicit DeadValues(const std::string& country)
      : texts_(texts_of(country)), base_(law::load_law_or_throw(texts_)), rules_(base_) {
    first_ = never;
    for (const law::Variable& variable : base_.variables()) {
      if (!variable.versions.empty()) first_ = std::min(first_, variable.versions.front().in_force.begin);
    }
  }

  /// Values that moved nothing. Those that are listed with a reason are looked for in the first passes only.
  std::vector<std::string> find(const std::map<std::string, std::string>& listed) {
    std::vector<WrittenValue> left = values_written(base_, texts_);
    total_ = left.size();
    std::erase_if(
        left, [this](const WrittenValue& value) { return value.first_read != never && value.in_force.end <= value.first_read; });
    too_old_ = total_ - left.size();
    std::vector<std::string> names;
    std::uint64_t seed = first_seed();
    for (std::size_t i = 0; i < passes.size(); ++i) {
      const Pass& pass = passes[i];
      if (i == passes_of_listed) {
        std::erase_if(left, [&](const WrittenValue& value) {
          const bool known = listed.contains(value.place) || listed.contains(value.place.substr(0, value.place.find(' ')));
          if (known) names.push_back(value.place);
          return known;
        });
      }
      if (left.empty()) break;
      people_ = people_of(base_, seed++, pass.dwellings, pass.amounts, pass.births_from);
      left = unmoved(left, pass);
    }
    for (const WrittenValue& value : left) names.push_back(value.place);
    return names;
  }
  std::size_t total() const { return total_; }
  /// Values that hold only before the first rule that reads their name: history.
  std::size_t too_old() const { return too_old_; }

 private:
  /// Of these values, those that move nothing when multiplied. Values that stand in the same months are tried together, and in one law
  /// where the rules that name them tell them apart.
  std::vector<WrittenValue> unmoved(const std::vector<WrittenValue>& values, const Pass& pass) const {
    std::map<std::vector<Month>, std::vector<std::size_t>> by_months;
    for (std::size_t i = 0; i < values.size(); ++i) {
      by_months[months_to_try(values[i].in_force, first_, base_.latest_month())].push_back(i);
    }
    struct Batch {
      std::span<const Month> months;
      std::vector<std::vector<std::size_t>> parts;  // each one law
    };
    std::vector<Batch> batches;
    for (const auto& [months, here] : by_months) {
      const auto parts = parts_apart(rules_, values, here, pass.by_their_rules ? values_together : 1);
      for (std::size_t from = 0; from < parts.size(); from += laws_together) {
        const auto first = parts.begin() + static_cast<std::ptrdiff_t>(from);
        batches.push_back({months, {first, first + static_cast<std::ptrdiff_t>(std::min(laws_together, parts.size() - from))}});
      }
    }
    std::vector<char> alive(values.size(), 0);
    for_each_chunk(batches.size(), 0,
                   [&](std::size_t i, unsigned) { mark_alive(values, batches[i].parts, batches[i].months, pass, alive); });
    std::vector<WrittenValue> left;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (alive[i] == 0) left.push_back(values[i]);
    }
    return left;
  }

  /// Some of the values, moved in one law: those that have moved nothing so far.
  struct Moved {
    law::Law law;
    std::vector<std::size_t> values;
    bool is_of_one = values.size() == 1;  ///< whatever moves, it moved it; else only the rules that name it tell
  };

  /// The values together where they can be told apart, each alone where the law refuses them so: thresholds that no longer rise, a part
  /// above 1. What is refused alone is left out.
  std::vector<Moved> laws_of(const std::vector<WrittenValue>& values, std::span<const std::size_t> together,
                             double factor) const {
    std::vector<const WrittenValue*> all;
    for (const std::size_t i : together) all.push_back(&values[i]);
    std::vector<Moved> out;
    if (auto law = law::load_law(moved(texts_, all, factor)).law) {
      out.push_back({std::move(*law), {together.begin(), together.end()}});
    } else if (together.size() > 1) {
      for (const std::size_t i : together) std::ranges::move(laws_of(values, {&i, 1}, factor), std::back_inserter(out));
    }
    return out;
  }

  void mark_alive(const std::vector<WrittenValue>& values, std::span<const std::vector<std::size_t>> parts,
                  std::span<const Month> months, const Pass& pass, std::vector<char>& alive) const {
    std::vector<Moved> changed;
    for (const std::vector<std::size_t>& part : parts)
      std::ranges::move(laws_of(values, part, pass.factor), std::back_inserter(changed));
    for (const Month month : months) {
      if (changed.empty()) return;
      const std::vector<plan::Request> requests = requests_of(values, changed, month, pass.by_their_rules);
      if (requests.empty()) continue;
      std::vector<const law::Law*> laws{&base_};
      for (const Moved& one : changed) laws.push_back(&one.law);
      const plan::Graph graph = plan::build_graph(laws, requests, people_);
      const std::vector<std::vector<double>> results = engine::run(plan::schedule(graph), people_, {.threads = 1});
      auto own = results.begin();
      for (Moved& one : changed) {
        own += static_cast<std::ptrdiff_t>(requests.size());
        std::erase_if(one.values, [&](std::size_t i) {
          const std::vector<std::string>& readers = values[i].readers;
          for (std::size_t r = 0; r < requests.size() && alive[i] == 0; ++r) {
            const bool tells = one.is_of_one || std::ranges::find(readers, requests[r].variable) != readers.end();
            if (tells && own[static_cast<std::ptrdiff_t>(r)] != results[r]) alive[i] = 1;
          }
          return alive[i] != 0;
        });
      }
      std::erase_if(changed, [](const Moved& one) { return one.values.empty(); });
    }
  }

  std::vector<plan::Request> requests_of(const std::vector<WrittenValue>& values, const std::vector<Moved>& changed, Month month,
                                         bool by_their_rules) const {
    std::vector<plan::Request> requests = rules_in_force(base_, month, true);
    if (by_their_rules) {
      std::set<std::string_view> readers;
      for (const Moved& one : changed)
        for (const std::size_t i : one.values) readers.insert(values[i].readers.begin(), values[i].readers.end());
      std::erase_if(requests, [&](const plan::Request& request) { return !readers.contains(request.variable); });
    }
    return requests;
  }

  std::vector<law::LawText> texts_;
  law::Law base_;
  RulesRead rules_;
  Population people_;
  Month first_;
  std::size_t total_ = 0, too_old_ = 0;
};

/// Lines "NAME: reason" of unmoved_values.txt; NAME is a parameter, or a place as printed by the test.
std::map<std::string, std::string> reasons() {
  std::map<std::string, std::string> listed;
  std::ifstream file(LABACCES_SOURCE_DIR "/tests/property/unmoved_values.txt");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (!line.empty() && line[0] != '#' && colon != std::string::npos) listed[line.substr(0, colon)] = line.substr(colon + 2);
  }
  return listed;
}

class DeadParameter : public testing::TestWithParam<const char*> {};

TEST_P(DeadParameter, every_value_of_the_law_moves_a_result) {
  const std::map<std::string, std::string> listed = reasons();
  DeadValues law(GetParam());
  std::size_t excused = 0;
  for (const std::string& place : law.find(listed)) {
    const bool known = listed.contains(place) || listed.contains(place.substr(0, place.find(' ')));
    excused += known ? 1 : 0;
    if (!known) ADD_FAILURE() << "nothing moves with " << place;
  }
  std::cout << GetParam() << ": " << law.total() << " values, " << law.too_old() << " older than the rules that read them, "
            << excused << " excused\n";
}

TEST(UnmovedValues, names_that_are_listed_exist) {
  std::set<std::string> names;
  for (const char* country : {"toy", "france"}) {
    const std::vector<law::LawText> texts = texts_of(country);
    for (const WrittenValue& value : values_written(law::load_law_or_throw(texts), texts)) {
      names.insert(value.name);
      names.insert(value.place);
    }
  }
  for (const auto& [name, reason] : reasons()) EXPECT_TRUE(names.contains(name)) << name;
}

INSTANTIATE_TEST_SUITE_P(Laws, DeadParameter, testing::Values("toy", "france"),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace labacces::property
