#include "libsim/law/references.hpp"

#include <algorithm>
#include <unordered_set>

namespace labacces::law {

namespace {

constexpr std::int32_t far_away = 1'000'000;

/// The time at which a node is read.
struct When {
  MonthSet set;
  Offsets offsets;
  Month origin{};  ///< first month of the version
  bool operator==(const When&) const = default;
};

struct Visit {
  ExprId id;
  When when;
  bool operator==(const Visit&) const = default;
};

struct VisitHash {
  std::size_t operator()(const Visit& visit) const {
    std::size_t hash = static_cast<std::size_t>(visit.id);
    const auto mix = [&hash](std::int32_t value) { hash = hash * 1099511628211ULL + static_cast<std::uint32_t>(value); };
    mix(visit.when.set.months.begin.index);
    mix(visit.when.set.months.end.index);
    mix(visit.when.set.only);
    mix(visit.when.offsets.least);
    mix(visit.when.offsets.most);
    return hash;
  }
};

Month moved(Month month, std::int32_t by) { return month == never ? never : month + by; }

Offsets plus(Offsets offsets, std::int32_t least, std::int32_t most) {
  return Offsets{std::clamp(offsets.least + least, -far_away, far_away), std::clamp(offsets.most + most, -far_away, far_away)};
}

/// Months first .. last around each month of the set.
When around(When when, std::int32_t first, std::int32_t last) {
  when.set.months.begin = moved(when.set.months.begin, first);
  when.set.months.end = moved(when.set.months.end, last);
  when.offsets = plus(when.offsets, first, last);
  if (first != last) {
    when.set.only = 0;
  } else if (when.set.only != 0) {
    when.set.only = Month{when.set.only - 1 + first}.month();
  }
  return when;
}

/// Months from .. to (1..12) of the civil year `years` after the year of each month of the set.
When in_year(When when, std::int32_t years, std::int32_t from, std::int32_t to) {
  const std::int32_t only = when.set.only;
  const Month begin = when.set.next(when.set.months.begin);
  const std::int32_t earliest = only != 0 ? only : 1;
  const std::int32_t latest = only != 0 ? only : 12;
  when.offsets = plus(when.offsets, 12 * years + from - latest, 12 * years + to - earliest);
  when.set.months.begin = begin == never ? never : Month::of(begin.year() + years, from);
  if (when.set.months.end != never) {
    Month last = when.set.months.end - 1;
    if (only != 0) last = last - (last.month() - only + 12) % 12;
    when.set.months.end = Month::of(last.year() + years, to) + 1;
  }
  when.set.only = from == to ? from : 0;
  return when;
}

When at_month(When when, Month month) {
  // Seen from the months of the version, an absolute month lies ever further back.
  const std::int32_t most = month - when.origin;
  when.set = MonthSet{MonthInterval{month, month + 1}, 0};
  when.offsets = Offsets{-far_away, most};
  return when;
}

When moved_to(const When& when, const TimeRef& time) {
  switch (time.kind) {
    case TimeRef::Kind::months:
      return around(when, time.first, time.last);
    case TimeRef::Kind::month_of_year:
      return in_year(when, time.first, time.month, time.month);
    case TimeRef::Kind::absolute_month:
      return at_month(when, Month{time.first});
    case TimeRef::Kind::year:
      return in_year(when, time.first, 1, 1);
  }
  return when;
}

class Collector {
 public:
  Collector(const Law& law, VersionReferences& found) : law_(law), found_(found) {}

  void walk(ExprId id, const When& when) {
    if (id == no_expr) return;
    const Expr& node = law_.expr(id);
    if (node.kind == ExprKind::literal || node.kind == ExprKind::constant || node.kind == ExprKind::role) return;
    if (!seen_.insert(Visit{id, when}).second) return;
    switch (node.kind) {
      case ExprKind::param:
        add(Reference::Kind::param, node.index, id, when);
        return;
      case ExprKind::variable:
        add(Reference::Kind::variable, node.index, id, when);
        return;
      case ExprKind::table:
        add(Reference::Kind::table, node.index, id, when);
        break;
      case ExprKind::scale:
        add(Reference::Kind::scale, node.index, id, when);
        break;
      case ExprKind::shift:
        walk(node.a, moved_to(when, node.time));
        return;
      case ExprKind::window:
        walk(node.a, over(when, node.time));
        return;
      case ExprKind::binary:
        if (node.op == Op::divide) add(Reference::Kind::divisor, 0, node.b, when);
        break;
      case ExprKind::literal:
      case ExprKind::constant:
      case ExprKind::role:
      case ExprKind::unary:
      case ExprKind::choose:
      case ExprKind::call:
      case ExprKind::project:
      case ExprKind::aggregate:
      case ExprKind::rank:
        break;
    }
    walk(node.a, when);
    walk(node.b, when);
    walk(node.c, when);
    for (const ExprId arg : node.args) walk(arg, when);
  }

 private:
  static When over(const When& when, const TimeRef& time) {
    return time.kind == TimeRef::Kind::year ? in_year(when, time.first, 1, 12) : around(when, time.first, time.last);
  }

  void add(Reference::Kind kind, std::uint32_t index, ExprId node, const When& when) {
    found_.references.push_back(Reference{kind, index, node, when.set, when.offsets});
  }

  const Law& law_;
  VersionReferences& found_;
  std::unordered_set<Visit, VisitHash> seen_;
};

}  // namespace

Month MonthSet::next(Month from) const {
  Month month = std::max(from, months.begin);
  if (only != 0 && month != never) month = month + (only - month.month() + 12) % 12;
  return month < months.end ? month : never;
}

std::vector<VersionReferences> collect_references(const Law& law) {
  std::vector<VersionReferences> all;
  for (std::uint32_t i = 0; i < law.variables().size(); ++i) {
    const Variable& variable = law.variables()[i];
    for (std::size_t k = 0; k < variable.versions.size(); ++k) {
      const Version<RuleBody>& version = variable.versions[k];
      VersionReferences found;
      found.variable = i;
      found.version = k;
      found.months = MonthSet{version.in_force, variable.periodicity == Periodicity::yearly ? 1 : 0};
      if (found.months.next(version.in_force.begin) != never && version.value.expr != no_expr) {
        Collector(law, found).walk(version.value.expr, When{found.months, Offsets{}, version.in_force.begin});
      }
      all.push_back(std::move(found));
    }
  }
  return all;
}

}  // namespace labacces::law
