/* test_limits.c: a real server and clients that are slow, silent, large or many. */
#include "tests/support/http_client.h"
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/http/server.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ROUTE_BODY_MAX = 300000, HUGE_BYTES = 16 * 1024 * 1024, IDLE_CLIENTS = 300 };

struct fixture {
    struct server *server;
    int port;
    atomic_int handled;
    char *huge; /* larger than any socket's buffers */
    struct http_answer answer;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void wait_ms(long milliseconds)
{
    nanosleep(&(struct timespec){.tv_sec = milliseconds / 1000,
                  .tv_nsec = milliseconds % 1000 * 1000000},
        NULL);
}

static enum status count_body(struct request *request, struct response *response)
{
    struct fixture *fixture = request->app;
    atomic_fetch_add(&fixture->handled, 1);
    buffer_add_format(&response->body, "%zu bytes", request->body.len);
    return STATUS_OK;
}

static enum status show_huge(struct request *request, struct response *response)
{
    struct fixture *fixture = request->app;
    response->file = (struct text){fixture->huge, HUGE_BYTES};
    return STATUS_OK;
}

static const struct route routes[] = {
    {.method = METHOD_GET, .pattern = "/healthz", .handler = count_body},
    {.method = METHOD_GET, .pattern = "/huge", .handler = show_huge},
    {.method = METHOD_POST,
        .pattern = "/raw",
        .handler = count_body,
        .body_max = ROUTE_BODY_MAX,
        .body = BODY_RAW},
};

static void show_error(
    const struct request *request, struct response *response, int http_status)
{
    (void)request;
    buffer_add_format(&response->body, "page of %d\n", http_status);
}

static int start(void **state)
{
    static struct fixture fixture; /* one server an executable */
    struct arena *arena = arena_new(4096);
    struct problems problems;
    problems_init(&problems, arena);
    const struct server_options options = {.listen = "127.0.0.1:0",
        .routes = routes,
        .route_count = sizeof routes / sizeof *routes,
        .error_page = show_error,
        .app = &fixture};
    enum status rc = server_open(&options, &problems, &fixture.server);
    arena_free(arena);
    fixture.huge = calloc(1, HUGE_BYTES);
    if (rc != STATUS_OK || fixture.huge == NULL)
        return -1;
    fixture.port = server_port(fixture.server);
    *state = &fixture;
    return 0;
}

static int stop(void **state)
{
    struct fixture *fixture = *state;
    server_close(fixture->server);
    free(fixture->huge);
    return 0;
}

static struct http_answer *begin_answer(struct fixture *fixture)
{
    http_clear(&fixture->answer);
    return &fixture->answer;
}

static int open_post(struct fixture *fixture, size_t length, const char *more_headers)
{
    char head[200];
    int client = http_connect(fixture->port);
    (void)snprintf(head, sizeof head,
        "POST /raw HTTP/1.1\r\nHost: a\r\n%sContent-Length: %zu\r\n\r\n", more_headers,
        length);
    assert_true(http_send_string(client, head));
    return client;
}

static void newcomer_is_answered_within(struct fixture *fixture, int milliseconds)
{
    int64_t before = now_ms();
    http_exchange(
        fixture->port, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", &fixture->answer);
    assert_int_equal(fixture->answer.status, 200);
    assert_true(now_ms() - before < milliseconds);
}

static void a_body_at_the_routes_limit_arrives_whole(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = begin_answer(fixture);
    int client = open_post(fixture, ROUTE_BODY_MAX, "");

    assert_true(http_send(client, fixture->huge, ROUTE_BODY_MAX));
    http_read(client, answer, false, 5000);
    assert_int_equal(answer->status, 200);
    assert_text_equal(answer->body, "300000 bytes");
    close(client);
}

static void one_byte_more_is_a_413_that_the_client_gets_to_read(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = begin_answer(fixture);
    int before = atomic_load(&fixture->handled);
    int client = open_post(fixture, ROUTE_BODY_MAX + 1, "");

    (void)http_send(client, fixture->huge, ROUTE_BODY_MAX + 1);
    http_read(client, answer, false, 5000);
    assert_int_equal(answer->status, 413);
    assert_text_equal(answer->body, "page of 413\n");
    assert_text_equal(http_header(answer, "Connection"), "close");
    assert_true(http_is_closed(client, 5000));
    assert_int_equal(atomic_load(&fixture->handled), before);
    close(client);
}

static void a_body_in_small_pieces_arrives_whole(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = begin_answer(fixture);
    int client = open_post(fixture, 20, "");

    for (int i = 0; i < 20; i++) {
        http_send(client, "x", 1);
        wait_ms(10);
    }
    http_read(client, answer, false, 5000);
    assert_text_equal(answer->body, "20 bytes");
    close(client);
}

static void a_client_that_goes_away_in_the_middle_is_not_handled(void **state)
{
    struct fixture *fixture = *state;
    int before = atomic_load(&fixture->handled);
    int gone = open_post(fixture, 100, "");
    http_send(gone, "half", 4);
    close(gone);
    int half_closed = open_post(fixture, 100, "");
    http_send(half_closed, "half", 4);
    shutdown(half_closed, SHUT_WR);

    assert_true(http_is_closed(half_closed, 2000));
    close(half_closed);
    wait_ms(100);
    assert_int_equal(atomic_load(&fixture->handled), before);
}

static void a_client_that_waits_for_100_continue_gets_it(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = begin_answer(fixture);
    int client = open_post(fixture, 5, "Expect: 100-continue\r\n");

    http_read(client, answer, false, 2000);
    assert_int_equal(answer->status, 100);
    http_send(client, "12345", 5);
    http_read(client, answer, false, 2000);
    assert_int_equal(answer->status, 200);
    assert_text_equal(answer->body, "5 bytes");
    close(client);
}

static void a_client_that_waits_with_too_large_a_body_is_refused_at_once(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = begin_answer(fixture);
    int64_t before = now_ms();
    int client = open_post(fixture, ROUTE_BODY_MAX + 1, "Expect: 100-continue\r\n");

    http_read(client, answer, false, 2000);
    assert_int_equal(answer->status, 413);
    assert_true(http_is_closed(client, 2000));
    assert_true(now_ms() - before < 2500);
    close(client);
}

static void a_body_that_is_never_whole_is_a_408_however_it_trickles(void **state)
{
    struct fixture *fixture = *state;
    int before = atomic_load(&fixture->handled);
    int64_t begun = now_ms();
    int silent = open_post(fixture, 100, "");
    int trickling = open_post(fixture, 100, "");

    /* A byte each half second would last for fifty. */
    struct pollfd answered = {.fd = trickling, .events = POLLIN};
    while (now_ms() - begun < 20000 && poll(&answered, 1, 500) == 0)
        http_send(trickling, "x", 1);

    struct http_answer *answer = begin_answer(fixture);
    http_read(trickling, answer, false, 1000);
    assert_int_equal(answer->status, 408);
    assert_text_equal(http_header(answer, "Connection"), "close");
    assert_in_range(now_ms() - begun, BODY_DEADLINE_MS - 100, BODY_DEADLINE_MS + 2000);
    answer = begin_answer(fixture);
    http_read(silent, answer, false, 8000);
    assert_int_equal(answer->status, 408);
    assert_in_range(now_ms() - begun, BODY_DEADLINE_MS - 100,
        BODY_DEADLINE_MS + 2 * HEAD_DEADLINE_MS + 1000);
    assert_int_equal(atomic_load(&fixture->handled), before);
    close(silent);
    close(trickling);
}

static void an_unfinished_head_is_given_up_after_its_deadline(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = begin_answer(fixture);
    int64_t begun = now_ms();
    int client = http_connect(fixture->port);

    http_send_string(client, "GET /healthz HTTP/1.1\r\n");
    http_read(client, answer, false, 8000);
    assert_int_equal(answer->status, 400);
    assert_in_range(now_ms() - begun, HEAD_DEADLINE_MS - 100, 2 * HEAD_DEADLINE_MS + 500);
    close(client);
}

static void a_client_that_does_not_read_its_answer_is_given_up(void **state)
{
    struct fixture *fixture = *state;
    int client = http_connect(fixture->port);

    http_send_string(client, "GET /huge HTTP/1.1\r\nHost: a\r\n\r\n");
    wait_ms(3L * HEAD_DEADLINE_MS);
    /* What the kernel holds still comes; then the end, long before the whole. */
    size_t got = 0;
    ssize_t count;
    static char bytes[65536];
    while ((count = recv(client, bytes, sizeof bytes, 0)) > 0)
        got += (size_t)count;
    assert_true(got < HUGE_BYTES);
    close(client);
}

static void an_answer_larger_than_an_arena_arrives_whole(void **state)
{
    struct fixture *fixture = *state;
    int client = http_connect(fixture->port);

    http_send_string(
        client, "GET /huge HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    size_t got = 0;
    ssize_t count;
    static char bytes[65536];
    while ((count = recv(client, bytes, sizeof bytes, 0)) > 0)
        got += (size_t)count;
    assert_in_range(got, HUGE_BYTES + 100, HUGE_BYTES + 4096);
    close(client);
}

static void with_three_hundred_idle_clients_a_newcomer_is_answered_at_once(void **state)
{
    struct fixture *fixture = *state;
    int clients[IDLE_CLIENTS];
    int kept = 0;

    for (int i = 0; i < IDLE_CLIENTS; i++) {
        clients[i] = http_connect(fixture->port);
        http_send_string(clients[i], "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        http_read(clients[i], begin_answer(fixture), false, 4000);
        assert_int_equal(fixture->answer.status, 200);
        kept +=
            text_equals(http_header(&fixture->answer, "Connection"), TEXT("keep-alive"));
    }
    newcomer_is_answered_within(fixture, 2000);
    assert_in_range(kept, KEEP_ALIVE_CONNECTIONS_MAX - 5, KEEP_ALIVE_CONNECTIONS_MAX);
    for (int i = 0; i < IDLE_CLIENTS; i++)
        close(clients[i]);
}

static void with_every_worker_held_by_silent_clients_a_newcomer_waits_one_turn(
    void **state)
{
    struct fixture *fixture = *state;
    int clients[WORKER_THREADS];

    for (int i = 0; i < WORKER_THREADS; i++)
        clients[i] = http_connect(fixture->port);
    newcomer_is_answered_within(fixture, 2 * HEAD_DEADLINE_MS);
    for (int i = 0; i < WORKER_THREADS; i++)
        close(clients[i]);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_body_at_the_routes_limit_arrives_whole),
        cmocka_unit_test(one_byte_more_is_a_413_that_the_client_gets_to_read),
        cmocka_unit_test(a_body_in_small_pieces_arrives_whole),
        cmocka_unit_test(a_client_that_goes_away_in_the_middle_is_not_handled),
        cmocka_unit_test(a_client_that_waits_for_100_continue_gets_it),
        cmocka_unit_test(a_client_that_waits_with_too_large_a_body_is_refused_at_once),
        cmocka_unit_test(a_body_that_is_never_whole_is_a_408_however_it_trickles),
        cmocka_unit_test(an_unfinished_head_is_given_up_after_its_deadline),
        cmocka_unit_test(a_client_that_does_not_read_its_answer_is_given_up),
        cmocka_unit_test(an_answer_larger_than_an_arena_arrives_whole),
        cmocka_unit_test(with_three_hundred_idle_clients_a_newcomer_is_answered_at_once),
        cmocka_unit_test(
            with_every_worker_held_by_silent_clients_a_newcomer_waits_one_turn),
    };
    return cmocka_run_group_tests(cases, start, stop);
}
