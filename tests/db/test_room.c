/* test_room.c: answers are refused while the disk has too little room, and taken again
   when it has. The disk's room is what this file says it is. */
#include "tests/support/test.h"

#include "db/intake.h"
#include "db/room.h"
#include "kiosk/limits.h"
#include "tests/support/temp_store.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/statvfs.h>
#include <time.h>

enum { FRAGMENT = 512 };

static atomic_llong free_bytes = (long long)FREE_BYTES_MIN * 2;
static atomic_bool answers = true;

/* In the place of the C library's. */
int fstatvfs(int file, struct statvfs *out)
{
    (void)file;
    *out = (struct statvfs){.f_frsize = FRAGMENT,
        .f_bsize = 4096,
        .f_bavail = (fsblkcnt_t)(atomic_load(&free_bytes) / FRAGMENT)};
    errno = EIO;
    return atomic_load(&answers) ? 0 : -1;
}

static bool look(struct room *room)
{
    atomic_store(&room->next_check_ms, 0);
    return room_is_left(room);
}

static void at_the_mark_there_is_room_and_one_block_below_not(void **state)
{
    (void)state;
    struct room room;
    room_init(&room, 0);
    atomic_store(&free_bytes, FREE_BYTES_MIN);
    assert_true(look(&room));
    atomic_store(&free_bytes, FREE_BYTES_MIN - FRAGMENT);
    assert_false(look(&room));
    atomic_store(&free_bytes, FREE_BYTES_MIN);
    assert_true(look(&room));
}

static void the_disk_is_not_asked_each_time(void **state)
{
    (void)state;
    struct room room;
    room_init(&room, 0);
    atomic_store(&free_bytes, FREE_BYTES_MIN);
    assert_true(room_is_left(&room));
    atomic_store(&free_bytes, 0);
    assert_true(room_is_left(&room)); /* as it was a moment before */
    assert_false(look(&room));
}

static void a_disk_that_cannot_be_asked_changes_nothing(void **state)
{
    (void)state;
    struct room room;
    room_init(&room, 0);
    atomic_store(&answers, false);
    atomic_store(&free_bytes, 0);
    assert_true(look(&room));
    atomic_store(&answers, true);
    assert_false(look(&room));
    atomic_store(&answers, false);
    assert_false(look(&room));
    atomic_store(&answers, true);
}

/* ---- through the intake ---- */

static enum status submit(struct temp_store *temp, struct intake *intake)
{
    struct submission submission;
    enum intake_outcome outcome;
    temp_store_submission(temp, "430", &submission);
    struct intake_entry entry = {
        .submission = &submission, .questionnaire = temp->questionnaire};
    return intake_submit(intake, &entry, &outcome);
}

/* Until the answer is that one; the disk is asked twice a second. */
static void submit_until(
    struct temp_store *temp, struct intake *intake, enum status expected)
{
    enum status rc = STATUS_INTERNAL;
    for (int i = 0; i < 200 && (rc = submit(temp, intake)) != expected; i++)
        (void)nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    assert_int_equal(rc, expected);
}

static void answers_are_refused_early_and_taken_again(void **state)
{
    struct temp_store *temp = *state;
    struct intake *intake = NULL;
    atomic_store(&free_bytes, FREE_BYTES_MIN);
    assert_int_equal(intake_open(temp->store, &intake), STATUS_OK);
    assert_int_equal(submit(temp, intake), STATUS_OK);

    atomic_store(&free_bytes, FREE_BYTES_MIN - FRAGMENT);
    submit_until(temp, intake, STATUS_BUSY);
    assert_false(store_has_room(temp->store));

    atomic_store(&free_bytes, FREE_BYTES_MIN);
    submit_until(temp, intake, STATUS_OK);
    assert_true(store_has_room(temp->store));
    intake_close(intake);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(at_the_mark_there_is_room_and_one_block_below_not),
        cmocka_unit_test(the_disk_is_not_asked_each_time),
        cmocka_unit_test(a_disk_that_cannot_be_asked_changes_nothing),
        cmocka_unit_test_setup_teardown(answers_are_refused_early_and_taken_again,
            temp_store_set_up, temp_store_tear_down),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
