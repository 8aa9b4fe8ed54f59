/* test_disk.c: the disk is full, fails, is slow, or another program has the store: "try
   again", in the person's language, with what was filled in; and once it is over the
   server goes on by itself. */
#include "tests/faults/served.h"
#include "tests/support/test.h"

#include "db/sql.h"
#include "kiosk/limits.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CROWD = 16, RECOVERY_MS = 5000 };

/* ---- one person ---- */

static void get(const struct served *served, const char *path, struct http_answer *answer)
{
    char request[300];
    (void)snprintf(
        request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path);
    http_exchange(served->port, request, answer);
}

/* By poster; the path may end in "?lang=en". */
static void fill_in(const struct served *served, const char *language, const char *id,
    struct http_answer *answer)
{
    char request[700];
    char body[200];
    int body_len = snprintf(body, sizeof body,
        "submission=%s&overall=2&reasons=late&comment=slow+%%26+late", id);
    (void)snprintf(request, sizeof request,
        "POST /t/%s%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n%s",
        served->poster.letters, language, body_len, body);
    http_exchange(served->port, request, answer);
}

static bool has(const struct http_answer *answer, const char *words)
{
    char *body = malloc(answer->body.len + 1);
    memcpy(body, answer->body.ptr, answer->body.len);
    body[answer->body.len] = '\0';
    bool is_there = strstr(body, words) != NULL;
    free(body);
    return is_there;
}

static void check_try_again(const struct http_answer *answer)
{
    int64_t seconds = 0;
    assert_int_equal(answer->status, 503);
    assert_true(text_to_number(http_header(answer, "Retry-After"), &seconds));
    assert_true(seconds >= 1 && seconds <= 60);
}

static void check_keeps_what_was_filled_in(
    const struct http_answer *answer, const char *id, const char *words)
{
    char hidden[100];
    (void)snprintf(hidden, sizeof hidden, "name=\"submission\" value=\"%s\"", id);
    check_try_again(answer);
    assert_true(has(answer, words));
    assert_true(has(answer, hidden));
    assert_true(has(answer, "slow &amp; late"));
    assert_true(has(answer, "value=\"2\" class=\"opens-1\" checked"));
    assert_true(has(answer, "value=\"late\" checked"));
}

/* An id for a form; it goes into the ledger as one that was not thanked yet. */
static void make_id(struct served *served, char id[SUBMISSION_ID_LETTERS + 1])
{
    struct entry *entry = served_next(served, false);
    submission_id_format(&entry->id, id);
}

/* ---- faults of the disk ---- */

/* While the error stands: both languages, reading goes on (where it can), health says
   yes. Afterwards the same form is taken at once, or nearly so. */
static void check_fault(
    struct served *served, atomic_int *which, int error, bool reading_fails)
{
    static struct http_answer answer;
    char id[SUBMISSION_ID_LETTERS + 1];
    char path[60];
    make_id(served, id);
    (void)snprintf(path, sizeof path, "/t/%s", served->poster.letters);
    atomic_store(which, error);
    fill_in(served, "", id, &answer);
    if (reading_fails)
        check_try_again(&answer);
    else
        check_keeps_what_was_filled_in(&answer, id, "还没交上");
    fill_in(served, "?lang=en", id, &answer);
    if (!reading_fails)
        check_keeps_what_was_filled_in(&answer, id, "Not received yet");
    get(served, path, &answer);
    assert_int_equal(answer.status, reading_fails ? 503 : 200);
    get(served, "/healthz", &answer);
    assert_int_equal(answer.status, 200);

    atomic_store(which, 0);
    fill_in(served, "", id, &answer);
    assert_int_equal(answer.status, 303);
    get(served, "/readyz", &answer);
    assert_int_equal(answer.status, 200);
}

/* Everybody is thanked in the end, and nobody is missing or twice there. */
static void end(struct served *served)
{
    served_send_again(served);
    int status = served_end(served, SIGKILL);
    assert_true(WIFSIGNALED(status)); /* it was up until then */
    served_check(served, true);
}

static void each_error_of_the_disk_passes(void **state)
{
    struct served *served = *state;
    struct faults *faults = served->faults;
    served_start(served);
    check_fault(served, &faults->write_error, SQLITE_FULL, false);
    check_fault(served, &faults->write_error, SQLITE_IOERR_WRITE, false);
    check_fault(served, &faults->sync_error, SQLITE_IOERR_FSYNC, false);
    check_fault(served, &faults->write_error, SQLITE_FULL, false);
    end(served);
}

