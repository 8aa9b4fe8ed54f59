/* test_releases.c: what reports show of a wave, beside what has come. */
#include "tests/support/test.h"

#include "db/batch.h"
#include "db/imports.h"
#include "db/releases.h"
#include "db/report_load.h"
#include "db/sql.h"
#include "db/tally_store.h"
#include "tests/support/temp_store.h"

#include <string.h>

enum { MANY = 30, REPORT_BYTES = 4 << 20 };

/* Answers of wave q1 at north, all very satisfied. */
static void answer(struct temp_store *temp, size_t count)
{
    struct submission submissions[MANY];
    struct intake_entry entries[MANY];
    struct batch_item items[MANY];
    struct batch_item *list[MANY];
    struct sql *sql = NULL;
    struct batch *batch = batch_new(MANY);
    for (size_t i = 0; i < count; i++) {
        temp_store_submission(temp, "550", &submissions[i]);
        entries[i] = (struct intake_entry){
            .submission = &submissions[i], .questionnaire = temp->questionnaire};
        items[i] = (struct batch_item){.entry = &entries[i]};
        list[i] = &items[i];
    }
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    assert_int_equal(
        store_end(temp->store, sql, batch_write(batch, sql, list, count)), STATUS_OK);
    batch_free(batch);
}

static size_t release(struct temp_store *temp, day_t today)
{
    size_t made = 0;
    assert_int_equal(
        releases_make(temp->store, temp->version->plan, today, &made), STATUS_OK);
    return made;
}

/* received and n of wave q1 in a report. */
static void assert_shown(struct temp_store *temp, int64_t received, int64_t n)
{
    struct report report;
    struct arena *arena = arena_new(REPORT_BYTES);
    assert_int_equal(report_load(temp->store, arena, temp->version, TEMP_STORE_TODAY,
                         TEMP_STORE_TODAY, &report),
        STATUS_OK);
    const struct report_row *row = &report.indicators[0].strata.list[0];
    assert_int_equal(row->received, received);
    assert_int_equal(row->n, n);
    assert_int_equal(row->is_hidden, n < 0);
    arena_free(arena);
}

static void fewer_than_k_are_received_and_nothing_else(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, 9);
    assert_int_equal(release(temp, TEMP_STORE_TODAY), 0);
    assert_shown(temp, 9, NO_COUNT);
}

static void two_reports_never_differ_by_fewer_than_k(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, 12);
    assert_int_equal(release(temp, TEMP_STORE_TODAY), 1);
    assert_shown(temp, 12, 12);
    answer(temp, 9);
    assert_int_equal(release(temp, TEMP_STORE_TODAY), 0);
    assert_shown(temp, 21, 12);
    answer(temp, 1);
    assert_int_equal(release(temp, TEMP_STORE_TODAY), 1);
    assert_shown(temp, 22, 22);
    assert_int_equal(release(temp, TEMP_STORE_TODAY), 0);
}

static void the_periods_of_a_wave_are_released_with_it(void **state)
{
    struct temp_store *temp = *state;
    struct tally_cell *cells = NULL;
    size_t count = 0;
    answer(temp, 12);
    assert_int_equal(release(temp, TEMP_STORE_TODAY), 1);
    answer(temp, 5);
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(tally_read(sql, temp->arena, TALLY_BY_PERIOD, TALLY_RELEASED,
                         TEXT("visits"), &cells, &count),
        STATUS_OK);
    store_give_reader(temp->store, sql);
    assert_int_equal(count, 1);
    assert_int_equal(cells[0].counters[0], 12);
    assert_int_equal(cells[0].received, 17);
}

static void an_import_releases_its_wave(void **state)
{
    struct temp_store *temp = *state;
    struct submission submission;
    struct import_counts counts = {0};
    int64_t id = 0, withdrawn = 0;
    const struct import_file file = {
        .digest = {{1}}, .row_count = 1, .today = TEMP_STORE_TODAY};
    answer(temp, 12);
    assert_int_equal(release(temp, TEMP_STORE_TODAY), 1);
    answer(temp, 2);
    temp_store_submission(temp, "430", &submission);
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire};
    assert_int_equal(import_begin(temp->store, &file, &id), STATUS_OK);
    assert_int_equal(
        import_add_chunk(temp->store, id, TEMP_STORE_TODAY, &entry, 1, &counts),
        STATUS_OK);
    assert_shown(temp, 15, 15);

    assert_int_equal(import_withdraw(temp->store, temp->plans, id, TEXT("twice"),
                         TEMP_STORE_TODAY, &withdrawn),
        STATUS_OK);
    assert_shown(temp, 14, 14);
}

static void a_wave_that_has_closed_is_shown_whole(void **state)
{
    struct temp_store *temp = *state;
    const day_t closed = day_of((struct date){2026, 4, 1});
    answer(temp, 12);
    assert_int_equal(release(temp, TEMP_STORE_TODAY), 1);
    answer(temp, 3);
    assert_int_equal(release(temp, closed - 1), 0);
    assert_int_equal(release(temp, closed), 1);
    assert_shown(temp, 15, 15);
}

#define with_store(f)                                                                    \
    cmocka_unit_test_setup_teardown(f, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_store(fewer_than_k_are_received_and_nothing_else),
        with_store(two_reports_never_differ_by_fewer_than_k),
        with_store(the_periods_of_a_wave_are_released_with_it),
        with_store(an_import_releases_its_wave),
        with_store(a_wave_that_has_closed_is_shown_whole),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
