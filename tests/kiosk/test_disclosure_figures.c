/* test_disclosure_figures.c: two more attackers: one who tries all numbers that a
   weighted figure could come from, and one who sets weekly points against months. */
#include "tests/support/random.h"
#include "tests/support/sample.h"
#include "tests/support/test.h"

#include "kiosk/report.h"

#include <glpk.h>
#include <math.h>
#include <string.h>

enum { TODAY = 1000 };

/* ---- all numbers tried ---- */

/* Two waves of nine slips each, four of them without an answer to the question: fourteen
   answers, nine of them satisfied, and a large wave beside them. */
enum { TRIED_RECEIVED = 9, TRIED_N = 14, TRIED_X = 9, TRIES_MAX = 100 };

struct tried {
    struct arena *arena;
    struct plan_questionnaire questionnaire;
    struct plan_wave waves[3];
    struct plan_programme programme;
    struct plan_indicator indicator;
    struct plan plan;
    size_t only[1];
    struct tally_cell cells[3];
};

static void add_tried(struct tried *tried, size_t wave, int64_t n, int64_t x)
{
    struct tally_cell *cell = &tried->cells[wave];
    *cell = (struct tally_cell){.programme = tried->programme.id,
        .wave = tried->waves[wave].id,
        .centre = TEXT("north"),
        .channel = CHANNEL_SLIP,
        .counter_count = tally_size(&tried->questionnaire)};
    cell->counters = arena_take_array(tried->arena, cell->counter_count, sizeof(int64_t));
    assert_non_null(cell->counters);
    for (int64_t i = 0; i < x; i++)
        tally_add(&tried->questionnaire, TEXT("55000"), cell->counters);
    for (int64_t i = x; i < n; i++)
        tally_add(&tried->questionnaire, TEXT("2-100"), cell->counters);
    for (int64_t i = n; i < TRIED_RECEIVED; i++)
        tally_add(&tried->questionnaire, TEXT("-5000"), cell->counters);
    cell->received = cell->counters[0];
}

static void make_tried(struct tried *tried)
{
    *tried = (struct tried){.arena = arena_new(64 << 20),
        .questionnaire = sample_questionnaire(),
        .waves = {{TEXT("q1"), 0, 50, 300}, {TEXT("q2"), 100, 150, 60},
            {TEXT("q3"), 200, 250, 40}},
        .programme = {.id = TEXT("visits"), .group = TEXT("g"), .wave_count = 3},
        .indicator = {.id = TEXT("relief"),
            .target_bp = 8000,
            .measure = MEASURE_TOP2,
            .confidence_bp = 9500,
            .points_cp = 1000,
            .weights = {100, 80, 60, 30, 0},
            .programme_count = 1},
        .plan = {.k = 10,
            .questionnaire_count = 1,
            .programme_count = 1,
            .indicator_count = 1}};
    tried->programme.waves = tried->waves;
    tried->indicator.programmes = tried->only;
    tried->plan.questionnaires = &tried->questionnaire;
    tried->plan.programmes = &tried->programme;
    tried->plan.indicators = &tried->indicator;
    add_tried(tried, 0, 120, 101);
}

static struct report_indicator report_tried(struct tried *tried, int64_t n, int64_t x)
{
    struct report report;
    add_tried(tried, 1, n, x);
    add_tried(tried, 2, TRIED_N - n, TRIED_X - x);
    struct report_input input = {.plan = &tried->plan,
        .as_of = TODAY,
        .today = TODAY,
        .waves = tried->cells,
        .wave_count = 3,
        .periods = tried->cells,
        .period_count = 3};
    assert_int_equal(report_build(tried->arena, &input, &report), STATUS_OK);
    return report.indicators[0];
}

static bool is_same_number(double a, double b)
{
    uint64_t bits[2]; /* also where there is none */
    memcpy(&bits[0], &a, sizeof a);
    memcpy(&bits[1], &b, sizeof b);
    return bits[0] == bits[1];
}

