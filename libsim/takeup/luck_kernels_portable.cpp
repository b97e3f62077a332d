// The loops of draws for any processor, one unit at a time.
#include "libsim/takeup/luck_loops.hpp"

namespace labacces::takeup {
namespace {

struct OneLane {
  using Word = std::uint64_t;
  static constexpr std::size_t width = 1;
  static Word load(const std::uint64_t* from) { return *from; }
  static Word all(std::uint64_t value) { return value; }
  static Word product(Word a, Word b) { return (a & 0xffffffffU) * (b & 0xffffffffU); }
  static Word above(Word a) { return a >> 32U; }
  static Word exclusive_or(Word a, Word b, Word c) { return a ^ b ^ c; }
  static Word bits_53(Word high, Word low) { return ((high << 32U) | (low & 0xffffffffU)) >> 11U; }
  static void store_uniforms(double* out, Word bits) { *out = static_cast<double>(bits) * 0x1.0p-53; }
  static void store_below(std::uint8_t* out, Word bits, Word thresholds) { *out = bits < thresholds ? 1 : 0; }
};

constexpr LuckKernels set = LuckLoops<OneLane>::set("portable");

}  // namespace

const LuckKernels& luck_kernels_portable() { return set; }

}  // namespace labacces::takeup
