#include "CLanes.h"
#include <math.h>
#include <string.h>

#define always inline __attribute__((always_inline))

static always double from_bits(uint64_t bits) {
  double number;
  memcpy(&number, &bits, sizeof number);
  return number;
}

static always uint64_t to_bits(double number) {
  uint64_t bits;
  memcpy(&bits, &number, sizeof bits);
  return bits;
}

/* A number is taken apart into m times a power of two, m from the root of 1/2 to that of 2, and with
   s = (m - 1) / (m + 1), at most 0.1716, ln m = 2 (s + s^3/3 + s^5/5 + ...). What is left out from
   s^13 on is at most 2 s^13 / 13 / (1 - s^2) = 1.8e-11; rounding adds less than 1e-14. */
static always double logarithm(double number) {
  const uint64_t one = 0x3FF0000000000000, root = 0x3FE6A09E667F3BCD;
  uint64_t bits = to_bits(number);
  /* The border between two exponents is moved from 1 to the root of 1/2. */
  uint64_t exponent = (bits + (one - root)) >> 52;
  double mantissa = from_bits(bits - (exponent << 52) + one);
  /* An integer below 2^52 put behind the point of 2^52 becomes a number without a conversion. */
  double power = from_bits(exponent | 0x4330000000000000) - (0x1p52 + 1023);
  double s = (mantissa - 1) / (mantissa + 1);
  double z = s * s;
  double series =
      2.0 + z * (2.0 / 3 + z * (2.0 / 5 + z * (2.0 / 7 + z * (2.0 / 9 + z * (2.0 / 11)))));
  double value = power * 0x1.62e42fefa39efp-1 + s * series;
  return number > 0 ? value : NAN;
}

static always void logarithms(const double *numbers, double *results, size_t count) {
  for (size_t row = 0; row < count; row++) results[row] = logarithm(numbers[row]);
}

static always int rounded(
    const double *numbers, int32_t *results, size_t count, lanes_rounding how) {
  int32_t open = 0;
  for (size_t row = 0; row < count; row++) {
    double value = numbers[row] * how.steps;
    /* Adding 1.5 times 2^52 leaves no place for a fraction. */
    double nearest = (value + 0x1.8p52) - 0x1.8p52;
    int sure = fabs(value - nearest) <= how.limit;
    double raised = nearest < how.low ? how.low : nearest;
    double held = raised > how.high ? how.high : raised;
    /* The whole number stands in the low bits. */
    int32_t whole = (int32_t)(uint32_t)to_bits(held + 0x1.8p52);
    results[row] = sure ? whole : how.none;
    open |= !sure;
  }
  return open;
}

/* Each loop is compiled for the base of the processor's family and for what newer ones have. */
#define compiled_for(suffix, features)                                                              \
  features static void logarithms_##suffix(const double *numbers, double *results, size_t count) { \
    logarithms(numbers, results, count);                                                            \
  }                                                                                                 \
  features static int rounded_##suffix(                                                             \
      const double *numbers, int32_t *results, size_t count, lanes_rounding how) {                  \
    return rounded(numbers, results, count, how);                                                   \
  }                                                                                                 \
  static const lanes suffix = {logarithms_##suffix, rounded_##suffix}

compiled_for(base, );

#if defined(__x86_64__)
compiled_for(avx2, __attribute__((target("avx2,fma"))));
compiled_for(avx512, __attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))));

const lanes *lanes_available(size_t place) {
  const lanes *available[4] = {0};
  size_t count = 0;
  int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (has_avx2 && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    available[count++] = &avx512;
  if (has_avx2) available[count++] = &avx2;
  available[count++] = &base;
  return place < count ? available[place] : NULL;
}
#else
const lanes *lanes_available(size_t place) { return place == 0 ? &base : NULL; }
#endif
