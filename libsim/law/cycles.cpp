#include "libsim/law/cycles.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "libsim/law/components.hpp"

namespace labacces::law {

namespace {

constexpr std::int32_t months_of_a_year = 12;

/// A rule version that reads a rule.
struct Edge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  Offsets offsets;
  MonthInterval in_force;
  ExprId node = no_expr;
  bool same_month() const { return offsets == Offsets{}; }
};

using Path = std::vector<const Edge*>;

class CycleCheck {
 public:
  CycleCheck(const Law& law, const Findings& findings) : law_(law), findings_(findings) {}

  /// All edges lie inside one component.
  void check(const std::vector<Edge>& edges) {
    std::vector<const Edge*> all;
    all.reserve(edges.size());
    for (const Edge& edge : edges) all.push_back(&edge);
    if (!find_cycle(all).empty() && report_cycle(edges)) return;
    check_past(edges);
  }

 private:
  std::string name(std::uint32_t variable) const { return law_.variables()[variable].name; }

  /// Edges on which a cycle in force around `month` could run.
  static std::vector<const Edge*> active(const std::vector<Edge>& edges, Month month) {
    std::vector<const Edge*> chosen;
    for (const Edge& edge : edges) {
      const std::int32_t reach = edge.same_month() ? 0 : months_of_a_year;
      const bool begun = edge.in_force.begin <= month + reach;
      if (begun && (edge.in_force.end == never || month - reach < edge.in_force.end)) chosen.push_back(&edge);
    }
    return chosen;
  }

  /// A cycle whose months do not go back, or an empty path.
  static Path find_cycle(const std::vector<const Edge*>& edges) {
    const bool forward = std::any_of(edges.begin(), edges.end(), [](const Edge* edge) { return edge->offsets.most > 0; });
    return forward ? find_longest(edges) : find_same_month(edges);
  }

  /// Without an edge into later months only edges of offset 0 can close such a cycle: a depth-first search.
  static Path find_same_month(const std::vector<const Edge*>& edges) {
    std::unordered_map<std::uint32_t, std::vector<const Edge*>> out;
    std::vector<std::uint32_t> starts;
    for (const Edge* edge : edges) {
      if (edge->offsets.most != 0) continue;
      out[edge->from].push_back(edge);
      starts.push_back(edge->from);
    }
    std::unordered_map<std::uint32_t, int> state;  // 1 open, 2 done
    for (const std::uint32_t start : starts) {
      if (state[start] != 0) continue;
      Path path;
      std::vector<std::pair<std::uint32_t, std::size_t>> stack{{start, 0}};
      state[start] = 1;
      while (!stack.empty()) {
        auto& [node, next] = stack.back();
        const auto found = out.find(node);
        if (found == out.end() || next >= found->second.size()) {
          state[node] = 2;
          stack.pop_back();
          if (!path.empty()) path.pop_back();
          continue;
        }
        const Edge* const edge = found->second[next++];
        if (state[edge->to] == 2) continue;
        path.push_back(edge);
        if (state[edge->to] == 1) {
          const auto first = std::find_if(path.begin(), path.end(), [&](const Edge* step) { return step->from == edge->to; });
          return Path(first, path.end());
        }
        state[edge->to] = 1;
        stack.emplace_back(edge->to, 0);
      }
    }
    return {};
  }

  /// Longest paths (Bellman-Ford): a cycle that still grows does not go back in time.
  static Path find_longest(const std::vector<const Edge*>& edges) {
    struct Reached {
      std::int64_t distance = 0;
      const Edge* by = nullptr;
    };
    std::unordered_map<std::uint32_t, Reached> reached;
    for (const Edge* edge : edges) {
      reached.try_emplace(edge->from);
      reached.try_emplace(edge->to);
    }
    const auto scale = static_cast<std::int64_t>(edges.size()) + 1;
    std::uint32_t grown = 0;
    bool grows = true;
    for (std::size_t round = 0; grows && round <= reached.size(); ++round) {
      grows = false;
      for (const Edge* edge : edges) {
        const std::int64_t distance = reached[edge->from].distance + edge->offsets.most * scale + 1;
        if (distance <= reached[edge->to].distance) continue;
        reached[edge->to] = Reached{distance, edge};
        grown = edge->to;
        grows = true;
      }
    }
    if (!grows) return {};
    for (std::size_t i = 0; i < reached.size(); ++i) grown = reached[grown].by->from;  // onto the cycle itself
    Path path;
    std::uint32_t at = grown;
    do {
      path.push_back(reached[at].by);
      at = path.back()->from;
    } while (at != grown);
    std::reverse(path.begin(), path.end());
    return path;
  }

