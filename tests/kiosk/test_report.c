/* test_report.c: tally cells become strata, figures, verdicts and breakdowns; small
   groups are hidden, and who counts is the programme's choice. */
#include "tests/support/sample.h"
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "kiosk/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS_MAX = 16, OPENED = 350 };

/* Three programmes: visits (quarters of 157 and 150 people), elders (no population),
   unions (invited answers only, 100 unions); indicators relief = elders, visits and
   unions = unions. */
struct scene {
    struct arena *arena;
    struct plan_questionnaire questionnaire;
    struct plan_wave quarters[2];
    struct plan_wave year[1];
    struct plan_wave hundred[1];
    struct plan_programme programmes[3];
    size_t of_relief[2];
    size_t of_unions[1];
    struct plan_indicator indicators[3];
    struct plan plan;
    struct tally_cell cells[CELLS_MAX];
    size_t cell_count;
    struct report_asked asked[1];
    struct report report;
};

static int make_scene(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    scene->arena = arena_new(1 << 20);
    scene->questionnaire = sample_questionnaire();
    scene->quarters[0] = (struct plan_wave){TEXT("q1"), 100, 199, 157};
    scene->quarters[1] = (struct plan_wave){TEXT("q2"), 300, 399, 150};
    scene->year[0] = (struct plan_wave){TEXT("2026"), 0, 364, -1};
    scene->hundred[0] = (struct plan_wave){TEXT("2026"), 0, 364, 100};
    scene->programmes[0] = (struct plan_programme){.id = TEXT("visits"),
        .group = TEXT("relief"),
        .waves = scene->quarters,
        .wave_count = 2};
    scene->programmes[1] = (struct plan_programme){.id = TEXT("elders"),
        .group = TEXT("relief"),
        .waves = scene->year,
        .wave_count = 1};
    scene->programmes[2] = (struct plan_programme){.id = TEXT("unions"),
        .group = TEXT("unions"),
        .indicator = 1,
        .answers = ANSWERS_INVITED,
        .waves = scene->hundred,
        .wave_count = 1};
    scene->of_relief[0] = 1; /* the indicator's order, not the plan's */
    scene->of_relief[1] = 0;
    scene->of_unions[0] = 2;
    const struct plan_indicator rated = {.target_bp = 9000,
        .measure = MEASURE_TOP3,
        .confidence_bp = 9500,
        .points_cp = 1000,
        .weights = {100, 80, 60, 30, 0}};
    scene->indicators[0] = scene->indicators[1] = rated;
    scene->indicators[0].id = TEXT("relief");
    scene->indicators[0].programmes = scene->of_relief;
    scene->indicators[0].programme_count = 2;
    scene->indicators[1].id = TEXT("unions");
    scene->indicators[1].programmes = scene->of_unions;
    scene->indicators[1].programme_count = 1;
    scene->indicators[2] =
        (struct plan_indicator){.id = TEXT("staff"), .kind = INDICATOR_APPRAISAL};
    scene->plan = (struct plan){.k = 10,
        .questionnaires = &scene->questionnaire,
        .questionnaire_count = 1,
        .programmes = scene->programmes,
        .programme_count = 3,
        .indicators = scene->indicators,
        .indicator_count = 3};
    *state = scene;
    return 0;
}

static int free_scene(void **state)
{
    struct scene *scene = *state;
    arena_free(scene->arena);
    free(scene);
    return 0;
}

/* A cell with so many satisfied (level 5), dissatisfied (level 2) and open answers. */
/* NOLINTNEXTLINE(readability-function-size): answers in a row read best */
static void add(struct scene *scene, const char *programme, const char *wave,
    enum channel channel, int satisfied, int dissatisfied, int open)
{
    struct tally_cell *cell = &scene->cells[scene->cell_count++];
    size_t size = tally_size(&scene->questionnaire);
    *cell = (struct tally_cell){.programme = text_of(programme),
        .wave = text_of(wave),
        .period = 100,
        .centre = TEXT("north"),
        .channel = channel,
        .counters = arena_take_array(scene->arena, size, sizeof(int64_t)),
        .counter_count = size};
    for (int i = 0; i < satisfied; i++)
        tally_add(&scene->questionnaire, TEXT("55000"), cell->counters);
    for (int i = 0; i < dissatisfied; i++)
        tally_add(&scene->questionnaire, TEXT("2-100"), cell->counters);
    for (int i = 0; i < open; i++)
        tally_add(&scene->questionnaire, TEXT("-5000"), cell->counters);
    cell->received = cell->counters[0];
}

