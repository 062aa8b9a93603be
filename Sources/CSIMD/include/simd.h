// Operations on sixteen or eight Floats that Swift's SIMD types run lane by lane, as static inline
// helpers.
//
// Each is exact or correctly rounded, so that its bits do not depend on the processor that the
// caller is compiled for.
#ifndef WORD2VEC_SIMD_H
#define WORD2VEC_SIMD_H

#include <stdint.h>
#include <string.h>

#include "sha256.h"

#pragma clang fp contract(off)  // a·b + c stays two roundings on every processor

#pragma clang diagnostic ignored "-Wpsabi"  // all are inlined: no vector is ever passed

#define SIMD_INLINE static inline __attribute__((always_inline))

typedef float simd_float8 __attribute__((ext_vector_type(8)));
typedef float simd_float16 __attribute__((ext_vector_type(16)));
typedef int simd_int16 __attribute__((ext_vector_type(16)));
typedef signed char simd_char64 __attribute__((ext_vector_type(64)));
typedef _Bool simd_bool64 __attribute__((ext_vector_type(64)));

/// The square root of each lane.
SIMD_INLINE simd_float16 simd_square_root(simd_float16 x) { return __builtin_elementwise_sqrt(x); }

/// The larger of two lanes, none of them NaN.
SIMD_INLINE simd_float16 simd_maximum(simd_float16 x, simd_float16 y) { return x > y ? x : y; }

/// The smaller of two lanes, none of them NaN.
SIMD_INLINE simd_float16 simd_minimum(simd_float16 x, simd_float16 y) { return x < y ? x : y; }

/// The smallest lane of `x`, which has no NaN.
SIMD_INLINE float simd_smallest(simd_float16 x) {
  __auto_type eight = x.lo < x.hi ? x.lo : x.hi;
  __auto_type four = eight.lo < eight.hi ? eight.lo : eight.hi;
  __auto_type two = four.lo < four.hi ? four.lo : four.hi;
  return two.lo < two.hi ? two.lo : two.hi;
}

/// Lanes of `a` where `x` is below zero, of `b` elsewhere.
SIMD_INLINE simd_float16 simd_where_negative(simd_float16 x, simd_float16 a, simd_float16 b) {
  return x < 0 ? a : b;
}

/// Whether any lane of `x` is `y`.
SIMD_INLINE _Bool simd_any_equal(simd_int16 x, int y) { return __builtin_reduce_or(x == y) != 0; }

/// `x · 2ⁿ`, where `n` holds whole numbers and neither `x` nor the result is subnormal.
SIMD_INLINE simd_float16 simd_scale(simd_float16 x, simd_float16 n) {
  union { simd_float16 f; simd_int16 i; } u = {x};
  u.i += __builtin_convertvector(n, simd_int16) << 23;
  return u.f;
}

/// 1 in lanes of `x` below `y`, 0 elsewhere.
SIMD_INLINE simd_float16 simd_below(simd_int16 x, int y) {
  return -__builtin_convertvector(x < y, simd_float16);
}

/// Whole numbers as Floats.
SIMD_INLINE simd_float16 simd_to_float(simd_int16 x) {
  return __builtin_convertvector(x, simd_float16);
}

/// The first eight lanes.
SIMD_INLINE simd_float8 simd_low_half(simd_float16 x) {
  return __builtin_shufflevector(x, x, 0, 1, 2, 3, 4, 5, 6, 7);
}

/// The last eight lanes.
SIMD_INLINE simd_float8 simd_high_half(simd_float16 x) {
  return __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15);
}

/// Sixteen lanes folded to eight: lane i and lane i + 8 added.
SIMD_INLINE simd_float8 simd_fold(simd_float16 x) { return simd_low_half(x) + simd_high_half(x); }

/// Eight lanes, then eight more.
SIMD_INLINE simd_float16 simd_join(simd_float8 a, simd_float8 b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

/// Sums of neighbouring lanes: a₀+a₁, a₂+a₃, …, b₀+b₁, b₂+b₃, ….
SIMD_INLINE simd_float8 simd_pairwise_sum(simd_float8 a, simd_float8 b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14) +
         __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
}

/// A bit for each of 64 bytes: set where it is a space, a control character or beyond ASCII.
SIMD_INLINE uint64_t simd_not_plain(const uint8_t *bytes) {
  simd_char64 x;
  memcpy(&x, bytes, sizeof x);
  simd_bool64 is_below = __builtin_convertvector(x < 0x21, simd_bool64);  // beyond ASCII below zero
  uint64_t bits;
  memcpy(&bits, &is_below, sizeof bits);
  return bits;
}

/// Asks for the cache line at `address`, which will be read soon.
SIMD_INLINE void simd_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// Asks for the cache line at `address`, which will be written soon, for this processor alone.
SIMD_INLINE void simd_prefetch_to_write(const void *address) { __builtin_prefetch(address, 1, 3); }

/// Tells the processor that the caller spins on a variable.
SIMD_INLINE void simd_spin_hint(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