static void assert_same_figure(
    const struct report_indicator *a, const struct report_indicator *b)
{
    const struct strata *one = &a->figure, *other = &b->figure;
    assert_true(is_same_number(one->p, other->p) && is_same_number(one->se, other->se));
    assert_true(is_same_number(one->n_eff, other->n_eff));
    assert_true(is_same_number(one->interval.lo, other->interval.lo));
    assert_true(is_same_number(one->interval.hi, other->interval.hi));
    assert_true(is_same_number(one->bound.lo, other->bound.lo));
    assert_true(is_same_number(one->bound.hi, other->bound.hi));
    assert_true(is_same_number(one->mean.value, other->mean.value));
    assert_true(is_same_number(one->mean.lo, other->mean.lo));
    assert_true(is_same_number(one->mean.hi, other->mean.hi));
    assert_true(is_same_number(one->shift, other->shift));
    assert_int_equal(one->flags, other->flags);
    assert_int_equal(a->verdict, b->verdict);
    assert_int_equal(a->notice_count, b->notice_count);
    assert_int_equal(a->points.score_cp, b->points.score_cp);
    for (size_t i = 0; i < REPORT_OTHER_MEASURES; i++)
        assert_true(is_same_number(a->others[i].value, b->others[i].value));
}

/* By the formula of strata that are all shown, each way to split the answers gives
   another rate: it could be found by trying. */
static double weighted(struct arena *arena, int64_t n, int64_t x)
{
    struct strata out;
    const struct stratum strata[] = {
        {.name = TEXT("1"), .population = 300, .levels = {101, 0, 0, 19, 0}},
        {.name = TEXT("2"), .population = 60, .levels = {x, 0, 0, n - x, 0}},
        {.name = TEXT("3"),
            .population = 40,
            .levels = {TRIED_X - x, 0, 0, TRIED_N - n - (TRIED_X - x), 0}}};
    struct strata_input input = {.strata = strata,
        .count = 3,
        .confidence_bp = 9500,
        .target_bp = 8000,
        .weights = {100, 80, 60, 30, 0}};
    assert_int_equal(strata_compute(arena, &input, &out), STATUS_OK);
    return out.p;
}

static void a_figure_is_the_same_however_the_hidden_answers_are_split(void **state)
{
    (void)state;
    struct tried tried;
    double rates[TRIES_MAX] = {0};
    size_t tries = 0, alike = 0;
    make_tried(&tried);
    const struct report_indicator first = report_tried(&tried, 7, 5);
    assert_true(first.strata.list[1].is_hidden && first.strata.list[2].is_hidden);
    assert_int_equal(first.pooled, 2);
    for (int64_t n = TRIED_N - TRIED_RECEIVED; n <= TRIED_RECEIVED; n++)
        for (int64_t x = 0; x <= TRIED_X; x++) {
            if (x > n || TRIED_X - x > TRIED_N - n)
                continue;
            const struct report_indicator other = report_tried(&tried, n, x);
            assert_same_figure(&first, &other);
            double rate = weighted(tried.arena, n, x);
            for (size_t i = 0; i < tries; i++)
                alike += fabs(rates[i] - rate) < 1e-9;
            rates[tries++] = rate;
        }
    assert_true(tries > 20 && alike < tries / 4);
    arena_free(tried.arena);
}

/* ---- weeks ---- */

enum { WEEKS = 40, WEEK_YEARS = 200 };

struct weekly {
    struct arena *arena;
    struct tried plain;
    struct tally_cell cells[WEEKS];
    int64_t n[WEEKS];
    int64_t x[WEEKS];
    struct report report;
};

static day_t monday_of(size_t week)
{
    return 4 + 7 * (day_t)week; /* 1970-01-05 was a Monday */
}

static void report_weekly(struct weekly *weekly, struct random *random)
{
    bool is_quiet = random_between(random, 0, 3) == 0; /* some months are small too */
    int64_t most = is_quiet ? 4 : random_between(random, 9, 40);
    make_tried(&weekly->plain);
    struct tried *plain = &weekly->plain;
    plain->waves[0] = (struct plan_wave){TEXT("all"), 0, 400, 3000};
    plain->programme.wave_count = 1;
    plain->programme.grain = GRAIN_WEEK;
    for (size_t i = 0; i < WEEKS; i++) {
        struct tally_cell *cell = &weekly->cells[i];
        weekly->n[i] = random_between(random, is_quiet ? 0 : 1, most) +
                       (i % 3 == 0 && !is_quiet ? 15 : 0);
        weekly->x[i] = random_between(random, 0, weekly->n[i]);
        *cell = plain->cells[0];
        cell->wave = plain->waves[0].id;
        cell->period = monday_of(i);
        cell->counters =
            arena_take_array(plain->arena, cell->counter_count, sizeof(int64_t));
        assert_non_null(cell->counters);
        for (int64_t at = 0; at < weekly->n[i]; at++)
            tally_add(&plain->questionnaire,
                at < weekly->x[i] ? TEXT("55000") : TEXT("2-100"), cell->counters);
    }
    struct report_input input = {.plan = &plain->plan,
        .as_of = TODAY,
        .today = TODAY,
        .waves = weekly->cells,
        .wave_count = WEEKS,
        .periods = weekly->cells,
        .period_count = WEEKS};
    assert_int_equal(report_build(plain->arena, &input, &weekly->report), STATUS_OK);
}