static const struct report_indicator *build(
    struct scene *scene, int indicator, day_t as_of)
{
    struct report_input input = {.plan = &scene->plan,
        .plan_version = 1,
        .as_of = as_of,
        .waves = scene->cells,
        .wave_count = scene->cell_count,
        .periods = scene->cells,
        .period_count = scene->cell_count,
        .asked = scene->asked,
        .asked_count = 1};
    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);
    return &scene->report.indicators[indicator];
}

static bool has_notice(const struct report_indicator *of, const char *start)
{
    for (size_t i = 0; i < of->notice_count; i++)
        if (strncmp(of->notices[i].message, start, strlen(start)) == 0)
            return true;
    return false;
}

/* ---- what is counted ---- */

static void every_channel_of_every_programme_is_received(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 3, 0, 0);
    add(scene, "visits", "q2", CHANNEL_POSTER, 4, 0, 1);
    add(scene, "elders", "2026", CHANNEL_KIOSK, 5, 0, 0);
    add(scene, "unions", "2026", CHANNEL_POSTER, 6, 0, 0);
    assert_int_equal(build(scene, 0, OPENED)->received, 13);
    assert_int_equal(build(scene, 1, OPENED)->received, 6);
    assert_int_equal(build(scene, 2, OPENED)->received, 0);
}

static void strata_are_the_opened_waves_in_the_indicators_order(void **state)
{
    struct scene *scene = *state;
    const struct report_indicator *relief = build(scene, 0, OPENED);
    assert_int_equal(relief->strata.count, 3);
    assert_text_equal(relief->strata.list[0].programme->id, "elders");
    assert_text_equal(relief->strata.list[1].wave->id, "q1");
    assert_int_equal(build(scene, 0, 299)->strata.count, 2);
    assert_int_equal(build(scene, 0, 300)->strata.count, 3);
}

static void one_population_gives_the_exact_figure(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 135, 5, 2);
    const struct report_indicator *relief = build(scene, 0, 299);
    assert_int_equal(relief->n, 140);
    assert_int_equal(relief->x, 135);
    assert_int_equal(relief->missing, 2);
    assert_int_equal(relief->population, 157);
    assert_int_equal(relief->rate_bp, 9643);
    assert_int_equal(relief->verdict, VERDICT_MET);
    assert_true(relief->figure.is_single);
    assert_int_equal(relief->k_req, 142);
    assert_int_equal(relief->to_settle, 7);
    assert_true(relief->has_points);
    assert_int_equal(relief->points.score_cp, 1000);
}

static void what_is_likely_says_how_many_more_answers_would_decide_it(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 60, 3, 0);
    const struct report_indicator *relief = build(scene, 0, 299);
    assert_int_equal(relief->verdict, VERDICT_LIKELY_MET);
    int more = (int)relief->to_decide;
    assert_true(more > 0 && more < 94);

    add(scene, "visits", "q1", CHANNEL_PAPER, more * 60 / 63, more - more * 60 / 63, 0);
    assert_int_equal(build(scene, 0, 299)->verdict, VERDICT_MET);
    assert_int_equal(build(scene, 0, 299)->to_decide, NO_COUNT);
}

static void several_populations_are_weighted_by_their_people(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 100, 0, 0);
    add(scene, "visits", "q2", CHANNEL_SLIP, 25, 25, 0);
    const struct report_indicator *relief = build(scene, 0, OPENED);
    double expected = (157 * 1.0 + 150 * 0.5) / 307;
    assert_true(fabs(relief->figure.p - expected) < 1e-12);
    assert_int_equal(relief->population, 307);
    assert_int_equal(relief->verdict, VERDICT_MISSED);
}

/* ---- who counts ---- */

static void where_only_invited_answers_count_walk_ins_stand_beside(void **state)
{
    struct scene *scene = *state;
    add(scene, "unions", "2026", CHANNEL_SLIP, 80, 2, 0);
    add(scene, "unions", "2026", CHANNEL_POSTER, 0, 40, 0);
    const struct report_indicator *unions = build(scene, 1, OPENED);
    assert_int_equal(unions->received, 122);
    assert_int_equal(unions->n, 82);
    assert_int_equal(unions->x, 80);
    assert_int_equal(unions->by_channel.count, 2);
    assert_false(unions->by_channel.list[1].counts);
    assert_int_equal(unions->by_channel.list[1].n, 40);
    assert_int_equal(unions->by_channel.list[1].x, 0);
    assert_true(has_notice(unions, "{1} walk-in answers stand beside"));
}

