/* stats_explain_sets.c: how the figures of several numbers came about: means, response
   rates, strata, trends, control charts, small groups. */
#include "web/command/stats.h"

#include "web/tr.h"

#include "kiosk/special.h"
#include "kiosk/suppress.h"

#include <math.h>

/* ---- mean ---- */

static struct text levels_words(struct stats *stats, const int64_t levels[LEVEL_COUNT])
{
    return text_format(stats->scratch, "%lld, %lld, %lld, %lld, %lld",
        (long long)levels[0], (long long)levels[1], (long long)levels[2],
        (long long)levels[3], (long long)levels[4]);
}

static struct text weights_words(struct stats *stats, const double weights[LEVEL_COUNT])
{
    return text_format(stats->scratch, "%.15g, %.15g, %.15g, %.15g, %.15g", weights[0],
        weights[1], weights[2], weights[3], weights[4]);
}

static void explain_spread(
    struct stats *stats, const struct mean_input *in, const struct mean *mean)
{
    bool is_bounded = in->population >= mean->n && !in->is_walk_in;
    double unseen =
        is_bounded ? (double)(in->population - mean->n) / (double)in->population : 1;
    STATS_LINE(stats,
        N_("  s = √(Σ c·(w − m)²/(n − 1)) = {1}; 1 − f = {2}; se = √((1 − f)·s²/n) = "
           "{3}."),
        stats_real(stats, mean->sd), stats_real(stats, unseen),
        stats_real(stats, mean->score.se));
    if ((mean->flags & FLAG_DEGENERATE) != 0)
        STATS_LINE(stats,
            N_("  All answers weigh the same, so there is no spread to reckon with: the "
               "interval comes from the exact bound of the rate, [{1}, {2}]."),
            stats_real(stats, mean->score.lo), stats_real(stats, mean->score.hi));
    else if (mean->df > 0)
        STATS_LINE(stats,
            N_("  t of {1} degrees of freedom = {2}; interval m ± t·se, within what is "
               "possible: [{3}, {4}]."),
            stats_whole(stats, mean->df),
            stats_real(stats,
                student_critical((double)mean->df, confidence_tail(in->confidence_bp))),
            stats_real(stats, mean->score.lo), stats_real(stats, mean->score.hi));
    else
        STATS_LINE(stats, N_("  One answer has no spread: no interval."), TEXT(""));
}

void stats_explain_mean(struct stats *stats, const struct stats_value *name,
    const struct mean_input *in, const struct mean *mean)
{
    STATS_LINE(stats,
        N_("{1}: answers of level 5 to 1: {2}; weights w: {3}; N = {4}, confidence {5} "
           "%, target {6}."),
        stats_row_name(stats, name), levels_words(stats, in->levels),
        weights_words(stats, in->weights), stats_whole(stats, in->population),
        stats_percent(stats, in->confidence_bp), stats_real(stats, in->target));
    if (mean->n == 0) {
        STATS_LINE(stats, N_("  Without answers there is no figure: {1}."),
            text_of(verdict_word(mean->verdict)));
        stats_end_block(stats);
        return;
    }
    STATS_LINE(stats, N_("  n = Σ c = {1}; score m = Σ w·c/n = {2}."),
        stats_whole(stats, mean->n), stats_real(stats, mean->score.value));
    explain_spread(stats, in, mean);
    STATS_LINE(stats,
        N_("  Net score: 100·(satisfied − dissatisfied)/n = {1}, se = {2}, [{3}, {4}]."),
        stats_real(stats, mean->net.value), stats_real(stats, mean->net.se),
        stats_real(stats, mean->net.lo), stats_real(stats, mean->net.hi));
    STATS_LINE(stats,
        N_("  met if the interval's low end reaches the target, missed if its high end "
           "does not: {1}."),
        text_of(verdict_word(mean->verdict)));
    stats_end_block(stats);
}

/* ---- response ---- */

