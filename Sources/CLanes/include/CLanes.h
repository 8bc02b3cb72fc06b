#ifndef CLANES_H
#define CLANES_H

#include <stddef.h>
#include <stdint.h>

/* Loops over many numbers at once, in the widest registers that the processor has. What they compute
   is arithmetic alone; formulas and limits stay with the scores. */

/* What is rounded, and how. */
typedef struct {
  double steps;     /* of the last decimal in 1 */
  double low, high; /* where the rounded value is held, in steps */
  double limit;     /* the greatest distance from a whole step that is sure */
  int32_t none;     /* what is written where the distance is greater, or the number NaN */
} lanes_rounding;

/* The loops in registers of one width. */
typedef struct {
  /* Natural logarithms within 2e-11, for normal numbers up to 2 to the 52nd; NaN for NaN and for what
     is not above zero. */
  void (*logarithms)(const double *numbers, double *results, size_t count);
  /* Rounds to whole steps; 1 where one was not sure, 0 where all were. */
  int (*round)(const double *numbers, int32_t *results, size_t count, lanes_rounding how);
} lanes;

/* The loops that run on this processor, the widest first; NULL past the last. */
const lanes *lanes_available(size_t place);

#endif
