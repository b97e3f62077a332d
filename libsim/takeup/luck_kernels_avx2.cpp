// The loops of draws for x86-64-v3 (AVX2), four units at a time.
#include <immintrin.h>

#include "libsim/takeup/luck_loops.hpp"

namespace labacces::takeup {
namespace {

struct FourLanes {
  using Word = __m256i;
  static constexpr std::size_t width = 4;
  static Word load(const std::uint64_t* from) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)); }
  static Word all(std::uint64_t value) { return _mm256_set1_epi64x(static_cast<long long>(value)); }
  static Word product(Word a, Word b) { return _mm256_mul_epu32(a, b); }
  static Word above(Word a) { return _mm256_srli_epi64(a, 32); }
  static Word exclusive_or(Word a, Word b, Word c) { return _mm256_xor_si256(_mm256_xor_si256(a, c), b); }
  static Word bits_53(Word high, Word low) {
    return _mm256_srli_epi64(_mm256_blend_epi32(_mm256_slli_epi64(high, 32), low, 0x55), 11);
  }
  /// Both halves as doubles by their bits: 2^84 + high 2^32 and 2^52 + low; the sum of what is left is exact.
  static void store_uniforms(double* out, Word bits) {
    const __m256i high = _mm256_or_si256(_mm256_srli_epi64(bits, 32), _mm256_castpd_si256(_mm256_set1_pd(0x1p84)));
    const __m256i low = _mm256_blend_epi32(bits, _mm256_castpd_si256(_mm256_set1_pd(0x1p52)), 0xaa);
    const __m256d sum =
        _mm256_add_pd(_mm256_sub_pd(_mm256_castsi256_pd(high), _mm256_set1_pd(0x1p84 + 0x1p52)), _mm256_castsi256_pd(low));
    _mm256_storeu_pd(out, _mm256_mul_pd(sum, _mm256_set1_pd(0x1.0p-53)));
  }
  static void store_below(std::uint8_t* out, Word bits, Word thresholds) {
    // Both are at most 2^53, so that signs do not matter.
    const auto mask = static_cast<unsigned>(_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpgt_epi64(thresholds, bits))));
    const std::uint32_t bytes = (mask * 0x00204081U) & 0x01010101U;  // bit k of the mask to byte k
    __builtin_memcpy(out, &bytes, sizeof bytes);
  }
};

constexpr LuckKernels set = LuckLoops<FourLanes>::set("avx2");

}  // namespace

const LuckKernels& luck_kernels_avx2() { return set; }

}  // namespace labacces::takeup