void stats_explain_response(struct stats *stats, const struct stats_value *name,
    const struct response_input *in, const struct response *response)
{
    int64_t listed = in->complete + in->partial + in->refused + in->missed + in->other;
    STATS_LINE(stats,
        N_("{1}: I = {2}, P = {3}, R = {4}, NC = {5}, O = {6}, U = {7}, NE = {8}."),
        stats_row_name(stats, name), stats_whole(stats, in->complete),
        stats_whole(stats, in->partial), stats_whole(stats, in->refused),
        stats_whole(stats, in->missed), stats_whole(stats, in->other),
        stats_whole(stats, in->unknown), stats_whole(stats, in->ineligible));
    STATS_LINE(stats, N_("  D = I + P + R + NC + O = {1}; e = D/(D + NE) = {2}."),
        stats_whole(stats, listed), stats_real(stats, response->eligible));
    STATS_LINE(stats,
        N_("  RR1 = I/(D + U) = {1}; RR2 = (I + P)/(D + U) = {2}; RR3 = I/(D + e·U) = "
           "{3}; RR4 = (I + P)/(D + e·U) = {4}; RR5 = I/D = {5}; RR6 = (I + P)/D = {6}."),
        stats_real(stats, response->rr[0]), stats_real(stats, response->rr[1]),
        stats_real(stats, response->rr[2]), stats_real(stats, response->rr[3]),
        stats_real(stats, response->rr[4]), stats_real(stats, response->rr[5]));
    STATS_LINE(stats,
        N_("  COOP1 = I/(I + P + R + O) = {1}; COOP2 = (I + P)/(I + P + R + O) = {2}; "
           "REF1 = R/(D + U) = {3}; CON1 = (I + P + R + O)/(D + U) = {4}."),
        stats_real(stats, response->coop[0]), stats_real(stats, response->coop[1]),
        stats_real(stats, response->refusal), stats_real(stats, response->contact));
    STATS_LINE(stats,
        N_("  Participation: {1} valid answers of N = {2}: {3}; valid of the filled "
           "questionnaires I + P: {4}."),
        stats_whole(stats, in->valid), stats_whole(stats, in->population),
        stats_real(stats, response->participation),
        stats_real(stats, response->item_valid));
    stats_end_block(stats);
}

/* ---- strata ---- */

static void explain_stratum(struct stats *stats, const struct strata_input *in,
    const struct stratum *stratum, int64_t people)
{
    int64_t n = levels_sum(stratum->levels);
    int64_t x = levels_top(stratum->levels, in->measure);
    double weighs = (double)(stratum->population > n ? stratum->population : n);
    STATS_LINE(stats, N_("  {1}: N = {2}, n = {3}, x = {4}, W = {5}, p = {6}."),
        stratum->name, stats_whole(stats, stratum->population), stats_whole(stats, n),
        stats_whole(stats, x),
        stats_real(stats, people > 0 ? weighs / (double)people : (double)NAN),
        stats_real(stats, n > 0 ? (double)x / (double)n : (double)NAN));
}

static void explain_weighted(
    struct stats *stats, const struct strata_input *in, const struct strata *strata)
{
    double common = ((double)strata->x + 1) / ((double)strata->n + 2);
    struct interval wilson = wilson_interval(strata->p, strata->n_eff, in->confidence_bp);
    STATS_LINE(stats,
        N_("  p = Σ W·p = {1}; se = √(Σ W²·(1 − f)·p(1 − p)/(n − 1)) = {2}."),
        stats_real(stats, strata->p), stats_real(stats, strata->se));
    if ((strata->flags & FLAG_CENSUS) != 0) {
        STATS_LINE(stats,
            N_("  Everybody answered: the sums are the truth, no interval."), TEXT(""));
        return;
    }
    STATS_LINE(stats,
        N_("  Each share is drawn to the common p⁺ = (Σx + 1)/(Σn + 2) = {1} by two "
           "answers: p̃ = (x + 2p⁺)/(n + 2). a = W²/n*, n* = n(N − 1)/(N − n)."),
        stats_real(stats, common));
    STATS_LINE(stats,
        N_("  n_eff is the smaller of p̃(1 − p̃)/Σ a·p̃(1 − p̃) and Kish's 1/Σ a = {1}: "
           "{2}."),
        stats_real(stats, (double)strata->n / strata->deff_kish),
        stats_real(stats, strata->n_eff));
    STATS_LINE(stats,
        N_("  Wilson(p, n_eff) = [{1}, {2}], within the possible range [{3}, {4}]: [{5}, "
           "{6}]."),
        stats_real(stats, wilson.lo), stats_real(stats, wilson.hi),
        stats_real(stats, strata->bound.lo), stats_real(stats, strata->bound.hi),
        stats_real(stats, strata->interval.lo), stats_real(stats, strata->interval.hi));
}

