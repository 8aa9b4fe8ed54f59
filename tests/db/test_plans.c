/* test_plans.c: versions of the plan, as stored and as held. */
#include "tests/support/test.h"

#include "db/codes.h"
#include "db/intake.h"
#include "db/sql.h"
#include "tests/support/temp_store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static struct text later_plan(struct temp_store *temp, const char *from, const char *to)
{
    const char *at = strstr(temp_store_plan, from);
    assert_non_null(at);
    return text_format(temp->arena, "%.*s%s%s", (int)(at - temp_store_plan),
        temp_store_plan, to, at + strlen(from));
}

static enum status apply(
    struct temp_store *temp, struct text yaml, int64_t *version, bool *is_new)
{
    return plans_apply(temp->store, temp->arena, yaml, TEMP_STORE_TODAY, &temp->problems,
        version, is_new);
}

static int64_t count(struct temp_store *temp, const char *query)
{
    int64_t number = -1;
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(temp->store, sql);
    return number;
}

static void the_first_plan_is_version_1_and_kept_word_for_word(void **state)
{
    struct temp_store *temp = *state;
    assert_int_equal(temp->version->version, 1);
    assert_text_equal(temp->version->text, temp_store_plan);
    assert_int_equal(temp->version->applied_on, TEMP_STORE_TODAY);
    assert_int_equal(temp->version->plan->year, 2026);
}

static void the_same_text_again_is_no_new_version(void **state)
{
    struct temp_store *temp = *state;
    int64_t version = 0;
    bool is_new = true;
    assert_int_equal(apply(temp, text_of(temp_store_plan), &version, &is_new), STATUS_OK);
    assert_int_equal(version, 1);
    assert_false(is_new);
    assert_int_equal(count(temp, "SELECT count(*) FROM plan"), 1);
}

static void a_text_that_is_no_plan_is_told_and_not_kept(void **state)
{
    struct temp_store *temp = *state;
    int64_t version = -7;
    bool is_new = true;
    assert_int_equal(apply(temp, TEXT("mayni: 1\n"), &version, &is_new), STATUS_INVALID);
    assert_true(temp->problems.count > 0);
    assert_int_equal(version, -7);
    assert_int_equal(count(temp, "SELECT count(*) FROM plan"), 1);
}

static void what_is_frozen_is_refused_by_name(void **state)
{
    struct temp_store *temp = *state;
    int64_t version = -7;
    bool is_new = true;
    struct text yaml = later_plan(temp, "85.00%", "80.00%");
    assert_int_equal(apply(temp, yaml, &version, &is_new), STATUS_CONFLICT);
    assert_true(temp->problems.count > 0);
    assert_int_equal(version, -7);
    assert_int_equal(count(temp, "SELECT count(*) FROM plan"), 1);
}

static void a_newer_version_is_seen_after_a_refresh_and_older_ones_stay(void **state)
{
    struct temp_store *temp = *state;
    const struct plan_version *first = plans_current(temp->plans);
    int64_t version = 0;
    bool is_new = false;
    struct text yaml = later_plan(temp, "population: 157", "population: 158");
    assert_int_equal(apply(temp, yaml, &version, &is_new), STATUS_OK);
    assert_int_equal(version, 2);
    assert_true(is_new);
    assert_ptr_equal(plans_current(temp->plans), first);

    assert_int_equal(plans_refresh(temp->plans, temp->store), STATUS_OK);

    assert_int_equal(plans_current(temp->plans)->version, 2);
    assert_ptr_equal(plans_find(temp->plans, 1), first);
    assert_text_equal(first->text, temp_store_plan);
    assert_null(plans_find(temp->plans, 3));
    assert_int_equal(plans_refresh(temp->plans, temp->store), STATUS_OK);
    assert_int_equal(plans_current(temp->plans)->version, 2);
}

static void a_programme_is_found_in_the_newest_version_that_has_it(void **state)
{
    struct temp_store *temp = *state;
    const struct plans *plans = temp->plans;
    assert_int_equal(plans_find_programme(plans, TEXT("visits"), TEXT(""))->version, 1);
    assert_int_equal(plans_find_programme(plans, TEXT("visits"), TEXT("q2"))->version, 1);
    assert_null(plans_find_programme(plans, TEXT("visits"), TEXT("q9")));
    assert_null(plans_find_programme(plans, TEXT("gone"), TEXT("")));
}

