// The kernels for any processor.
#include "libsim/engine/kernel_loops.hpp"
#include "libsim/engine/kernel_sets.hpp"

namespace labacces::engine {
namespace {
struct InstructionSet {};
constexpr KernelTable table = make_kernel_table<InstructionSet>("portable");
}  // namespace

const KernelTable& kernels_portable() { return table; }

}  // namespace labacces::engine
