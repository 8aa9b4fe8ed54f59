/* stats_explain.c: how a figure came about: the formula, the numbers put in, the steps.
   What is printed here is computed again from the same functions, so that a reader can
   follow with a pencil or another program. */
#include "web/command/stats.h"

#include "web/tr.h"

#include "kiosk/special.h"
#include "kiosk/tails.h"

#include <math.h>

/* ---- writing ---- */

void stats_say(
    struct stats *stats, const char *message, const struct text *arguments, size_t count)
{
    buffer_add_text(&stats->out,
        tr_format(stats->scratch, stats->call->language, message, arguments, count));
    buffer_add_char(&stats->out, '\n');
}

/* As few digits as tell the number apart from its neighbours are too many to read: 15. */
struct text stats_real(struct stats *stats, double number)
{
    if (isnan(number))
        return TEXT("–");
    return isinf(number) ? TEXT("∞") : text_format(stats->scratch, "%.15g", number);
}

struct text stats_whole(struct stats *stats, int64_t number)
{
    return number == NO_COUNT ? TEXT("–")
                              : text_format(stats->scratch, "%lld", (long long)number);
}

struct text stats_percent(struct stats *stats, int64_t bp)
{
    if (bp == NO_COUNT)
        return TEXT("–");
    return text_format(
        stats->scratch, "%lld.%02lld", (long long)(bp / 100), (long long)(bp % 100));
}

struct text stats_row_name(struct stats *stats, const struct stats_value *name)
{
    return name->is_given ? name->text : stats_whole(stats, stats->line);
}

struct text stats_word(struct stats *stats, const char *message)
{
    return text_of(tr(stats->call->language, message));
}

void stats_end_block(struct stats *stats)
{
    buffer_add_char(&stats->out, '\n');
}

/* ---- rate ---- */

static double at_least(const struct rate_input *in, int64_t satisfied)
{
    struct draw draw = {in->population, satisfied, in->n};
    bool can_be = satisfied >= in->x && satisfied <= in->population;
    return can_be ? draw_at_least(&draw, in->x) : 0;
}

static double at_most(const struct rate_input *in, int64_t satisfied)
{
    struct draw draw = {in->population, satisfied, in->n};
    bool can_be = satisfied >= 0 && satisfied <= in->population - (in->n - in->x);
    return can_be ? draw_at_most(&draw, in->x) : 0;
}

static void explain_exact(
    struct stats *stats, const struct rate_input *in, const struct rate *rate)
{
    struct text limit = stats_real(stats, confidence_tail(in->confidence_bp));
    if (rate->k_lo == NO_COUNT) {
        STATS_LINE(stats,
            N_("  Interval of Clopper and Pearson, as N bounds nothing: with P = {1} a "
               "result of x or more has the chance α/2 = {3}, with P = {2} one of x or "
               "fewer."),
            stats_real(stats, rate->exact.lo), stats_real(stats, rate->exact.hi), limit);
        return;
    }
    STATS_LINE(stats,
        N_("  Exact interval: X of n, drawn from N people of whom K are satisfied, is "
           "hypergeometric. α/2 = {1}."),
        limit);
    STATS_LINE(stats,
        N_("  K_lo = {1} is the smallest K with P(X ≥ x) > α/2: that is {2}, and {3} "
           "with "
           "one fewer."),
        stats_whole(stats, rate->k_lo), stats_real(stats, at_least(in, rate->k_lo)),
        stats_real(stats, at_least(in, rate->k_lo - 1)));
    STATS_LINE(stats,
        N_("  K_hi = {1} is the largest K with P(X ≤ x) > α/2: that is {2}, and {3} with "
           "one more."),
        stats_whole(stats, rate->k_hi), stats_real(stats, at_most(in, rate->k_hi)),
        stats_real(stats, at_most(in, rate->k_hi + 1)));
    STATS_LINE(stats, N_("  Interval [K_lo/N, K_hi/N] = [{1}, {2}]."),
        stats_real(stats, rate->exact.lo), stats_real(stats, rate->exact.hi));
    STATS_LINE(stats,
        N_("  Possible range, whatever the others think: [x/N, (x + N − n)/N] = [{1}, "
           "{2}]."),
        stats_real(stats, rate->bound.lo), stats_real(stats, rate->bound.hi));
}

