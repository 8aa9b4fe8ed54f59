/* test_plan.c: what a plan read from its file holds, and finding things in it. */
#include "tests/support/test.h"
#include "tests/support/plan_text.h"

#include <stdio.h>
#include <stdlib.h>

static day_t day(const char *text)
{
    day_t found = DAY_NONE;
    assert_true(day_parse(text_of(text), &found));
    return found;
}

static const struct plan *parse_with(
    void **state, const char *find, const char *replacement)
{
    return plan_text_parse(*state, plan_text_with(*state, find, replacement));
}

static const struct plan *parse_base(void **state)
{
    return plan_text_parse(*state, text_of(plan_text_base));
}

static void what_the_file_says_is_what_the_plan_holds(void **state)
{
    const struct plan *plan = parse_base(state);
    const struct plan_questionnaire *questionnaire = &plan->questionnaires[0];
    const struct plan_programme *programme = &plan->programmes[0];

    assert_int_equal(plan->year, 2026);
    assert_text_equal(plan->organisation.in[LANGUAGE_EN], "Federation");
    assert_int_equal(questionnaire->item_count, 4);
    assert_int_equal(questionnaire->items[0].kind, ITEM_RATING);
    assert_text_equal(questionnaire->items[1].supports, "及时性");
    assert_int_equal(questionnaire->items[2].kind, ITEM_CHOICE);
    assert_int_equal(questionnaire->items[2].when_item, 0);
    assert_int_equal(questionnaire->items[2].when_level, 2);
    assert_int_equal(questionnaire->items[2].option_count, 2);
    assert_int_equal(questionnaire->items[3].max, 200);
    assert_int_equal(questionnaire->overall, 0);
    assert_int_equal(programme->grain, GRAIN_MONTH);
    assert_int_equal(programme->answers, ANSWERS_INVITED);
    assert_true(programme->coded_only);
    assert_int_equal(programme->unit, 0);
    assert_int_equal(programme->centre_count, 1);
    assert_int_equal(programme->waves[0].opens, day("2026-01-12"));
    assert_int_equal(programme->waves[0].closes, day("2026-03-03"));
    assert_int_equal(programme->waves[0].population, 289);
}

static void an_appraisal_holds_subjects_and_no_target(void **state)
{
    const struct plan_indicator *indicator = &parse_base(state)->indicators[1];

    assert_int_equal(indicator->kind, INDICATOR_APPRAISAL);
    assert_int_equal(indicator->target_bp, 0);
    assert_int_equal(indicator->appraisers, 12);
    assert_int_equal(indicator->subject_count, 1);
    assert_int_equal(indicator->subjects[0].unit, 0);
    assert_int_equal(indicator->programme_count, 0);
}

static void what_is_left_out_has_its_default(void **state)
{
    const struct plan *plan =
        parse_with(state, "    confidence: 95%\n    points: 10\n", "");
    const struct plan_programme *programme = &plan->programmes[1];
    const struct plan_item *items = plan->questionnaires[0].items;
    const int weights[] = {100, 80, 60, 30, 0};

    assert_int_equal(plan->grace_days, 14);
    assert_int_equal(plan->k, 10);
    assert_int_equal(plan->flags.tablet, 60);
    assert_int_equal(plan->flags.poster, 120);
    assert_int_equal(plan->flags.minutes, 10);
    assert_int_equal(plan->flags.fast, 1);
    assert_int_equal(plan->flags.streak, 100);
    assert_int_equal(plan->hours.from, 5 * 60);
    assert_int_equal(plan->hours.to, 24 * 60);
    assert_int_equal(plan->indicators[0].confidence_bp, 9500);
    assert_int_equal(plan->indicators[0].points_cp, 1000);
    assert_memory_equal(plan->indicators[0].weights, weights, sizeof weights);
    assert_text_equal(programme->group, "relief");
    assert_int_equal(programme->grain, GRAIN_WAVE);
    assert_int_equal(programme->answers, ANSWERS_ALL);
    assert_false(programme->coded_only);
    assert_true(programme->unit == PLAN_NONE);
    assert_int_equal(programme->centre_count, 2);
    assert_int_equal(programme->waves[1].population, -1);
    assert_true(items[0].required && !items[1].required);
    assert_false(items[0].unknown);
    assert_true(items[1].when_item == PLAN_NONE);
}