static void walk_ins_that_count_leave_the_population_as_a_weight_only(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 150, 0, 0);
    add(scene, "visits", "q1", CHANNEL_KIOSK, 7, 0, 0);
    const struct report_indicator *relief = build(scene, 0, 299);
    assert_int_equal(relief->n, 157);
    assert_int_equal(relief->figure.flags & FLAG_CENSUS, 0);
    assert_false(relief->figure.certain);
    assert_int_equal(relief->to_settle, NO_COUNT);
    assert_true(relief->figure.bound.lo <= 0 && relief->figure.bound.hi >= 1);
    assert_true(has_notice(relief, "Walk-in answers count"));

    add(scene, "visits", "q1", CHANNEL_KIOSK, 3, 0, 0);
    assert_true(has_notice(build(scene, 0, 299), "{1} walk-in answers count"));
}

static void waves_without_a_population_stand_beside_the_figure(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 140, 0, 0);
    add(scene, "elders", "2026", CHANNEL_SLIP, 0, 50, 0);
    const struct report_indicator *relief = build(scene, 0, 299);
    assert_int_equal(relief->n, 140);
    assert_int_equal(relief->x, 140);
    assert_false(relief->strata.list[0].counts);
    assert_int_equal(relief->strata.list[0].x, 0);
    assert_true(has_notice(relief, "Not counted, since its population is not filled in"));
}

static void if_no_wave_states_a_population_they_are_pooled(void **state)
{
    struct scene *scene = *state;
    scene->quarters[0].population = -1;
    scene->quarters[1].population = -1;
    add(scene, "visits", "q1", CHANNEL_SLIP, 90, 10, 0);
    add(scene, "elders", "2026", CHANNEL_SLIP, 30, 0, 0);
    const struct report_indicator *relief = build(scene, 0, OPENED);
    assert_int_equal(relief->n, 130);
    assert_int_equal(relief->population, NO_COUNT);
    assert_true((relief->figure.flags & FLAG_UNWEIGHTED) != 0);
    assert_false(has_notice(relief, "Not counted"));
}

/* ---- small groups ---- */

static void a_group_of_nine_is_hidden_and_one_of_ten_is_shown(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 100, 0, 0);
    add(scene, "visits", "q2", CHANNEL_SLIP, 8, 1, 3);
    const struct report_row *second = &build(scene, 0, OPENED)->strata.list[2];
    assert_true(second->is_hidden);
    assert_int_equal(second->received, 12);
    assert_int_equal(second->n, NO_COUNT);
    assert_int_equal(second->x, NO_COUNT);
    assert_true(isnan(second->rate.p));
    assert_true(isnan(second->rate.exact.lo));

    add(scene, "visits", "q2", CHANNEL_PAPER, 1, 0, 0);
    second = &build(scene, 0, OPENED)->strata.list[2];
    assert_false(second->is_hidden);
    assert_int_equal(second->n, 10);
}

static void a_hidden_group_is_covered_by_the_smallest_other_one(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 100, 0, 0);
    add(scene, "visits", "q2", CHANNEL_SLIP, 7, 0, 0);
    add(scene, "visits", "q1", CHANNEL_SLIP, 30, 0, 0);
    scene->cells[1].centre = TEXT("south");
    scene->cells[2].centre = TEXT("west");
    const struct report_indicator *relief = build(scene, 0, OPENED);
    assert_int_equal(relief->n, 137);
    assert_false(relief->strata.list[0].is_hidden); /* nobody answered */
    assert_true(relief->strata.list[1].is_hidden);
    assert_true(relief->strata.list[2].is_hidden);
    assert_false(relief->by_centre.list[0].is_hidden);
    assert_true(relief->by_centre.list[1].is_hidden);
    assert_true(relief->by_centre.list[2].is_hidden);
    assert_int_equal(relief->by_centre.list[2].received, 30);
}

/* The wave of seven is also the centre of seven, and the only one of its period. */
static void one_breakdown_does_not_tell_what_another_hides(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 100, 0, 0);
    add(scene, "visits", "q2", CHANNEL_SLIP, 15, 0, 0);
    scene->cells[1].period = 310;
    add(scene, "elders", "2026", CHANNEL_SLIP, 7, 0, 0); /* beside the figure */
    scene->cells[2].centre = TEXT("south");
    scene->cells[2].period = 10;
    const struct report_indicator *relief = build(scene, 0, OPENED);
    assert_false(relief->is_hidden);
    assert_int_equal(relief->n, 115);
    assert_true(relief->strata.list[0].is_hidden);
    assert_true(relief->items.list[0].is_hidden); /* 122 less the figure's 115 is seven */
    assert_true(relief->by_channel.list[0].is_hidden);
    assert_true(relief->by_centre.list[1].is_hidden);
    assert_false(relief->by_centre.list[0].is_hidden); /* the figure's 115 again */
}

