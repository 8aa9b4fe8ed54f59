/* test_server.c: a real server: what it answers, byte for byte. */
#include "tests/support/http_fixture.h"
#include "tests/support/test.h"

#include "kiosk/limits.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void every_answer_carries_the_security_headers(void **state)
{
    static const char *const targets[] = {"/healthz", "/nowhere", "/%41", "/broken"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct http_answer *answer = fixture_get(state, targets[i]);

        assert_text_equal(http_header(answer, "X-Content-Type-Options"), "nosniff");
        assert_text_equal(http_header(answer, "Referrer-Policy"), "no-referrer");
        assert_text_equal(http_header(answer, "X-Robots-Tag"), "noindex");
        assert_text_equal(
            http_header(answer, "Cross-Origin-Opener-Policy"), "same-origin");
        assert_text_equal(http_header(answer, "Content-Security-Policy"),
            "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src "
            "'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'");
        assert_true(http_header(answer, "Permissions-Policy").len > 0);
        assert_int_equal(http_header(answer, "Date").len, 29);
        assert_text_equal(http_header(answer, "Cache-Control"), "no-store");
        assert_int_equal(http_header(answer, "Server").len, 0);
    }
}

static void an_asset_is_cached_for_ever_and_varies_by_encoding(void **state)
{
    struct http_answer *answer = fixture_get(state, "/a.css");

    assert_text_equal(http_header(answer, "Content-Type"), "text/css");
    assert_text_equal(
        http_header(answer, "Cache-Control"), "public, max-age=31536000, immutable");
    assert_text_equal(http_header(answer, "Content-Encoding"), "br");
    assert_text_equal(http_header(answer, "Vary"), "Accept-Encoding");
    assert_text_equal(answer->body, "compressed");
}

static void a_handler_sees_the_request_and_its_headers(void **state)
{
    struct http_answer *answer = fixture_ask(state,
        "GET /t/AB12?lang=en&x=%41 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, br\r\n"
        "Cookie: s=1\r\n\r\n");

    assert_int_equal(answer->status, 200);
    assert_text_equal(answer->body, "0 /t/AB12 [AB12] ?lang=en&x=%41 en br\nHost: a\n"
                                    "Accept-Encoding: gzip, br\nCookie: s=1\n");
}

static void a_posted_form_arrives_decoded(void **state)
{
    struct http_answer *answer =
        fixture_post(state, "/t/AB12", "overall=5&&note=%E5%A5%BD+x");

    assert_int_equal(answer->status, 200);
    assert_text_equal(answer->body, "2 /t/AB12 [AB12] ? zh plain\noverall=5\nnote=好 x\n"
                                    "Host: a\nContent-Length: 27\n");
}

static void a_redirect_names_its_location(void **state)
{
    struct http_answer *answer = fixture_get(state, "/moved");

    assert_int_equal(answer->status, 303);
    assert_text_equal(http_header(answer, "Location"), "/thanks?lang=en");
}

static void a_location_with_a_line_break_becomes_a_500(void **state)
{
    struct http_answer *answer = fixture_get(state, "/moved-badly");

    assert_int_equal(answer->status, 500);
    assert_int_equal(http_header(answer, "Set-Cookie").len, 0);
}

static void a_cookie_is_set_and_one_with_a_line_break_becomes_a_500(void **state)
{
    assert_int_equal(fixture_get(state, "/cookie")->status, 200);
    assert_text_equal(http_header(fixture_get(state, "/cookie"), "Set-Cookie"),
        "a=b; Path=/; HttpOnly");
    assert_text_equal(
        http_header(fixture_get(state, "/cookie"), "Referrer-Policy"), "same-origin");
    assert_text_equal(
        http_header(fixture_get(state, "/healthz"), "Referrer-Policy"), "no-referrer");
    assert_int_equal(fixture_get(state, "/cookie-badly")->status, 500);
    assert_int_equal(http_header(fixture_get(state, "/cookie-badly"), "X").len, 0);
}

static void the_guard_stands_before_the_handler_and_behind_the_form(void **state)
{
    static const struct {
        const char *request;
        int status;
        const char *body;
    } cases[] = {
        {"GET /guarded HTTP/1.1\r\nHost: a\r\n\r\n", 403, "page of 403 zh\n"},
        {"HEAD /guarded HTTP/1.1\r\nHost: a\r\n\r\n", 403, ""},
        {"GET /guarded HTTP/1.1\r\nHost: a\r\nCookie: word=page\r\n\r\n", 403,
            "0 fields"},
        {"POST /guarded HTTP/1.1\r\nHost: a\r\nCookie: word=page\r\n"
         "Content-Length: 7\r\n\r\na=1&b=2",
            403, "2 fields"},
        {"GET /guarded HTTP/1.1\r\nHost: a\r\nCookie: word=busy\r\n\r\n", 503,
            "page of 503 zh\n"},
    };
    struct fixture *fixture = *state;
    int before = atomic_load(&fixture->handled);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct http_answer *answer = fixture_ask(state, cases[i].request);
        assert_int_equal(answer->status, cases[i].status);
        assert_text_equal(answer->body, cases[i].body);
    }
    assert_int_equal(atomic_load(&fixture->handled), before);
    assert_int_equal(
        fixture_ask(state, "GET /guarded HTTP/1.1\r\nHost: a\r\nCookie: word=in\r\n\r\n")
            ->status,
        200);
    assert_int_equal(atomic_load(&fixture->handled), before + 1);
}

