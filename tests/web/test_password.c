/* test_password.c: hashing on threads of its own, a bounded number at a time. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/password.h"

#include <pthread.h>
#include <string.h>

static int set_up(void **state)
{
    struct passwords *passwords;
    if (passwords_open(&passwords) != STATUS_OK)
        return 1;
    *state = passwords;
    return 0;
}

static int tear_down(void **state)
{
    passwords_close(*state);
    return 0;
}

static void a_password_is_recognised_by_its_hash_and_no_other_is(void **state)
{
    char hash[PASSWORD_HASH_LETTERS + 1];
    assert_int_equal(password_hash(*state, TEXT("correct horse"), hash), STATUS_OK);
    assert_memory_equal(hash, "$argon2id$v=19$m=65536,t=3,p=1$", 31);
    assert_int_equal(
        password_verify(*state, TEXT("correct horse"), text_of(hash)), STATUS_OK);
    assert_int_equal(
        password_verify(*state, TEXT("correct horsE"), text_of(hash)), STATUS_INVALID);
    assert_int_equal(password_verify(*state, TEXT(""), text_of(hash)), STATUS_INVALID);
}

static void the_same_password_has_another_hash_each_time(void **state)
{
    char first[PASSWORD_HASH_LETTERS + 1];
    char second[PASSWORD_HASH_LETTERS + 1];
    assert_int_equal(password_hash(*state, TEXT("correct horse"), first), STATUS_OK);
    assert_int_equal(password_hash(*state, TEXT("correct horse"), second), STATUS_OK);
    assert_string_not_equal(first, second);
}

static void what_is_no_hash_recognises_nothing(void **state)
{
    char letters[PASSWORD_HASH_LETTERS + 2];
    memset(letters, 'x', sizeof letters);
    struct text longest = {letters, PASSWORD_HASH_LETTERS};
    struct text longer = {letters, PASSWORD_HASH_LETTERS + 1};
    assert_int_equal(password_verify(*state, TEXT("x"), TEXT("")), STATUS_INVALID);
    assert_int_equal(
        password_verify(*state, (struct text){0}, (struct text){0}), STATUS_INVALID);
    assert_int_equal(password_verify(*state, TEXT(""), TEXT("none")), STATUS_INVALID);
    assert_int_equal(password_verify(*state, TEXT("x"), longest), STATUS_INVALID);
    assert_int_equal(password_verify(*state, TEXT("x"), longer), STATUS_INVALID);
}

/* ---- many at once ---- */

enum { CALLERS = 3 * (PASSWORDS_AT_ONCE + PASSWORD_QUEUE_MAX) };

struct caller {
    pthread_t thread;
    struct passwords *passwords;
    pthread_barrier_t *start;
    enum status status;
};

static void *call(void *argument)
{
    struct caller *caller = argument;
    (void)pthread_barrier_wait(caller->start);
    caller->status = password_verify(caller->passwords, TEXT("x"), TEXT(""));
    return NULL;
}

static void a_few_wait_and_the_rest_are_asked_to_come_back(void **state)
{
    static struct caller callers[CALLERS];
    pthread_barrier_t start;
    int served = 0;
    int refused = 0;
    assert_int_equal(pthread_barrier_init(&start, NULL, CALLERS), 0);
    for (size_t i = 0; i < CALLERS; i++) {
        callers[i] = (struct caller){.passwords = *state, .start = &start};
        assert_int_equal(pthread_create(&callers[i].thread, NULL, call, &callers[i]), 0);
    }
    for (size_t i = 0; i < CALLERS; i++) {
        assert_int_equal(pthread_join(callers[i].thread, NULL), 0);
        served += callers[i].status == STATUS_INVALID;
        refused += callers[i].status == STATUS_BUSY;
    }
    pthread_barrier_destroy(&start);
    assert_int_equal(served + refused, CALLERS);
    assert_true(served >= PASSWORD_QUEUE_MAX);
    assert_true(refused > 0);
}

static void after_the_rush_there_is_room_again(void **state)
{
    char hash[PASSWORD_HASH_LETTERS + 1];
    assert_int_equal(password_hash(*state, TEXT("correct horse"), hash), STATUS_OK);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_password_is_recognised_by_its_hash_and_no_other_is),
        cmocka_unit_test(the_same_password_has_another_hash_each_time),
        cmocka_unit_test(what_is_no_hash_recognises_nothing),
        cmocka_unit_test(a_few_wait_and_the_rest_are_asked_to_come_back),
        cmocka_unit_test(after_the_rush_there_is_room_again),
    };
    return cmocka_run_group_tests(cases, set_up, tear_down);
}
