// The tables of kernels that are compiled in; ask kernels() for one that this machine can run.
#pragma once

#include "libsim/engine/kernels.hpp"

namespace labacces::engine {

const KernelTable& kernels_portable();
const KernelTable& kernels_avx2();    ///< x86-64 only
const KernelTable& kernels_avx512();  ///< x86-64 only

}  // namespace labacces::engine
