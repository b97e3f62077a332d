// Strongly connected components of a directed graph (Tarjan, without recursion).
#pragma once

#include <cstdint>
#include <vector>

namespace labacces::law {

struct Arrow {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

struct Components {
  std::vector<std::int32_t> of_node;  ///< -1: the node lies on no cycle
  std::size_t count = 0;
};

/// Components that hold a cycle: several nodes, or one with an arrow to itself. Numbered by their first node.
Components find_components(std::uint32_t nodes, const std::vector<Arrow>& arrows);

}  // namespace labacces::law
