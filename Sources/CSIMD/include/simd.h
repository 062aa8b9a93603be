// Vector operations that Swift's SIMD types run lane by lane, as static inline helpers.
//
// Every operation here is correctly rounded or exact, so that its bits do not depend on the
// processor that the caller is compiled for.
#ifndef WORD2VEC_SIMD_H
#define WORD2VEC_SIMD_H

#pragma clang fp contract(off)  // a·b + c stays two roundings on every processor

typedef float simd_float16 __attribute__((ext_vector_type(16)));

/// The square root of each lane, correctly rounded.
static inline __attribute__((always_inline)) simd_float16 simd_square_root(simd_float16 x) {
  return __builtin_elementwise_sqrt(x);
}

/// The larger of two lanes.
static inline __attribute__((always_inline)) simd_float16 simd_maximum(simd_float16 x, simd_float16 y) {
  return __builtin_elementwise_max(x, y);
}

/// The smaller of two lanes.
static inline __attribute__((always_inline)) simd_float16 simd_minimum(simd_float16 x, simd_float16 y) {
  return __builtin_elementwise_min(x, y);
}

/// Asks for the cache line at `address`, which will be read soon.
static inline __attribute__((always_inline)) void simd_prefetch(const void *address) {
  __builtin_prefetch(address, 0, 3);
}

#endif