static void add_weeks(glp_prob *solver, const bool *holds, int64_t n)
{
    int columns[WEEKS + 1], count = 0;
    double ones[WEEKS + 1];
    for (int i = 0; i < WEEKS; i++)
        if (holds[i]) {
            columns[++count] = i + 1;
            ones[count] = 1;
        }
    int row = glp_add_rows(solver, 1);
    glp_set_mat_row(solver, row, count, columns, ones);
    glp_set_row_bnds(solver, row, GLP_FX, (double)n, (double)n);
}

static bool is_in_month(size_t week, day_t first)
{
    struct date day = day_date(monday_of(week) + 3), of = day_date(first);
    return day.year == of.year && day.month == of.month;
}

/* Months that are shown. */
static void add_months(glp_prob *solver, const struct report_rows *months)
{
    for (size_t i = 0; i < months->count; i++) {
        bool holds[WEEKS] = {false};
        for (size_t week = 0; week < WEEKS; week++)
            holds[week] = is_in_month(week, months->list[i].period);
        if (!months->list[i].is_hidden)
            add_weeks(solver, holds, months->list[i].n);
    }
}

/* Each point holds the weeks behind the one before; its answers tell whether what was
   left at an end is with it. */
static void add_points(
    glp_prob *solver, const struct weekly *weekly, const struct report_weeks *weeks)
{
    size_t week = 0;
    for (size_t i = 0; i < weeks->chart.count; i++) {
        const struct pchart_point *point = &weeks->chart.points[i];
        bool holds[WEEKS] = {false};
        int64_t n = 0;
        assert_true(point->n >= weekly->plain.plan.k);
        for (; week < WEEKS && n < point->n; week++) {
            holds[week] = true;
            n += weekly->n[week];
        }
        assert_int_equal(n, point->n);
        add_weeks(solver, holds, n);
    }
}

/* What the equations leave open of one week's answers. */
static double room_of_week(glp_prob *solver, int week)
{
    glp_smcp how;
    double least = 0;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    for (int i = 0; i < WEEKS; i++)
        glp_set_obj_coef(solver, i + 1, i == week ? 1 : 0);
    for (int direction = GLP_MIN; direction <= GLP_MAX; direction++) {
        glp_set_obj_dir(solver, direction);
        glp_std_basis(solver);
        assert_int_equal(glp_simplex(solver, &how), 0);
        if (glp_get_status(solver) == GLP_UNBND)
            return HUGE_VAL;
        if (direction == GLP_MAX)
            return glp_get_obj_val(solver) - least;
        least = glp_get_obj_val(solver);
    }
    return 0;
}

static void no_week_of_few_answers_follows_from_months_and_points(void **state)
{
    (void)state;
    struct random random = random_start();
    int charts = 0, small = 0;
    for (int i = 0; i < WEEK_YEARS; i++) {
        struct weekly weekly = {0};
        report_weekly(&weekly, &random);
        const struct report_indicator *of = &weekly.report.indicators[0];
        assert_int_equal(of->weeks_count, 1);
        glp_prob *solver = glp_create_prob();
        glp_add_cols(solver, WEEKS);
        for (int at = 0; at < WEEKS; at++)
            glp_set_col_bnds(solver, at + 1, GLP_LO, 0, 0);
        add_months(solver, &of->by_period);
        add_points(solver, &weekly, &of->weeks[0]);
        charts += !of->weeks[0].is_hidden;
        for (int at = 0; at < WEEKS; at++) {
            if (weekly.n[at] == 0 || weekly.n[at] >= 10)
                continue;
            assert_true(room_of_week(solver, at) > 0.5);
            small++;
        }
        glp_delete_prob(solver);
        arena_free(weekly.plain.arena);
    }
    printf("%d charts of %d, %d small weeks\n", charts, WEEK_YEARS, small);
    assert_true(charts > 0 && charts < WEEK_YEARS && small > 0);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_figure_is_the_same_however_the_hidden_answers_are_split),
        cmocka_unit_test(no_week_of_few_answers_follows_from_months_and_points),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
