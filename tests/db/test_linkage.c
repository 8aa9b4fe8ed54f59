/* test_linkage.c: 500 people answer with slips in a known order, or by codes that a
   tablet showed them one after another. Whoever has every byte that was stored, and knows
   which code each person had, tries to find out who answered what. Before the mixing that
   finds nearly everybody; after it nothing better than chance. */
#include "tests/support/test.h"

#include "db/comments.h"
#include "db/flag_hours.h"
#include "db/intake.h"
#include "db/mixing.h"
#include "db/releases.h"
#include "db/screens.h"
#include "db/sql.h"
#include "tests/support/linkage.h"
#include "tests/support/temp_store.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PEOPLE = 500, CROWD = 20 };

struct village {
    struct temp_store *temp;
    struct intake *intake;
    struct attack *attack;
    struct stuffing_hours *hours;
    pthread_mutex_t mutex; /* over these two */
    struct code slips[PEOPLE];
    unsigned char words[PEOPLE][MARK_BYTES];
    bool knows_ids; /* whoever attacks looks for the ids of comments, not their words */
    atomic_int next;
    int kept_stderr;
};

/* ---- people answer ---- */

/* A comment that is found again: 16 letters drawn from the id. */
static void say(const struct submission *submission, unsigned char words[MARK_BYTES])
{
    for (int i = 0; i < MARK_BYTES; i++)
        words[i] =
            (unsigned char)('a' + (submission->id.bytes[15 - i % 10] >> i / 10) % 26);
}

static void mark_all(struct village *village, int person, const struct code_grant *grant,
    const struct submission *submission)
{
    const struct text *words = &submission->comments->text;
    memcpy(village->words[person], words->ptr, MARK_BYTES);
    (void)pthread_mutex_lock(&village->mutex);
    attack_mark(village->attack, MARK_CODE, person, grant->hash.bytes);
    attack_mark(village->attack, MARK_SUBMISSION, person, submission->id.bytes);
    if (!village->knows_ids)
        attack_mark(
            village->attack, MARK_COMMENT, person, (const unsigned char *)words->ptr);
    (void)pthread_mutex_unlock(&village->mutex);
}

/* Every fifth is flagged; people come in order of the hours, which are kept as in the
   real: in lots of ten. */
static void note_hour(struct village *village, int person)
{
    enum { LOT = 10 };
    struct stuffing_group lot;
    (void)pthread_mutex_lock(&village->mutex);
    stuffing_hours_add(
        village->hours, 2026, TEXT("north"), 2, person * HOURS_OF_DAY / PEOPLE);
    while (stuffing_hours_take(village->hours, LOT, &lot))
        assert_int_equal(flag_hours_add(village->temp->store, &lot), STATUS_OK);
    (void)pthread_mutex_unlock(&village->mutex);
}

static void answer(struct village *village, int person)
{
    struct temp_store *temp = village->temp;
    struct submission submission;
    struct code_grant grant;
    unsigned char words[MARK_BYTES];
    struct arena *arena = arena_new(4096);
    enum intake_outcome outcome;
    assert_int_equal(
        codes_find(temp->store, &village->slips[person], arena, &grant), STATUS_OK);
    temp_store_submission(temp, "430", &submission);
    say(&submission, words);
    struct comment comment = {TEXT("comment"), {(const char *)words, MARK_BYTES}};
    submission.channel = grant.channel;
    submission.flags = person % 5 == 0 ? 2 : 0;
    submission.comments = &comment;
    submission.comment_count = 1;
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire, .grant = &grant};
    assert_int_equal(intake_submit(village->intake, &entry, &outcome), STATUS_OK);
    assert_int_equal(outcome, INTAKE_STORED);
    mark_all(village, person, &grant, &submission);
    if (submission.flags != 0)
        note_hour(village, person);
    arena_free(arena);
}

static void *answer_in_turn(void *context)
{
    struct village *village = context;
    int person;
    while ((person = atomic_fetch_add(&village->next, 1)) < PEOPLE)
        answer(village, person);
    return NULL;
}

static void answer_all(struct village *village, size_t at_once)
{
    pthread_t threads[CROWD];
    for (size_t i = 0; i < at_once; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, answer_in_turn, village), 0);
    for (size_t i = 0; i < at_once; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
}

/* BUSY: the checkpoint thread is at work; the job asks again. */
static void mix(struct village *village)
{
    enum { TRIES = 1000 };
    struct mixing *mixing = mixing_new(village->temp->store, village->temp->plans);
    enum status rc = STATUS_BUSY;
    bool more = true;
    for (int i = 0; i < TRIES && (rc == STATUS_BUSY || more); i++)
        rc = mixing_step(mixing, TEMP_STORE_TODAY, &more);
    assert_int_equal(rc, STATUS_OK);
    mixing_free(mixing);
}

/* ---- the village: the store serves as long as it stands ---- */

static void redirect_stderr(struct village *village)
{
    char path[80];
    (void)snprintf(path, sizeof path, "%s/stderr.txt", village->temp->folder);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    village->kept_stderr = dup(STDERR_FILENO);
    assert_true(file >= 0 && dup2(file, STDERR_FILENO) >= 0);
    (void)close(file);
}