static void hidden_waves_are_one_in_the_figure_and_a_notice_says_so(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 9, 1, 0);
    add(scene, "visits", "q2", CHANNEL_SLIP, 7, 0, 3);
    const struct report_indicator *relief = build(scene, 0, OPENED);
    assert_int_equal(relief->pooled, 2);
    assert_true(has_notice(relief, "{1} waves that are not shown are put together"));
    assert_true(relief->figure.shift > 0);
    add(scene, "visits", "q2", CHANNEL_SLIP, 3, 0, 0);
    relief = build(scene, 0, OPENED);
    assert_int_equal(relief->pooled, 0);
    assert_false(has_notice(relief, "{1} waves that are not shown are put together"));
    assert_true(relief->figure.shift <= 0);
}

static void a_hidden_verdict_is_the_same_whatever_was_said(void **state)
{
    struct scene *scene = *state;
    scene->plan.k = 20;
    add(scene, "visits", "q1", CHANNEL_SLIP, 15, 0, 0);
    const struct report_indicator *relief = build(scene, 0, 299);
    assert_true(relief->is_hidden);
    assert_int_equal(relief->verdict, VERDICT_INSUFFICIENT);
    assert_int_equal(relief->figure.flags, 0); /* ten or more are not SMALL_N */
}

/* ---- earlier days ---- */

static const struct report_indicator *build_earlier(struct scene *scene, day_t as_of)
{
    struct report_input input = {.plan = &scene->plan,
        .as_of = as_of,
        .today = OPENED,
        .waves = scene->cells,
        .wave_count = scene->cell_count,
        .periods = scene->cells,
        .period_count = scene->cell_count};
    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);
    return &scene->report.indicators[0];
}

static void an_earlier_day_shows_the_waves_that_today_shows(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 30, 1, 0);
    add(scene, "visits", "q2", CHANNEL_SLIP, 12, 3, 0);
    const struct report_indicator *relief = build_earlier(scene, 299);
    assert_false(relief->is_hidden);
    assert_int_equal(relief->n, 31);
    assert_int_equal(relief->strata.count, 2);
    assert_int_equal(relief->strata.list[1].n, 31);
    assert_true(relief->by_centre.list[0].is_hidden); /* the centre has more today */
    assert_false(relief->has_score); /* the mean of q2 would follow from the two */
}

static void an_earlier_day_is_withheld_where_it_would_part_hidden_waves(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 30, 1, 0);
    add(scene, "visits", "q2", CHANNEL_SLIP, 6, 3, 0);
    const struct report_indicator *relief = build_earlier(scene, 299);
    assert_true(relief->is_hidden && relief->is_withheld);
    assert_int_equal(relief->n, NO_COUNT);
    assert_int_equal(relief->figure.flags, 0);
    assert_true(has_notice(relief, "Not shown as of an earlier day"));
}

static void an_indicator_of_nine_answers_shows_nothing_but_what_was_received(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 9, 0, 4);
    const struct report_indicator *relief = build(scene, 0, 299);
    assert_true(relief->is_hidden);
    assert_int_equal(relief->received, 13);
    assert_int_equal(relief->n, NO_COUNT);
    assert_int_equal(relief->rate_bp, NO_COUNT);
    assert_int_equal(relief->missing, NO_COUNT);
    assert_false(relief->has_points);
    assert_true(has_notice(relief, "Fewer than {1} answers"));
}

static void other_measures_are_shown_from_thirty_answers_on(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 29, 0, 0);
    assert_false(build(scene, 0, 299)->has_score);
    add(scene, "visits", "q1", CHANNEL_LINK, 1, 0, 0);
    assert_true(build(scene, 0, 299)->has_score);
}

/* ---- edges ---- */

static void nothing_received_is_no_data(void **state)
{
    const struct report_indicator *relief = build(*state, 0, OPENED);
    assert_int_equal(relief->verdict, VERDICT_NO_DATA);
    assert_int_equal(relief->n, 0);
    assert_false(relief->is_hidden);
    assert_false(relief->has_points);
    assert_int_equal(relief->rate_bp, NO_COUNT);
}

static void before_the_first_wave_there_is_nothing_to_report(void **state)
{
    const struct report_indicator *relief = build(*state, 0, -1);
    assert_int_equal(relief->strata.count, 0);
    assert_int_equal(relief->verdict, VERDICT_NO_DATA);
}

static void more_answers_than_people_is_flagged_and_said(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 160, 0, 0);
    const struct report_indicator *relief = build(scene, 0, 299);
    assert_true((relief->figure.flags & FLAG_POP_LT_N) != 0);
    assert_true(has_notice(relief, "There are more answers than people"));
}

