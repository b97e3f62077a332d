// The loops of draws for x86-64-v4 (AVX-512), eight units at a time.
#include <immintrin.h>

#include "libsim/takeup/luck_loops.hpp"

namespace labacces::takeup {
namespace {

struct EightLanes {
  using Word = __m512i;
  static constexpr std::size_t width = 8;
  static Word load(const std::uint64_t* from) { return _mm512_loadu_si512(from); }
  static Word all(std::uint64_t value) { return _mm512_set1_epi64(static_cast<long long>(value)); }
  static Word product(Word a, Word b) { return _mm512_mul_epu32(a, b); }
  static Word above(Word a) { return _mm512_srli_epi64(a, 32); }
  static Word exclusive_or(Word a, Word b, Word c) { return _mm512_ternarylogic_epi64(a, b, c, 0x96); }
  static Word bits_53(Word high, Word low) {
    return _mm512_srli_epi64(_mm512_mask_mov_epi32(_mm512_slli_epi64(high, 32), 0x5555, low), 11);
  }
  static void store_uniforms(double* out, Word bits) {
    _mm512_storeu_pd(out, _mm512_mul_pd(_mm512_cvtepu64_pd(bits), _mm512_set1_pd(0x1.0p-53)));
  }
  static void store_below(std::uint8_t* out, Word bits, Word thresholds) {
    const __m128i bytes = _mm_maskz_set1_epi8(_mm512_cmplt_epu64_mask(bits, thresholds), 1);
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out), bytes);
  }
};

constexpr LuckKernels set = LuckLoops<EightLanes>::set("avx512");

}  // namespace

const LuckKernels& luck_kernels_avx512() { return set; }

}  // namespace labacces::takeup