static void flags_and_hours_are_those_of_the_file(void **state)
{
    const struct plan *plan = parse_with(state, "year: 2026",
        "year: 2026\nhours: 8:30-18:05\nflags: {poster: 50, fast: 0}");

    assert_int_equal(plan->hours.from, 510);
    assert_int_equal(plan->hours.to, 1085);
    assert_int_equal(plan->flags.poster, 50);
    assert_int_equal(plan->flags.fast, 0);
    assert_int_equal(plan->flags.tablet, 60);
}

static void figures_are_kept_exactly(void **state)
{
    const struct plan *plan = parse_with(state,
        "    target: 85.00%\n    measure: top3\n    confidence: 95%\n    points: 10\n",
        "    target: 85.05%\n    measure: score\n    confidence: 99%\n    points: 2.5\n"
        "    weights: [100, 100, 0, -100, -100]\n");
    const struct plan_indicator *indicator = &plan->indicators[0];

    assert_int_equal(indicator->target_bp, 8505);
    assert_int_equal(indicator->measure, MEASURE_SCORE);
    assert_int_equal(indicator->confidence_bp, 9900);
    assert_int_equal(indicator->points_cp, 250);
    assert_int_equal(indicator->weights[4], -100);
}

static void waves_come_in_order_of_opening(void **state)
{
    const struct plan *plan =
        parse_with(state, "{id: q1, opens: 2026-01-01, closes: 2026-03-31",
            "{id: q3, opens: 2026-07-01, closes: 2026-09-30");

    assert_text_equal(plan->programmes[1].waves[0].id, "q2");
    assert_text_equal(plan->programmes[1].waves[1].id, "q3");
}

static void texts_are_copied_and_composed(void **state)
{
    char *given = text_to_string(
        *state, plan_text_with(*state, "en: New Year", "en: \"  New Ye\\u0301ar \""));
    const struct plan *plan = plan_text_parse(*state, text_of(given));
    memset(given, 'x', strlen(given));

    assert_text_equal(plan->programmes[0].name.in[LANGUAGE_EN], "New Yéar");
    assert_text_equal(plan->programmes[0].id, "new-year");
}

static void the_fingerprint_is_that_of_the_bytes_given(void **state)
{
    const struct plan *plan = parse_base(state);
    struct text first = plan_fingerprint_text(*state, plan);
    const struct plan *other = parse_with(state, "year: 2026", "year: 2026 # note");

    assert_int_equal(first.len, 2 * PLAN_FINGERPRINT_BYTES);
    assert_true(text_equals(first, plan_fingerprint_text(*state, parse_base(state))));
    assert_false(text_equals(first, plan_fingerprint_text(*state, other)));
}

static void things_are_found_by_id_or_not(void **state)
{
    const struct plan *plan = parse_base(state);
    const struct plan_programme *visits = plan_find_programme(plan, TEXT("three-visits"));

    assert_ptr_equal(visits, &plan->programmes[1]);
    assert_null(plan_find_programme(plan, TEXT("three")));
    assert_ptr_equal(plan_find_centre(plan, TEXT("fangsong")), &plan->centres[1]);
    assert_null(plan_find_centre(plan, TEXT("")));
    assert_ptr_equal(plan_find_indicator(plan, TEXT("staff")), &plan->indicators[1]);
    assert_null(plan_find_indicator(plan, TEXT("Staff")));
    assert_ptr_equal(programme_find_wave(visits, TEXT("q2")), &visits->waves[1]);
    assert_null(programme_find_wave(visits, TEXT("q3")));
    assert_int_equal(
        questionnaire_find_item(programme_questionnaire(plan, visits), TEXT("reasons")),
        2);
    assert_true(
        questionnaire_find_item(&plan->questionnaires[0], TEXT("x")) == PLAN_NONE);
}

static void a_programme_has_its_own_centres_or_all(void **state)
{
    const struct plan *plan = parse_base(state);

    assert_true(programme_has_centre(plan, &plan->programmes[0], TEXT("yueyang")));
    assert_false(programme_has_centre(plan, &plan->programmes[0], TEXT("fangsong")));
    assert_true(programme_has_centre(plan, &plan->programmes[1], TEXT("fangsong")));
}

