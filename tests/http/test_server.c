/* test_server.c: a real server: what it answers, byte for byte. */
#include "tests/support/http_client.h"
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/http/server.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct fixture {
    struct server *server;
    int port;
    atomic_int handled; /* how often a handler ran */
    struct http_answer answer;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void count_call(const struct request *request)
{
    struct fixture *fixture = request->app;
    atomic_fetch_add(&fixture->handled, 1);
}

static enum status show_health(struct request *request, struct response *response)
{
    count_call(request);
    response->content_type = "text/plain; charset=utf-8";
    response->file = TEXT("ok\n");
    return STATUS_OK;
}

/* Says back what came in, so that a test sees what the server made of it. */
static enum status echo(struct request *request, struct response *response)
{
    count_call(request);
    struct buffer *body = &response->body;
    buffer_add_format(body, "%d %.*s [%.*s] ?%.*s %s %s\n", (int)request->method,
        TEXT_ARG(request->path), TEXT_ARG(request->parameter), TEXT_ARG(request->query),
        request->language == LANGUAGE_EN ? "en" : "zh",
        request_accepts_encoding(request, "br") ? "br" : "plain");
    for (size_t i = 0; i < request->form_count; i++)
        buffer_add_format(body, "%.*s=%.*s\n", TEXT_ARG(request->form[i].name),
            TEXT_ARG(request->form[i].value));
    if (request->form_count == 0)
        buffer_add_text(body, request->body);
    for (size_t i = 0; i < request->header_count; i++)
        buffer_add_format(body, "%.*s: %.*s\n", TEXT_ARG(request->headers[i].name),
            TEXT_ARG(request->headers[i].value));
    return STATUS_OK;
}

static enum status redirect(struct request *request, struct response *response)
{
    (void)request;
    response->status = 303;
    response->location = TEXT("/thanks?lang=en");
    return STATUS_OK;
}

static enum status redirect_badly(struct request *request, struct response *response)
{
    (void)request;
    response->status = 303;
    response->location = TEXT("/x\r\nSet-Cookie: a=b");
    return STATUS_OK;
}

static enum status set_cookie(struct request *request, struct response *response)
{
    (void)request;
    response->cookie = TEXT("a=b; Path=/; HttpOnly");
    response->referrer = REFERRER_OUR_OWN;
    buffer_add_string(&response->body, "ok");
    return STATUS_OK;
}

static enum status set_cookie_badly(struct request *request, struct response *response)
{
    (void)request;
    response->cookie = TEXT("a=b\r\nX: y");
    return STATUS_OK;
}

static enum status show_asset(struct request *request, struct response *response)
{
    (void)request;
    response->content_type = "text/css";
    response->cache = CACHE_FOREVER;
    response->encoding = "br";
    response->file = TEXT("compressed");
    return STATUS_OK;
}

static enum status fail_busy(struct request *request, struct response *response)
{
    (void)request;
    response->retry_after = 7;
    buffer_add_string(&response->body, "half a page");
    return STATUS_BUSY;
}

static enum status fail_internally(struct request *request, struct response *response)
{
    (void)request;
    buffer_add_string(&response->body, "half a page");
    return STATUS_INTERNAL;
}

static enum status fill_the_arena(struct request *request, struct response *response)
{
    while (arena_take(request->arena, 1000) != NULL)
        ;
    buffer_add_string(&response->body, "does not fit");
    return STATUS_OK;
}

static enum status say_gone(struct request *request, struct response *response)
{
    (void)request;
    response->status = 410;
    return STATUS_OK;
}

static enum status say_conflict(struct request *request, struct response *response)
{
    (void)request;
    response->status = 409;
    buffer_add_string(&response->body, "its own page");
    return STATUS_OK;
}

static enum status use_much_stack(struct request *request, struct response *response);

static const struct route routes[] = {
    {.method = METHOD_GET, .pattern = "/healthz", .handler = show_health},
    {.method = METHOD_GET, .pattern = "/echo", .handler = echo},
    {.method = METHOD_GET, .pattern = "/t/{code}", .handler = echo},
    {.method = METHOD_POST, .pattern = "/t/{code}", .handler = echo, .body_max = 4000},
    {.method = METHOD_POST,
        .pattern = "/raw",
        .handler = echo,
        .body_max = 300000,
        .body = BODY_RAW},
    {.method = METHOD_POST, .pattern = "/bare", .handler = echo},
    {.method = METHOD_GET, .pattern = "/moved", .handler = redirect},
    {.method = METHOD_GET, .pattern = "/moved-badly", .handler = redirect_badly},
    {.method = METHOD_GET, .pattern = "/cookie", .handler = set_cookie},
    {.method = METHOD_GET, .pattern = "/cookie-badly", .handler = set_cookie_badly},
    {.method = METHOD_GET, .pattern = "/guarded", .handler = echo, .who = WHO_OPERATOR},
    {.method = METHOD_POST,
        .pattern = "/guarded",
        .handler = echo,
        .body_max = 100,
        .who = WHO_OPERATOR},
    {.method = METHOD_GET, .pattern = "/a.css", .handler = show_asset},
    {.method = METHOD_GET, .pattern = "/busy", .handler = fail_busy},
    {.method = METHOD_GET, .pattern = "/broken", .handler = fail_internally},
    {.method = METHOD_GET, .pattern = "/full", .handler = fill_the_arena},
    {.method = METHOD_GET, .pattern = "/gone", .handler = say_gone},
    {.method = METHOD_GET, .pattern = "/conflict", .handler = say_conflict},
    {.method = METHOD_GET, .pattern = "/stack", .handler = use_much_stack},
};

static void show_error(
    const struct request *request, struct response *response, int http_status)
{
    buffer_add_format(&response->body, "page of %d %s\n", http_status,
        request->language == LANGUAGE_EN ? "en" : "zh");
}

/* "word=in" opens; "busy" fails; "page" has a page of its own. */
static enum status guard(struct request *request, const struct route *route,
    struct response *response, bool *may_enter)
{
    struct text word = request_cookie(request, "word");
    *may_enter = route->who == WHO_ANYONE || text_equals(word, TEXT("in"));
    if (!*may_enter)
        response->status = 403;
    if (text_equals(word, TEXT("page")))
        buffer_add_format(&response->body, "%zu fields", request->form_count);
    return text_equals(word, TEXT("busy")) ? STATUS_BUSY : STATUS_OK;
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
        .guard = guard,
        .app = &fixture};
    enum status rc = server_open(&options, &problems, &fixture.server);
    arena_free(arena);
    if (rc != STATUS_OK)
        return -1;
    fixture.port = server_port(fixture.server);
    *state = &fixture;
    return 0;
}

