/* test_comments.c: what becomes of a comment: released with its wave, listed in the order
   of its id, decided about once at a time and told in the log; and that none of it is
   lost or can be changed past the log. */
#include "tests/support/test.h"

#include "db/comments.h"
#include "db/imports.h"
#include "db/intake.h"
#include "db/mixing.h"
#include "db/releases.h"
#include "db/report_load.h"
#include "db/sql.h"
#include "db/verify.h"
#include "kiosk/limits.h"
#include "tests/support/temp_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { K = 10 };

static const struct comments_query waiting_of_q1 = {.programme = {"visits", 6},
    .wave = {"q1", 2},
    .review = REVIEW_WAITS,
    .limit = COMMENTS_PAGE_MAX};

/* So many answers by poster, each with the same words and a number. */
static void answer(struct temp_store *temp, int count, const char *words)
{
    struct intake *intake = NULL;
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    for (int i = 0; i < count; i++) {
        struct submission submission;
        enum intake_outcome outcome;
        struct comment comment = {
            TEXT("comment"), text_format(temp->arena, "%s %d", words, i)};
        temp_store_submission(temp, "430", &submission);
        submission.comments = &comment;
        submission.comment_count = 1;
        struct intake_entry entry = {
            .submission = &submission, .questionnaire = temp->questionnaire};
        assert_int_equal(intake_submit(intake, &entry, &outcome), STATUS_OK);
    }
    intake_close(intake);
}

static void release(struct temp_store *temp)
{
    size_t made = 0;
    assert_int_equal(
        releases_make(temp->store, temp->version->plan, TEMP_STORE_TODAY, &made),
        STATUS_OK);
}

static size_t list(struct temp_store *temp, enum review review, struct comment_row **out)
{
    struct comments_query query = waiting_of_q1;
    size_t count = 0;
    query.review = review;
    assert_int_equal(
        comments_list(temp->store, temp->arena, &query, out, &count), STATUS_OK);
    return count;
}

static size_t count_of(struct temp_store *temp, enum review review)
{
    struct comment_row *rows;
    return list(temp, review, &rows);
}

static enum status decide(
    struct temp_store *temp, struct comment_id id, enum review from, enum review to)
{
    const struct comment_decision order = {id, from, to};
    return comments_decide(temp->store, &temp_store_actor, &order);
}

static struct comment_id first_waiting(struct temp_store *temp)
{
    struct comment_row *rows;
    assert_true(list(temp, REVIEW_WAITS, &rows) > 0);
    return rows[0].id;
}

static int64_t ask(struct temp_store *temp, const char *query)
{
    int64_t number = -1;
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    store_give_reader(temp->store, sql);
    return number;
}

static int64_t count_new(struct temp_store *temp)
{
    return ask(temp, "SELECT (SELECT COUNT(*) FROM comment WHERE state = 0)"
                     " + (SELECT COUNT(*) FROM comment_arrival)");
}

/* As they come, but without answers. */
static void write_new(struct temp_store *temp, const char *wave, int count)
{
    struct sql *sql = NULL;
    enum status rc = STATUS_OK;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    for (int i = 0; i < count && rc == STATUS_OK; i++) {
        struct submission submission; /* its id is random */
        struct sql_statement *add = sql_use(sql, SQL_COMMENT_ADD);
        temp_store_submission(temp, "430", &submission);
        sql_bind_bytes(add, 1, submission.id.bytes, COMMENT_ID_BYTES);
        sql_bind_text(add, 2, TEXT("visits"));
        sql_bind_text(add, 3, text_of(wave));
        sql_bind_text(add, 4, TEXT("north"));
        sql_bind_number(add, 5, 4);
        sql_bind_text(add, 6, TEXT("comment"));
        sql_bind_text(add, 7, TEXT("b"));
        sql_bind_number(add, 8, 0);
        rc = sql_run(add);
    }
    assert_int_equal(store_end(temp->store, sql, rc), STATUS_OK);
}

static int64_t settle(struct temp_store *temp, int64_t max)
{
    struct sql *sql = NULL;
    int64_t settled = -1;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    enum status rc = comments_settle(sql, max, &settled);
    assert_int_equal(store_end(temp->store, sql, rc), STATUS_OK);
    return settled;
}