static void a_wave_is_open_from_its_first_day_to_its_last(void **state)
{
    const struct plan_programme *programme = &parse_base(state)->programmes[0];

    assert_null(programme_wave_open(programme, day("2026-01-11")));
    assert_ptr_equal(programme_wave_open(programme, day("2026-01-12")), programme->waves);
    assert_ptr_equal(programme_wave_open(programme, day("2026-03-03")), programme->waves);
    assert_null(programme_wave_open(programme, day("2026-03-04")));
}

static void a_poster_stands_for_the_open_wave_else_the_next_else_the_last(void **state)
{
    const struct plan *plan = parse_with(state, "opens: 2026-04-01", "opens: 2026-05-01");
    const struct plan_programme *programme = &plan->programmes[1];

    assert_ptr_equal(
        programme_wave_nearest(programme, day("2025-12-01")), &programme->waves[0]);
    assert_ptr_equal(
        programme_wave_nearest(programme, day("2026-03-31")), &programme->waves[0]);
    assert_ptr_equal(
        programme_wave_nearest(programme, day("2026-04-15")), &programme->waves[1]);
    assert_ptr_equal(
        programme_wave_nearest(programme, day("2026-12-01")), &programme->waves[1]);
}

/* ---- the shipped plan ---- */

static struct text read_shipped(struct arena *arena)
{
    FILE *file = fopen(SOURCE_DIR "/deploy/plan-2026.yaml", "rb");
    assert_non_null(file);
    char *bytes = arena_take(arena, 65536);
    size_t len = fread(bytes, 1, 65536, file);
    (void)fclose(file);
    return (struct text){bytes, len};
}

static void the_shipped_plan_promises_what_was_declared(void **state)
{
    static const struct {
        const char *id;
        int target_bp;
    } declared[] = {{"flexible-workers", 9000}, {"relief", 8500}, {"grassroots", 9000}};
    const struct plan *plan = plan_text_parse(*state, read_shipped(*state));

    assert_int_equal(plan->year, 2026);
    assert_int_equal(plan->indicator_count, 4);
    for (size_t i = 0; i < sizeof declared / sizeof *declared; i++) {
        const struct plan_indicator *indicator =
            plan_find_indicator(plan, text_of(declared[i].id));
        assert_int_equal(indicator->target_bp, declared[i].target_bp);
        assert_int_equal(indicator->measure, MEASURE_TOP3);
        assert_int_equal(indicator->confidence_bp, 9500);
    }
    const struct plan_indicator *staff =
        plan_find_indicator(plan, TEXT("staff-appraisal"));
    assert_int_equal(staff->kind, INDICATOR_APPRAISAL);
    assert_true(staff->subject_count <= 4);
}

static void the_shipped_plan_asks_the_people_who_were_declared(void **state)
{
    static const struct {
        const char *id;
        size_t waves;
        int64_t population; /* of all waves; -1: not stated */
    } declared[] = {{"new-year", 1, 289}, {"three-visits", 4, 4 * 157},
        {"summer-cooling", 1, 910}, {"double-ninth", 1, 189}, {"returned-workers", 2, -1},
        {"elder-service", 1, -1}, {"flexible-workers-service", 4, 8500},
        {"grassroots-unions", 1, -1}};
    const struct plan *plan = plan_text_parse(*state, read_shipped(*state));

    assert_int_equal(plan->programme_count, sizeof declared / sizeof *declared);
    for (size_t i = 0; i < plan->programme_count; i++) {
        const struct plan_programme *programme =
            plan_find_programme(plan, text_of(declared[i].id));
        int64_t population = 0;
        assert_int_equal(programme->wave_count, declared[i].waves);
        for (size_t j = 0; j < programme->wave_count; j++)
            population +=
                programme->waves[j].population < 0 ? 0 : programme->waves[j].population;
        assert_int_equal(population == 0 ? -1 : population, declared[i].population);
    }
    assert_int_equal(
        plan_find_programme(plan, TEXT("elder-service"))->grain, GRAIN_MONTH);
}

/* The longest line of a text, at its punctuation, in characters. */
static int64_t longest_line(struct text text)
{
    int64_t longest = 0;
    size_t begin = 0;
    for (size_t at = 0; at < text.len; at++) {
        struct text rest = {text.ptr + at, text.len - at};
        bool ends = text_starts_with(rest, TEXT("？")) ||
                    text_starts_with(rest, TEXT("。")) || at + 1 == text.len;
        if (!ends)
            continue;
        size_t end = at + 1 == text.len ? text.len : at + 3;
        int64_t count =
            text_count_characters((struct text){text.ptr + begin, end - begin});
        longest = count > longest ? count : longest;
        begin = end;
    }
    return longest;
}

