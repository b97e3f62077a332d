#include "libsim/law/totality.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "libsim/law/value_range.hpp"
#include "libsim/law/versions.hpp"

namespace labacces::law {

namespace {

constexpr std::int64_t lowest_key = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t highest_key = std::numeric_limits<std::int32_t>::max();

struct Keys {
  std::int64_t first = lowest_key;
  std::int64_t last = highest_key;
};

Keys keys_of(ValueRange range) {
  const auto bounded = [](double value) {
    return static_cast<std::int64_t>(
        std::clamp(std::floor(value), static_cast<double>(lowest_key), static_cast<double>(highest_key)));
  };
  return {bounded(range.least), bounded(range.most)};
}

/// The first key of `keys` in none of the intervals, sorted here by their first key.
std::optional<std::int64_t> first_missing(std::vector<Keys> intervals, Keys keys) {
  std::sort(intervals.begin(), intervals.end(), [](const Keys& a, const Keys& b) { return a.first < b.first; });
  std::int64_t next = keys.first;
  for (const Keys& interval : intervals) {
    if (interval.first > next) break;
    next = std::max(next, interval.last + 1);
  }
  return next > keys.last ? std::nullopt : std::optional<std::int64_t>(next);
}

/// A pair of keys without a row: the second is tried wherever the rows change along the first.
std::optional<std::pair<std::int64_t, std::int64_t>> missing_pair(const std::vector<TableRow>& rows, Keys first, Keys second) {
  std::set<std::int64_t> starts{first.first};
  for (const TableRow& row : rows) {
    for (const std::int64_t start : {std::int64_t{row.first1}, std::int64_t{row.last1} + 1}) {
      if (start > first.first && start <= first.last) starts.insert(start);
    }
  }
  for (const std::int64_t start : starts) {
    std::vector<Keys> intervals;
    for (const TableRow& row : rows) {
      if (row.first1 <= start && start <= row.last1) intervals.push_back({row.first2, row.last2});
    }
    if (const auto missing = first_missing(std::move(intervals), second)) return std::pair{start, *missing};
  }
  return std::nullopt;
}

/// Value of a tree of literals and parameters in a month; nothing when a parameter is not in force.
std::optional<double> value_in(const Law& law, ExprId id, Month month) {
  const Expr& node = law.expr(id);
  switch (node.kind) {
    case ExprKind::literal:
      return node.number;
    case ExprKind::param: {
      const auto* const version = Law::in_force(law.params()[node.index].versions, month);
      return version == nullptr ? std::nullopt : std::optional<double>(version->value);
    }
    case ExprKind::unary: {
      const auto a = value_in(law, node.a, month);
      return a ? std::optional<double>(-*a) : a;
    }
    case ExprKind::call: {
      const auto a = value_in(law, node.args[0], month);
      if (!a) return a;
      return node.function == Function::monthly ? *a / 12.0 : *a * 12.0;
    }
    case ExprKind::shift: {
      if (node.time.kind == TimeRef::Kind::months) return value_in(law, node.a, month + node.time.first);
      if (node.time.kind == TimeRef::Kind::absolute_month) return value_in(law, node.a, Month{node.time.first});
      const int of_year = node.time.kind == TimeRef::Kind::year ? 1 : node.time.month;
      return value_in(law, node.a, Month::of(month.year() + node.time.first, of_year));
    }
    default:
      break;
  }
  const auto a = value_in(law, node.a, month);
  const auto b = value_in(law, node.b, month);
  if (!a || !b) return std::nullopt;
  if (node.op == Op::add) return *a + *b;
  if (node.op == Op::subtract) return *a - *b;
  return node.op == Op::multiply ? *a * *b : *a / *b;
}

/// Months in which the value of such a tree may change.
std::vector<Month> changes_of(const Law& law, ExprId id) {
  const Expr& node = law.expr(id);
  std::vector<Month> months;
  if (node.kind == ExprKind::param) {
    for (const Version<double>& version : law.params()[node.index].versions) months.push_back(version.in_force.begin);
    return months;
  }
  for (const ExprId child : {node.a, node.b, node.kind == ExprKind::call ? node.args[0] : no_expr}) {
    if (child == no_expr) continue;
    const std::vector<Month> inner = changes_of(law, child);
    months.insert(months.end(), inner.begin(), inner.end());
  }
  if (node.kind != ExprKind::shift) return months;
  if (node.time.kind == TimeRef::Kind::absolute_month) return {};
  std::vector<Month> moved;
  for (const Month month : months) {
    if (node.time.kind == TimeRef::Kind::months) {
      moved.push_back(month - node.time.first);
    } else {
      moved.push_back(Month::of(month.year() - node.time.first, 1));
      moved.push_back(Month::of(month.year() - node.time.first + 1, 1));
    }
  }
  return moved;
}

class Check {
 public:
  Check(const Law& law, const Findings& findings) : law_(law), findings_(findings), ranges_(law) {}

