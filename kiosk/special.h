#pragma once
/* special.h: the distributions that intervals are made of: normal, Student, beta and the
   terms of the binomial, to the last digits of a double also for a thousand million
   answers. Tails are computed as tails, never as 1 minus nearly 1. Sources: DLMF is the
   NIST Digital Library of Mathematical Functions; Loader is C. Loader, Fast and Accurate
   Computation of Binomial Probabilities, 2000. Thread-safe: everything is computed from
   the arguments. */

/* z with P(Z > z) = tail for a standard normal Z; 0 < tail ≤ ½. */
double normal_critical(double tail);

/* t with P(T > t) = tail for Student's T; 0 < tail < ½, degrees ≥ 1. */
double student_critical(double degrees, double tail);

/* n!/(k!(n−k)!) p^k q^(n−k), also between whole numbers (by the gamma function);
   0 ≤ k ≤ n, q = 1 − p given apart so that neither loses its digits. */
double binomial_term(double k, double n, double p, double q);

/* P(B ≤ x) for a beta variable B, a, b > 0; y = 1 − x. P(B > x) is beta_below(y, x, b,
 * a).
 */
double beta_below(double x, double y, double a, double b);

/* x with P(B ≤ x) = tail; 0 < tail < 1. */
double beta_quantile(double tail, double a, double b);
