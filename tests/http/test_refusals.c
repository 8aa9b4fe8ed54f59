/* test_refusals.c: a real server: what it refuses, and what one client never gets of
   another. */
#include "tests/support/http_fixture.h"
#include "tests/support/test.h"

#include "kiosk/limits.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void an_unknown_path_is_a_404(void **state)
{
    assert_text_equal(fixture_get(state, "/nowhere?lang=en")->body, "page of 404 en\n");
    assert_int_equal(fixture_get(state, "/T/AB")->status, 404);
    assert_int_equal(fixture_get(state, "/healthz/")->status, 404);
}

static void a_wrong_method_is_a_405_with_allow(void **state)
{
    struct http_answer *answer = fixture_post(state, "/healthz", "");
    assert_int_equal(answer->status, 405);
    assert_text_equal(http_header(answer, "Allow"), "GET, HEAD");

    answer = fixture_ask(state, "DELETE /t/AB HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(answer->status, 405);
    assert_text_equal(http_header(answer, "Allow"), "GET, HEAD, POST");
}

static void a_cors_preflight_is_a_405_like_any_other_method(void **state)
{
    struct http_answer *answer =
        fixture_ask(state, "OPTIONS /t/AB HTTP/1.1\r\nHost: a\r\nOrigin: http://evil\r\n"
                           "Access-Control-Request-Method: POST\r\n\r\n");

    assert_int_equal(answer->status, 405);
    assert_int_equal(http_header(answer, "Access-Control-Allow-Origin").len, 0);
}

static void a_method_civetweb_does_not_know_is_a_400(void **state)
{
    assert_int_equal(fixture_status(state, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    assert_int_equal(fixture_status(state, "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
}

static void what_civetweb_refuses_gets_our_page_and_headers(void **state)
{
    struct http_answer *answer = fixture_ask(state, "GARBAGE\r\n\r\n");

    assert_int_equal(answer->status, 400);
    assert_text_equal(answer->body, "page of 400 zh\n");
    assert_text_equal(http_header(answer, "Connection"), "close");
    assert_text_equal(http_header(answer, "X-Content-Type-Options"), "nosniff");
    assert_int_equal(fixture_status(state, "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    assert_int_equal(fixture_status(state, "GET /公 HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    assert_int_equal(fixture_status(state, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 505);
}

static void a_target_that_is_no_path_is_refused_or_left_without_an_answer(void **state)
{
    struct fixture *fixture = *state;
    char request[200];
    (void)snprintf(request, sizeof request,
        "GET http://127.0.0.1:%d/healthz HTTP/1.1\r\nHost: a\r\n\r\n", fixture->port);

    assert_int_equal(fixture_status(state, request), 400);
    /* civetweb takes these for a proxy's work and closes without a word. */
    assert_int_equal(fixture_status(state, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
    assert_int_equal(
        fixture_status(state, "GET http://other:1/ HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
}

static void a_long_target_is_a_414_also_where_civetweb_gives_up(void **state)
{
    static char request[41000];
    (void)snprintf(
        request, sizeof request, "GET /%02500d HTTP/1.1\r\nHost: a\r\n\r\n", 0);
    assert_int_equal(fixture_status(state, request), 414);

    (void)snprintf(
        request, sizeof request, "GET /%040000d HTTP/1.1\r\nHost: a\r\n\r\n", 0);
    assert_int_equal(fixture_status(state, request), 414);
}

static void too_many_or_too_large_headers_are_a_431(void **state)
{
    static char request[41000];
    size_t len =
        (size_t)snprintf(request, sizeof request, "GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 70; i++)
        len += (size_t)snprintf(request + len, sizeof request - len, "X: y\r\n");
    (void)snprintf(request + len, sizeof request - len, "\r\n");
    assert_int_equal(fixture_status(state, request), 431);

    (void)snprintf(
        request, sizeof request, "GET / HTTP/1.1\r\nHost: a\r\nX: %040000d\r\n\r\n", 0);
    assert_int_equal(fixture_status(state, request), 431);
}

static void any_transfer_encoding_is_a_411_and_closes_at_once(void **state)
{
    static const char *const headers[] = {"Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip", "Transfer-Encoding: identity",
        "Transfer-Encoding: chunked\r\nContent-Length: 5"};
    char request[300];
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        int64_t before = now_ms();
        (void)snprintf(request, sizeof request,
            "POST /t/A HTTP/1.1\r\nHost: a\r\n%s\r\n\r\n5\r\na=1", headers[i]);

        assert_int_equal(fixture_status(state, request), 411);
        assert_true(now_ms() - before < 2500);
    }
}

static void an_odd_or_doubled_content_length_is_a_400(void **state)
{
    static const char *const values[] = {"+3", "-1", "1e3", "x", "3 3", "00000000003",
        "3\r\nContent-Length: 3", "3\r\nContent-Length: 4"};
    char request[300];
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        (void)snprintf(request, sizeof request,
            "POST /t/A HTTP/1.1\r\nHost: a\r\nContent-Length: %s\r\n\r\na=1", values[i]);

        assert_int_equal(fixture_status(state, request), 400);
    }
}

static void a_header_that_would_end_the_parsing_is_a_400(void **state)
{
    assert_int_equal(fixture_status(state, "GET /healthz HTTP/1.1\r\nHost: a\r\nX: 1\r\n"
                                           " folded\r\n\r\n"),
        400);
    assert_int_equal(fixture_status(state, "POST /t/A HTTP/1.1\r\nHost: a\r\n\xe5: 1\r\n"
                                           "Content-Length: 3\r\n\r\na=1"),
        400);
    assert_int_equal(fixture_status(state, "GET /healthz HTTP/1.1\r\n\r\n"), 400);
}

static void a_body_on_get_is_a_400(void **state)
{
    assert_int_equal(fixture_status(state, "GET /healthz HTTP/1.1\r\nHost: a\r\n"
                                           "Content-Length: 3\r\n\r\na=1"),
        400);
}

static void a_broken_form_is_a_400_and_another_type_a_415(void **state)
{
    assert_int_equal(fixture_post(state, "/t/A", "a=%zz")->status, 400);
    assert_int_equal(
        fixture_status(state,
            "POST /t/A HTTP/1.1\r\nHost: a\r\nContent-Type: "
            "multipart/form-data; boundary=b\r\nContent-Length: 3\r\n\r\na=1"),
        415);
    assert_int_equal(
        fixture_status(state,
            "POST /t/A HTTP/1.1\r\nHost: a\r\nContent-Type: "
            "application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=1"),
        200);
}

static void more_fields_than_the_limit_are_a_413(void **state)
{
    const size_t at_limit = 2UL * FORM_FIELDS_MAX;
    char body[2 * FORM_FIELDS_MAX + 3];
    for (size_t i = 0; i < at_limit; i++)
        body[i] = i % 2 == 0 ? 'a' : '&';
    body[at_limit] = '\0';
    assert_int_equal(fixture_post(state, "/t/A", body)->status, 200);

    body[at_limit] = 'a';
    body[at_limit + 1] = '\0';
    assert_int_equal(fixture_post(state, "/t/A", body)->status, 413);
}

/* ---- what one client must never get from another ---- */

/* Sends the same on so many connections that each worker's buffer holds it: connections
   go round the workers. */
static void send_to_all_workers(void **state, const char *request)
{
    for (int i = 0; i < 2 * WORKER_THREADS; i++)
        assert_int_equal(fixture_status(state, request), 200);
}

/* The attack that works on civetweb alone: blank lines end the head at once; the header
   behind them is as long as the victim's head, so that its value goes on in the victim's
   form, up to the empty line that the attacker has left farther behind before. */
static void a_request_behind_blank_lines_never_sees_what_another_client_sent(void **state)
{
    static const char form[] =
        "POST /t/SECRETCODE HTTP/1.1\r\nHost: secret-host.example\r\n"
        "User-Agent: a telephone\r\nContent-Length: 31\r\n\r\n"
        "comment=SECRETCOMMENT&overall=1";
    static const char *const blank_lines[] = {
        "\r\n\r\n", "\n\n", "  \r\n\r\n", " \n\n", "\r\n\r\n\r\n\r\n", "\n\r\n\r\n"};
    char bait[1024];
    (void)snprintf(bait, sizeof bait,
        "POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: 604\r\n\r\n%0600d\r\n\r\n", 0);
    struct fixture *fixture = *state;
    struct http_answer *answer = &fixture->answer;

    for (size_t i = 0; i < sizeof blank_lines / sizeof *blank_lines; i++) {
        send_to_all_workers(state, bait);
        send_to_all_workers(state, form);
        char attack[sizeof form];
        int len = snprintf(attack, sizeof attack,
            "%sGET /echo HTTP/1.1\r\nHost: a\r\nX: ", blank_lines[i]);
        size_t head_len = (size_t)(strstr(form, "comment=") - form);
        memset(attack + len, 'x', head_len - (size_t)len);
        int before = atomic_load(&fixture->handled);
        int client = http_connect(fixture->port);
        http_clear(answer);
        http_send(client, attack, head_len);
        http_read(client, answer, false, 8000);
        close(client);

        answer->bytes[answer->len] = '\0';
        assert_null(strstr(answer->bytes, "SECRET"));
        assert_int_equal(answer->status, 400);
        assert_int_equal(atomic_load(&fixture->handled), before);
    }
}

static void one_blank_line_before_a_request_is_refused_too(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = &fixture->answer;
    assert_int_equal(
        fixture_status(state, "\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    assert_int_equal(
        fixture_status(state, " GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"), 400);

    /* Also between two requests of one connection. */
    int client = http_connect(fixture->port);
    http_clear(answer);
    http_send_string(client, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
                             "\r\nGET /echo HTTP/1.1\r\nHost: a\r\n\r\n");
    http_read(client, answer, false, 2000);
    assert_int_equal(answer->status, 200);
    http_read(client, answer, false, 2000);
    assert_int_equal(answer->status, 400);
    assert_true(http_is_closed(client, 2000));
    close(client);
}

/* ---- anything at all ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void after_hundreds_of_mangled_requests_the_server_still_answers(void **state)
{
    static const char sound[] =
        "POST /t/ABCD?lang=en HTTP/1.1\r\nHost: a.cn\r\nConnection: close\r\n"
        "Content-Length: 7\r\n\r\na=1&b=2";
    static const char spice[] = "\r\n\r\n :%/?\t\0\xff,;=+-09aHC";
    struct fixture *fixture = *state;
    uint32_t seed = 20261122;

    for (int i = 0; i < 400; i++) {
        char bytes[sizeof sound];
        memcpy(bytes, sound, sizeof sound);
        for (uint32_t times = next_random(&seed) % 4 + 1; times > 0; times--)
            bytes[next_random(&seed) % (sizeof sound - 1)] =
                spice[next_random(&seed) % sizeof spice];
        int client = http_connect(fixture->port);
        http_send(client, bytes, sizeof sound - 1);
        shutdown(client, SHUT_WR);
        http_clear(&fixture->answer);
        http_read(client, &fixture->answer, false, 8000);
        close(client);

        int status = fixture->answer.status;
        assert_true(status == 0 || (status >= 200 && status < 600));
    }
    assert_text_equal(fixture_get(state, "/healthz")->body, "ok\n");
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(an_unknown_path_is_a_404),
        cmocka_unit_test(a_wrong_method_is_a_405_with_allow),
        cmocka_unit_test(a_cors_preflight_is_a_405_like_any_other_method),
        cmocka_unit_test(a_method_civetweb_does_not_know_is_a_400),
        cmocka_unit_test(what_civetweb_refuses_gets_our_page_and_headers),
        cmocka_unit_test(a_target_that_is_no_path_is_refused_or_left_without_an_answer),
        cmocka_unit_test(a_long_target_is_a_414_also_where_civetweb_gives_up),
        cmocka_unit_test(too_many_or_too_large_headers_are_a_431),
        cmocka_unit_test(any_transfer_encoding_is_a_411_and_closes_at_once),
        cmocka_unit_test(an_odd_or_doubled_content_length_is_a_400),
        cmocka_unit_test(a_header_that_would_end_the_parsing_is_a_400),
        cmocka_unit_test(a_body_on_get_is_a_400),
        cmocka_unit_test(a_broken_form_is_a_400_and_another_type_a_415),
        cmocka_unit_test(more_fields_than_the_limit_are_a_413),
        cmocka_unit_test(
            a_request_behind_blank_lines_never_sees_what_another_client_sent),
        cmocka_unit_test(one_blank_line_before_a_request_is_refused_too),
        cmocka_unit_test(after_hundreds_of_mangled_requests_the_server_still_answers),
    };
    return cmocka_run_group_tests(cases, fixture_start, fixture_stop);
}