static enum status verify(struct temp_store *temp)
{
    struct verify_result result;
    temp->problems.count = 0;
    return verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL);
}

/* ---- coming ---- */

static void a_comment_is_not_there_until_k_answers_are_released(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, K - 1, "a");
    release(temp);
    assert_int_equal(count_of(temp, REVIEW_WAITS), 0);
    answer(temp, 1, "b");
    release(temp);
    assert_int_equal(count_of(temp, REVIEW_WAITS), K);
    answer(temp, K - 1, "c");
    release(temp);
    assert_int_equal(count_of(temp, REVIEW_WAITS), K);
    assert_int_equal(verify(temp), STATUS_OK);
}

static void one_that_is_not_released_can_not_be_decided_about(void **state)
{
    struct temp_store *temp = *state;
    struct comment_place place;
    answer(temp, 1, "a");
    assert_int_equal(settle(temp, 1), 1);
    assert_int_equal(temp_store_tamper(temp, "UPDATE comment SET state = 1"), STATUS_OK);
    struct comment_id id = first_waiting(temp);
    assert_int_equal(temp_store_tamper(temp, "UPDATE comment SET state = 0"), STATUS_OK);
    assert_int_equal(decide(temp, id, REVIEW_NEW, REVIEW_SHOWN), STATUS_NOT_FOUND);
    assert_int_equal(
        comments_get(temp->store, &id, temp->arena, &place), STATUS_NOT_FOUND);
    assert_int_equal(count_new(temp), 1);
}

static void they_lie_where_they_came_until_they_are_settled(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, 5, "a");
    assert_int_equal(ask(temp, "SELECT COUNT(*) FROM comment_arrival"), 5);
    assert_int_equal(settle(temp, 3), 3);
    assert_int_equal(ask(temp, "SELECT COUNT(*) FROM comment"), 3);
    assert_int_equal(
        ask(temp, "SELECT COUNT(*) FROM comment WHERE text IN ('a 0', 'a 1', 'a 2')"), 3);
    assert_int_equal(settle(temp, 3), 2);
    assert_int_equal(settle(temp, 3), 0);
    assert_int_equal(ask(temp, "SELECT COUNT(*) FROM comment_arrival"), 0);
    assert_int_equal(ask(temp, "SELECT COUNT(*) FROM comment WHERE state = 0"), 5);
    assert_int_equal(verify(temp), STATUS_OK);
}

static void a_release_lets_those_of_its_wave_be_read_alone(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, K, "a");
    write_new(temp, "q2", K);
    release(temp);
    assert_int_equal(count_of(temp, REVIEW_WAITS), K);
    assert_int_equal(ask(temp, "SELECT COUNT(*) FROM comment_arrival"), 0);
    assert_int_equal(
        ask(temp, "SELECT COUNT(*) FROM comment WHERE wave = 'q2' AND state = 0"), K);
}

/* One of another wave was copied to where it will stay. */
static void what_cannot_be_settled_of_other_waves_holds_up_no_release(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, K, "a");
    write_new(temp, "q2", K);
    assert_int_equal(temp_store_tamper(temp,
                         "INSERT INTO comment (id, programme, wave, centre, overall,"
                         " item, text, import) SELECT id, programme, wave, centre,"
                         " overall, item, text, import FROM comment_arrival"
                         " WHERE wave = 'q2'"),
        STATUS_OK);
    release(temp);
    assert_int_equal(count_of(temp, REVIEW_WAITS), K);
    assert_int_equal(ask(temp, "SELECT COUNT(*) FROM comment_arrival"), K);
}

static void release_q1(struct temp_store *temp)
{
    struct sql *sql = NULL;
    assert_int_equal(store_begin(temp->store, &sql), STATUS_OK);
    enum status rc = comments_release(sql, TEXT("visits"), TEXT("q1"));
    assert_int_equal(store_end(temp->store, sql, rc), STATUS_OK);
}

