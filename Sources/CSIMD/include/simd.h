// Operations on sixteen Floats that Swift's SIMD types run lane by lane, as static inline helpers.
//
// Each is exact or correctly rounded, so that its bits do not depend on the processor that the
// caller is compiled for.
#ifndef WORD2VEC_SIMD_H
#define WORD2VEC_SIMD_H

#pragma clang fp contract(off)  // a·b + c stays two roundings on every processor

#define SIMD_INLINE static inline __attribute__((always_inline))

typedef float simd_float16 __attribute__((ext_vector_type(16)));
typedef int simd_int16 __attribute__((ext_vector_type(16)));

/// The square root of each lane.
SIMD_INLINE simd_float16 simd_square_root(simd_float16 x) { return __builtin_elementwise_sqrt(x); }

/// The larger of two lanes.
SIMD_INLINE simd_float16 simd_maximum(simd_float16 x, simd_float16 y) {
  return __builtin_elementwise_max(x, y);
}

/// The smaller of two lanes.
SIMD_INLINE simd_float16 simd_minimum(simd_float16 x, simd_float16 y) {
  return __builtin_elementwise_min(x, y);
}

/// The smallest lane.
SIMD_INLINE float simd_smallest(simd_float16 x) { return __builtin_reduce_min(x); }

/// Lanes of `a` where `x` is below zero, of `b` elsewhere.
SIMD_INLINE simd_float16 simd_where_negative(simd_float16 x, simd_float16 a, simd_float16 b) {
  return x < 0 ? a : b;
}

/// Whether any lane of `x` is below zero.
SIMD_INLINE _Bool simd_any_negative(simd_float16 x) { return __builtin_reduce_or(x < 0) != 0; }

/// Whether any lane of `x` is `y`.
SIMD_INLINE _Bool simd_any_equal(simd_int16 x, int y) { return __builtin_reduce_or(x == y) != 0; }

/// `x · 2ⁿ`, where `n` holds whole numbers and neither `x` nor the result is subnormal.
SIMD_INLINE simd_float16 simd_scale(simd_float16 x, simd_float16 n) {
  union { simd_float16 f; simd_int16 i; } u = {x};
  u.i += __builtin_convertvector(n, simd_int16) << 23;
  return u.f;
}

/// The exponent of each lane, a whole number: ⌊log₂ x⌋ for a normal, positive `x`.
SIMD_INLINE simd_float16 simd_exponent(simd_float16 x) {
  union { simd_float16 f; simd_int16 i; } u = {x};
  return __builtin_convertvector((u.i >> 23) - 127, simd_float16);
}

/// Sums of neighbouring lanes: a₀+a₁, a₂+a₃, …, b₀+b₁, b₂+b₃, ….
SIMD_INLINE simd_float16 simd_pairwise_sum(simd_float16 a, simd_float16 b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30) +
         __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
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