/* Pages that are in memory hide it: a crowd reads others. */
static void a_disk_that_cannot_be_read_passes(void **state)
{
    static struct http_answer answer;
    struct served *served = *state;
    served_start(served);
    atomic_store(&served->faults->read_error, SQLITE_IOERR_READ);
    size_t refused = 0;
    for (size_t i = 0; i < 200; i++) {
        char path[60];
        (void)snprintf(path, sizeof path, "/t/%s", served->slips[i * 97].letters);
        get(served, path, &answer);
        if (answer.status != 200)
            check_try_again(&answer);
        refused += answer.status == 503 ? 1 : 0;
    }
    assert_true(refused > 100);
    atomic_store(&served->faults->read_error, 0);
    for (size_t i = 0; i < 200; i++) {
        char path[60];
        (void)snprintf(path, sizeof path, "/t/%s", served->slips[i * 97].letters);
        get(served, path, &answer);
        assert_int_equal(answer.status, 200);
    }
    end(served);
}

static void under_load_errors_come_and_go_and_nobody_is_lost(void **state)
{
    struct served *served = *state;
    struct faults *faults = served->faults;
    const struct {
        atomic_int *which;
        int error;
    } errors[] = {
        {&faults->write_error, SQLITE_FULL},
        {&faults->write_error, SQLITE_IOERR_WRITE},
        {&faults->sync_error, SQLITE_IOERR_FSYNC},
    };
    served_start(served);
    crowd_start(served, CROWD);
    for (int round = 0; round < in_form(3, 60); round++) {
        crowd_wait(served, 50);
        atomic_store(errors[round % 3].which, errors[round % 3].error);
        sleep_ms(100);
        atomic_store(errors[round % 3].which, 0);
    }
    crowd_wait(served, 50);
    crowd_stop(served);
    end(served);
}

static void a_slow_disk_is_waited_for(void **state)
{
    struct served *served = *state;
    served_start(served);
    atomic_store(&served->faults->sync_delay_us, 100000);
    crowd_start(served, CROWD);
    crowd_wait(served, (size_t)in_form(100, 2000));
    crowd_stop(served);
    for (size_t i = 0; i < atomic_load(&served->asked); i++)
        assert_int_equal(served->ledger[i].said, SAID_THANKS);
    atomic_store(&served->faults->sync_delay_us, 0);
    end(served);
}

/* ---- room ---- */

static bool get_until(const struct served *served, const char *path, int expected)
{
    static struct http_answer answer;
    for (int ms = 0; ms < RECOVERY_MS; ms += 50) {
        get(served, path, &answer);
        if (answer.status == expected)
            return true;
        sleep_ms(50);
    }
    return false;
}

static void below_the_mark_answers_are_refused_early(void **state)
{
    static struct http_answer answer;
    struct served *served = *state;
    char id[SUBMISSION_ID_LETTERS + 1];
    make_id(served, id);
    atomic_store(&served->faults->free_bytes, FREE_BYTES_MIN);
    served_start(served);
    assert_true(get_until(served, "/readyz", 200));
    atomic_store(&served->faults->free_bytes, FREE_BYTES_MIN - 4096);
    assert_true(get_until(served, "/readyz", 503));
    get(served, "/readyz", &answer);
    assert_true(has(&answer, "the disk is nearly full"));
    fill_in(served, "", id, &answer);
    check_keeps_what_was_filled_in(&answer, id, "还没交上");

    atomic_store(&served->faults->free_bytes, FREE_BYTES_MIN);
    assert_true(get_until(served, "/readyz", 200));
    fill_in(served, "", id, &answer);
    assert_int_equal(answer.status, 303);
    end(served);
}

/* ---- another program has the store ---- */

static void a_locked_store_is_waited_for_and_then_busy(void **state)
{
    static struct http_answer answer;
    struct served *served = *state;
    struct temp_store *temp = served->temp;
    struct store *other = NULL;
    struct sql *lock = NULL;
    char id[SUBMISSION_ID_LETTERS + 1];
    make_id(served, id);
    served_start(served);
    assert_int_equal(
        store_open(temp->folder, STORE_CHANGE, &temp->problems, &other), STATUS_OK);
    assert_int_equal(store_begin(other, &lock), STATUS_OK);
    fill_in(served, "?lang=en", id, &answer); /* after SQL_PATIENCE_MS */
    check_keeps_what_was_filled_in(&answer, id, "Not received yet");

    assert_int_equal(store_end(other, lock, STATUS_OK), STATUS_OK);
    fill_in(served, "", id, &answer);
    assert_int_equal(answer.status, 303);
    store_close(other);
    end(served);
}

