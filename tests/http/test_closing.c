/* test_closing.c: how a server starts where it can't, and how it ends. */
#include "tests/support/http_client.h"
#include "tests/support/test.h"

#include "web/http/server.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

struct fixture {
    struct server *server;
    int port;
    atomic_bool is_inside; /* a slow answer has begun */
    struct arena *arena;
    struct problems problems;
};

static void wait_ms(long milliseconds)
{
    nanosleep(&(struct timespec){.tv_sec = milliseconds / 1000,
                  .tv_nsec = milliseconds % 1000 * 1000000},
        NULL);
}

static enum status answer_slowly(struct request *request, struct response *response)
{
    struct fixture *fixture = request->app;
    atomic_store(&fixture->is_inside, true);
    wait_ms(1000);
    buffer_add_string(&response->body, "done");
    return STATUS_OK;
}

static const struct route routes[] = {
    {.method = METHOD_GET, .pattern = "/slow", .handler = answer_slowly},
};

static void show_error(
    const struct request *request, struct response *response, int http_status)
{
    (void)request;
    buffer_add_format(&response->body, "page of %d\n", http_status);
}

static enum status open_at(
    struct fixture *fixture, const char *listen, struct server **server)
{
    const struct server_options options = {.listen = listen,
        .routes = routes,
        .route_count = 1,
        .error_page = show_error,
        .app = fixture};
    problems_init(&fixture->problems, fixture->arena);
    return server_open(&options, &fixture->problems, server);
}

static int start(void **state)
{
    static struct fixture fixture;
    fixture.arena = arena_new(16384);
    *state = &fixture;
    if (open_at(&fixture, "127.0.0.1:0", &fixture.server) != STATUS_OK)
        return -1;
    fixture.port = server_port(fixture.server);
    return 0;
}

static int stop(void **state)
{
    struct fixture *fixture = *state;
    arena_free(fixture->arena);
    return 0;
}

static void the_port_it_took_is_told(void **state)
{
    struct fixture *fixture = *state;
    assert_in_range(fixture->port, 1, 65535);
}

static void what_is_no_address_is_refused_with_a_sentence(void **state)
{
    struct fixture *fixture = *state;
    static const char *const written[] = {":0x", "host:99999", "", "localhost:8080"};
    struct server *server = NULL;

    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        assert_int_equal(open_at(fixture, written[i], &server), STATUS_INVALID);
        assert_int_equal(fixture->problems.count, 1);
        assert_text_equal(fixture->problems.list[0].argument[0], written[i]);
    }
    assert_null(server);
}

static void a_taken_port_is_told_with_its_address(void **state)
{
    struct fixture *fixture = *state;
    struct server *server = NULL;
    char address[40];
    (void)snprintf(address, sizeof address, "127.0.0.1:%d", fixture->port);

    assert_int_equal(open_at(fixture, address, &server), STATUS_INVALID);
    assert_int_equal(fixture->problems.count, 1);
    assert_true(text_starts_with(text_of(fixture->problems.list[0].message),
        TEXT("The address {1} is taken by another program.")));
    assert_text_equal(fixture->problems.list[0].argument[0], address);
    assert_null(server);
}

static void an_address_of_another_machine_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct server *server = NULL;

    assert_int_equal(open_at(fixture, "203.0.113.7:0", &server), STATUS_INVALID);
    assert_true(text_starts_with(text_of(fixture->problems.list[0].message),
        TEXT("This machine has no address {1}.")));
}

static void closing_nothing_is_fine(void **state)
{
    (void)state;
    server_close(NULL);
}

static void *close_server(void *context)
{
    struct fixture *fixture = context;
    server_close(fixture->server);
    return NULL;
}

/* Ends the server: the last case. */
static void an_answer_in_flight_goes_out_whole_and_newcomers_are_told_to_come_back(
    void **state)
{
    struct fixture *fixture = *state;
    static struct http_answer answer;
    pthread_t closer;
    int waiting = http_connect(fixture->port);
    int newcomer = http_connect(fixture->port);
    http_send_string(waiting, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    while (!atomic_load(&fixture->is_inside))
        wait_ms(10);

    assert_int_equal(pthread_create(&closer, NULL, close_server, fixture), 0);
    wait_ms(300);
    http_send_string(newcomer, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    http_read(newcomer, &answer, false, 2000);
    assert_int_equal(answer.status, 503);
    assert_text_equal(http_header(&answer, "Retry-After"), "5");
    assert_text_equal(http_header(&answer, "Connection"), "close");
    http_clear(&answer);
    http_read(waiting, &answer, false, 4000);
    assert_int_equal(answer.status, 200);
    assert_text_equal(answer.body, "done");
    assert_int_equal(pthread_join(closer, NULL), 0);
    close(waiting);
    close(newcomer);
}

static void the_port_of_a_closed_server_is_free_again(void **state)
{
    struct fixture *fixture = *state;
    struct server *server = NULL;
    char address[40];
    (void)snprintf(address, sizeof address, "127.0.0.1:%d", fixture->port);

    assert_int_equal(open_at(fixture, address, &server), STATUS_OK);
    assert_int_equal(server_port(server), fixture->port);
    server_close(server);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(the_port_it_took_is_told),
        cmocka_unit_test(what_is_no_address_is_refused_with_a_sentence),
        cmocka_unit_test(a_taken_port_is_told_with_its_address),
        cmocka_unit_test(an_address_of_another_machine_is_told),
        cmocka_unit_test(closing_nothing_is_fine),
        cmocka_unit_test(
            an_answer_in_flight_goes_out_whole_and_newcomers_are_told_to_come_back),
        cmocka_unit_test(the_port_of_a_closed_server_is_free_again),
    };
    return cmocka_run_group_tests(cases, start, stop);
}