  bool report_cycle(const std::vector<Edge>& edges) {
    std::set<Month> months;
    for (const Edge& edge : edges) months.insert(edge.in_force.begin);
    for (const Month month : months) {
      Path path = find_cycle(active(edges, month));
      if (path.empty()) continue;
      const auto first =
          std::min_element(path.begin(), path.end(), [](const Edge* a, const Edge* b) { return a->from < b->from; });
      std::rotate(path.begin(), first, path.end());
      std::string text = name(path.front()->from);
      bool same = true;
      for (const Edge* edge : path) {
        text += " -> " + name(edge->to);
        same = same && edge->same_month();
      }
      Diagnostic& diagnostic = findings_.error(
          law_.expr(path.front()->node).span,
          same ? "rule '" + name(path.front()->from) + "' needs itself in the same month (" + to_string(month) + "): " + text
               : "rule '" + name(path.front()->from) + "' needs itself in the same or a later month (" + to_string(month) +
                     "): " + text,
          "read one of them at month -1, with 'past' in its rule");
      for (std::size_t i = 1; i < path.size(); ++i) {
        findings_.note(diagnostic, law_.expr(path[i]->node).span,
                       "'" + name(path[i]->from) + "' reads '" + name(path[i]->to) + "' here");
      }
      return true;
    }
    return false;
  }

  void check_past(const std::vector<Edge>& edges) {
    std::set<std::uint32_t> told;
    for (const Edge& edge : edges) {
      if (edge.offsets.least >= 0 || law_.variables()[edge.to].past || !told.insert(edge.to).second) continue;
      std::int32_t months = -edge.offsets.least;
      constexpr std::int32_t longest = 120;
      if (months > longest) months = months_of_a_year;
      findings_.error(law_.expr(edge.node).span,
                      "rule '" + name(edge.to) + "' is read in an earlier month and depends on '" + name(edge.from) +
                          "' itself (" + way_back(edges, edge) + "): it must say how far back it goes",
                      "write in rule '" + name(edge.to) + "': past " + std::to_string(months) + " months start 0");
    }
  }

  /// "a -> b -> a": over `edge`, and the shortest way from its target back.
  std::string way_back(const std::vector<Edge>& edges, const Edge& edge) const {
    std::unordered_map<std::uint32_t, std::uint32_t> came_from{{edge.to, edge.to}};
    std::vector<std::uint32_t> waiting{edge.to};
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> out;
    for (const Edge& other : edges) out[other.from].push_back(other.to);
    for (std::size_t i = 0; i < waiting.size() && !came_from.contains(edge.from); ++i) {
      for (const std::uint32_t next : out[waiting[i]]) {
        if (came_from.emplace(next, waiting[i]).second) waiting.push_back(next);
      }
    }
    std::vector<std::uint32_t> nodes{edge.from};
    while (nodes.back() != edge.to) nodes.push_back(came_from[nodes.back()]);
    std::string text = name(edge.from);
    for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) text += " -> " + name(*node);
    return text;
  }

  const Law& law_;
  const Findings& findings_;
};

}  // namespace

void check_cycles(LawBuilder& law, const std::vector<VersionReferences>& references, const Findings& findings) {
  std::vector<Edge> edges;
  for (const VersionReferences& version : references) {
    const MonthInterval in_force = law.law().variables()[version.variable].versions[version.version].in_force;
    for (const Reference& reference : version.references) {
      if (reference.kind != Reference::Kind::variable || law.law().variables()[reference.index].is_input) continue;
      edges.push_back(Edge{version.variable, reference.index, reference.offsets, in_force, reference.node});
    }
  }
  std::vector<Arrow> arrows;
  arrows.reserve(edges.size());
  for (const Edge& edge : edges) arrows.push_back(Arrow{edge.from, edge.to});
  const Components components = find_components(static_cast<std::uint32_t>(law.law().variables().size()), arrows);
  for (std::uint32_t i = 0; i < components.of_node.size(); ++i) law.variable(i).component = components.of_node[i];
  law.set_component_count(components.count);
  std::vector<std::vector<Edge>> inside(components.count);
  for (const Edge& edge : edges) {
    const std::int32_t component = components.of_node[edge.from];
    if (component >= 0 && component == components.of_node[edge.to]) inside[static_cast<std::size_t>(component)].push_back(edge);
  }
  CycleCheck check(law.law(), findings);
  for (const std::vector<Edge>& component : inside) check.check(component);
}

}  // namespace labacces::law
