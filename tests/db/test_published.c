/* test_published.c: published reports are kept as they are, and whoever changes, adds or
   removes one by hand is found out. */
#include "tests/support/test.h"

#include "db/evidence.h"
#include "db/published.h"
#include "db/sql.h"
#include "db/verify.h"
#include "kiosk/limits.h"
#include "tests/support/temp_store.h"

#include <stdio.h>
#include <string.h>

static struct published order_of(const char *report)
{
    return (struct published){.plan_version = 1,
        .year = 2026,
        .as_of = TEMP_STORE_TODAY - 1,
        .seal = {{1, 2, 3}},
        .report = text_of(report)};
}

static int64_t publish(struct temp_store *temp, const char *report)
{
    struct published order = order_of(report);
    assert_int_equal(published_add(temp->store, &temp_store_actor, &order), STATUS_OK);
    return order.number;
}

static void tamper(struct temp_store *temp, const char *script)
{
    struct sql *sql = store_take_writer(temp->store);
    assert_int_equal(sql_script(sql, script), STATUS_OK);
    store_give_writer(temp->store, sql);
}

static struct verify_result verify(struct temp_store *temp, enum status expected)
{
    struct verify_result result = {.published = -1};
    temp->problems.count = 0;
    assert_int_equal(
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL),
        expected);
    return result;
}

static void is_told(struct temp_store *temp, const char *words, const char *number)
{
    for (size_t i = 0; i < temp->problems.count; i++)
        if (strstr(temp->problems.list[i].message, words) != NULL &&
            text_equals(temp->problems.list[i].argument[0], text_of(number)))
            return;
    fail_msg("nobody says \"%s\" of %s", words, number);
}

/* ---- keeping ---- */

static void a_published_report_is_kept_byte_for_byte(void **state)
{
    struct temp_store *temp = *state;
    struct published found;
    assert_int_equal(publish(temp, "{\"a\": \"满意\"}\n"), 1);
    assert_int_equal(published_get(temp->store, temp->arena, 1, &found), STATUS_OK);
    assert_text_equal(found.report, "{\"a\": \"满意\"}\n");
    assert_int_equal(found.plan_version, 1);
    assert_int_equal(found.year, 2026);
    assert_int_equal(found.as_of, TEMP_STORE_TODAY - 1);
    assert_int_equal(found.published_on, TEMP_STORE_TODAY);
    assert_int_equal(found.operator_id.len, 0);
    assert_int_equal(found.seal.bytes[2], 3);
    struct seal_digest digest = published_digest(found.report);
    assert_true(seal_digest_equals(&found.digest, &digest));
}

static void it_is_there_after_the_store_was_closed(void **state)
{
    struct temp_store *temp = *state;
    struct published found;
    (void)publish(temp, "one");
    assert_true(temp_store_reopen(temp));
    assert_int_equal(published_get(temp->store, temp->arena, 1, &found), STATUS_OK);
}

static void the_newest_comes_first_in_the_list(void **state)
{
    struct temp_store *temp = *state;
    struct published *list = NULL;
    size_t count = 0;
    (void)publish(temp, "one");
    (void)publish(temp, "two");
    assert_int_equal(published_list(temp->store, temp->arena, &list, &count), STATUS_OK);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].number, 2);
    assert_int_equal(list[1].number, 1);
    assert_null(list[0].report.ptr);
}

static void what_is_not_there_is_not_found(void **state)
{
    struct temp_store *temp = *state;
    struct published found;
    assert_int_equal(
        published_get(temp->store, temp->arena, 1, &found), STATUS_NOT_FOUND);
}

static void the_very_same_report_is_not_published_twice(void **state)
{
    struct temp_store *temp = *state;
    struct published order = order_of("one");
    (void)publish(temp, "one");
    (void)publish(temp, "two");
    assert_int_equal(
        published_add(temp->store, &temp_store_actor, &order), STATUS_CONFLICT);
    assert_int_equal(order.number, 1);
}

static void as_many_are_kept_as_the_limit_says(void **state)
{
    struct temp_store *temp = *state;
    struct published order = order_of("one too many");
    struct published *list = NULL;
    size_t count = 0;
    char report[20];
    for (int i = 1; i <= PUBLISHED_MAX; i++) {
        (void)snprintf(report, sizeof report, "report %d", i);
        assert_int_equal(publish(temp, report), i);
    }
    assert_int_equal(
        published_add(temp->store, &temp_store_actor, &order), STATUS_TOO_LARGE);
    assert_int_equal(published_list(temp->store, temp->arena, &list, &count), STATUS_OK);
    assert_int_equal(count, PUBLISHED_MAX);
    assert_int_equal(verify(temp, STATUS_OK).published, PUBLISHED_MAX);
}