static void explain_strata_verdict(struct stats *stats, const struct strata *strata)
{
    STATS_LINE(stats,
        N_("  Mean score: {1}, se = {2}, Student's interval with n − H degrees of "
           "freedom "
           "[{3}, {4}]."),
        stats_real(stats, strata->mean.value), stats_real(stats, strata->mean.se),
        stats_real(stats, strata->mean.lo), stats_real(stats, strata->mean.hi));
    STATS_LINE(stats,
        N_("  Share of the people in strata without answers: {1}; over 0.2 nothing is "
           "proven. Flags: {2}."),
        stats_real(stats, strata->uncovered),
        figure_flags_text(stats->scratch, strata->flags));
    STATS_LINE(stats,
        N_("  met if the interval's low end reaches the target, missed if its high end "
           "does not: {1}."),
        text_of(verdict_word(strata->verdict)));
}

void stats_explain_strata(struct stats *stats, const struct stats_value *name,
    const struct strata_input *in, const struct strata *strata)
{
    STATS_LINE(stats,
        N_("{1}: {2} strata, confidence {3} %, target T = {4} %. W = N/ΣN, with n for N "
           "where more answered."),
        stats_row_name(stats, name), stats_whole(stats, (int64_t)in->count),
        stats_percent(stats, in->confidence_bp), stats_percent(stats, in->target_bp));
    for (size_t i = 0; i < in->count; i++)
        explain_stratum(stats, in, &in->strata[i], strata->population);
    if (strata->n == 0) {
        STATS_LINE(stats, N_("  Without answers there is no figure: {1}."),
            text_of(verdict_word(strata->verdict)));
        stats_end_block(stats);
        return;
    }
    if (strata->collapsed.len > 0)
        STATS_LINE(stats,
            N_("  Without answers, or with one of several: merged into the nearest "
               "before, of its group first: {1}. {2} are left."),
            strata->collapsed, stats_whole(stats, (int64_t)strata->used));
    if (strata->is_single)
        STATS_LINE(stats,
            N_("  One population is left, so the exact interval of a rate: p = {1}, "
               "[{2}, "
               "{3}]; see `stats rate --explain`."),
            stats_real(stats, strata->p), stats_real(stats, strata->interval.lo),
            stats_real(stats, strata->interval.hi));
    else
        explain_weighted(stats, in, strata);
    explain_strata_verdict(stats, strata);
    stats_end_block(stats);
}

/* ---- trend ---- */

void stats_explain_trend(struct stats *stats, const struct stats_value *name,
    const struct change_side *periods, size_t count, const struct trend *trend)
{
    double n = 0, x = 0, times = 0;
    STATS_LINE(stats, N_("{1}: {2} periods, at t = 1, 2, …"), stats_row_name(stats, name),
        stats_whole(stats, (int64_t)count));
    for (size_t i = 0; i < count; i++) {
        n += (double)periods[i].n;
        x += (double)periods[i].x;
        times += (double)(i + 1) * (double)periods[i].n;
        STATS_LINE(stats, N_("  t = {1}: x/n = {2}/{3} = {4}."),
            stats_whole(stats, (int64_t)i + 1), stats_whole(stats, periods[i].x),
            stats_whole(stats, periods[i].n),
            stats_real(stats, periods[i].n > 0
                                  ? (double)periods[i].x / (double)periods[i].n
                                  : (double)NAN));
    }
    STATS_LINE(stats,
        N_("  p̄ = Σx/Σn = {1}; t̄ = Σ n·t/Σn = {2}; χ² = (Σ x·(t − t̄))²/(p̄(1 − p̄)·Σ n·(t "
           "− t̄)²) = {3} (Cochran, Armitage); p-value = {4}."),
        stats_real(stats, n > 0 ? x / n : (double)NAN),
        stats_real(stats, n > 0 ? times / n : (double)NAN),
        stats_real(stats, trend->chisq), stats_real(stats, trend->p_value));
    STATS_LINE(stats, N_("  Direction: {1} (1 rising, −1 falling, 0 neither)."),
        stats_real(stats, trend->direction));
    stats_end_block(stats);
}

