// The one thing Swift cannot say: a vector as wide as this CPU's registers and
// a multiply-add that is one instruction. The standard library's SIMD types
// compile `addingProduct` to a function call per lane, 40 times slower.
#pragma once

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#if defined(__AVX512F__)
#define VECTOR_WIDTH 16
#elif defined(__AVX2__) && defined(__FMA__)
#define VECTOR_WIDTH 8
#else
#define VECTOR_WIDTH 4
#endif

// Whether 28 running sums and their operands fit into the registers: there are
// 32 or 16 of them. A function, because Swift would warn about the branch that
// a constant never takes; the optimizer sees through it all the same.
static inline _Bool hasManyRegisters(void) {
#if defined(__AVX512F__) || defined(__aarch64__)
  return 1;
#else
  return 0;
#endif
}

// Whether a multiply-add is one instruction, rounded once.
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
#define VECTOR_FUSES 1
#else
#define VECTOR_FUSES 0
#endif

typedef float Vector __attribute__((ext_vector_type(VECTOR_WIDTH)));

/// Copies: a vector in memory need not be aligned.
static inline __attribute__((always_inline)) Vector
load(const float *source) {
  Vector vector;
  __builtin_memcpy(&vector, source, sizeof vector);
  return vector;
}

static inline __attribute__((always_inline)) void
save(Vector vector, float *target) {
  __builtin_memcpy(target, &vector, sizeof vector);
}

/// a * b + c, rounded once where the hardware can.
static inline __attribute__((always_inline)) Vector
fusedMultiplyAdd(Vector a, Vector b, Vector c) {
#if VECTOR_FUSES
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}

static inline __attribute__((always_inline)) Vector
squareRoot(Vector a) {
  return __builtin_elementwise_sqrt(a);
}

static inline __attribute__((always_inline)) Vector
quotient(Vector a, Vector b) {
  return a / b;
}

static inline __attribute__((always_inline)) Vector
product(Vector a, Vector b) {
  return a * b;
}

static inline __attribute__((always_inline)) Vector
sum(Vector a, Vector b) {
  return a + b;
}

static inline __attribute__((always_inline)) Vector
difference(Vector a, Vector b) {
  return a - b;
}

/// The lanes whose byte is `key`; zero in the others.
static inline __attribute__((always_inline)) Vector
whereEqual(Vector values, const unsigned char *bytes, int key) {
  typedef unsigned char Bytes __attribute__((ext_vector_type(VECTOR_WIDTH)));
  typedef int Lanes __attribute__((ext_vector_type(VECTOR_WIDTH)));
  Bytes loaded;
  __builtin_memcpy(&loaded, bytes, sizeof loaded);
  Lanes chosen = __builtin_convertvector(loaded, Lanes) == key;
  return (Vector)((Lanes)values & chosen);
}

/// One bit a lane: whether it is not zero.
static inline __attribute__((always_inline)) unsigned
nonZeroLanes(Vector vector) {
  typedef _Bool Lanes __attribute__((ext_vector_type(VECTOR_WIDTH)));
  Lanes lanes = __builtin_convertvector(vector != 0, Lanes);
#if VECTOR_WIDTH == 16
  unsigned short bits;
#else
  unsigned char bits;
#endif
  __builtin_memcpy(&bits, &lanes, sizeof bits);
  return bits & ((1u << VECTOR_WIDTH) - 1);
}

/// Tells the core that this is a loop that waits, so that it leaves power, and
/// the other thread of the same core its units.
static inline void pauseWaiting(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// Has the C library keep memory that was freed, up to 128 MB, instead of giving
/// it back and asking for it again at every step. With a layer that sees the
/// whole batch a training step has activations so large that fetching fresh
/// pages took a quarter of the time (39.6 s an epoch, 29.9 with this). Only
/// glibc gives memory back so readily.
static inline void keepFreedMemory(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 128 << 20);
#endif
}

/// The same as `fusedMultiplyAdd` for one number.
static inline __attribute__((always_inline)) float
scalarMultiplyAdd(float a, float b, float c) {
#if VECTOR_FUSES
  return __builtin_fmaf(a, b, c);
#else
  return a * b + c;
#endif
}
