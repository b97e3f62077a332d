// Lets, expanded in place, and roles of persons.
#include <algorithm>

#include "libsim/law/checker.hpp"

namespace labacces::law {

namespace {

constexpr ValueType yes_no_type{ValueKind::yes_no, {}, -1};

std::string roles_of(Level level) {
  std::string names;
  for (const RoleSet& set : role_sets) {
    if (set.level == level) names += (names.empty() ? "" : ", ") + std::string(set.name);
  }
  return names;
}

std::string quoted(std::string_view word) { return "'" + std::string(word) + "'"; }

}  // namespace

bool Checker::let_has_free_member(const ast::Let& let) {
  const auto [place, is_new] = free_member_.emplace(&let, 0);
  if (is_new && depth_ < deepest_tree) {
    ++depth_;
    const int found = has_free_member(let.expr) ? 1 : 0;
    --depth_;
    free_member_[&let] = found;
    return found == 1;
  }
  return place->second == 1;
}

bool Checker::has_free_member(ast::ExprId id) {
  std::vector<ast::ExprId> waiting{id};
  while (!waiting.empty()) {
    const ast::ExprId next = waiting.back();
    waiting.pop_back();
    if (next == ast::no_expr) continue;
    const ast::Expr& node = text_.file->expr(next);
    if (node.kind == ast::ExprKind::aggregate) continue;
    if (node.kind == ast::ExprKind::name) {
      if (node.text == "member" || node.text.starts_with("member.")) return true;
      const ast::Let* const let = find_let(node.text);
      if (let != nullptr && let_has_free_member(*let)) return true;
    }
    waiting.insert(waiting.end(), {node.a, node.b, node.c});
    waiting.insert(waiting.end(), node.args.begin(), node.args.end());
  }
  return false;
}

Checked Checker::expand_let(const ast::Let& let, const Context& context, Hint hint) {
  used_lets_.insert(&let);
  if (std::find(open_lets_.begin(), open_lets_.end(), &let) != open_lets_.end()) {
    fail(let.name.span, "let '" + let.name.text + "' is written with itself");
    return {};
  }
  const bool enumeration = hint != nullptr && hint->kind == ValueKind::enumeration;
  if (context.in_members && !let_has_free_member(let)) {
    Context outside = context;
    outside.in_members = false;
    outside.rank_group.reset();
    const Checked own = expand_let(let, outside, hint);
    if (!own) return {};
    Checked value = project(own.id, Level::individu, context.rule_level);
    value.flexible = own.flexible;
    return value;
  }
  const LetKey key{&let, context.in_members, context.rank_group ? static_cast<std::int32_t>(index_of(*context.rank_group)) : -1,
                   context.by_year, enumeration ? hint->enumeration : -1};
  const auto found = lets_.find(key);
  if (found != lets_.end()) return found->second;
  open_lets_.push_back(&let);
  const Checked checked = check(let.expr, context, enumeration ? hint : nullptr);
  open_lets_.pop_back();
  if (checked.flexible) return checked;  // takes another measure in another place
  lets_.emplace(key, checked);
  const bool listed = std::any_of(used_.begin(), used_.end(), [&](const Let& used) { return used.name == let.name.text; });
  if (checked && !listed) used_.push_back(Let{let.name.text, checked.id});
  return checked;
}

std::optional<RoleSet> Checker::find_role(const Path& path, bool of_member, const Context& context) {
  if (path.parts.size() == 1) {
    const std::string& word = path.parts[0];
    if (!of_member && !context.rank_group) {
      fail(path.span, "which group? A person has a role in each of the three", "write the group: self is famille." + word);
      return std::nullopt;
    }
    const Level group = context.rank_group ? *context.rank_group : context.rule_level;
    if (const auto role = role_named(group, word)) return role;
    fail(path.span, quoted(word) + " is no role of a " + std::string(name_of(group)), "its roles: " + roles_of(group));
    return std::nullopt;
  }
  const auto group = level_named(path.parts[0]);
  if (path.parts.size() != 2 || !group || !is_group(*group)) {
    fail(path.span, "a role is written ROLE or GROUP.ROLE", "for instance famille.enfant");
    return std::nullopt;
  }
  if (const auto role = role_named(*group, path.parts[1])) return role;
  fail(path.part_span(1), quoted(path.parts[1]) + " is no role of a " + path.parts[0], "its roles: " + roles_of(*group));
  return std::nullopt;
}

Checked Checker::check_role(const ast::Expr& written, const Context& context) {
  const ast::Expr& subject = text_.file->expr(written.a);
  const bool member = subject.kind == ast::ExprKind::name && subject.text == "member";
  const bool self = subject.kind == ast::ExprKind::name && subject.text == "self";
  if (!member && !self) {
    fail(subject.span, "only 'member' (in an aggregate) or 'self' (in a rule of individu) has a role", "write member is ...");
    return {};
  }
  const bool in_person_rule = context.rule_level == Level::individu;
  if (member && !context.in_members && !context.rank_group) {
    fail(subject.span, "'member' stands only inside an aggregate over members",
         in_person_rule ? "write self is GROUP.ROLE" : "write any(member is ...)");
    return {};
  }
  if (self && !in_person_rule) {
    fail(subject.span, "'self' stands only in rules of individu",
         context.in_members ? "write member is ..." : "write any(member is ...)");
    return {};
  }
  const auto role = find_role(path_of(written.text, written.text_span), member, context);
  if (!role) return {};
  Expr node;
  node.kind = ExprKind::role;
  node.level = Level::individu;
  node.from = role->level;
  node.type = yes_no_type;
  node.number = role->roles;
  node.span = written.span;
  return Checked{law_.add(std::move(node)), false};
}

}  // namespace labacces::law