static void a_census_is_certain(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 150, 7, 0);
    const struct report_indicator *relief = build(scene, 0, 299);
    assert_true((relief->figure.flags & FLAG_CENSUS) != 0);
    assert_int_equal(relief->verdict, VERDICT_MET);
    assert_true(relief->figure.certain);
    assert_true(isinf(relief->figure.n_eff));
}

static void a_verdict_that_another_measure_would_change_is_marked(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 150, 0, 0);
    assert_false(build(scene, 0, 299)->is_formula_sensitive);
    struct tally_cell *cell = &scene->cells[0];
    for (int i = 0; i < 7; i++)
        tally_add(&scene->questionnaire, TEXT("35000"), cell->counters);
    for (int i = 0; i < 50; i++) /* half of the fives become threes */
        cell->counters[1 + TALLY_LEVEL_1 + 4]--, cell->counters[1 + TALLY_LEVEL_1 + 2]++;
    assert_true(build(scene, 0, 299)->is_formula_sensitive);
}

static void codes_made_are_asked_and_more_than_the_people_is_said(void **state)
{
    struct scene *scene = *state;
    scene->asked[0] = (struct report_asked){TEXT("visits"), TEXT("q1"), 158};
    const struct report_indicator *relief = build(scene, 0, 299);
    assert_int_equal(relief->asked, 158);
    assert_true(has_notice(relief, "More codes were made"));
    assert_int_equal(build(scene, 1, 299)->asked, NO_COUNT);
}

static void many_waves_without_a_population_crowd_no_other_notice_out(void **state)
{
    enum { WAVES = 30 };
    struct scene *scene = *state;
    struct plan_wave waves[WAVES];
    for (size_t i = 0; i < WAVES; i++)
        waves[i] = (struct plan_wave){TEXT("w"), (day_t)i, (day_t)i, -1};
    scene->programmes[1].waves = waves;
    scene->programmes[1].wave_count = WAVES;
    add(scene, "visits", "q1", CHANNEL_SLIP, 160, 0, 0);
    const struct report_indicator *relief = build(scene, 0, 299);
    assert_int_equal(relief->notice_count, WAVES + 1);
    assert_true(has_notice(relief, "There are more answers than people"));
    assert_memory_equal(relief->notices[0].message, "There are", 9);
}

/* ---- breakdowns ---- */

static void items_are_counted_on_their_own(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 20, 15, 5);
    const struct report_rows *items = &build(scene, 0, 299)->items;
    assert_int_equal(items->count, 2);
    assert_text_equal(items->list[0].item->id, "overall");
    assert_int_equal(items->list[0].n, 35);
    assert_int_equal(items->list[1].n, 25);
    assert_int_equal(items->list[1].x, 25);
}

static void centres_and_periods_add_up_to_the_figure(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 20, 5, 0);
    add(scene, "visits", "q1", CHANNEL_SLIP, 30, 0, 0);
    scene->cells[1].centre = TEXT("south");
    scene->cells[1].period = 90;
    const struct report_indicator *relief = build(scene, 0, 299);
    assert_int_equal(relief->by_centre.count, 2);
    assert_int_equal(
        relief->by_centre.list[0].n + relief->by_centre.list[1].n, relief->n);
    assert_int_equal(relief->by_period.count, 2);
    assert_int_equal(relief->by_period.list[0].period, 90);
    assert_int_equal(relief->by_period.list[0].x, 30);
}

/* ---- seals ---- */

static struct seal_digest digest_of(unsigned char byte)
{
    struct seal_digest digest = {{0}};
    digest.bytes[0] = byte;
    return digest;
}

static void the_seal_is_of_the_periods_of_opened_waves(void **state)
{
    struct scene *scene = *state;
    struct seal_period sets[] = {
        {TEXT("visits"), TEXT("q1"), 100, 3, digest_of(1)},
        {TEXT("visits"), TEXT("q2"), 300, 4, digest_of(2)},
        {TEXT("gone"), TEXT("q1"), 100, 5, digest_of(3)},
        {TEXT("elders"), TEXT("2026"), 0, 6, digest_of(4)},
    };
    struct seal_period expected[] = {sets[3], sets[0]};
    const struct seal seals[] = {
        {.number = 1, .programme = TEXT("visits"), .wave = TEXT("q2")},
        {.number = 2, .programme = TEXT("visits"), .wave = TEXT("q1")},
        {.number = 3, .programme = TEXT("gone"), .wave = TEXT("q1")},
    };
    struct report_input input = {.plan = &scene->plan,
        .plan_version = 1,
        .as_of = 299,
        .sets = sets,
        .set_count = 4,
        .seals = seals,
        .seal_count = 3};

    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);
    struct seal_digest seal = seal_report(expected, 2);
    assert_true(seal_digest_equals(&scene->report.seal, &seal));
    assert_int_equal(scene->report.seal_count, 1);
    assert_int_equal(scene->report.seals[0].number, 2);

    input.as_of = 300; /* the second quarter has opened */
    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);
    assert_false(seal_digest_equals(&scene->report.seal, &seal));
    assert_int_equal(scene->report.seal_count, 2);
}