/* Before and behind those of another wave, in pieces of 250. */
static void a_releases_transaction_settles_those_of_its_wave_alone(void **state)
{
    static const int counts[] = {1, 249, 250, 251, 1001};
    struct temp_store *temp = *state;
    int64_t of_q1 = 0;
    int64_t of_q2 = 0;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        write_new(temp, "q1", counts[i]);
        write_new(temp, "q2", counts[i]);
        write_new(temp, "q1", counts[i]);
        of_q1 += 2 * counts[i];
        of_q2 += counts[i];
        release_q1(temp);
        assert_int_equal(
            ask(temp, "SELECT COUNT(*) FROM comment WHERE wave = 'q1' AND state = 1"),
            of_q1);
        assert_int_equal(ask(temp, "SELECT COUNT(*) FROM comment"), of_q1);
        assert_int_equal(ask(temp, "SELECT COUNT(*) FROM comment_arrival"), of_q2);
    }
}

/* The pieces in which they are settled and changed are of 250 and 1000. */
static void a_release_lets_all_be_read_however_many(void **state)
{
    static const int counts[] = {249, 250, 251, 1000, 1001, 2002};
    struct temp_store *temp = *state;
    int64_t all = 0;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        write_new(temp, "q1", counts[i]);
        comments_settle_most(temp->store);
        assert_int_equal(ask(temp, "SELECT COUNT(*) FROM comment_arrival"), 0);
        assert_int_equal(
            ask(temp, "SELECT COUNT(*) FROM comment WHERE state = 0"), counts[i]);
        release_q1(temp);
        all += counts[i];
        assert_int_equal(ask(temp, "SELECT COUNT(*) FROM comment WHERE state = 1"), all);
        assert_int_equal(ask(temp, "SELECT count FROM comment_count"), all);
    }
}

static void they_are_listed_in_the_order_of_ids_page_by_page(void **state)
{
    enum { ANSWERS = COMMENTS_PAGE_MAX + 5 };
    struct temp_store *temp = *state;
    struct comments_query query = waiting_of_q1;
    struct comment_row *rows;
    struct comment_row *more;
    size_t count = 0;
    answer(temp, ANSWERS, "a");
    release(temp);
    assert_int_equal(list(temp, REVIEW_WAITS, &rows), COMMENTS_PAGE_MAX);
    for (int i = 1; i < COMMENTS_PAGE_MAX; i++)
        assert_true(memcmp(&rows[i - 1].id, &rows[i].id, sizeof rows->id) < 0);
    query.after = rows[COMMENTS_PAGE_MAX - 1].id;
    assert_int_equal(
        comments_list(temp->store, temp->arena, &query, &more, &count), STATUS_OK);
    assert_int_equal(count, ANSWERS - COMMENTS_PAGE_MAX);
    assert_true(memcmp(&query.after, &more[0].id, sizeof query.after) < 0);
}

static void counts_are_by_wave_and_state_and_leave_out_what_is_not_released(void **state)
{
    struct temp_store *temp = *state;
    struct report_comment_wave *waves;
    size_t count = 9;
    assert_int_equal(comments_count(temp->store, temp->arena, &waves, &count), STATUS_OK);
    assert_int_equal(count, 0);
    answer(temp, K, "a");
    release(temp);
    answer(temp, 3, "b");
    assert_int_equal(
        decide(temp, first_waiting(temp), REVIEW_WAITS, REVIEW_OTHER), STATUS_OK);
    assert_int_equal(comments_count(temp->store, temp->arena, &waves, &count), STATUS_OK);
    assert_int_equal(count, 1);
    assert_text_equal(waves[0].programme, "visits");
    assert_text_equal(waves[0].wave, "q1");
    assert_int_equal(waves[0].counts[REVIEW_NEW], 0);
    assert_int_equal(waves[0].counts[REVIEW_WAITS], K - 1);
    assert_int_equal(waves[0].counts[REVIEW_OTHER], 1);
}

/* ---- deciding ---- */

