/* test_tally.c: cells as reports read them. */
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/sql.h"
#include "db/tally_key.h"
#include "tests/support/temp_store.h"

static void submit(struct temp_store *temp, struct intake *intake, const char *centre,
    enum channel channel, enum mode mode, day_t period)
{
    struct submission submission;
    enum intake_outcome outcome;
    temp_store_submission(temp, "430", &submission);
    submission.id = submission_id_make(period, submission.id.bytes);
    submission.centre = text_of(centre);
    submission.channel = channel;
    submission.mode = mode;
    submission.period = period;
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire};
    assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    assert_int_equal(outcome, INTAKE_STORED);
}

static size_t list(struct temp_store *temp, enum tally_slice slice, const char *programme,
    struct tally_cell **out)
{
    size_t count = 99;
    assert_int_equal(
        tally_list(temp->store, temp->arena, slice, text_of(programme), out, &count),
        STATUS_OK);
    return count;
}

static void cells_come_in_key_order_with_their_dimensions(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = NULL;
    struct tally_cell *cells = NULL;
    day_t january = day_of((struct date){2026, 1, 1});
    day_t february = day_of((struct date){2026, 2, 1});
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    submit(temp, intake, "south", CHANNEL_POSTER, MODE_SELF, february);
    submit(temp, intake, "north", CHANNEL_PAPER, MODE_ASSISTED, january);
    submit(temp, intake, "north", CHANNEL_PAPER, MODE_SELF, february);
    submit(temp, intake, "", CHANNEL_PHONE, MODE_ASSISTED, february);
    submit(temp, intake, "north", CHANNEL_PAPER, MODE_SELF, january);
    intake_close(intake);

    assert_int_equal(list(temp, TALLY_BY_WAVE, "visits", &cells), 4);
    assert_int_equal(cells[0].centre.len, 0);
    assert_int_equal(cells[0].channel, CHANNEL_PHONE);
    assert_text_equal(cells[1].centre, "north");
    assert_int_equal(cells[1].mode, MODE_SELF);
    assert_int_equal(cells[1].counters[0], 2);
    assert_int_equal(cells[2].mode, MODE_ASSISTED);
    assert_text_equal(cells[3].centre, "south");
    assert_text_equal(cells[3].programme, "visits");
    assert_text_equal(cells[3].wave, "q1");
    assert_int_equal(cells[3].period, DAY_NONE);

    assert_int_equal(list(temp, TALLY_BY_PERIOD, "visits", &cells), 5);
    assert_int_equal(cells[0].period, january);
    assert_text_equal(cells[0].centre, "north");
    assert_int_equal(cells[0].mode, MODE_SELF);
    assert_int_equal(cells[0].counters[0], 1);
    assert_text_equal(cells[0].wave, "q1");
    assert_int_equal(cells[1].mode, MODE_ASSISTED);
    assert_int_equal(cells[2].period, february);
    assert_int_equal(cells[2].centre.len, 0);
    assert_int_equal(cells[2].channel, CHANNEL_PHONE);
}

static void a_programme_without_answers_has_no_cells(void **state)
{
    struct temp_store *temp = *state;
    struct tally_cell *cells = NULL;
    assert_int_equal(list(temp, TALLY_BY_WAVE, "courses", &cells), 0);
    assert_int_equal(list(temp, TALLY_BY_PERIOD, "gone", &cells), 0);
}

static void nodes_of_one_cell_are_added_up(void **state)
{
    struct temp_store *temp = *state;
    struct sql *sql = NULL;
    struct tally_cell *cells = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    enum status rc = sql_script(sql,
        "INSERT INTO tally (slice, programme, wave, period, centre, channel, mode, node,"
        " cell) VALUES (0, 'visits', 'q1', 0, 'north', 1, 0, 0, x'0200000001000000'),"
        " (0, 'visits', 'q1', 0, 'north', 1, 0, 1, x'0300000000010000'),"
        " (0, 'visits', 'q1', 0, 'south', 1, 0, 1, x'0700000000000000')");
    assert_int_equal(store_end(temp->store, sql, rc), STATUS_OK);

    assert_int_equal(list(temp, TALLY_BY_WAVE, "visits", &cells), 2);
    assert_int_equal(cells[0].counters[0], 5);
    assert_int_equal(cells[0].counters[1], 257);
    assert_int_equal(cells[1].counters[0], 7);
}

static void a_small_arena_is_no_memory(void **state)
{
    struct temp_store *temp = *state;
    struct arena *small = arena_new(64);
    struct tally_cell *cells = NULL;
    size_t count = 0;
    assert_int_equal(
        tally_list(temp->store, small, TALLY_BY_WAVE, TEXT("visits"), &cells, &count),
        STATUS_NO_MEMORY);
    arena_free(small);
}

static void keys_are_compared_as_the_table_orders_them(void **state)
{
    (void)state;
    struct tally_key key = {.programme = TEXT("b"), .wave = TEXT("w"), .period = 5};
    struct tally_key later = key;
    assert_int_equal(tally_key_compare(&key, &later), 0);
    later.mode = 1;
    assert_true(tally_key_compare(&key, &later) < 0);
    later.period = 4;
    assert_true(tally_key_compare(&key, &later) > 0);
    later.programme = TEXT("ba");
    assert_true(tally_key_compare(&key, &later) < 0);
}

/* The numbers that stand in the tables' rules. */
static void words_of_the_domain_have_the_numbers_of_the_schema(void **state)
{
    (void)state;
    assert_int_equal(CHANNEL_KIOSK, 0);
    assert_int_equal(CHANNEL_SLIP, 2);
    assert_int_equal(CHANNEL_LINK, 3);
    assert_int_equal(CHANNEL_COUNT, 6);
    assert_int_equal(MODE_COUNT, 2);
    assert_int_equal(CODE_FRESH, 0);
    assert_int_equal(CODE_SPENT, 1);
    assert_int_equal(CODE_VOID, 2);
    assert_int_equal(TALLY_BY_WAVE, 0);
    assert_int_equal(TALLY_SLICE_COUNT, 2);
}

#define STORE_TEST(case)                                                                 \
    cmocka_unit_test_setup_teardown(case, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(cells_come_in_key_order_with_their_dimensions),
        STORE_TEST(a_programme_without_answers_has_no_cells),
        STORE_TEST(nodes_of_one_cell_are_added_up),
        STORE_TEST(a_small_arena_is_no_memory),
        cmocka_unit_test(keys_are_compared_as_the_table_orders_them),
        cmocka_unit_test(words_of_the_domain_have_the_numbers_of_the_schema),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