static void an_arena_that_is_too_small_is_said(void **state)
{
    struct scene *scene = *state;
    struct arena *tiny = arena_new(64);
    struct report report;
    struct report_input input = {.plan = &scene->plan, .as_of = OPENED};
    assert_int_equal(report_build(tiny, &input, &report), STATUS_NO_MEMORY);
    arena_free(tiny);
}

/* ---- flags ---- */

static void add_flagged(struct scene *scene, enum channel channel, int satisfied,
    int dissatisfied, unsigned flags)
{
    add(scene, "visits", "q1", channel, satisfied, dissatisfied, 0);
    scene->cells[scene->cell_count - 1].flags = flags;
}

static void without_flags_the_second_figure_is_the_first(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 60, 20, 3);

    const struct report_indicator *of = build(scene, 0, OPENED);

    assert_int_equal(of->flagged, 0);
    assert_true(of->without_flagged.is_shown);
    assert_int_equal(of->without_flagged.n, 80);
    assert_int_equal(of->without_flagged.x, 60);
    assert_true(of->without_flagged.rate == of->figure.p);
    assert_int_equal(of->without_flagged.verdict, of->verdict);
    assert_false(has_notice(of, "{1} answers are flagged"));
}

static void a_verdict_that_hangs_on_flagged_answers_is_told(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 40, 10, 0);
    add_flagged(scene, CHANNEL_POSTER, 60, 0, 1);
    add_flagged(scene, CHANNEL_POSTER, 40, 0, 9);

    const struct report_indicator *of = build(scene, 0, 150);

    assert_int_equal(of->n, 150);
    assert_int_equal(of->verdict, VERDICT_LIKELY_MET);
    assert_int_equal(of->flagged, 100);
    assert_true(of->without_flagged.is_shown);
    assert_int_equal(of->without_flagged.n, 50);
    assert_int_equal(of->without_flagged.x, 40);
    assert_int_equal(of->without_flagged.rate_bp, 8000);
    assert_int_equal(of->without_flagged.verdict, VERDICT_MISSED);
    assert_true(has_notice(of, "Without the {1} flagged answers the verdict"));
    assert_text_equal(of->notices[0].argument[0], "100");
}

static void a_verdict_that_stands_without_them_is_told_too(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 40, 60, 0);
    add_flagged(scene, CHANNEL_POSTER, 10, 10, 2);

    const struct report_indicator *of = build(scene, 0, OPENED);

    assert_true(of->without_flagged.is_shown);
    assert_int_equal(of->without_flagged.verdict, of->verdict);
    assert_true(has_notice(of, "{1} answers are flagged as unusual; without them"));
}

static void fewer_than_k_flagged_answers_are_not_set_apart(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 40, 10, 0);
    add(scene, "visits", "q1", CHANNEL_POSTER, 40, 10, 0);
    add_flagged(scene, CHANNEL_POSTER, 8, 1, 1);

    const struct report_indicator *of = build(scene, 0, OPENED);

    assert_int_equal(of->flagged, 9);
    assert_false(of->without_flagged.is_shown);
    assert_int_equal(of->without_flagged.n, NO_COUNT);
    assert_int_equal(of->without_flagged.x, NO_COUNT);
    assert_true(isnan(of->without_flagged.rate));
    assert_int_equal(of->without_flagged.rate_bp, NO_COUNT);
    assert_true(has_notice(of, "{1} answers are flagged as unusual. What"));

    add_flagged(scene, CHANNEL_POSTER, 1, 0, 1); /* the tenth */
    assert_true(build(scene, 0, OPENED)->without_flagged.is_shown);
}

static void what_is_left_of_a_row_may_not_be_small_either(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 40, 10, 0);
    add(scene, "visits", "q1", CHANNEL_POSTER, 8, 1, 0); /* beside thirty flagged ones */
    add_flagged(scene, CHANNEL_POSTER, 20, 10, 1);
    assert_false(build(scene, 0, OPENED)->without_flagged.is_shown);

    add(scene, "visits", "q1", CHANNEL_POSTER, 1, 0, 0); /* the tenth */
    assert_true(build(scene, 0, OPENED)->without_flagged.is_shown);
}

