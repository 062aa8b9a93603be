// The rounds of SHA-256 by the processor's own instructions, where it has them.
#ifndef WORD2VEC_SHA256_H
#define WORD2VEC_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

/// Whether the processor has instructions for SHA-256.
static inline bool sha256_is_fast(void) {
  unsigned a, b, c, d;
  bool has_shuffles = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_1);
  return has_shuffles && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

/// Absorbs `count` blocks of 64 bytes: FIPS 180-4, section 6.2.2, four rounds at a time.
///
/// Only where `sha256_is_fast()`. The instructions keep the hash's words as abef and cdgh.
__attribute__((target("sha,sse4.1"))) static inline void sha256_absorb(
    uint32_t *hash, const uint8_t *blocks, size_t count, const uint32_t *round_constants) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i *halves = (__m128i *)hash;
  __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128(halves), 0xB1);
  __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(halves + 1), 0x1B);
  __m128i abef = _mm_alignr_epi8(badc, efgh, 8), cdgh = _mm_blend_epi16(efgh, badc, 0xF0);
  for (; count > 0; count--, blocks += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i w[4];  // the last sixteen words of the message schedule, a ring
    for (int i = 0; i < 4; i++)
      w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)blocks + i), big_endian);
#pragma unroll
    for (int i = 0; i < 16; i++) {
      const __m128i now = w[i % 4], last = w[(i + 3) % 4];
      __m128i sums =
          _mm_add_epi32(now, _mm_loadu_si128((const __m128i *)(round_constants + 4 * i)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sums);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sums, 0x0E));
      __m128i next = _mm_sha256msg1_epu32(now, w[(i + 1) % 4]);
      next = _mm_add_epi32(next, _mm_alignr_epi8(last, w[(i + 2) % 4], 4));
      w[i % 4] = _mm_sha256msg2_epu32(next, last);
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  const __m128i feba = _mm_shuffle_epi32(abef, 0x1B), dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128(halves, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(halves + 1, _mm_alignr_epi8(dchg, feba, 8));
}

#else

static inline bool sha256_is_fast(void) { return false; }
static inline void sha256_absorb(
    uint32_t *hash, const uint8_t *blocks, size_t count, const uint32_t *round_constants) {
  (void)hash, (void)blocks, (void)count, (void)round_constants;
}

#endif
#endif
