/* posterior.c: one beta variable beside another, integrated over the narrower of the
   two. A sum over the unseen would take a term a person. */
#include "kiosk/posterior.h"

#include "kiosk/special.h"

#include <math.h>

struct beta {
    double a;
    double b;
};

/* A point of the integral: x, y = 1 − x, and its weight. */
struct point {
    double x;
    double y;
    double weight;
};

/* How far from its mode, on the scale of ln(x/y), a beta variable spreads. */
static double spread(struct beta beta)
{
    return sqrt((beta.a + beta.b) / (beta.a * beta.b));
}

/* The point at a distance from the mode on that scale, where the density, its greatest
   value taken as 1, is e^(a·s − (a+b)·ln(x₀e^s + y₀)). */
static struct point point_at(struct beta beta, double distance)
{
    double x = beta.a / (beta.a + beta.b);
    double y = beta.b / (beta.a + beta.b);
    double growth = x * expm1(distance);
    double exponent = beta.a * distance - (beta.a + beta.b) * log1p(growth);
    return (struct point){
        .x = x * exp(distance) / (1 + growth), .y = y / (1 + growth), exp(exponent)};
}

/* P(low ≤ high) at one value of the narrower variable. */
static double chance_at(
    struct point at, struct beta wide, double (*chance)(struct point, struct beta))
{
    return at.weight * chance(at, wide);
}

static double chance_above(struct point at, struct beta wide)
{
    return beta_below(at.y, at.x, wide.b, wide.a);
}

static double chance_below(struct point at, struct beta wide)
{
    return beta_below(at.x, at.y, wide.a, wide.b);
}

/* The mean of a chance over a beta variable, by the trapezoid rule on the scale of
   ln(x/y): for smooth bells that die out at both ends its error falls exponentially with
   the number of points. With these steps it stays under 1e-12. */
static double mean_over(
    struct beta narrow, struct beta wide, double (*chance)(struct point, struct beta))
{
    double step = fmin(spread(narrow) / 2.5, 0.25);
    struct point mode = point_at(narrow, 0);
    double sum = chance_at(mode, wide, chance);
    double weights = mode.weight;
    for (int side = -1; side <= 1; side += 2) {
        double weight = 1;
        for (int i = 1; weight > 1e-14; i++) {
            struct point at = point_at(narrow, side * i * step);
            sum += chance_at(at, wide, chance);
            weights += at.weight;
            weight = at.weight;
        }
    }
    return sum / weights;
}

double posterior_reaches(int64_t x, int64_t n, int64_t population, int64_t needed)
{
    int64_t unseen = population - n;
    int64_t missing = needed - x; /* satisfied among the unseen */
    if (missing <= 0)
        return 1;
    if (missing > unseen)
        return 0;
    /* A binomial tail is a beta's: missing or more of the unseen are satisfied exactly
       if the share lies above a variable of Beta(missing, unseen − missing + 1). */
    struct beta share = {(double)x + 0.5, (double)(n - x) + 0.5};
    struct beta hurdle = {(double)missing, (double)(unseen - missing) + 1};
    if (spread(hurdle) < spread(share))
        return mean_over(hurdle, share, chance_above);
    return mean_over(share, hurdle, chance_below);
}

double posterior_share_reaches(int64_t x, int64_t n, double target)
{
    return beta_below(1 - target, target, (double)(n - x) + 0.5, (double)x + 0.5);
}