static void where_all_are_flagged_nothing_is_left(void **state)
{
    struct scene *scene = *state;
    add_flagged(scene, CHANNEL_POSTER, 20, 10, 1);

    const struct report_indicator *of = build(scene, 0, OPENED);

    assert_true(of->without_flagged.is_shown);
    assert_int_equal(of->without_flagged.n, 0);
    assert_true(isnan(of->without_flagged.rate));
    assert_int_equal(of->without_flagged.verdict, VERDICT_NO_DATA);
}

static void a_hidden_figure_has_no_second_one(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 5, 2, 0);

    const struct report_indicator *of = build(scene, 0, OPENED);

    assert_true(of->is_hidden);
    assert_false(of->without_flagged.is_shown);
    assert_int_equal(of->without_flagged.verdict, VERDICT_INSUFFICIENT);
}

static void flags_of_answers_beside_the_figure_are_not_its(void **state)
{
    struct scene *scene = *state;
    add(scene, "unions", "2026", CHANNEL_SLIP, 40, 10, 0);
    add(scene, "unions", "2026", CHANNEL_POSTER, 20, 0, 0);
    scene->cells[1].flags = 1;

    const struct report_indicator *of = build(scene, 1, OPENED);

    assert_int_equal(of->flagged, 0);
    assert_int_equal(of->without_flagged.n, 50);
}

/* As many centres as there may be rows, and one more: that is not looked at. */
static void check_rows(struct scene *scene, size_t centres, bool is_shown)
{
    size_t room = 2 * centres + 1;
    struct tally_cell *cells = arena_take_array(scene->arena, room, sizeof *cells);
    size_t size = tally_size(&scene->questionnaire);
    struct report_input input = {
        .plan = &scene->plan, .as_of = OPENED, .waves = cells, .periods = cells};
    assert_non_null(cells);
    scene->cell_count = 0;
    scene->of_relief[0] = 0; /* one programme: no table of programmes by centre */
    scene->indicators[0].programme_count = 1;
    add(scene, "visits", "q1", CHANNEL_SLIP, 15, 5, 0);
    add_flagged(scene, CHANNEL_POSTER, 30, 10, 1);
    for (size_t i = 0; i < centres; i++) {
        cells[i] = scene->cells[0];
        cells[i].centre = text_format(scene->arena, "c%zu", i);
        cells[i].counter_count = size;
    }
    cells[centres] = scene->cells[1];
    cells[centres].centre = cells[0].centre;
    input.wave_count = input.period_count = centres + 1;

    assert_int_equal(report_build(scene->arena, &input, &scene->report), STATUS_OK);

    const struct report_indicator *of = &scene->report.indicators[0];
    size_t rows = 2 + of->strata.count + of->by_centre.count + of->by_channel.count +
                  of->cells.count + of->by_period.count + of->by_quarter.count +
                  of->items.count;
    assert_int_equal(rows, is_shown ? FLAG_ROWS_MAX : FLAG_ROWS_MAX + 1);
    assert_int_equal(of->without_flagged.is_shown, is_shown);
}

static void so_many_rows_are_looked_at_and_no_more(void **state)
{
    enum { OTHERS = 10 }; /* figure, range, stratum, channels, period, quarter, items */
    struct scene *scene = *state;
    arena_free(scene->arena);
    scene->arena = arena_new(64 << 20);
    check_rows(scene, FLAG_ROWS_MAX - OTHERS, true);
    check_rows(scene, FLAG_ROWS_MAX - OTHERS + 1, false);
}

/* ---- invited and walk-in ---- */

static void invited_and_walk_in_answers_stand_beside_each_other(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 20, 10, 1);
    add(scene, "visits", "q1", CHANNEL_PAPER, 15, 5, 0);
    add(scene, "visits", "q1", CHANNEL_POSTER, 12, 8, 0);
    add(scene, "visits", "q1", CHANNEL_KIOSK, 30, 0, 0);

    const struct report_indicator *of = build(scene, 0, OPENED);

    assert_int_equal(of->invited.received, 51);
    assert_int_equal(of->invited.n, 50);
    assert_int_equal(of->invited.x, 35);
    assert_int_equal(of->invited.rate.rate_bp, 7000);
    assert_true(of->invited.counts && of->walk_in.counts);
    assert_int_equal(of->walk_in.n, 50);
    assert_int_equal(of->walk_in.x, 42);
    assert_int_equal(of->walk_in.rate.rate_bp, 8400);
}

