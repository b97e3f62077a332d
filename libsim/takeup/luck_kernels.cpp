#include "libsim/takeup/luck_kernels.hpp"

#include <algorithm>
#include <vector>

#include "libsim/engine/kernels.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

std::vector<const LuckKernels*> sets_of_this_machine() {
  std::vector<const LuckKernels*> sets;
  // The engine has looked at the processor.
  for (const engine::KernelTable* table : engine::kernel_tables()) {
    if (table->name == "portable") sets.push_back(&luck_kernels_portable());
#if defined(__x86_64__)
    if (table->name == "avx2") sets.push_back(&luck_kernels_avx2());
    if (table->name == "avx512") sets.push_back(&luck_kernels_avx512());
#endif
  }
  return sets;
}

}  // namespace

double score_of_uniform(double uniform) noexcept { return normal_quantile(std::min(uniform + 0x1.0p-54, 1.0 - 0x1.0p-53)); }

std::span<const LuckKernels* const> luck_kernel_sets() {
  static const std::vector<const LuckKernels*> sets = sets_of_this_machine();
  return sets;
}

const LuckKernels& luck_kernels() { return *luck_kernel_sets().back(); }

}  // namespace labacces::takeup