static void print_slips(struct village *village)
{
    struct code unused[PEOPLE];
    int64_t batch;
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .channel = CHANNEL_SLIP,
        .count = PEOPLE,
        .today = TEMP_STORE_TODAY};
    struct store *store = village->temp->store;
    assert_int_equal(codes_make(store, &order, village->slips, &batch), STATUS_OK);
    assert_int_equal(codes_make(store, &order, unused, &batch), STATUS_OK);
}

static int set_up(void **state)
{
    void *temp = NULL;
    struct village *village = calloc(1, sizeof *village);
    *state = village;
    if (village == NULL || temp_store_set_up(&temp) != 0)
        return 1;
    village->temp = temp;
    village->attack = attack_new(PEOPLE);
    village->hours = calloc(1, sizeof *village->hours);
    (void)pthread_mutex_init(&village->mutex, NULL);
    redirect_stderr(village);
    print_slips(village);
    return intake_open(village->temp->store, &village->intake) == STATUS_OK ? 0 : 1;
}

static int tear_down(void **state)
{
    struct village *village = *state;
    void *temp = village->temp;
    intake_close(village->intake);
    (void)dup2(village->kept_stderr, STDERR_FILENO);
    (void)close(village->kept_stderr);
    (void)pthread_mutex_destroy(&village->mutex);
    attack_free(village->attack);
    free(village->hours);
    free(village);
    return temp_store_tear_down(&temp);
}

static void make_backup(struct village *village)
{
    char path[80];
    sqlite3 *from = NULL;
    sqlite3 *to = NULL;
    (void)snprintf(path, sizeof path, "%s/backup.db", village->temp->folder);
    assert_int_equal(sqlite3_open(path, &to), SQLITE_OK);
    (void)snprintf(path, sizeof path, "%s/manyi.db", village->temp->folder);
    assert_int_equal(sqlite3_open(path, &from), SQLITE_OK);
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    assert_non_null(backup);
    assert_int_equal(sqlite3_backup_step(backup, -1), SQLITE_DONE);
    assert_int_equal(sqlite3_backup_finish(backup), SQLITE_OK);
    (void)sqlite3_close(to);
    (void)sqlite3_close(from);
}

static struct attack_result attack(struct village *village)
{
    struct attack_result result;
    make_backup(village);
    attack_run(village->attack, village->temp->folder, &result);
    printf("%d of %d by %s; %d tries, chance has at most %d\n", result.most, PEOPLE,
        result.best, result.tries, result.bound);
    printf("order %.3f of %s, chance has at most %.3f\n", result.order, result.order_by,
        result.order_bound);
    return result;
}

static void check_nothing_better_than_chance(struct village *village)
{
    struct attack_result result = attack(village);
    assert_true(result.sightings >= 2 * 3 * PEOPLE); /* database and backup */
    assert_true(result.most <= result.bound);
    assert_true(result.order <= result.order_bound);
}

/* ---- the cases ---- */

/* While somebody reads for long the log keeps every frame. */
static struct attack_result attack_a_whole_log(struct village *village, size_t at_once)
{
    struct sql *reader = store_take_reader(village->temp->store);
    int64_t count = 0;
    assert_int_equal(sql_begin_read(reader), STATUS_OK);
    assert_int_equal(
        sql_ask_number(reader, "SELECT count(*) FROM " EVERY_SUBMISSION, &count),
        STATUS_OK);
    answer_all(village, at_once);
    struct attack_result result = attack(village);
    sql_rollback(reader);
    store_give_reader(village->temp->store, reader);
    return result;
}

static void without_mixing_nearly_everybody_is_found(void **state)
{
    struct attack_result result = attack_a_whole_log(*state, 1);
    assert_true(result.most >= PEOPLE * 9 / 10);
}

static void without_mixing_many_of_a_crowd_are_found(void **state)
{
    struct attack_result result = attack_a_whole_log(*state, CROWD);
    assert_true(result.most > 2 * result.bound);
}

/* ---- ids of comments, which stand in an index too ---- */