static void a_decision_moves_it_and_can_be_taken_back(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, K, "a");
    release(temp);
    struct comment_id id = first_waiting(temp);
    assert_int_equal(decide(temp, id, REVIEW_WAITS, REVIEW_SHOWN), STATUS_OK);
    assert_int_equal(count_of(temp, REVIEW_WAITS), K - 1);
    assert_int_equal(count_of(temp, REVIEW_SHOWN), 1);
    assert_int_equal(decide(temp, id, REVIEW_SHOWN, REVIEW_WAITS), STATUS_OK);
    assert_int_equal(count_of(temp, REVIEW_WAITS), K);
    assert_int_equal(verify(temp), STATUS_OK);
}

static void the_log_has_who_day_and_decision_but_no_words(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, K, "unheard");
    release(temp);
    struct comment_id id = first_waiting(temp);
    assert_int_equal(decide(temp, id, REVIEW_WAITS, REVIEW_NAMES), STATUS_OK);
    struct text query = text_format(temp->arena,
        "SELECT COUNT(*) FROM audit WHERE action = 'comment.review' AND day = %d"
        " AND subject = 'comment %.*s' AND detail = 'names'",
        TEMP_STORE_TODAY, TEXT_ARG(comment_id_format(temp->arena, &id)));
    assert_int_equal(ask(temp, text_to_string(temp->arena, query)), 1);
    assert_int_equal(
        ask(temp, "SELECT COUNT(*) FROM audit WHERE detail LIKE '%unheard%'"), 0);
}

static void the_second_of_two_who_decide_is_told(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, K, "a");
    release(temp);
    struct comment_id id = first_waiting(temp);
    assert_int_equal(decide(temp, id, REVIEW_WAITS, REVIEW_SHOWN), STATUS_OK);
    assert_int_equal(decide(temp, id, REVIEW_WAITS, REVIEW_INSULT), STATUS_CONFLICT);
    assert_int_equal(count_of(temp, REVIEW_SHOWN), 1);
}

static void the_same_decision_twice_is_one(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, K, "a");
    release(temp);
    struct comment_id id = first_waiting(temp);
    for (int i = 0; i < 2; i++)
        assert_int_equal(decide(temp, id, REVIEW_WAITS, REVIEW_SHOWN), STATUS_OK);
    assert_int_equal(
        ask(temp, "SELECT COUNT(*) FROM audit WHERE action = 'comment.review'"), 1);
}

static void one_that_is_not_there_is_not_found_and_none_becomes_new(void **state)
{
    struct temp_store *temp = *state;
    const struct comment_id nobody = {{1, 2, 3}};
    answer(temp, K, "a");
    release(temp);
    assert_int_equal(decide(temp, nobody, REVIEW_WAITS, REVIEW_SHOWN), STATUS_NOT_FOUND);
    assert_int_equal(
        decide(temp, first_waiting(temp), REVIEW_WAITS, REVIEW_NEW), STATUS_INVALID);
    assert_int_equal(count_of(temp, REVIEW_WAITS), K);
}

/* ---- staying ---- */

static void mixing_keeps_what_was_decided(void **state)
{
    struct temp_store *temp = *state;
    bool more = true;
    answer(temp, K, "a");
    release(temp);
    struct comment_id id = first_waiting(temp);
    assert_int_equal(decide(temp, id, REVIEW_WAITS, REVIEW_SHOWN), STATUS_OK);
    answer(temp, K - 1, "b"); /* and what is not released */
    struct mixing *mixing = mixing_new(temp->store, temp->plans);
    for (int i = 0; i < 1000 && more; i++) {
        enum status rc = mixing_step(mixing, TEMP_STORE_TODAY, &more);
        assert_true(rc == STATUS_OK || rc == STATUS_BUSY);
    }
    mixing_free(mixing);
    struct comment_row *rows;
    assert_int_equal(list(temp, REVIEW_SHOWN, &rows), 1);
    assert_memory_equal(&rows[0].id, &id, sizeof id);
    assert_int_equal(count_of(temp, REVIEW_WAITS), K - 1);
    assert_int_equal(count_new(temp), K - 1);
    assert_int_equal(verify(temp), STATUS_OK);
}

