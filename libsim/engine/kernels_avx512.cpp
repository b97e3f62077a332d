// The kernels for x86-64-v4 (AVX-512).
#include "libsim/engine/kernel_loops.hpp"
#include "libsim/engine/kernel_sets.hpp"

namespace labacces::engine {
namespace {
struct InstructionSet {};
constexpr KernelTable table = make_kernel_table<InstructionSet>("avx512");
}  // namespace

const KernelTable& kernels_avx512() { return table; }

}  // namespace labacces::engine
