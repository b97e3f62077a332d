// Graphs and plans as text, with the names of the law.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/plan/graph.hpp"
#include "libsim/plan/plan.hpp"

namespace labacces::plan {

/// The law's word for an operation: "+", "max", "sum over members".
std::string_view name_of(NodeOp op);

/// "rsa 2024-01", "rsa 2023-11 (seen from 2024-01)", "rsa 2024-01: droit" (a let), "rfr 2022"; "#2" follows with several laws
/// when it is of the second.
std::string text_of(const NodeName& name, std::span<const law::Law* const> laws);

/// References of what is named: of the version used, else of the rule, else of its program.
law::References references_of(const NodeName& name, std::span<const law::Law* const> laws);

/// What one law says stands behind a name: "from 2017-01-01" for a rule's version, "input", "given", "before the first month".
std::string origin_of(const NodeName& name, std::span<const law::Law* const> laws);

/// One line a node that an output needs, operands before use: number, operation, level, names and references.
std::string print_graph(const Graph& graph, std::span<const law::Law* const> laws);

/// One line an instruction: register, operation, level and names; then the outputs and the counts by level.
std::string print_plan(const Graph& graph, const Plan& plan, std::span<const law::Law* const> laws);

}  // namespace labacces::plan
