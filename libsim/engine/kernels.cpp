#include "libsim/engine/kernels.hpp"

#include <vector>

#include "libsim/engine/kernel_sets.hpp"

namespace labacces::engine {
namespace {

std::vector<const KernelTable*> tables_of_this_machine() {
  std::vector<const KernelTable*> tables{&kernels_portable()};
#if defined(__x86_64__)
  // What x86-64-v3 and -v4 hold beyond these comes with them on every processor made.
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vl");
  if (avx2) tables.push_back(&kernels_avx2());
  if (avx512) tables.push_back(&kernels_avx512());
#endif
  return tables;
}

}  // namespace

std::span<const KernelTable* const> kernel_tables() {
  static const std::vector<const KernelTable*> tables = tables_of_this_machine();
  return tables;
}

const KernelTable& kernels() { return *kernel_tables().back(); }

}  // namespace labacces::engine