static void a_state_that_was_changed_past_the_log_is_found(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, K, "a");
    release(temp);
    assert_int_equal(verify(temp), STATUS_OK);
    assert_int_equal(temp_store_tamper(temp, "UPDATE comment SET state = 2"), STATUS_OK);
    assert_int_equal(verify(temp), STATUS_INVALID);
    assert_int_equal(temp->problems.count, K + 2); /* and two counts */
    assert_non_null(strstr(temp->problems.list[0].message, "tells of no decision"));
    assert_text_equal(temp->problems.list[0].argument[1], "shown");
}

static void nor_can_one_that_is_held_back_be_let_out(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, K, "a");
    release(temp);
    assert_int_equal(
        decide(temp, first_waiting(temp), REVIEW_WAITS, REVIEW_NAMES), STATUS_OK);
    assert_int_equal(
        temp_store_tamper(temp, "UPDATE comment SET state = 2 WHERE state = 3"),
        STATUS_OK);
    assert_int_equal(verify(temp), STATUS_INVALID);
    assert_non_null(strstr(temp->problems.list[0].message, "but the log says"));
    assert_text_equal(temp->problems.list[0].argument[2], "names");
}

static void a_count_that_is_not_that_of_the_comments_is_found(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, K, "a");
    release(temp);
    assert_int_equal(
        temp_store_tamper(temp, "UPDATE comment_count SET count = count + 1"), STATUS_OK);
    assert_int_equal(verify(temp), STATUS_INVALID);
    assert_int_equal(temp->problems.count, 1);
    assert_non_null(strstr(temp->problems.list[0].message, "were counted"));
    assert_text_equal(temp->problems.list[0].argument[0], "visits q1, waiting");
}

static int64_t import_one(struct temp_store *temp)
{
    struct submission submission;
    struct import_counts counts = {0};
    int64_t id = 0;
    const struct import_file file = {
        .digest = {{7}}, .row_count = 1, .today = TEMP_STORE_TODAY};
    struct comment comment = {TEXT("comment"), TEXT("from paper")};
    temp_store_submission(temp, "530", &submission);
    submission.comments = &comment;
    submission.comment_count = 1;
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire};
    assert_int_equal(import_begin(temp->store, &file, &id), STATUS_OK);
    assert_int_equal(
        import_add_chunk(temp->store, id, TEMP_STORE_TODAY, &entry, 1, &counts),
        STATUS_OK);
    return id;
}

static void an_import_releases_its_comment_and_takes_it_away_again(void **state)
{
    struct temp_store *temp = *state;
    int64_t withdrawn = 0;
    int64_t id = import_one(temp);
    struct comment_id comment = first_waiting(temp);
    assert_int_equal(decide(temp, comment, REVIEW_WAITS, REVIEW_SHOWN), STATUS_OK);
    assert_int_equal(import_withdraw(temp->store, temp->plans, id, TEXT("wrong"),
                         TEMP_STORE_TODAY, &withdrawn),
        STATUS_OK);
    assert_int_equal(count_of(temp, REVIEW_SHOWN), 0);
    assert_int_equal(decide(temp, comment, REVIEW_SHOWN, REVIEW_WAITS), STATUS_NOT_FOUND);
    assert_int_equal(verify(temp), STATUS_OK);
}

/* ---- in reports ---- */

static struct report_comments load(struct temp_store *temp)
{
    struct report report;
    assert_int_equal(report_load(temp->store, temp->arena, temp->version,
                         TEMP_STORE_TODAY, TEMP_STORE_TODAY, &report),
        STATUS_OK);
    return report.indicators[0].comments;
}

static void a_report_shows_what_may_be_shown_and_counts_the_rest(void **state)
{
    struct temp_store *temp = *state;
    struct comment_row *rows;
    answer(temp, K + 2, "a");
    release(temp);
    assert_int_equal(load(temp).quote_count, 0);
    assert_true(list(temp, REVIEW_WAITS, &rows) > 2);
    assert_int_equal(decide(temp, rows[0].id, REVIEW_WAITS, REVIEW_EMPTY), STATUS_OK);
    assert_int_equal(decide(temp, rows[1].id, REVIEW_WAITS, REVIEW_SHOWN), STATUS_OK);
    struct report_comments comments = load(temp);
    assert_int_equal(comments.received, K + 2);
    assert_int_equal(comments.waiting, K);
    assert_int_equal(comments.held, 1);
    assert_int_equal(comments.quote_count, 1);
    assert_true(text_equals(comments.quotes[0].text, rows[1].text));
}