  void check(const Reference& reference) {
    if (reference.kind == Reference::Kind::divisor) check_divisor(reference);
    if (reference.kind == Reference::Kind::table && law_.expr(reference.node).c == no_expr) check_table(reference);
  }

 private:
  void check_divisor(const Reference& reference) {
    std::vector<Month> months = changes_of(law_, reference.node);
    months.push_back(reference.months.months.begin);
    std::sort(months.begin(), months.end());
    for (const Month change : months) {
      const Month month = reference.months.next(change);
      if (month == never) continue;
      const auto value = value_in(law_, reference.node, month);
      if (!value || (*value != 0.0 && std::isfinite(*value))) continue;
      if (!told_.insert(reference.node).second) return;
      const bool literal = law_.expr(reference.node).kind == ExprKind::literal;
      findings_.error(law_.expr(reference.node).span, "this divisor is 0" + (literal ? std::string() : " in " + to_string(month)),
                      "write divide(a, b, otherwise)");
      return;
    }
  }

  std::string key_text(const Table& table, std::size_t key, std::int64_t value) const {
    if (table.key_enums[key] >= 0)
      return law_.enums()[static_cast<std::size_t>(table.key_enums[key])].items[static_cast<std::size_t>(value)];
    if (value == lowest_key) return table.key_names[key] + " below its first row";
    return std::to_string(value);
  }

  void check_table(const Reference& reference) {
    const Expr& node = law_.expr(reference.node);
    const Table& table = law_.tables()[node.index];
    Keys first = keys_of(ranges_.of(node.args[0]));
    Keys second = node.args.size() > 1 ? keys_of(ranges_.of(node.args[1])) : Keys{0, 0};
    for (const Version<std::vector<TableRow>>& version : table.versions) {
      const MonthSet& set = reference.months;
      const Month read = set.next(version.in_force.begin);
      if (read == never || !version.in_force.contains(read)) continue;
      const auto missing = missing_pair(version.value, first, second);
      if (!missing) continue;
      if (!told_.insert(reference.node).second) return;
      std::string keys = key_text(table, 0, missing->first);
      if (node.args.size() > 1) keys += ", " + key_text(table, 1, missing->second);
      Diagnostic& diagnostic = findings_.error(
          node.span, "table '" + table.name + "' has no row for " + keys + " (version of " + to_string(version.since) + ")",
          "write lookup(table, key, otherwise), or bound the key with clamp");
      findings_.note(diagnostic, version.span, "the rows of that version");
      return;
    }
  }

  const Law& law_;
  const Findings& findings_;
  RangeFinder ranges_;
  std::set<ExprId> told_;
};

}  // namespace

void check_totality(const Law& law, const std::vector<VersionReferences>& references, const Findings& findings) {
  Check check(law, findings);
  for (const VersionReferences& version : references) {
    for (const Reference& reference : version.references) check.check(reference);
  }
}

}  // namespace labacces::law
