/* test_wire.c: recv and send with a deadline, and the watched buffer. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/http/wire.h"

#include <errno.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int set_up(void **state)
{
    static int pair[2];
    wire_connection_ends();
    *state = pair;
    return socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
}

static int tear_down(void **state)
{
    int *pair = *state;
    wire_connection_ends();
    close(pair[0]);
    close(pair[1]);
    return 0;
}

static void wait_ms(long milliseconds)
{
    nanosleep(&(struct timespec){.tv_nsec = milliseconds * 1000000}, NULL);
}

static void without_a_deadline_bytes_pass(void **state)
{
    int *pair = *state;
    char bytes[8];

    assert_int_equal(send(pair[0], "abc", 3, 0), 3);
    assert_int_equal(recv(pair[1], bytes, sizeof bytes, 0), 3);
    assert_false(wire_is_late());
}

static void after_the_deadline_both_ways_fail_until_it_is_lifted(void **state)
{
    int *pair = *state;
    char bytes[8];
    assert_int_equal(send(pair[0], "abc", 3, 0), 3);

    wire_set_deadline(20);
    assert_false(wire_is_late());
    assert_int_equal(recv(pair[1], bytes, 1, 0), 1);
    wait_ms(30);
    assert_true(wire_is_late());
    assert_int_equal(recv(pair[1], bytes, 1, 0), -1);
    assert_int_equal(errno, ETIMEDOUT);
    assert_int_equal(send(pair[0], "d", 1, 0), -1);
    assert_int_equal(errno, ETIMEDOUT);

    wire_set_deadline(0);
    assert_int_equal(recv(pair[1], bytes, sizeof bytes, 0), 2);
}

static void the_first_bytes_of_a_connection_tell_where_its_buffer_begins(void **state)
{
    int *pair = *state;
    static char buffer[HEAD_BYTES_MAX];
    static char elsewhere[16];
    (void)send(pair[0], "abcdefgh", 8, 0);

    wire_connection_begins();
    assert_null(wire_received().ptr);
    (void)recv(pair[1], buffer, 3, 0);
    (void)recv(pair[1], buffer + 3, 2, 0);
    assert_ptr_equal(wire_received().ptr, buffer);
    assert_int_equal(wire_received().len, 5);

    (void)recv(pair[1], elsewhere, 1, 0); /* a body */
    assert_int_equal(wire_received().len, 5);
    (void)recv(pair[1], buffer, 2, 0); /* the next request of the connection */
    assert_int_equal(wire_received().len, 2);
}

static void without_a_connection_no_buffer_is_known(void **state)
{
    int *pair = *state;
    char bytes[8];
    (void)send(pair[0], "abcdefgh", 8, 0);

    (void)recv(pair[1], bytes, 2, 0);
    assert_null(wire_received().ptr);
    wire_connection_begins();
    (void)recv(pair[1], bytes, 2, 0);
    assert_non_null(wire_received().ptr);
    wire_connection_ends();
    assert_null(wire_received().ptr);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(without_a_deadline_bytes_pass, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            after_the_deadline_both_ways_fail_until_it_is_lifted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            the_first_bytes_of_a_connection_tell_where_its_buffer_begins, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(
            without_a_connection_no_buffer_is_known, set_up, tear_down),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
