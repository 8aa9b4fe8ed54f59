/* special.c: tails by continued fraction, quantiles by Newton steps that a bracket keeps
   on the way. */
#include "kiosk/special.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static const double pi = 3.14159265358979323846;

enum {
    STEPS_MAX = 200,        /* of a quantile; a dozen are usual */
    FRACTION_MAX = 1000000, /* a beta of 10^9 answers takes about a hundred thousand */
    STIRLING_FROM = 16      /* five terms of the series are exact from here */
};

double normal_critical(double tail)
{
    /* The tail is convex right of 0, so Newton's steps from there rise to the root. */
    double z = 0;
    for (int i = 0; i < STEPS_MAX; i++) {
        double density = exp(-z * z / 2) / sqrt(2 * pi);
        double step = (erfc(z / sqrt(2)) / 2 - tail) / density;
        z += step;
        if (fabs(step) <= 1e-16 * z)
            break;
    }
    return z;
}

/* ---- terms of the binomial (Loader) ---- */

/* What Stirling's formula lacks of ln n!: δ with n! = √(2πn) (n/e)^n e^δ; the series is
   DLMF 5.11.1. Below, δ(n) = δ(n+1) + (n + ½) ln(1 + 1/n) − 1 leads up to it. */
static double stirling_error(double n)
{
    double below = 0;
    while (n < STIRLING_FROM) {
        below += (n + 0.5) * log1p(1 / n) - 1;
        n += 1;
    }
    double m = 1 / (n * n);
    double series = 1. / 1680 - m / 1188;
    series = 1. / 1260 - m * series;
    series = 1. / 360 - m * series;
    return below + (1. / 12 - m * series) / n;
}

/* x ln(x/m) + m − x without loss where x is near m: ln(x/m) = 2 artanh((x−m)/(x+m)). */
static double deviance(double x, double m)
{
    double v = (x - m) / (x + m);
    if (fabs(v) >= 0.1)
        return x * log(x / m) + m - x;
    double sum = (x - m) * v;
    double power = 2 * x * v;
    for (int j = 1; j < STEPS_MAX; j++) {
        power *= v * v;
        double longer = sum + power / (2 * j + 1);
        if (longer == sum)
            break;
        sum = longer;
    }
    return sum;
}

/* n ln q where q may be so near to 1 that only p has its digits. */
static double power_log(double n, double q, double p)
{
    return n * (q < 0.5 ? log(q) : log1p(-p));
}

double binomial_term(double k, double n, double p, double q)
{
    if (k == 0)
        return n == 0 ? 1 : exp(power_log(n, q, p));
    if (k == n)
        return exp(power_log(n, p, q));
    double error = stirling_error(n) - stirling_error(k) - stirling_error(n - k);
    double exponent = error - deviance(k, n * p) - deviance(n - k, n * q);
    return sqrt(n / (2 * pi * k * (n - k))) * exp(exponent);
}

/* ---- beta ---- */

/* x^a y^b / B(a, b): x y times the density. */
static double beta_front(double x, double y, double a, double b)
{
    return a * b / (a + b) * binomial_term(a, a + b, x, y);
}

static double away_from_zero(double value)
{
    return fabs(value) < 1e-300 ? 1e-300 : value;
}

/* A step of the fraction below. Divisions are what it costs: 1/(a + 2n + 1) serves this
   step and the next. */
struct step {
    double alpha;
    double beta;
    double inverse; /* 1/(a + 2n + 1) */
};

static struct step beta_step(
    double n, double x, double y, double a, double b, double before)
{
    double lambda = a * y - b * x; /* a − (a+b)x without its cancellation */
    double inverse = 1 / (a + 2 * n + 1);
    double falling = n * (b - n) * x;
    return (struct step){
        .alpha = (a + n - 1) * before * (a + b + n - 1) * (falling * x * before),
        .beta = n + falling * before + (a + n) * inverse * (lambda + 1 + n * (1 + y)),
        .inverse = inverse,
    };
}