static void head_is_answered_like_get_without_the_body(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = &fixture->answer;
    int client = http_connect(fixture->port);
    http_clear(answer);

    http_send_string(client, "HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    http_read(client, answer, true, 2000);

    assert_int_equal(answer->status, 200);
    assert_text_equal(http_header(answer, "Content-Length"), "3");
    /* Nothing behind it: the next answer begins at once. */
    http_send_string(client, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    http_read(client, answer, false, 2000);
    assert_int_equal(answer->status, 200);
    assert_text_equal(answer->body, "ok\n");
    close(client);
}

static void a_refusal_of_head_has_no_body_either(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer =
        fixture_ask(state, "HEAD /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");

    assert_int_equal(answer->status, 404);
    assert_text_equal(http_header(answer, "Content-Length"), "15");
    assert_int_equal(fixture->answer.len, strlen(answer->head));
}

static void a_failing_handler_yields_an_error_page_and_not_half_of_its_own(void **state)
{
    struct http_answer *answer = fixture_get(state, "/broken?lang=en");
    assert_int_equal(answer->status, 500);
    assert_text_equal(answer->body, "page of 500 en\n");

    answer = fixture_get(state, "/busy");
    assert_int_equal(answer->status, 503);
    assert_text_equal(answer->body, "page of 503 zh\n");
    assert_text_equal(http_header(answer, "Retry-After"), "7");
}

static void a_full_arena_is_a_503(void **state)
{
    struct http_answer *answer = fixture_get(state, "/full");

    assert_int_equal(answer->status, 503);
    assert_text_equal(answer->body, "page of 503 zh\n");
    assert_text_equal(http_header(answer, "Retry-After"), "5");
}

static void an_error_without_a_body_gets_its_page_and_one_with_a_body_keeps_it(
    void **state)
{
    assert_text_equal(fixture_get(state, "/gone")->body, "page of 410 zh\n");
    assert_text_equal(fixture_get(state, "/conflict")->body, "its own page");
}

static void a_connection_serves_many_requests(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = &fixture->answer;
    int client = http_connect(fixture->port);
    http_clear(answer);

    for (int i = 0; i < 50; i++) {
        const char *request =
            i % 2 == 0 ? "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
                       : "POST /t/A HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na=1";
        http_send_string(client, request);
        http_read(client, answer, false, 2000);
        assert_int_equal(answer->status, 200);
        assert_text_equal(http_header(answer, "Connection"), "keep-alive");
    }
    close(client);
}

static void requests_in_one_packet_are_answered_in_order(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = &fixture->answer;
    int client = http_connect(fixture->port);
    http_clear(answer);

    http_send_string(client,
        "GET /t/one HTTP/1.1\r\nHost: a\r\n\r\n"
        "POST /t/two HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nb=2"
        "GET /t/three HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    http_read(client, answer, false, 2000);
    assert_text_equal(answer->body, "0 /t/one [one] ? zh plain\nHost: a\n");
    http_read(client, answer, false, 2000);
    assert_text_equal(
        answer->body, "2 /t/two [two] ? zh plain\nb=2\nHost: a\nContent-Length: 3\n");
    http_read(client, answer, false, 2000);
    assert_text_equal(
        answer->body, "0 /t/three [three] ? zh plain\nHost: a\nConnection: close\n");
    assert_text_equal(http_header(answer, "Connection"), "close");
    assert_true(http_is_closed(client, 2000));
    close(client);
}

static void what_connection_says_is_what_happens(void **state)
{
    struct fixture *fixture = *state;
    struct http_answer *answer = &fixture->answer;
    static const char *const requests[] = {
        "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: "
        "websocket\r\n"
        "Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n",
        "GET /healthz HTTP/1.0\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        int client = http_connect(fixture->port);
        http_clear(answer);
        http_send_string(client, requests[i]);
        http_read(client, answer, false, 2000);

        assert_int_equal(answer->status, 200);
        assert_text_equal(http_header(answer, "Connection"), "close");
        assert_true(http_is_closed(client, 2000));
        close(client);
    }
}

static void a_handler_may_use_64_kilobytes_of_stack(void **state)
{
    assert_text_equal(fixture_get(state, "/stack")->body, "0\n");
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(every_answer_carries_the_security_headers),
        cmocka_unit_test(an_asset_is_cached_for_ever_and_varies_by_encoding),
        cmocka_unit_test(a_handler_sees_the_request_and_its_headers),
        cmocka_unit_test(a_posted_form_arrives_decoded),
        cmocka_unit_test(a_redirect_names_its_location),
        cmocka_unit_test(a_location_with_a_line_break_becomes_a_500),
        cmocka_unit_test(a_cookie_is_set_and_one_with_a_line_break_becomes_a_500),
        cmocka_unit_test(the_guard_stands_before_the_handler_and_behind_the_form),
        cmocka_unit_test(head_is_answered_like_get_without_the_body),
        cmocka_unit_test(a_refusal_of_head_has_no_body_either),
        cmocka_unit_test(a_failing_handler_yields_an_error_page_and_not_half_of_its_own),
        cmocka_unit_test(a_full_arena_is_a_503),
        cmocka_unit_test(
            an_error_without_a_body_gets_its_page_and_one_with_a_body_keeps_it),
        cmocka_unit_test(a_connection_serves_many_requests),
        cmocka_unit_test(requests_in_one_packet_are_answered_in_order),
        cmocka_unit_test(what_connection_says_is_what_happens),
        cmocka_unit_test(a_handler_may_use_64_kilobytes_of_stack),
    };
    return cmocka_run_group_tests(cases, fixture_start, fixture_stop);
}