static void every_programme_has_an_open_code_at_each_of_its_centres(void **state)
{
    struct temp_store *temp = *state;
    static const struct {
        const char *programme;
        const char *centre;
    } expected[] = {{"visits", "north"}, {"visits", "south"}, {"courses", "north"}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct code code;
        struct code_grant grant;
        assert_int_equal(codes_open(temp->store, text_of(expected[i].programme),
                             text_of(expected[i].centre), &code),
            STATUS_OK);
        assert_int_equal(codes_find(temp->store, &code, temp->arena, &grant), STATUS_OK);
        assert_text_equal(grant.programme, expected[i].programme);
        assert_text_equal(grant.centre, expected[i].centre);
        assert_int_equal(grant.wave.len, 0);
        assert_true(grant.is_open);
        assert_int_equal(grant.channel, CHANNEL_POSTER);
        assert_int_equal(grant.state, CODE_FRESH);
    }
    struct code code;
    assert_int_equal(
        codes_open(temp->store, TEXT("courses"), TEXT("south"), &code), STATUS_NOT_FOUND);
    assert_int_equal(
        count(temp, "SELECT count(*) FROM code WHERE channel = 1 AND programme <> ''"),
        3);
}

static void every_programme_has_a_code_for_the_tablet_of_each_centre(void **state)
{
    struct temp_store *temp = *state;
    struct code code;
    struct code_grant grant;
    assert_int_equal(
        codes_kiosk(temp->store, TEXT("visits"), TEXT("south"), &code), STATUS_OK);
    assert_int_equal(codes_find(temp->store, &code, temp->arena, &grant), STATUS_OK);
    assert_text_equal(grant.programme, "visits");
    assert_text_equal(grant.centre, "south");
    assert_true(grant.is_open);
    assert_int_equal(grant.channel, CHANNEL_KIOSK);
    assert_int_equal(count(temp, "SELECT count(*) FROM code WHERE channel = 0"), 3);
}

static void every_centre_has_a_code_of_its_own(void **state)
{
    struct temp_store *temp = *state;
    struct code code;
    struct code_grant grant;
    assert_int_equal(codes_open(temp->store, TEXT(""), TEXT("south"), &code), STATUS_OK);
    assert_int_equal(codes_find(temp->store, &code, temp->arena, &grant), STATUS_OK);
    assert_int_equal(grant.programme.len, 0);
    assert_text_equal(grant.centre, "south");
    assert_true(grant.is_open);
    assert_int_equal(grant.channel, CHANNEL_POSTER);
    assert_int_equal(
        codes_open(temp->store, TEXT(""), TEXT("gone"), &code), STATUS_NOT_FOUND);
    assert_int_equal(
        codes_kiosk(temp->store, TEXT(""), TEXT("south"), &code), STATUS_NOT_FOUND);
    assert_int_equal(count(temp, "SELECT count(*) FROM code WHERE programme = ''"), 2);
}

static void codes_that_are_missing_are_made_with_the_same_text_again(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    int64_t version;
    bool is_new;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    assert_int_equal(sql_script(sql, "DELETE FROM code WHERE channel = 0"), STATUS_OK);
    assert_int_equal(store_end(temp->store, sql, STATUS_OK), STATUS_OK);
    assert_int_equal(apply(temp, text_of(temp_store_plan), &version, &is_new), STATUS_OK);
    assert_false(is_new);
    assert_int_equal(version, 1);
    assert_int_equal(count(temp, "SELECT count(*) FROM code WHERE channel = 0"), 3);
}

static void a_later_version_leaves_open_codes_as_they_were(void **state)
{
    struct temp_store *temp = *state;
    struct code before;
    struct code after;
    int64_t version;
    bool is_new;
    assert_int_equal(
        codes_open(temp->store, TEXT("visits"), TEXT("north"), &before), STATUS_OK);
    struct text yaml = later_plan(temp, "en: North", "en: Nord");
    assert_int_equal(apply(temp, yaml, &version, &is_new), STATUS_OK);
    assert_int_equal(
        codes_open(temp->store, TEXT("visits"), TEXT("north"), &after), STATUS_OK);
    assert_string_equal(before.letters, after.letters);
    assert_int_equal(count(temp, "SELECT count(*) FROM code"), 8);
}

/* The plan moved to another year, its first quarters called by another id. */
static struct text plan_of_year(struct temp_store *temp, const char *year, const char *q1)
{
    struct buffer yaml;
    buffer_init(&yaml, temp->arena, 65536);
    for (const char *at = temp_store_plan; *at != '\0'; at++) {
        if (strncmp(at, "2026", 4) == 0) {
            buffer_add_string(&yaml, year);
            at += 3;
        } else if (strncmp(at, "id: q", 5) == 0) {
            buffer_add_format(&yaml, "id: %s%c", q1, at[5]);
            at += 5;
        } else {
            buffer_add_char(&yaml, *at);
        }
    }
    return buffer_text(&yaml);
}