static void mark_ids(struct village *village)
{
    char path[80];
    sqlite3 *bare = NULL;
    sqlite3_stmt *find = NULL;
    (void)snprintf(path, sizeof path, "%s/manyi.db", village->temp->folder);
    assert_int_equal(sqlite3_open_v2(path, &bare, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(bare,
                         "SELECT id FROM comment WHERE text = $1 UNION ALL"
                         " SELECT id FROM comment_arrival WHERE text = $1",
                         -1, &find, NULL),
        SQLITE_OK);
    for (int person = 0; person < PEOPLE; person++) {
        assert_int_equal(sqlite3_bind_text(find, 1, (const char *)village->words[person],
                             MARK_BYTES, SQLITE_STATIC),
            SQLITE_OK);
        assert_int_equal(sqlite3_step(find), SQLITE_ROW);
        attack_mark(village->attack, MARK_COMMENT, person, sqlite3_column_blob(find, 0));
        assert_int_equal(sqlite3_reset(find), SQLITE_OK);
    }
    (void)sqlite3_finalize(find);
    (void)sqlite3_close(bare);
}

static void release(struct village *village)
{
    struct sql *sql = NULL;
    struct store *store = village->temp->store;
    assert_int_equal(store_begin(store, &sql), STATUS_OK);
    enum status rc = release_wave(sql, TEXT("visits"), TEXT("q1"), TEMP_STORE_TODAY);
    assert_int_equal(store_end(store, sql, rc), STATUS_OK);
}

/* The first fifty are read and decided about, in the order in which they are listed. */
static void review(struct village *village)
{
    const struct comments_query query = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .review = REVIEW_WAITS,
        .limit = 50};
    const struct actor actor = {.today = TEMP_STORE_TODAY};
    struct comment_row *rows;
    size_t count = 0;
    struct store *store = village->temp->store;
    assert_int_equal(
        comments_list(store, village->temp->arena, &query, &rows, &count), STATUS_OK);
    assert_int_equal(count, query.limit);
    for (size_t i = 0; i < count; i++) {
        const struct comment_decision order = {
            rows[i].id, REVIEW_WAITS, i % 3 == 0 ? REVIEW_NAMES : REVIEW_SHOWN};
        assert_int_equal(comments_decide(store, &actor, &order), STATUS_OK);
    }
}

static void after_mixing_ids_of_comments_tell_nothing(void **state)
{
    struct village *village = *state;
    village->knows_ids = true;
    answer_all(village, 1);
    mark_ids(village);
    mix(village);
    check_nothing_better_than_chance(village);
}

static void after_mixing_a_release_and_reviews_tell_nothing(void **state)
{
    struct village *village = *state;
    village->knows_ids = true;
    answer_all(village, 1);
    mark_ids(village);
    mix(village);
    release(village);
    review(village);
    check_nothing_better_than_chance(village);
}

static void a_mixing_after_release_and_reviews_leaves_nothing(void **state)
{
    struct village *village = *state;
    village->knows_ids = true;
    answer_all(village, 1);
    mark_ids(village);
    release(village);
    review(village);
    mix(village);
    check_nothing_better_than_chance(village);
}

/* ---- codes of a tablet ---- */

/* In the order in which they came, three a minute. */
static void show_codes(struct village *village)
{
    enum { FIRST_SLOT = 29510160 };
    struct store *store = village->temp->store;
    struct turn turn = {.slot = FIRST_SLOT};
    assert_int_equal(
        screens_number(store, TEXT("visits"), TEXT("north"), &turn.screen), STATUS_OK);
    for (uint32_t i = 0; i < PEOPLE; i++) {
        turn.slot = FIRST_SLOT + i / 3;
        turn.number = i % 3;
        village->slips[i] = rotating_code(store_key(store), &turn);
    }
}

static void without_mixing_those_at_a_tablet_are_found(void **state)
{
    show_codes(*state);
    struct attack_result result = attack_a_whole_log(*state, 1);
    assert_true(result.most >= PEOPLE * 9 / 10);
    assert_non_null(strstr(result.best, "codes")); /* their rows are seen as well */
}

static void after_mixing_those_at_a_tablet_are_not_found(void **state)
{
    struct village *village = *state;
    show_codes(village);
    answer_all(village, 1);
    mix(village);
    check_nothing_better_than_chance(village);
}

static void after_mixing_a_crowd_at_tablets_is_not_found(void **state)
{
    struct village *village = *state;
    show_codes(village);
    answer_all(village, CROWD);
    mix(village);
    check_nothing_better_than_chance(village);
}

/* ---- slips ---- */

static void after_mixing_those_who_came_one_by_one_are_not_found(void **state)
{
    struct village *village = *state;
    answer_all(village, 1);
    mix(village);
    check_nothing_better_than_chance(village);
}

static void after_mixing_those_who_came_at_once_are_not_found(void **state)
{
    struct village *village = *state;
    answer_all(village, CROWD);
    mix(village);
    check_nothing_better_than_chance(village);
}

#define VILLAGE_TEST(case) cmocka_unit_test_setup_teardown(case, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        VILLAGE_TEST(without_mixing_nearly_everybody_is_found),
        VILLAGE_TEST(without_mixing_many_of_a_crowd_are_found),
        VILLAGE_TEST(after_mixing_those_who_came_one_by_one_are_not_found),
        VILLAGE_TEST(after_mixing_those_who_came_at_once_are_not_found),
        VILLAGE_TEST(after_mixing_ids_of_comments_tell_nothing),
        VILLAGE_TEST(after_mixing_a_release_and_reviews_tell_nothing),
        VILLAGE_TEST(a_mixing_after_release_and_reviews_leaves_nothing),
        VILLAGE_TEST(without_mixing_those_at_a_tablet_are_found),
        VILLAGE_TEST(after_mixing_those_at_a_tablet_are_not_found),
        VILLAGE_TEST(after_mixing_a_crowd_at_tablets_is_not_found),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