static int stop(void **state)
{
    struct fixture *fixture = *state;
    server_close(fixture->server);
    return 0;
}

static struct http_answer *ask(void **state, const char *request)
{
    struct fixture *fixture = *state;
    http_exchange(fixture->port, request, &fixture->answer);
    return &fixture->answer;
}

static int status_of(void **state, const char *request)
{
    return ask(state, request)->status;
}

static struct http_answer *get(void **state, const char *target)
{
    char request[4096];
    (void)snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", target);
    return ask(state, request);
}

static struct http_answer *post(void **state, const char *target, const char *body)
{
    char request[4096];
    (void)snprintf(request, sizeof request,
        "POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: %zu\r\n\r\n%s", target,
        strlen(body), body);
    return ask(state, request);
}

/* ---- answers ---- */

static void every_answer_carries_the_security_headers(void **state)
{
    static const char *const targets[] = {"/healthz", "/nowhere", "/%41", "/broken"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct http_answer *answer = get(state, targets[i]);

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
    struct http_answer *answer = get(state, "/a.css");

    assert_text_equal(http_header(answer, "Content-Type"), "text/css");
    assert_text_equal(
        http_header(answer, "Cache-Control"), "public, max-age=31536000, immutable");
    assert_text_equal(http_header(answer, "Content-Encoding"), "br");
    assert_text_equal(http_header(answer, "Vary"), "Accept-Encoding");
    assert_text_equal(answer->body, "compressed");
}

static void a_handler_sees_the_request_and_its_headers(void **state)
{
    struct http_answer *answer = ask(state,
        "GET /t/AB12?lang=en&x=%41 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, br\r\n"
        "Cookie: s=1\r\n\r\n");

    assert_int_equal(answer->status, 200);
    assert_text_equal(answer->body, "0 /t/AB12 [AB12] ?lang=en&x=%41 en br\nHost: a\n"
                                    "Accept-Encoding: gzip, br\nCookie: s=1\n");
}

static void a_posted_form_arrives_decoded(void **state)
{
    struct http_answer *answer = post(state, "/t/AB12", "overall=5&&note=%E5%A5%BD+x");

    assert_int_equal(answer->status, 200);
    assert_text_equal(answer->body, "2 /t/AB12 [AB12] ? zh plain\noverall=5\nnote=好 x\n"
                                    "Host: a\nContent-Length: 27\n");
}

static void a_redirect_names_its_location(void **state)
{
    struct http_answer *answer = get(state, "/moved");

    assert_int_equal(answer->status, 303);
    assert_text_equal(http_header(answer, "Location"), "/thanks?lang=en");
}

static void a_location_with_a_line_break_becomes_a_500(void **state)
{
    struct http_answer *answer = get(state, "/moved-badly");

    assert_int_equal(answer->status, 500);
    assert_int_equal(http_header(answer, "Set-Cookie").len, 0);
}

static void a_cookie_is_set_and_one_with_a_line_break_becomes_a_500(void **state)
{
    assert_int_equal(get(state, "/cookie")->status, 200);
    assert_text_equal(
        http_header(get(state, "/cookie"), "Set-Cookie"), "a=b; Path=/; HttpOnly");
    assert_text_equal(
        http_header(get(state, "/cookie"), "Referrer-Policy"), "same-origin");
    assert_text_equal(
        http_header(get(state, "/healthz"), "Referrer-Policy"), "no-referrer");
    assert_int_equal(get(state, "/cookie-badly")->status, 500);
    assert_int_equal(http_header(get(state, "/cookie-badly"), "X").len, 0);
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
        const struct http_answer *answer = ask(state, cases[i].request);
        assert_int_equal(answer->status, cases[i].status);
        assert_text_equal(answer->body, cases[i].body);
    }
    assert_int_equal(atomic_load(&fixture->handled), before);
    assert_int_equal(
        ask(state, "GET /guarded HTTP/1.1\r\nHost: a\r\nCookie: word=in\r\n\r\n")->status,
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
    struct http_answer *answer = ask(state, "HEAD /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");

    assert_int_equal(answer->status, 404);
    assert_text_equal(http_header(answer, "Content-Length"), "15");
    assert_int_equal(fixture->answer.len, strlen(answer->head));
}

static void a_failing_handler_yields_an_error_page_and_not_half_of_its_own(void **state)
{
    struct http_answer *answer = get(state, "/broken?lang=en");
    assert_int_equal(answer->status, 500);
    assert_text_equal(answer->body, "page of 500 en\n");

    answer = get(state, "/busy");
    assert_int_equal(answer->status, 503);
    assert_text_equal(answer->body, "page of 503 zh\n");
    assert_text_equal(http_header(answer, "Retry-After"), "7");
}

static void a_full_arena_is_a_503(void **state)
{
    struct http_answer *answer = get(state, "/full");

    assert_int_equal(answer->status, 503);
    assert_text_equal(answer->body, "page of 503 zh\n");
    assert_text_equal(http_header(answer, "Retry-After"), "5");
}

static void an_error_without_a_body_gets_its_page_and_one_with_a_body_keeps_it(
    void **state)
{
    assert_text_equal(get(state, "/gone")->body, "page of 410 zh\n");
    assert_text_equal(get(state, "/conflict")->body, "its own page");
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

/* ---- refusals ---- */

static void an_unknown_path_is_a_404(void **state)
{
    assert_text_equal(get(state, "/nowhere?lang=en")->body, "page of 404 en\n");
    assert_int_equal(get(state, "/T/AB")->status, 404);
    assert_int_equal(get(state, "/healthz/")->status, 404);
}

static void a_wrong_method_is_a_405_with_allow(void **state)
{
    struct http_answer *answer = post(state, "/healthz", "");
    assert_int_equal(answer->status, 405);
    assert_text_equal(http_header(answer, "Allow"), "GET, HEAD");

    answer = ask(state, "DELETE /t/AB HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_int_equal(answer->status, 405);
    assert_text_equal(http_header(answer, "Allow"), "GET, HEAD, POST");
}

static void a_cors_preflight_is_a_405_like_any_other_method(void **state)
{
    struct http_answer *answer =
        ask(state, "OPTIONS /t/AB HTTP/1.1\r\nHost: a\r\nOrigin: http://evil\r\n"
                   "Access-Control-Request-Method: POST\r\n\r\n");

    assert_int_equal(answer->status, 405);
    assert_int_equal(http_header(answer, "Access-Control-Allow-Origin").len, 0);
}

static void a_method_civetweb_does_not_know_is_a_400(void **state)
{
    assert_int_equal(status_of(state, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    assert_int_equal(status_of(state, "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
}

static void what_civetweb_refuses_gets_our_page_and_headers(void **state)
{
    struct http_answer *answer = ask(state, "GARBAGE\r\n\r\n");

    assert_int_equal(answer->status, 400);
    assert_text_equal(answer->body, "page of 400 zh\n");
    assert_text_equal(http_header(answer, "Connection"), "close");
    assert_text_equal(http_header(answer, "X-Content-Type-Options"), "nosniff");
    assert_int_equal(status_of(state, "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    assert_int_equal(status_of(state, "GET /公 HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    assert_int_equal(status_of(state, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 505);
}

static void a_target_that_is_no_path_is_refused_or_left_without_an_answer(void **state)
{
    struct fixture *fixture = *state;
    char request[200];
    (void)snprintf(request, sizeof request,
        "GET http://127.0.0.1:%d/healthz HTTP/1.1\r\nHost: a\r\n\r\n", fixture->port);

    assert_int_equal(status_of(state, request), 400);
    /* civetweb takes these for a proxy's work and closes without a word. */
    assert_int_equal(status_of(state, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
    assert_int_equal(
        status_of(state, "GET http://other:1/ HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
}

static void a_long_target_is_a_414_also_where_civetweb_gives_up(void **state)
{
    static char request[41000];
    (void)snprintf(
        request, sizeof request, "GET /%02500d HTTP/1.1\r\nHost: a\r\n\r\n", 0);
    assert_int_equal(status_of(state, request), 414);

    (void)snprintf(
        request, sizeof request, "GET /%040000d HTTP/1.1\r\nHost: a\r\n\r\n", 0);
    assert_int_equal(status_of(state, request), 414);
}

static void too_many_or_too_large_headers_are_a_431(void **state)
{
    static char request[41000];
    size_t len =
        (size_t)snprintf(request, sizeof request, "GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 70; i++)
        len += (size_t)snprintf(request + len, sizeof request - len, "X: y\r\n");
    (void)snprintf(request + len, sizeof request - len, "\r\n");
    assert_int_equal(status_of(state, request), 431);

    (void)snprintf(
        request, sizeof request, "GET / HTTP/1.1\r\nHost: a\r\nX: %040000d\r\n\r\n", 0);
    assert_int_equal(status_of(state, request), 431);
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

        assert_int_equal(status_of(state, request), 411);
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

        assert_int_equal(status_of(state, request), 400);
    }
}

static void a_header_that_would_end_the_parsing_is_a_400(void **state)
{
    assert_int_equal(status_of(state, "GET /healthz HTTP/1.1\r\nHost: a\r\nX: 1\r\n"
                                      " folded\r\n\r\n"),
        400);
    assert_int_equal(status_of(state, "POST /t/A HTTP/1.1\r\nHost: a\r\n\xe5: 1\r\n"
                                      "Content-Length: 3\r\n\r\na=1"),
        400);
    assert_int_equal(status_of(state, "GET /healthz HTTP/1.1\r\n\r\n"), 400);
}

static void a_body_on_get_is_a_400(void **state)
{
    assert_int_equal(status_of(state, "GET /healthz HTTP/1.1\r\nHost: a\r\n"
                                      "Content-Length: 3\r\n\r\na=1"),
        400);
}

static void a_broken_form_is_a_400_and_another_type_a_415(void **state)
{
    assert_int_equal(post(state, "/t/A", "a=%zz")->status, 400);
    assert_int_equal(
        status_of(state,
            "POST /t/A HTTP/1.1\r\nHost: a\r\nContent-Type: "
            "multipart/form-data; boundary=b\r\nContent-Length: 3\r\n\r\na=1"),
        415);
    assert_int_equal(
        status_of(state,
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
    assert_int_equal(post(state, "/t/A", body)->status, 200);

    body[at_limit] = 'a';
    body[at_limit + 1] = '\0';
    assert_int_equal(post(state, "/t/A", body)->status, 413);
}

/* ---- what one client must never get from another ---- */

/* Sends the same on so many connections that each worker's buffer holds it: connections
   go round the workers. */
static void send_to_all_workers(void **state, const char *request)
{
    for (int i = 0; i < 2 * WORKER_THREADS; i++)
        assert_int_equal(status_of(state, request), 200);
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
        status_of(state, "\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    assert_int_equal(status_of(state, " GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"), 400);

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

/* ---- stack ---- */

enum { STACK_BYTES_PROVED = 65536 };

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wframe-larger-than="
/* Of a worker's 100 KB a handler can use 76: the rest is civetweb's and this room's. */
static enum status use_much_stack(struct request *request, struct response *response)
{
    volatile unsigned char big[STACK_BYTES_PROVED];
    unsigned sum = 0;
    for (size_t i = 0; i < sizeof big; i++)
        big[i] = (unsigned char)i;
    for (size_t i = 0; i < sizeof big; i += 4096)
        sum += big[i];
    (void)request;
    buffer_add_format(&response->body, "%u\n", sum);
    return STATUS_OK;
}
#pragma GCC diagnostic pop

static void a_handler_may_use_64_kilobytes_of_stack(void **state)
{
    assert_text_equal(get(state, "/stack")->body, "0\n");
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
    assert_text_equal(get(state, "/healthz")->body, "ok\n");
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
        cmocka_unit_test(a_handler_may_use_64_kilobytes_of_stack),
        cmocka_unit_test(after_hundreds_of_mangled_requests_the_server_still_answers),
    };
    return cmocka_run_group_tests(cases, start, stop);
}