/* ---- pchart ---- */

static void explain_point(struct stats *stats, struct text last_week, size_t number,
    const struct pchart_point *point)
{
    STATS_LINE(stats,
        N_("  Point {1}, up to {2}: x/n = {3}/{4}; lines p̄ ± 3√(p̄(1 − p̄)/n) = [{5}, "
           "{6}]; P(X ≤ x) = {7}; rules {8}: {9}."),
        stats_whole(stats, (int64_t)number), last_week, stats_whole(stats, point->x),
        stats_whole(stats, point->n), stats_real(stats, point->lower),
        stats_real(stats, point->upper), stats_real(stats, point->tail),
        text_format(stats->scratch, "%d %d %d", point->rules[PCHART_FAR],
            point->rules[PCHART_TWICE], point->rules[PCHART_RUN]),
        text_of(pchart_word(point->alert)));
}

void stats_explain_pchart(struct stats *stats, const struct stats_value *name,
    const struct text *names, size_t baseline, const struct pchart *chart)
{
    STATS_LINE(stats,
        N_("{1}: baseline of {2} weeks, weeks of fewer than {3} answers put together "
           "with "
           "the next. p̄ = Σx/Σn of the baseline = {4}."),
        stats_row_name(stats, name), stats_whole(stats, (int64_t)baseline),
        stats_whole(stats, PCHART_LEAST), stats_real(stats, chart->center));
    STATS_LINE(stats,
        N_("  Rules, on the exact binomial chance: 1 under 0.00135 (red); 2 under "
           "0.02275, "
           "and one of the two points before as well (amber); 3 the eighth point in a "
           "row under p̄ (amber)."),
        TEXT(""));
    for (size_t i = 0; i < chart->count; i++)
        explain_point(stats, names[chart->points[i].last_week], i + 1, &chart->points[i]);
    stats_end_block(stats);
}

/* ---- suppress ---- */

void stats_explain_suppress(struct stats *stats, const struct stats_value *name,
    const struct stats_groups *groups)
{
    int64_t together = 0;
    size_t hidden_count = 0;
    STATS_LINE(stats, N_("{1}: {2} groups, k = {3}."), stats_row_name(stats, name),
        stats_whole(stats, (int64_t)groups->count), stats_whole(stats, groups->k));
    for (size_t i = 0; i < groups->count; i++) {
        const char *message = N_("  {1}: n = {2}, shown.");
        if (group_is_small(groups->n[i], groups->k))
            message = N_("  {1}: n = {2}, fewer than k: hidden.");
        else if (groups->hidden[i])
            message = N_("  {1}: n = {2}, hidden as a cover: the hidden ones were one "
                         "alone, or together fewer than k.");
        together += groups->hidden[i] ? groups->n[i] : 0;
        hidden_count += groups->hidden[i];
        STATS_LINE(stats, message, groups->names[i], stats_whole(stats, groups->n[i]));
    }
    STATS_LINE(stats, N_("  Hidden: {1} groups, together {2} answers; their sum: {3}."),
        stats_whole(stats, (int64_t)hidden_count), stats_whole(stats, together),
        stats_word(stats, groups->is_parent_hidden ? N_("hidden too") : N_("shown")));
    stats_end_block(stats);
}