static void explain_evidence(struct stats *stats, const struct rate *rate)
{
    if (rate->k_req == NO_COUNT)
        STATS_LINE(stats,
            N_("  With P = T: p_met = P(X ≥ x) = {1}, p_missed = P(X ≤ x) = {2} "
               "(binomial)."),
            stats_real(stats, rate->p_met), stats_real(stats, rate->p_missed));
    else
        STATS_LINE(stats,
            N_("  Needed: K_req = T·N, rounded up = {1}. p_met = P(X ≥ x) with K_req − 1 "
               "= "
               "{2}, p_missed = P(X ≤ x) with K_req = {3}."),
            stats_whole(stats, rate->k_req), stats_real(stats, rate->p_met),
            stats_real(stats, rate->p_missed));
    STATS_LINE(stats,
        N_("  prob_ge, by Jeffreys' prior (beta ½, ½) for those who did not answer: {1}. "
           "It "
           "decides nothing."),
        stats_real(stats, rate->prob_ge));
}

static void explain_verdict(
    struct stats *stats, const struct rate_input *in, const struct rate *rate)
{
    bool is_reached = 10000 * in->x >= in->target_bp * in->n;
    STATS_LINE(stats,
        N_("  Is the target reached? 10000·x = {1}, T·n = {2}, with T in hundredths of a "
           "percent: {3}."),
        stats_whole(stats, 10000 * in->x), stats_whole(stats, in->target_bp * in->n),
        stats_word(stats, is_reached ? N_("yes") : N_("no")));
    if ((rate->flags & FLAG_CENSUS) != 0)
        STATS_LINE(stats, N_("  Everybody answered, so that is the verdict: {1}."),
            text_of(verdict_word(rate->verdict)));
    else if (in->n < FIGURE_SMALL)
        STATS_LINE(stats, N_("  Fewer than {1} answers decide nothing: {2}."),
            stats_whole(stats, FIGURE_SMALL), text_of(verdict_word(rate->verdict)));
    else
        STATS_LINE(stats,
            N_("  Is it proven? {1} = {2}, allowed is at most {3}: {4}. Verdict: {5}."),
            is_reached ? TEXT("p_met") : TEXT("p_missed"),
            stats_real(stats, is_reached ? rate->p_met : rate->p_missed),
            stats_real(stats, confidence_tail(in->confidence_bp)),
            stats_word(
                stats, rate->verdict == VERDICT_MET || rate->verdict == VERDICT_MISSED
                           ? N_("yes")
                           : N_("no")),
            text_of(verdict_word(rate->verdict)));
}

void stats_explain_rate(struct stats *stats, const struct stats_value *name,
    const struct rate_input *in, const struct rate *rate)
{
    STATS_LINE(stats,
        N_("{1}: x = {2} satisfied of n = {3} answers, N = {4}, confidence {5} %, target "
           "T = {6} %."),
        stats_row_name(stats, name), stats_whole(stats, in->x), stats_whole(stats, in->n),
        stats_whole(stats, in->population), stats_percent(stats, in->confidence_bp),
        stats_percent(stats, in->target_bp));
    if (in->n == 0) {
        STATS_LINE(stats, N_("  Without answers there is no figure: {1}."),
            text_of(verdict_word(rate->verdict)));
        stats_end_block(stats);
        return;
    }
    STATS_LINE(stats, N_("  Rate p = x/n = {1}."), stats_real(stats, rate->p));
    explain_exact(stats, in, rate);
    STATS_LINE(stats,
        N_("  Wilson's interval, which combines strata: n* = n(N − 1)/(N − n) = {1} (n "
           "itself if N bounds nothing), [{2}, {3}] within the possible range."),
        stats_real(stats, rate->n_eff), stats_real(stats, rate->wilson.lo),
        stats_real(stats, rate->wilson.hi));
    explain_evidence(stats, rate);
    explain_verdict(stats, in, rate);
    STATS_LINE(stats,
        N_("  Printed: {1} % (half up, but never up to the target), interval {2}–{3} % "
           "(outwards)."),
        stats_percent(stats, rate->rate_bp), stats_percent(stats, rate->lo_bp),
        stats_percent(stats, rate->hi_bp));
    stats_end_block(stats);
}

/* ---- score ---- */