static void a_group_with_a_hidden_channel_is_hidden(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 20, 10, 0);
    add(scene, "visits", "q1", CHANNEL_LINK, 40, 10, 0);
    add(scene, "visits", "q1", CHANNEL_POSTER, 4, 1, 0);

    const struct report_indicator *of = build(scene, 0, OPENED);

    assert_true(of->walk_in.is_hidden);
    assert_true(of->invited.is_hidden); /* the slips cover the poster */
    assert_int_equal(of->walk_in.received, 5);
    assert_int_equal(of->walk_in.n, NO_COUNT);
}

static void walk_in_answers_that_do_not_count_say_so(void **state)
{
    struct scene *scene = *state;
    add(scene, "unions", "2026", CHANNEL_SLIP, 20, 10, 0);
    add(scene, "unions", "2026", CHANNEL_POSTER, 20, 0, 0);

    const struct report_indicator *of = build(scene, 1, OPENED);

    assert_true(of->invited.counts);
    assert_false(of->walk_in.counts);
    assert_int_equal(of->walk_in.n, 20);
}

static void only_answers_with_a_code_are_answered(void **state)
{
    struct scene *scene = *state;
    add(scene, "visits", "q1", CHANNEL_SLIP, 20, 10, 2);
    add(scene, "visits", "q1", CHANNEL_LINK, 5, 0, 0);
    add(scene, "visits", "q1", CHANNEL_PAPER, 15, 5, 0);
    add(scene, "visits", "q2", CHANNEL_SLIP, 11, 0, 0);

    const struct report_indicator *of = build(scene, 0, OPENED);

    assert_int_equal(of->strata.list[1].answered, 37);
    assert_int_equal(of->strata.list[2].answered, 11);
    assert_int_equal(of->answered, 48);
}

#define in_scene(f) cmocka_unit_test_setup_teardown(f, make_scene, free_scene)

int main(void)
{
    const struct CMUnitTest cases[] = {
        in_scene(every_channel_of_every_programme_is_received),
        in_scene(strata_are_the_opened_waves_in_the_indicators_order),
        in_scene(one_population_gives_the_exact_figure),
        in_scene(what_is_likely_says_how_many_more_answers_would_decide_it),
        in_scene(several_populations_are_weighted_by_their_people),
        in_scene(where_only_invited_answers_count_walk_ins_stand_beside),
        in_scene(walk_ins_that_count_leave_the_population_as_a_weight_only),
        in_scene(waves_without_a_population_stand_beside_the_figure),
        in_scene(if_no_wave_states_a_population_they_are_pooled),
        in_scene(a_group_of_nine_is_hidden_and_one_of_ten_is_shown),
        in_scene(a_hidden_group_is_covered_by_the_smallest_other_one),
        in_scene(one_breakdown_does_not_tell_what_another_hides),
        in_scene(hidden_waves_are_one_in_the_figure_and_a_notice_says_so),
        in_scene(a_hidden_verdict_is_the_same_whatever_was_said),
        in_scene(an_earlier_day_shows_the_waves_that_today_shows),
        in_scene(an_earlier_day_is_withheld_where_it_would_part_hidden_waves),
        in_scene(an_indicator_of_nine_answers_shows_nothing_but_what_was_received),
        in_scene(other_measures_are_shown_from_thirty_answers_on),
        in_scene(nothing_received_is_no_data),
        in_scene(before_the_first_wave_there_is_nothing_to_report),
        in_scene(more_answers_than_people_is_flagged_and_said),
        in_scene(a_census_is_certain),
        in_scene(a_verdict_that_another_measure_would_change_is_marked),
        in_scene(codes_made_are_asked_and_more_than_the_people_is_said),
        in_scene(many_waves_without_a_population_crowd_no_other_notice_out),
        in_scene(items_are_counted_on_their_own),
        in_scene(centres_and_periods_add_up_to_the_figure),
        in_scene(the_seal_is_of_the_periods_of_opened_waves),
        in_scene(without_flags_the_second_figure_is_the_first),
        in_scene(a_verdict_that_hangs_on_flagged_answers_is_told),
        in_scene(a_verdict_that_stands_without_them_is_told_too),
        in_scene(fewer_than_k_flagged_answers_are_not_set_apart),
        in_scene(what_is_left_of_a_row_may_not_be_small_either),
        in_scene(where_all_are_flagged_nothing_is_left),
        in_scene(a_hidden_figure_has_no_second_one),
        in_scene(flags_of_answers_beside_the_figure_are_not_its),
        in_scene(so_many_rows_are_looked_at_and_no_more),
        in_scene(invited_and_walk_in_answers_stand_beside_each_other),
        in_scene(a_group_with_a_hidden_channel_is_hidden),
        in_scene(walk_in_answers_that_do_not_count_say_so),
        in_scene(only_answers_with_a_code_are_answered),
        in_scene(an_arena_that_is_too_small_is_said),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