static void answer_first_quarter(struct temp_store *temp)
{
    struct intake *intake = NULL;
    struct submission submission;
    enum intake_outcome outcome;
    temp_store_submission(temp, "430", &submission);
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire};
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    intake_close(intake);
}

static void a_wave_with_answers_keeps_its_id_in_all_later_years(void **state)
{
    struct temp_store *temp = *state;
    int64_t version;
    bool is_new;
    answer_first_quarter(temp);
    assert_int_equal(
        apply(temp, plan_of_year(temp, "2027", "later"), &version, &is_new), STATUS_OK);
    assert_int_equal(
        apply(temp, plan_of_year(temp, "2028", "q"), &version, &is_new), STATUS_CONFLICT);
    assert_text_equal(temp->problems.list[0].argument[0], "visits");
    assert_text_equal(temp->problems.list[0].argument[1], "q1");
    assert_int_equal(
        apply(temp, plan_of_year(temp, "2028", "third"), &version, &is_new), STATUS_OK);
}

static void a_store_without_a_plan_has_none_in_force(void **state)
{
    (void)state;
    char folder[40];
    struct arena *arena = arena_new(65536);
    struct problems problems;
    struct store *store = NULL;
    struct plans *plans = NULL;
    problems_init(&problems, arena);
    assert_true(temp_folder_make(folder));
    assert_int_equal(store_open(folder, STORE_MAKE, &problems, &store), STATUS_OK);
    assert_int_equal(plans_open(store, &plans), STATUS_OK);
    assert_null(plans_current(plans));
    assert_null(plans_find(plans, 1));
    assert_null(plans_find_programme(plans, TEXT("visits"), TEXT("")));
    plans_close(plans);
    store_close(store);
    temp_folder_remove(folder);
    arena_free(arena);
}

static void a_stored_text_that_no_longer_parses_is_an_internal_error(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    enum status rc = sql_script(sql, "UPDATE plan SET text = 'mayni: 1'");
    assert_int_equal(store_end(temp->store, sql, rc), STATUS_OK);
    struct plans *plans = NULL;
    assert_int_equal(plans_open(temp->store, &plans), STATUS_INTERNAL);
    assert_null(plans);
}

struct reading {
    const struct plans *plans;
    atomic_bool is_over;
};

static void *read_on(void *context)
{
    struct reading *reading = context;
    int64_t last = 1;
    while (!atomic_load(&reading->is_over)) {
        const struct plan_version *current = plans_current(reading->plans);
        if (current->version < last || current->plan->year != 2026)
            return reading; /* went back, or half read */
        last = current->version;
    }
    return NULL;
}

static void versions_are_read_while_newer_ones_come(void **state)
{
    struct temp_store *temp = *state;
    struct reading reading = {.plans = temp->plans};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, read_on, &reading), 0);
    for (int i = 0; i < 5; i++) {
        char population[40];
        int64_t version;
        bool is_new;
        (void)snprintf(population, sizeof population, "population: %d", 200 + i);
        struct text yaml = later_plan(temp, "population: 157", population);
        assert_int_equal(apply(temp, yaml, &version, &is_new), STATUS_OK);
        assert_int_equal(plans_refresh(temp->plans, temp->store), STATUS_OK);
    }
    atomic_store(&reading.is_over, true);
    void *went_wrong = &reading;
    assert_int_equal(pthread_join(thread, &went_wrong), 0);
    assert_null(went_wrong);
    assert_int_equal(plans_current(temp->plans)->version, 6);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(the_first_plan_is_version_1_and_kept_word_for_word),
        STORE_TEST(the_same_text_again_is_no_new_version),
        STORE_TEST(a_text_that_is_no_plan_is_told_and_not_kept),
        STORE_TEST(what_is_frozen_is_refused_by_name),
        STORE_TEST(a_newer_version_is_seen_after_a_refresh_and_older_ones_stay),
        STORE_TEST(a_programme_is_found_in_the_newest_version_that_has_it),
        STORE_TEST(every_programme_has_an_open_code_at_each_of_its_centres),
        STORE_TEST(every_programme_has_a_code_for_the_tablet_of_each_centre),
        STORE_TEST(every_centre_has_a_code_of_its_own),
        STORE_TEST(codes_that_are_missing_are_made_with_the_same_text_again),
        STORE_TEST(a_later_version_leaves_open_codes_as_they_were),
        STORE_TEST(a_wave_with_answers_keeps_its_id_in_all_later_years),
        STORE_TEST(a_store_without_a_plan_has_none_in_force),
        STORE_TEST(a_stored_text_that_no_longer_parses_is_an_internal_error),
        STORE_TEST(versions_are_read_while_newer_ones_come),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