/* ---- verifying ---- */

static void untouched_ones_hold(void **state)
{
    struct temp_store *temp = *state;
    (void)publish(temp, "one");
    (void)publish(temp, "two");
    assert_int_equal(verify(temp, STATUS_OK).published, 2);
}

static void a_changed_one_is_named(void **state)
{
    struct temp_store *temp = *state;
    (void)publish(temp, "one");
    (void)publish(temp, "two");
    tamper(temp, "UPDATE published SET report = 'better' WHERE number = 2");
    (void)verify(temp, STATUS_INVALID);
    is_told(temp, "was changed after it was published", "2");
    is_told(temp, "is not the one that the log tells of", "2");
}

/* Whoever changes the digest too is found out by the log. */
static void one_that_was_changed_with_its_digest_is_named(void **state)
{
    struct temp_store *temp = *state;
    char script[200];
    struct seal_digest digest = published_digest(TEXT("better"));
    (void)publish(temp, "one");
    (void)snprintf(script, sizeof script,
        "UPDATE published SET report = 'better', digest = x'%.*s' WHERE number = 1",
        TEXT_ARG(seal_digest_text(temp->arena, &digest)));
    tamper(temp, script);
    (void)verify(temp, STATUS_INVALID);
    assert_int_equal(temp->problems.count, 1);
    is_told(temp, "is not the one that the log tells of", "1");
}

static void a_removed_one_is_named(void **state)
{
    struct temp_store *temp = *state;
    (void)publish(temp, "one");
    (void)publish(temp, "two");
    tamper(temp, "DELETE FROM published WHERE number = 2");
    (void)verify(temp, STATUS_INVALID);
    is_told(temp, "which is missing", "2");
}

static void an_added_one_is_named(void **state)
{
    struct temp_store *temp = *state;
    char script[600];
    struct seal_digest digest = published_digest(TEXT("mine"));
    (void)publish(temp, "one");
    (void)snprintf(script, sizeof script,
        "INSERT INTO published (number, published_on, operator, plan_version, year,"
        " as_of, seal, digest, report) SELECT 2, published_on, operator, plan_version,"
        " year, as_of, seal, x'%.*s', 'mine' FROM published",
        TEXT_ARG(seal_digest_text(temp->arena, &digest)));
    tamper(temp, script);
    (void)verify(temp, STATUS_INVALID);
    assert_int_equal(temp->problems.count, 1);
    is_told(temp, "does not tell of published report", "2");
}

static void evidence_holds_what_was_published(void **state)
{
    struct temp_store *temp = *state;
    char path[80];
    struct text words[EVIDENCE_WORD_COUNT] = {
        TEXT("1"), TEXT("1"), TEXT("1"), TEXT("2026-02-09"), TEXT("zh")};
    struct store *file = NULL;
    struct published found;
    (void)publish(temp, "one");
    (void)snprintf(path, sizeof path, "%s/evidence", temp->folder);
    assert_int_equal(
        evidence_begin(temp->store, path, &temp->problems, NULL, NULL), STATUS_OK);
    assert_int_equal(evidence_finish(path, words, &temp->problems), STATUS_OK);
    assert_int_equal(store_open_file(path, &temp->problems, &file), STATUS_OK);
    assert_int_equal(published_get(file, temp->arena, 1, &found), STATUS_OK);
    assert_text_equal(found.report, "one");
    store_close(file);
}

#define WITH_STORE(test)                                                                 \
    cmocka_unit_test_setup_teardown(test, temp_store_set_up, temp_store_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(a_published_report_is_kept_byte_for_byte),
        WITH_STORE(it_is_there_after_the_store_was_closed),
        WITH_STORE(the_newest_comes_first_in_the_list),
        WITH_STORE(what_is_not_there_is_not_found),
        WITH_STORE(the_very_same_report_is_not_published_twice),
        WITH_STORE(as_many_are_kept_as_the_limit_says),
        WITH_STORE(untouched_ones_hold),
        WITH_STORE(a_changed_one_is_named),
        WITH_STORE(one_that_was_changed_with_its_digest_is_named),
        WITH_STORE(a_removed_one_is_named),
        WITH_STORE(an_added_one_is_named),
        WITH_STORE(evidence_holds_what_was_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
