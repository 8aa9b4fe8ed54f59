/* test_promise.c: answers that another thread sends while the worker waits for its
   client. */
#include "tests/support/http_client.h"
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/http/promise.h"
#include "web/http/server.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct fixture {
    struct server *server;
    int port;
    atomic_int finished; /* handlers that have returned */
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
    nanosleep(&(struct timespec){.tv_nsec = milliseconds * 1000000}, NULL);
}

static void *keep_soon(void *promise)
{
    wait_ms(30);
    promise_keep(promise);
    return NULL;
}

static void *break_soon(void *promise)
{
    wait_ms(30);
    promise_break_off(promise);
    return NULL;
}

/* The body says what becomes of the promise: "keep" or "break". */
static enum status promise_thanks(struct request *request, struct response *response)
{
    struct fixture *fixture = request->app;
    struct response thanks = {.status = 303,
        .content_type = "text/plain; charset=utf-8",
        .location = TEXT("/thanks")};
    bool is_kept = text_equals(request->body, TEXT("keep"));
    struct promise *promise = promise_make(request, &thanks);
    if (promise != NULL) {
        pthread_t other;
        if (pthread_create(&other, NULL, is_kept ? keep_soon : break_soon, promise) != 0)
            return STATUS_INTERNAL;
        promise_wait(promise);
        (void)pthread_join(other, NULL);
    }
    buffer_add_string(&response->body, promise == NULL ? "no promise" : "own answer");
    atomic_fetch_add(&fixture->finished, 1);
    return STATUS_OK;
}

static enum status show_health(struct request *request, struct response *response)
{
    (void)request;
    response->file = TEXT("ok\n");
    return STATUS_OK;
}

static const struct route routes[] = {
    {.method = METHOD_GET, .pattern = "/healthz", .handler = show_health},
    {.method = METHOD_POST,
        .pattern = "/thank",
        .handler = promise_thanks,
        .body_max = 1000,
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
    if (rc != STATUS_OK)
        return -1;
    fixture.port = server_port(fixture.server);
    *state = &fixture;
    return 0;
}

static void send_thank(int client, const char *body, const char *headers)
{
    char request[512];
    (void)snprintf(request, sizeof request,
        "POST /thank HTTP/1.1\r\nHost: a\r\n%sContent-Length: %zu\r\n\r\n%s", headers,
        strlen(body), body);
    assert_true(http_send_string(client, request));
}

static void send_get(int client)
{
    assert_true(http_send_string(client, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"));
}

static void a_kept_promise_is_the_only_answer_and_the_connection_lives_on(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = &fixture->answer;
    int client = http_connect(fixture->port);
    http_clear(answer);
    for (int round = 0; round < 3; round++) {
        send_thank(client, "keep", "");
        http_read(client, answer, false, 2000);
        assert_int_equal(answer->status, 303);
        assert_text_equal(http_header(answer, "Location"), "/thanks");
        assert_text_equal(http_header(answer, "Connection"), "keep-alive");
        assert_text_equal(http_header(answer, "Content-Length"), "0");
        assert_true(http_header(answer, "Content-Security-Policy").len > 0);
    }

    send_get(client);
    http_read(client, answer, false, 2000);

    assert_int_equal(answer->status, 200);
    assert_text_equal(answer->body, "ok\n");
    close(client);
}

static void a_broken_promise_leaves_the_answer_to_the_handler_and_closes(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = &fixture->answer;
    int client = http_connect(fixture->port);
    http_clear(answer);
    send_thank(client, "break", "");
    http_read(client, answer, false, 2000);

    assert_int_equal(answer->status, 200);
    assert_text_equal(answer->body, "own answer");
    assert_text_equal(http_header(answer, "Connection"), "close");
    assert_true(http_is_closed(client, 2000));
    close(client);
}

static void nothing_is_promised_to_a_client_that_has_sent_more(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = &fixture->answer;
    int client = http_connect(fixture->port);
    http_clear(answer);
    assert_true(http_send_string(client,
        "POST /thank HTTP/1.1\r\nHost: a\r\nContent-Length: "
        "4\r\n\r\nkeepGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"));
    http_read(client, answer, false, 2000);
    assert_text_equal(answer->body, "no promise");

    http_read(client, answer, false, 2000);

    assert_text_equal(answer->body, "ok\n");
    close(client);
}

static void nothing_is_promised_where_the_connection_closes(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = &fixture->answer;
    int client = http_connect(fixture->port);
    http_clear(answer);
    send_thank(client, "keep", "Connection: close\r\n");
    http_read(client, answer, false, 2000);

    assert_text_equal(answer->body, "no promise");
    assert_true(http_is_closed(client, 2000));
    close(client);
}

static void a_client_that_leaves_before_its_answer_frees_its_worker(void **state)
{
    struct fixture *fixture = *state;
    int before = atomic_load(&fixture->finished);
    int client = http_connect(fixture->port);
    send_thank(client, "keep", "");
    close(client);

    for (int i = 0; i < 200 && atomic_load(&fixture->finished) == before; i++)
        wait_ms(10);

    assert_int_equal(atomic_load(&fixture->finished), before + 1);
}

/* Ends the server: the last case. The client has its answer and says nothing more. */
static void a_server_that_stops_does_not_wait_for_a_client_that_has_its_answer(
    void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = &fixture->answer;
    int client = http_connect(fixture->port);
    http_clear(answer);
    send_thank(client, "keep", "");
    http_read(client, answer, false, 2000);
    assert_int_equal(answer->status, 303);

    int64_t start_ms = now_ms();
    server_close(fixture->server);

    assert_true(now_ms() - start_ms < DRAIN_DEADLINE_MS);
    close(client);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_kept_promise_is_the_only_answer_and_the_connection_lives_on),
        cmocka_unit_test(a_broken_promise_leaves_the_answer_to_the_handler_and_closes),
        cmocka_unit_test(nothing_is_promised_to_a_client_that_has_sent_more),
        cmocka_unit_test(nothing_is_promised_where_the_connection_closes),
        cmocka_unit_test(a_client_that_leaves_before_its_answer_frees_its_worker),
        cmocka_unit_test(
            a_server_that_stops_does_not_wait_for_a_client_that_has_its_answer),
    };
    return cmocka_run_group_tests(cases, start, NULL);
}