static void the_shipped_questionnaires_are_short_and_in_short_sentences(void **state)
{
    const struct plan *plan = plan_text_parse(*state, read_shipped(*state));
    for (size_t i = 0; i < plan->questionnaire_count; i++) {
        const struct plan_questionnaire *questionnaire = &plan->questionnaires[i];
        size_t ratings = 0;
        for (size_t j = 0; j < questionnaire->item_count; j++) {
            const struct plan_item *item = &questionnaire->items[j];
            bool is_rating = item->kind == ITEM_RATING;
            ratings += is_rating;
            assert_true(longest_line(item->text.in[LANGUAGE_ZH]) <= 18);
            assert_int_equal(item->required, item->counts);
            assert_int_equal(item->unknown, is_rating);
        }
        assert_true(ratings >= 4 && ratings <= 6);
        assert_true(questionnaire->items[questionnaire->overall].counts);
        assert_true(questionnaire_find_item(questionnaire, TEXT("comment")) != PLAN_NONE);
    }
}

/* ---- random damage ---- */

enum { MUTATIONS = 4000, MUTATION_SEED = 20260217 };

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static void mutate(struct text *text, char *bytes, uint32_t *seed)
{
    size_t at = next_random(seed) % text->len;
    size_t to = next_random(seed) % text->len;
    switch (next_random(seed) % 4) {
    case 0: /* another byte */
        bytes[at] = (char)next_random(seed);
        break;
    case 1: /* a sign that means something, or the byte of another place */
        bytes[at] = next_random(seed) % 2 ? "{}[]:,\"'-#|&*!%\t\n"[to % 17] : bytes[to];
        break;
    case 2: /* a byte less */
        memmove(bytes + at, bytes + at + 1, text->len - at - 1);
        text->len--;
        break;
    default: /* the end is missing */
        text->len = at + 1;
        break;
    }
}

static void a_damaged_plan_is_read_or_tells_why_not(void **state)
{
    (void)state;
    uint32_t seed = MUTATION_SEED;
    struct arena *arena = arena_new(4 * 1048576);
    unsigned good = 0;
    print_message("seed %u, %u mutations\n", (unsigned)MUTATION_SEED, MUTATIONS);
    for (unsigned i = 0; i < MUTATIONS; i++) {
        arena_reset(arena);
        struct text yaml = read_shipped(arena);
        char *bytes = text_to_string(arena, yaml);
        struct problems problems;
        const struct plan *plan = NULL;
        for (unsigned j = next_random(&seed) % 4; j < 4; j++)
            mutate(&yaml, bytes, &seed);
        problems_init(&problems, arena);
        enum status status =
            plan_parse(arena, (struct text){bytes, yaml.len}, &problems, &plan);
        assert_true((status == STATUS_OK) == (plan != NULL));
        assert_true(status == STATUS_OK ? problems.count == 0 : problems.count > 0);
        good += status == STATUS_OK;
    }
    print_message("%u of them were still good\n", good);
    arena_free(arena);
}

static int make_arena(void **state)
{
    *state = arena_new(PLAN_TEXT_ARENA);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest cases[] = {
        CASE(what_the_file_says_is_what_the_plan_holds),
        CASE(an_appraisal_holds_subjects_and_no_target),
        CASE(what_is_left_out_has_its_default),
        CASE(flags_and_hours_are_those_of_the_file),
        CASE(figures_are_kept_exactly),
        CASE(waves_come_in_order_of_opening),
        CASE(texts_are_copied_and_composed),
        CASE(the_fingerprint_is_that_of_the_bytes_given),
        CASE(things_are_found_by_id_or_not),
        CASE(a_programme_has_its_own_centres_or_all),
        CASE(a_wave_is_open_from_its_first_day_to_its_last),
        CASE(a_poster_stands_for_the_open_wave_else_the_next_else_the_last),
        CASE(the_shipped_plan_promises_what_was_declared),
        CASE(the_shipped_plan_asks_the_people_who_were_declared),
        CASE(the_shipped_questionnaires_are_short_and_in_short_sentences),
        CASE(a_damaged_plan_is_read_or_tells_why_not),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
