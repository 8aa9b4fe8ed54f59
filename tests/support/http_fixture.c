/* http_fixture.c: the server that tests of HTTP ask. */
#include "tests/support/http_fixture.h"

#include <stdio.h>
#include <string.h>

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

int fixture_start(void **state)
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

int fixture_stop(void **state)
{
    struct fixture *fixture = *state;
    server_close(fixture->server);
    return 0;
}

struct http_answer *fixture_ask(void **state, const char *request)
{
    struct fixture *fixture = *state;
    http_exchange(fixture->port, request, &fixture->answer);
    return &fixture->answer;
}

int fixture_status(void **state, const char *request)
{
    return fixture_ask(state, request)->status;
}

struct http_answer *fixture_get(void **state, const char *target)
{
    char request[4096];
    (void)snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", target);
    return fixture_ask(state, request);
}

struct http_answer *fixture_post(void **state, const char *target, const char *body)
{
    char request[4096];
    (void)snprintf(request, sizeof request,
        "POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: %zu\r\n\r\n%s", target,
        strlen(body), body);
    return fixture_ask(state, request);
}
