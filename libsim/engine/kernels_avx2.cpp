// The kernels for x86-64-v3 (AVX2).
#include "libsim/engine/kernel_loops.hpp"
#include "libsim/engine/kernel_sets.hpp"

namespace labacces::engine {
namespace {
struct InstructionSet {};
constexpr KernelTable table = make_kernel_table<InstructionSet>("avx2");
}  // namespace

const KernelTable& kernels_avx2() { return table; }

}  // namespace labacces::engine