static void a_comment_that_comes_later_is_not_counted_before_its_release(void **state)
{
    struct temp_store *temp = *state;
    answer(temp, K, "a");
    release(temp);
    answer(temp, K - 1, "b");
    release(temp);
    assert_int_equal(load(temp).received, K);
}

/* 400 waves with 20 of the longest each: 48 MB, more than a report's arena holds. */
static void however_much_is_written_a_report_can_be_made(void **state)
{
    struct temp_store *temp = *state;
    struct report report;
    bool is_cluster = temp_store_is_cluster();
    const char *id =
        is_cluster ? "decode(md5(CAST(i AS TEXT)), 'hex')" : "randomblob(16)";
    const char *words =
        is_cluster ? "repeat('长', 2000)" : "replace(hex(zeroblob(1000)), '0', '长')";
    struct text script = text_format(temp->arena,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000)"
        " INSERT INTO comment (id, programme, wave, centre, overall, item, text, state)"
        " SELECT %s, 'visits', 'w' || CAST(i %% 400 AS TEXT), '', 5, 'comment', %s, 2"
        " FROM n",
        id, words);
    assert_int_equal(
        temp_store_tamper(temp, text_to_string(temp->arena, script)), STATUS_OK);
    assert_int_equal(temp_store_tamper(temp,
                         "INSERT INTO comment_count (programme, wave, state, count)"
                         " SELECT programme, wave, state, COUNT(*)"
                         " FROM comment GROUP BY programme, wave, state"),
        STATUS_OK);
    assert_int_equal(
        ask(temp, "SELECT COUNT(*) FROM comment WHERE length(text) = 2000"), 8000);
    struct arena *arena = arena_new(REPORT_ARENA_BYTES);
    assert_non_null(arena);
    assert_int_equal(report_load(temp->store, arena, temp->version, TEMP_STORE_TODAY,
                         TEMP_STORE_TODAY, &report),
        STATUS_OK);
    arena_free(arena);
}

#define STORE_TEST(f)                                                                    \
    cmocka_unit_test_setup_teardown(f, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        STORE_TEST(a_comment_is_not_there_until_k_answers_are_released),
        STORE_TEST(one_that_is_not_released_can_not_be_decided_about),
        STORE_TEST(they_lie_where_they_came_until_they_are_settled),
        STORE_TEST(a_release_lets_those_of_its_wave_be_read_alone),
        STORE_TEST(what_cannot_be_settled_of_other_waves_holds_up_no_release),
        STORE_TEST(a_releases_transaction_settles_those_of_its_wave_alone),
        STORE_TEST(a_release_lets_all_be_read_however_many),
        STORE_TEST(they_are_listed_in_the_order_of_ids_page_by_page),
        STORE_TEST(counts_are_by_wave_and_state_and_leave_out_what_is_not_released),
        STORE_TEST(a_decision_moves_it_and_can_be_taken_back),
        STORE_TEST(the_log_has_who_day_and_decision_but_no_words),
        STORE_TEST(the_second_of_two_who_decide_is_told),
        STORE_TEST(the_same_decision_twice_is_one),
        STORE_TEST(one_that_is_not_there_is_not_found_and_none_becomes_new),
        STORE_TEST(mixing_keeps_what_was_decided),
        STORE_TEST(a_state_that_was_changed_past_the_log_is_found),
        STORE_TEST(nor_can_one_that_is_held_back_be_let_out),
        STORE_TEST(a_count_that_is_not_that_of_the_comments_is_found),
        STORE_TEST(an_import_releases_its_comment_and_takes_it_away_again),
        STORE_TEST(a_report_shows_what_may_be_shown_and_counts_the_rest),
        STORE_TEST(however_much_is_written_a_report_can_be_made),
        STORE_TEST(a_comment_that_comes_later_is_not_counted_before_its_release),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