void stats_explain_score(struct stats *stats, const struct stats_value *name,
    const struct score_input *in, const struct score *score)
{
    STATS_LINE(stats, N_("{1}: actual a = {2} %, target T = {3} %, full marks F = {4}."),
        stats_row_name(stats, name), stats_percent(stats, in->actual_bp),
        stats_percent(stats, in->target_bp), stats_percent(stats, in->full_cp));
    STATS_LINE(stats, N_("  Completion a/T = {1} %, half up, not capped."),
        stats_percent(stats, score->completion_bp));
    if (in->actual_bp >= in->target_bp)
        STATS_LINE(stats, N_("  a ≥ T: full marks, {1}."),
            stats_percent(stats, score->score_cp));
    else if (in->floor_pct > 0 && score->score_cp == 0)
        STATS_LINE(stats, N_("  a/T is under the floor of {1} %: no points."),
            stats_whole(stats, in->floor_pct));
    else
        STATS_LINE(stats,
            N_("  a < T: (2·F·a + T) div 2T in hundredths of a point, less than F: {1}."),
            stats_percent(stats, score->score_cp));
    stats_end_block(stats);
}

/* ---- sample_size ---- */

void stats_explain_sample_size(struct stats *stats, const struct stats_value *name,
    const struct sample_size_input *in, const struct sample_size *size)
{
    double z = normal_critical(confidence_tail(in->confidence_bp));
    double endless = z * z * in->p * (1 - in->p) / (in->margin * in->margin);
    STATS_LINE(stats,
        N_("{1}: N = {2}, margin e = {3}, expected rate p = {4}, confidence {5} %, "
           "expected response {6}."),
        stats_row_name(stats, name), stats_whole(stats, in->population),
        stats_real(stats, in->margin), stats_real(stats, in->p),
        stats_percent(stats, in->confidence_bp), stats_real(stats, in->expected_share));
    STATS_LINE(stats, N_("  z = {1}; n0 = z²·p(1 − p)/e² = {2}."), stats_real(stats, z),
        stats_real(stats, endless));
    if (in->population != POPULATION_UNKNOWN)
        STATS_LINE(stats, N_("  Of N people: N·n0/(N − 1 + n0) = {1}."),
            stats_real(stats, size->n_raw));
    STATS_LINE(stats,
        N_("  Rounded up n = {1}; invitations n/response, rounded up, at most N: {2}."),
        stats_whole(stats, size->n), stats_whole(stats, size->invitations));
    stats_end_block(stats);
}

/* ---- change ---- */

static void explain_side(struct stats *stats, const char *message,
    const struct change_side *side, int confidence_bp)
{
    double p = (double)side->x / (double)side->n;
    double n = side->population >= side->n ? draw_effective(side->n, side->population)
                                           : (double)side->n;
    struct interval wilson = wilson_interval(p, n, confidence_bp);
    STATS_LINE(stats, message, stats_whole(stats, side->x), stats_whole(stats, side->n),
        stats_real(stats, p), stats_real(stats, n), stats_real(stats, wilson.lo),
        stats_real(stats, wilson.hi));
}

void stats_explain_change(struct stats *stats, const struct stats_value *name,
    const struct change_side sides[2], int confidence_bp, const struct change *change)
{
    STATS_LINE(stats, N_("{1}: two periods compared, confidence {2} %."),
        stats_row_name(stats, name), stats_percent(stats, confidence_bp));
    if (change->decision == CHANGE_NO_DATA) {
        STATS_LINE(stats, N_("  One of them has no answers: {1}."),
            text_of(change_word(change->decision)));
        stats_end_block(stats);
        return;
    }
    explain_side(stats,
        N_("  First: p₁ = {1}/{2} = {3}, n* = {4}, Wilson [l₁, u₁] = [{5}, {6}]."),
        &sides[0], confidence_bp);
    explain_side(stats,
        N_("  Second: p₂ = {1}/{2} = {3}, n* = {4}, Wilson [l₂, u₂] = [{5}, {6}]."),
        &sides[1], confidence_bp);
    STATS_LINE(stats,
        N_("  d = p₂ − p₁ = {1}; lo = d − √((p₂ − l₂)² + (u₁ − p₁)²) = {2}; hi = d + "
           "√((u₂ − "
           "p₂)² + (p₁ − l₁)²) = {3}."),
        stats_real(stats, change->difference), stats_real(stats, change->interval.lo),
        stats_real(stats, change->interval.hi));
    STATS_LINE(stats, N_("  Score test, for information: χ² = {1}, p-value = {2}."),
        stats_real(stats, change->chisq), stats_real(stats, change->p_value));
    STATS_LINE(stats,
        N_("  improved if lo > 0, declined if hi < 0; where everybody answered both "
           "times, "
           "a fact: {1}."),
        text_of(change_word(change->decision)));
    stats_end_block(stats);
}
