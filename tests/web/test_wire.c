/* test_wire.c: recv and send with a deadline, and the watched buffer. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/http/wire.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
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
    wire_connection_begins();
    assert_int_equal(recv(pair[1], bytes, 1, 0), 1);

    wire_set_deadline(20);
    assert_false(wire_is_late());
    assert_int_equal(recv(pair[1], bytes, 1, 0), 1);
    wait_ms(30);
    assert_true(wire_is_late());
    assert_int_equal(recv(pair[1], bytes, 1, 0), -1);
    assert_int_equal(errno, ETIMEDOUT);
    assert_int_equal(send(pair[1], "d", 1, 0), -1);
    assert_int_equal(errno, ETIMEDOUT);

    wire_set_deadline(0);
    assert_int_equal(recv(pair[1], bytes, sizeof bytes, 0), 1);
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

/* As civetweb does: one socket, and both flags. */
static int wait_for_bytes(int socket, int timeout_ms)
{
    struct pollfd client = {.fd = socket, .events = POLLIN | POLLERR};
    int result = poll(&client, 1, timeout_ms);
    assert_int_equal(client.revents, result > 0 ? POLLIN : 0);
    return result;
}

static void what_poll_announced_recv_takes_in_pieces_of_any_size(void **state)
{
    int *pair = *state;
    static char buffer[16];
    wire_connection_begins();
    assert_int_equal(send(pair[0], "abcdef", 6, 0), 6);

    assert_int_equal(wait_for_bytes(pair[1], 1000), 1);
    assert_int_equal(recv(pair[1], buffer, 2, 0), 2);
    assert_int_equal(wait_for_bytes(pair[1], 1000), 1);
    assert_int_equal(recv(pair[1], buffer + 2, 10, 0), 4);

    assert_memory_equal(buffer, "abcdef", 6);
    assert_ptr_equal(wire_received().ptr, buffer);
    assert_int_equal(wire_received().len, 6);
}

static void more_than_is_received_early_comes_whole_and_in_order(void **state)
{
    int *pair = *state;
    static char sent[10000], got[10000];
    size_t have = 0;
    for (size_t i = 0; i < sizeof sent; i++)
        sent[i] = (char)(i * 7 % 251);
    wire_connection_begins();
    assert_int_equal(send(pair[0], sent, sizeof sent, 0), sizeof sent);

    while (have < sizeof got && wait_for_bytes(pair[1], 1000) == 1)
        have += (size_t)recv(pair[1], got + have, sizeof got - have, 0);

    assert_int_equal(have, sizeof got);
    assert_memory_equal(got, sent, sizeof sent);
}

static void a_silent_client_is_waited_for_as_long_as_asked(void **state)
{
    int *pair = *state;
    char byte;
    wire_connection_begins();
    assert_int_equal(wait_for_bytes(pair[1], 20), 0);
    assert_int_equal(wait_for_bytes(pair[1], 30), 0);

    assert_int_equal(send(pair[0], "x", 1, 0), 1);
    assert_int_equal(wait_for_bytes(pair[1], 1000), 1);
    assert_int_equal(recv(pair[1], &byte, 1, 0), 1);
}

static void a_client_that_has_closed_ends_the_bytes(void **state)
{
    int *pair = *state;
    char byte;
    wire_connection_begins();
    assert_int_equal(send(pair[0], "x", 1, 0), 1);
    assert_int_equal(shutdown(pair[0], SHUT_WR), 0);

    assert_int_equal(wait_for_bytes(pair[1], 1000), 1);
    assert_int_equal(recv(pair[1], &byte, 1, 0), 1);
    assert_int_equal(wait_for_bytes(pair[1], 1000), 1);
    assert_int_equal(recv(pair[1], &byte, 1, 0), 0);
}

static void what_one_client_left_is_not_the_next_ones(void **state)
{
    int *pair = *state;
    char byte;
    wire_connection_begins();
    assert_int_equal(send(pair[0], "old", 3, 0), 3);
    assert_int_equal(wait_for_bytes(pair[1], 1000), 1);

    wire_connection_ends();
    wire_connection_begins();
    assert_int_equal(send(pair[0], "new", 3, 0), 3);

    assert_int_equal(wait_for_bytes(pair[1], 1000), 1);
    assert_int_equal(recv(pair[1], &byte, 1, 0), 1);
    assert_int_equal(byte, 'n');
}

static void sending_never_waits_for_a_client_that_does_not_read(void **state)
{
    int *pair = *state;
    static char bytes[4096];
    ssize_t sent = 0;
    wire_connection_begins();
    assert_int_equal(wait_for_bytes(pair[1], 1), 0);

    for (int i = 0; i < 10000 && sent >= 0; i++)
        sent = send(pair[1], bytes, sizeof bytes, 0);

    assert_int_equal(sent, -1);
    assert_int_equal(errno, EAGAIN);
}

static void others_poll_as_ever(void **state)
{
    int *pair = *state;
    char byte;
    struct pollfd both[2] = {
        {.fd = pair[0], .events = POLLIN | POLLOUT}, {.fd = pair[1], .events = POLLIN}};
    assert_int_equal(send(pair[0], "x", 1, 0), 1);

    assert_int_equal(poll(both, 2, 1000), 2);
    assert_int_equal(both[0].revents, POLLOUT);
    assert_int_equal(both[1].revents, POLLIN);
    assert_int_equal(recvfrom(pair[1], &byte, 1, MSG_DONTWAIT, NULL, NULL), 1);
    assert_int_equal(poll(both + 1, 1, 0), 0);
}

/* A worker's own sockets: a database's server answers while a client waits. */
static void a_workers_other_sockets_are_no_clients(void **state)
{
    int *pair = *state;
    int other[2];
    char bytes[8];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, other), 0);
    wire_connection_begins();
    assert_int_equal(send(pair[0], "form", 4, 0), 4);
    assert_int_equal(wait_for_bytes(pair[1], 1000), 1);
    assert_int_equal(recv(pair[1], bytes, sizeof bytes, 0), 4);

    assert_int_equal(send(other[0], "rows", 4, 0), 4);
    assert_int_equal(wait_for_bytes(other[1], 1000), 1);
    assert_int_equal(wire_socket(), pair[1]);
    assert_int_equal(send(pair[0], "more", 4, 0), 4);
    wire_wait();
    assert_int_equal(recv(other[1], bytes, sizeof bytes, 0), 4);
    assert_memory_equal(bytes, "rows", 4);
    assert_int_equal(recv(pair[1], bytes, sizeof bytes, 0), 4);
    assert_memory_equal(bytes, "more", 4);

    wire_set_deadline(1);
    wait_ms(5);
    assert_int_equal(send(other[1], "x", 1, 0), 1);
    close(other[0]);
    close(other[1]);
}

#define with_pair(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

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
        with_pair(what_poll_announced_recv_takes_in_pieces_of_any_size),
        with_pair(more_than_is_received_early_comes_whole_and_in_order),
        with_pair(a_silent_client_is_waited_for_as_long_as_asked),
        with_pair(a_client_that_has_closed_ends_the_bytes),
        with_pair(what_one_client_left_is_not_the_next_ones),
        with_pair(sending_never_waits_for_a_client_that_does_not_read),
        with_pair(others_poll_as_ever),
        with_pair(a_workers_other_sockets_are_no_clients),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
