#include "libsim/law/completeness.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "libsim/law/versions.hpp"

namespace labacces::law {

namespace {

/// The version in force in `month`, or nullptr. Versions are sorted.
template <typename T>
const Version<T>* holding(const std::vector<Version<T>>& versions, Month month) {
  auto after = std::upper_bound(versions.begin(), versions.end(), month,
                                [](Month m, const Version<T>& v) { return m < v.in_force.begin; });
  while (after != versions.begin()) {
    --after;
    if (after->in_force.contains(month)) return &*after;
    if (after->in_force.begin < after->in_force.end) return nullptr;
  }
  return nullptr;
}

/// The first stretch of months of the set in which no version is in force.
template <typename T>
std::optional<MonthInterval> first_gap(const std::vector<Version<T>>& versions, const MonthSet& set) {
  Month month = set.next(set.months.begin);
  while (month != never) {
    const Version<T>* const version = holding(versions, month);
    if (version == nullptr) {
      MonthInterval gap{month, set.months.end};
      for (const Version<T>& other : versions) {
        const MonthInterval in_force = other.in_force;
        if (in_force.begin > month && in_force.begin < in_force.end) gap.end = std::min(gap.end, in_force.begin);
      }
      return gap;
    }
    const Month end = version->in_force.end;
    month = end == never ? never : set.next(end);
  }
  return std::nullopt;
}

struct Target {
  std::string text;  ///< "param 'rsa.montant_de_base'"
  std::vector<MonthInterval> versions;
  Span span;
};

class Check {
 public:
  Check(const Law& law, const Findings& findings) : law_(law), findings_(findings) {}

  void check(const VersionReferences& version) {
    for (const Reference& reference : version.references) {
      if (reference.kind == Reference::Kind::divisor) continue;
      if (reference.kind == Reference::Kind::variable && law_.variables()[reference.index].is_input) continue;
      check(version, reference);
    }
  }

 private:
  Target target_of(const Reference& reference) const {
    switch (reference.kind) {
      case Reference::Kind::param: {
        const Param& param = law_.params()[reference.index];
        return {"param '" + param.name + "'", intervals_of(param.versions), param.span};
      }
      case Reference::Kind::table: {
        const Table& table = law_.tables()[reference.index];
        return {"table '" + table.name + "'", intervals_of(table.versions), table.span};
      }
      case Reference::Kind::scale: {
        const Scale& scale = law_.scales()[reference.index];
        return {"scale '" + scale.name + "'", intervals_of(scale.versions), scale.span};
      }
      case Reference::Kind::variable:
      case Reference::Kind::divisor:
        break;
    }
    const Variable& variable = law_.variables()[reference.index];
    return {"rule '" + variable.name + "'", intervals_of(variable.versions), variable.span};
  }

  std::optional<MonthInterval> gap_of(const Reference& reference, const MonthSet& set) const {
    switch (reference.kind) {
      case Reference::Kind::param:
        return first_gap(law_.params()[reference.index].versions, set);
      case Reference::Kind::table:
        return first_gap(law_.tables()[reference.index].versions, set);
      case Reference::Kind::scale:
        return first_gap(law_.scales()[reference.index].versions, set);
      case Reference::Kind::variable:
        return first_gap(law_.variables()[reference.index].versions, set);
      case Reference::Kind::divisor:
        break;
    }
    return std::nullopt;
  }

  /// Months before the first version of a rule of the same component have its start value.
  MonthSet needed(const VersionReferences& version, const Reference& reference) const {
    MonthSet set = reference.months;
    if (reference.kind != Reference::Kind::variable || reference.offsets.least >= 0) return set;
    const Variable& rule = law_.variables()[version.variable];
    const Variable& target = law_.variables()[reference.index];
    // Without `past` this reading is an error already.
    if (target.component >= 0 && target.component == rule.component && !target.versions.empty()) {
      set.months.begin = std::max(set.months.begin, target.versions.front().in_force.begin);
    }
    return set;
  }

  void check(const VersionReferences& version, const Reference& reference) {
    const auto gap = gap_of(reference, needed(version, reference));
    if (!gap || !told_.insert({version.variable, static_cast<int>(reference.kind), reference.index}).second) return;
    const Target target = target_of(reference);
    const Variable& rule = law_.variables()[version.variable];
    const std::string since = to_string(rule.versions[version.version].since);
    std::string months = describe(*gap);
    if (reference.months.only != 0 && gap->end - gap->begin > 1) months = "in " + to_string(gap->begin) + " and after";
    Diagnostic& diagnostic =
        findings_.error(law_.expr(reference.node).span, target.text + " is not in force " + months + ", and rule '" + rule.name +
                                                            "' (version of " + since +
                                                            ") reads it then: " + nearest_version(target.versions, gap->begin));
    findings_.note(diagnostic, target.span, "declared here");
  }

  const Law& law_;
  const Findings& findings_;
  std::set<std::tuple<std::uint32_t, int, std::uint32_t>> told_;
};

}  // namespace

void check_completeness(const Law& law, const std::vector<VersionReferences>& references, const Findings& findings) {
  Check check(law, findings);
  for (const VersionReferences& version : references) check.check(version);
}

}  // namespace labacces::law