/* ---- a small disk that is really full: the long form, as root ---- */

static int run(const char *const arguments[])
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        (void)execvp(arguments[0], (char *const *)(uintptr_t)arguments);
        _exit(127);
    }
    (void)waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static char small_disk[20];

/* Not to be mounted is a failure, not a reason to skip. */
static int set_up_small_disk(void **state)
{
    const char *const mount[] = {
        "mount", "-t", "tmpfs", "-o", "size=192m", "tmpfs", small_disk, NULL};
    (void)snprintf(small_disk, sizeof small_disk, "/tmp/manyi-XXXXXX");
    if (mkdtemp(small_disk) == NULL || run(mount) != 0)
        return 1;
    (void)setenv("MANYI_TEST_ROOT", small_disk, 1);
    return served_set_up(state);
}

static int tear_down_small_disk(void **state)
{
    const char *const unmount[] = {"umount", small_disk, NULL};
    int failed = served_tear_down(state);
    (void)unsetenv("MANYI_TEST_ROOT");
    return run(unmount) == 0 && rmdir(small_disk) == 0 ? failed : 1;
}

/* A file of so many bytes, or of all there are. */
static void place_ballast(const char *path, int64_t bytes)
{
    static char block[65536];
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    (void)setvbuf(file, NULL, _IONBF, 0);
    while (bytes > 0 && fwrite(block, 1, sizeof block, file) == sizeof block)
        bytes -= (int64_t)sizeof block;
    (void)fclose(file);
}

static bool somebody_was_asked_to_try_again(struct served *served, size_t since)
{
    for (int ms = 0; ms < RECOVERY_MS; ms += 10) {
        for (size_t i = since; i < atomic_load(&served->asked); i++)
            if (served->ledger[i].said == SAID_TRY_AGAIN)
                return true;
        sleep_ms(10);
    }
    return false;
}

static void a_disk_that_is_really_full_passes(void **state)
{
    enum { ROUNDS = 5 };
    struct served *served = *state;
    char ballast[60];
    (void)snprintf(ballast, sizeof ballast, "%s/ballast", small_disk);
    atomic_store(&served->faults->free_bytes, 1LL << 40); /* no mark: the engine's turn */
    served_start(served);
    crowd_start(served, CROWD);
    for (int round = 0; round < ROUNDS; round++) {
        crowd_wait(served, 200);
        size_t since = atomic_load(&served->asked);
        place_ballast(ballast, INT64_MAX);
        assert_true(somebody_was_asked_to_try_again(served, since));
        assert_int_equal(unlink(ballast), 0);
    }
    crowd_wait(served, 200);
    crowd_stop(served);
    end(served);
}

static void a_disk_that_is_really_short_of_room_refuses_early(void **state)
{
    struct served *served = *state;
    char ballast[60];
    (void)snprintf(ballast, sizeof ballast, "%s/ballast", small_disk);
    served_start(served);
    assert_true(get_until(served, "/readyz", 200));
    place_ballast(ballast, 100 << 20);
    assert_true(get_until(served, "/readyz", 503));
    assert_int_equal(unlink(ballast), 0);
    assert_true(get_until(served, "/readyz", 200));
    end(served);
}

#define SERVED_TEST(case)                                                                \
    cmocka_unit_test_setup_teardown(case, served_set_up, served_tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        SERVED_TEST(each_error_of_the_disk_passes),
        SERVED_TEST(a_disk_that_cannot_be_read_passes),
        SERVED_TEST(under_load_errors_come_and_go_and_nobody_is_lost),
        SERVED_TEST(a_slow_disk_is_waited_for),
        SERVED_TEST(below_the_mark_answers_are_refused_early),
        SERVED_TEST(a_locked_store_is_waited_for_and_then_busy),
    };
    const struct CMUnitTest long_cases[] = {
        cmocka_unit_test_setup_teardown(
            a_disk_that_is_really_full_passes, set_up_small_disk, tear_down_small_disk),
        cmocka_unit_test_setup_teardown(a_disk_that_is_really_short_of_room_refuses_early,
            set_up_small_disk, tear_down_small_disk),
    };
    int failed = cmocka_run_group_tests(cases, NULL, NULL);
    if (is_long())
        failed += cmocka_run_group_tests(long_cases, NULL, NULL);
    return failed;
}
