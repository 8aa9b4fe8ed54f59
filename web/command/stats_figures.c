/* stats_figures.c: the tables of one population, a figure a row: rate, mean, score. */
#include "web/command/stats.h"

#include "kiosk/mean.h"
#include "kiosk/rate.h"
#include "kiosk/score.h"

#define COUNT_MAX WAVE_POPULATION_MAX
#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

const struct stats_table *const stats_tables[] = {&stats_rate, &stats_mean, &stats_strata,
    &stats_sample_size, &stats_change, &stats_trend, &stats_pchart, &stats_suppress,
    &stats_suppress2, &stats_score, &stats_response, NULL};

/* What is not a count is refused where it is read, so this is about counts that do not
   fit together. */
static void complain_of_row(struct stats *stats)
{
    stats_complain(stats, N_("These numbers don't fit together."), TEXT(""), TEXT(""));
}

/* ---- rate ---- */

enum { RATE_ID, RATE_X, RATE_N, RATE_POPULATION, RATE_WALK_IN, RATE_CONF, RATE_TARGET };

static const struct stats_column rate_columns[] = {
    [RATE_ID] = {"id", "case", CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    [RATE_X] = {"x", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    [RATE_N] = {"n", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    [RATE_POPULATION] = {"N", NULL, CELL_COUNT, MAY_BE_EMPTY, 0, COUNT_MAX},
    [RATE_WALK_IN] = {"walk_in", NULL, CELL_COUNT, MAY_BE_EMPTY, 0, 1},
    [RATE_CONF] = {"conf", "confidence", CELL_CONFIDENCE, MAY_BE_EMPTY, 0, 0},
    [RATE_TARGET] = {"target_bp", NULL, CELL_COUNT, MAY_BE_EMPTY, 1, 10000},
};

static void put_interval(struct stats *stats, struct interval interval)
{
    stats_put_number(stats, interval.lo);
    stats_put_number(stats, interval.hi);
}

static void put_rate(struct stats *stats, const struct rate *rate)
{
    stats_put_number(stats, rate->p);
    stats_put_number(stats, rate->n_eff);
    put_interval(stats, rate->wilson);
    stats_put_count(stats, rate->k_lo);
    stats_put_count(stats, rate->k_hi);
    put_interval(stats, rate->exact);
    put_interval(stats, rate->bound);
    stats_put_count(stats, rate->k_req);
    stats_put_number(stats, rate->p_met);
    stats_put_number(stats, rate->p_missed);
    stats_put_number(stats, rate->prob_ge);
    stats_put_text(stats, text_of(verdict_word(rate->verdict)));
    stats_put_count(stats, rate->rate_bp);
    stats_put_count(stats, rate->lo_bp);
    stats_put_count(stats, rate->hi_bp);
    stats_put_flags(stats, rate->flags);
    stats_end_row(stats);
}

static void rate_row(struct stats *stats, const struct stats_value *values)
{
    struct rate rate;
    struct rate_input input = {
        .x = values[RATE_X].count,
        .n = values[RATE_N].count,
        .population = stats_count_or(&values[RATE_POPULATION], POPULATION_UNKNOWN),
        .is_walk_in = values[RATE_WALK_IN].count != 0,
        .confidence_bp = (int)stats_count_or(&values[RATE_CONF], stats->confidence_bp),
        .target_bp = (int)stats_count_or(&values[RATE_TARGET], stats->target_bp),
    };
    if (input.x > input.n) {
        stats_complain_counts(
            stats, N_("x is {1}, more than the {2} answers of n."), input.x, input.n);
        return;
    }
    if (rate_compute(&input, &rate) != STATUS_OK) {
        complain_of_row(stats);
        return;
    }
    if (stats->is_explained) {
        stats_explain_rate(stats, &values[RATE_ID], &input, &rate);
        return;
    }
    stats_put_name(stats, &values[RATE_ID]);
    put_rate(stats, &rate);
}

const struct stats_table stats_rate = {"rate", COLUMNS(rate_columns),
    "id,p,n_eff,wilson_lo,wilson_hi,k_lo,k_hi,exact_lo,exact_hi,bound_lo,bound_hi,k_req,"
    "p_met,p_missed,prob_ge,verdict,rate_bp,lo_bp,hi_bp,flags",
    rate_row, NULL};

/* ---- mean ---- */

enum {
    MEAN_ID,
    MEAN_LEVELS,
    MEAN_WEIGHTS = MEAN_LEVELS + LEVEL_COUNT,
    MEAN_POPULATION = MEAN_WEIGHTS + LEVEL_COUNT,
    MEAN_WALK_IN,
    MEAN_CONF,
    MEAN_TARGET
};

static const struct stats_column mean_columns[] = {
    {"id", "case", CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    {"c5", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    {"c4", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    {"c3", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    {"c2", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    {"c1", NULL, CELL_COUNT, NEEDED, 0, COUNT_MAX},
    {"w5", NULL, CELL_NUMBER, MAY_BE_EMPTY, 0, 0},
    {"w4", NULL, CELL_NUMBER, MAY_BE_EMPTY, 0, 0},
    {"w3", NULL, CELL_NUMBER, MAY_BE_EMPTY, 0, 0},
    {"w2", NULL, CELL_NUMBER, MAY_BE_EMPTY, 0, 0},
    {"w1", NULL, CELL_NUMBER, MAY_BE_EMPTY, 0, 0},
    [MEAN_POPULATION] = {"N", NULL, CELL_COUNT, MAY_BE_EMPTY, 0, COUNT_MAX},
    [MEAN_WALK_IN] = {"walk_in", NULL, CELL_COUNT, MAY_BE_EMPTY, 0, 1},
    [MEAN_CONF] = {"conf", "confidence", CELL_CONFIDENCE, MAY_BE_EMPTY, 0, 0},
    [MEAN_TARGET] = {"target", NULL, CELL_NUMBER, MAY_BE_EMPTY, 0, 0},
};

static const double shipped_weights[LEVEL_COUNT] = {100, 80, 60, 30, 0};

static void put_mean(
    struct stats *stats, const struct mean_input *input, const struct mean *mean)
{
    stats_put_count(stats, mean->n);
    stats_put_count(stats, levels_top(input->levels, MEASURE_TOP2));
    stats_put_count(stats, levels_top(input->levels, MEASURE_TOP3));
    stats_put_number(stats, mean->score.value);
    stats_put_number(stats, mean->sd);
    stats_put_number(stats, mean->score.se);
    stats_put_count(stats, mean->df);
    stats_put_number(stats, mean->score.lo);
    stats_put_number(stats, mean->score.hi);
    stats_put_number(stats, mean->net.value);
    stats_put_number(stats, mean->net.se);
    stats_put_number(stats, mean->net.lo);
    stats_put_number(stats, mean->net.hi);
    stats_put_text(stats, text_of(verdict_word(mean->verdict)));
    stats_put_flags(stats, mean->flags);
    stats_end_row(stats);
}

static void mean_row(struct stats *stats, const struct stats_value *values)
{
    struct mean mean;
    struct mean_input input = {
        .population = stats_count_or(&values[MEAN_POPULATION], POPULATION_UNKNOWN),
        .is_walk_in = values[MEAN_WALK_IN].count != 0,
        .confidence_bp = (int)stats_count_or(&values[MEAN_CONF], stats->confidence_bp),
        .target = stats_number_or(&values[MEAN_TARGET], (double)stats->target_bp / 100),
    };
    for (size_t i = 0; i < LEVEL_COUNT; i++) {
        input.levels[i] = values[MEAN_LEVELS + i].count;
        input.weights[i] = stats_number_or(&values[MEAN_WEIGHTS + i], shipped_weights[i]);
    }
    if (mean_compute(&input, &mean) != STATUS_OK) {
        complain_of_row(stats);
        return;
    }
    if (stats->is_explained) {
        stats_explain_mean(stats, &values[MEAN_ID], &input, &mean);
        return;
    }
    stats_put_name(stats, &values[MEAN_ID]);
    put_mean(stats, &input, &mean);
}

const struct stats_table stats_mean = {"mean", COLUMNS(mean_columns),
    "id,n,top2_x,top3_x,mean,sd,se,df,lo,hi,net,net_se,net_lo,net_hi,verdict,flags",
    mean_row, NULL};

/* ---- score ---- */

enum { SCORE_ID, SCORE_ACTUAL, SCORE_TARGET, SCORE_FULL, SCORE_FLOOR };

static const struct stats_column score_columns[] = {
    [SCORE_ID] = {"id", "case", CELL_TEXT, MAY_BE_EMPTY, 0, 0},
    [SCORE_ACTUAL] = {"actual_bp", NULL, CELL_COUNT, NEEDED, 0, 10000},
    [SCORE_TARGET] = {"target_bp", NULL, CELL_COUNT, MAY_BE_EMPTY, 1, 10000},
    [SCORE_FULL] = {"full_cp", NULL, CELL_COUNT, MAY_BE_EMPTY, 0, SCORE_FULL_MAX_CP},
    [SCORE_FLOOR] = {"floor_pct", NULL, CELL_COUNT, MAY_BE_EMPTY, 0, 100},
};

static void score_row(struct stats *stats, const struct stats_value *values)
{
    struct score score;
    struct score_input input = {
        .actual_bp = values[SCORE_ACTUAL].count,
        .target_bp = stats_count_or(&values[SCORE_TARGET], stats->target_bp),
        .full_cp = stats_count_or(&values[SCORE_FULL], 1000),
        .floor_pct = stats_count_or(&values[SCORE_FLOOR], 0),
    };
    if (score_compute(&input, &score) != STATUS_OK) {
        complain_of_row(stats);
        return;
    }
    if (stats->is_explained) {
        stats_explain_score(stats, &values[SCORE_ID], &input, &score);
        return;
    }
    stats_put_name(stats, &values[SCORE_ID]);
    stats_put_count(stats, score.completion_bp);
    stats_put_count(stats, score.score_cp);
    stats_put_text(
        stats, text_format(stats->scratch, "%lld.%02lld",
                   (long long)(score.score_cp / 100), (long long)(score.score_cp % 100)));
    stats_end_row(stats);
}

const struct stats_table stats_score = {
    "score", COLUMNS(score_columns), "id,completion_bp,score_cp,score", score_row, NULL};