/* I_x(a,b)/front = 1/(β₁ + α₂/(β₂ + α₃/(β₃ + …))), the even part of the continued
   fraction of DLMF 8.17.22 (A. Didonato, A. Morris, Algorithm 708, 1992), by
   Lentz's forward steps; for x below (a+1)/(a+b+2) it converges fast. */
static double beta_fraction(double x, double y, double a, double b)
{
    double value = a / (a + 1) * (a * y - b * x + 1);
    double numerator = value;
    double denominator = 0;
    double inverse = 1 / (a + 1);
    for (int n = 1; n < FRACTION_MAX; n++) {
        struct step step = beta_step(n, x, y, a, b, inverse);
        inverse = step.inverse;
        denominator = 1 / away_from_zero(step.beta + step.alpha * denominator);
        numerator = away_from_zero(step.beta + step.alpha / numerator);
        double factor = numerator * denominator;
        value *= factor;
        if (fabs(factor - 1) <= DBL_EPSILON)
            break;
    }
    return 1 / value;
}

double beta_below(double x, double y, double a, double b)
{
    if (x <= 0)
        return 0;
    if (y <= 0)
        return 1;
    double front = beta_front(x, y, a, b);
    if (x <= (a + 1) / (a + b + 2))
        return front * beta_fraction(x, y, a, b);
    return 1 - front * beta_fraction(y, x, b, a);
}

/* ---- quantiles ---- */

/* Where a normal distribution of the same mean and spread has it: some thousandths of the
   spread away from the root when there are many answers. */
static double beta_guess(double tail, double a, double b, double spread)
{
    double mean = a / (a + b);
    double reach = normal_critical(tail < 0.5 ? tail : 1 - tail) * spread;
    double guess = tail < 0.5 ? mean - reach : mean + reach;
    return guess > 0 && guess < 1 ? guess : mean;
}

/* Halley's steps: Newton's, bent by how the density itself changes, (a − 1)/x −
   (b − 1)/(1 − x) of it. A step below a millionth of the spread is the last one: the
   error after it is of its cube. Each costs a fraction of thousands of terms when there
   are millions of answers. */
double beta_quantile(double tail, double a, double b)
{
    double low = 0;
    double high = 1;
    double spread = sqrt(a * b / (a + b + 1)) / (a + b);
    double x = beta_guess(tail, a, b, spread);
    for (int i = 0; i < STEPS_MAX; i++) {
        double excess = beta_below(x, 1 - x, a, b) - tail;
        *(excess > 0 ? &high : &low) = x;
        double density = beta_front(x, 1 - x, a, b) / (x * (1 - x));
        double newton = excess / density;
        double bend = newton * ((a - 1) / x - (b - 1) / (1 - x)) / 2;
        double next = x - newton / (1 - fmax(-0.5, fmin(0.5, bend)));
        bool is_inside = next > low && next < high; /* false where there is no density */
        if (!is_inside)
            next = (low + high) / 2;
        double step = fabs(next - x);
        double scale = fmin(spread, fmin(x, 1 - x));
        x = next;
        if (step <= 2e-16 * x || low == high || (is_inside && step <= 1e-6 * scale))
            break;
    }
    return x;
}

double student_critical(double degrees, double tail)
{
    /* P(T > t) = ½ I_x(degrees/2, ½), x = degrees/(degrees + t²) (DLMF 8.17), is convex
       right of 0 and lies above the normal tail: Newton's steps rise to the root. */
    double t = normal_critical(tail);
    for (int i = 0; i < STEPS_MAX; i++) {
        double x = degrees / (degrees + t * t);
        double y = t * t / (degrees + t * t);
        double above = beta_below(x, y, degrees / 2, 0.5) / 2;
        double density = beta_front(x, y, degrees / 2, 0.5) / t;
        double step = (above - tail) / density;
        t += step;
        if (fabs(step) <= 1e-15 * t)
            break;
    }
    return t;
}
