/* exchange.c: serves one request. What a handler must not forget is done here, once. */
#include "web/http/exchange.h"

#include "kiosk/limits.h"
#include "web/http/body.h"
#include "web/http/compress.h"
#include "web/http/form.h"
#include "web/http/gate.h"
#include "web/http/promising.h"
#include "web/http/router.h"
#include "web/http/send.h"
#include "web/http/wire.h"

#include <civetweb.h>
#include <sys/mman.h>
#include <time.h>

enum {
    ANSWERED_BY_HANDLER = 0,
    NOBODY_TO_ANSWER = -1, /* the client went away */
    RETRY_SECONDS = 5      /* after a 503; a queue is empty long before */
};

struct exchange {
    struct mg_connection *connection;
    const struct mg_request_info *info;
    const struct exchange_terms *terms;
    struct seat *seat;
    struct passage passage;
    struct request request;
    struct response response;
    struct promise promise;
    bool has_unread_body;
};

static void begin_response(struct exchange *exchange)
{
    exchange->response = (struct response){
        .status = 200,
        .content_type = "text/html; charset=utf-8",
    };
    buffer_init(&exchange->response.body, exchange->seat->arena, REQUEST_ARENA_BYTES);
}

static void begin(struct exchange *exchange)
{
    exchange->info = mg_get_request_info(exchange->connection);
    exchange->request = (struct request){
        .arena = exchange->seat->arena,
        .app = exchange->terms->options->app,
        .method = METHOD_GET,
        .promise = &exchange->promise,
        .peer = text_of(exchange->info->remote_addr),
    };
    exchange->promise.seat = exchange->seat;
    exchange->promise.in_flight = exchange->terms->in_flight;
    begin_response(exchange);
}

/* 0, or 503 when the arena is full. */
static int copy_headers(struct exchange *exchange)
{
    const struct mg_request_info *info = exchange->info;
    size_t count = (size_t)info->num_headers;
    struct field *headers =
        arena_take_array(exchange->request.arena, count, sizeof *headers);
    if (headers == NULL)
        return 503;
    for (size_t i = 0; i < count; i++)
        headers[i] = (struct field){
            text_of(info->http_headers[i].name), text_of(info->http_headers[i].value)};
    exchange->request.headers = headers;
    exchange->request.header_count = count;
    return 0;
}

static int enter(struct exchange *exchange)
{
    struct passage *passage = &exchange->passage;
    int refusal = gate_check(exchange->info, wire_received(), passage);
    struct request *request = &exchange->request;
    struct text language;

    request->path = passage->path;
    request->query = passage->query;
    if (passage->method != METHOD_COUNT)
        request->method = passage->method;
    if (request_query(request, "lang", &language) && text_equals(language, TEXT("en")))
        request->language = LANGUAGE_EN;
    exchange->has_unread_body = passage->content_length > 0;
    if (refusal == 0)
        refusal = copy_headers(exchange);
    if (refusal == 0 && exchange->terms->is_closing)
        refusal = 503;
    return refusal;
}

static int read_body(struct exchange *exchange)
{
    static const int status_of[] = {
        [BODY_WHOLE] = 0,
        [BODY_LATE] = 408,
        [BODY_GONE] = NOBODY_TO_ANSWER,
        [BODY_TOO_LARGE_FOR_ARENA] = 503,
    };
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct passage *passage = &exchange->passage;

    if (passage->content_length == 0)
        return 0;
    if (passage->expects_continue && exchange->info->http_version[2] == '1')
        (void)mg_write(exchange->connection, go_on, sizeof go_on - 1);
    enum body_result result = body_read(exchange->connection, exchange->seat->arena,
        passage->content_length, &exchange->request.body);
    /* Of a late body no more is read: it had its time. */
    if (result != BODY_TOO_LARGE_FOR_ARENA)
        exchange->has_unread_body = false;
    return status_of[result];
}

static int parse_form(struct request *request)
{
    enum status rc =
        form_parse(request->arena, request->body, &request->form, &request->form_count);
    if (rc == STATUS_OK)
        return 0;
    if (rc == STATUS_INVALID)
        return 400;
    return rc == STATUS_TOO_LARGE ? 413 : 503;
}

/* What a handler's failure becomes. Handlers answer users' mistakes themselves: a status
   of those that gets here was not thought of. */
static int http_status_of(enum status status)
{
    switch (status) {
    case STATUS_OK:
        return ANSWERED_BY_HANDLER;
    case STATUS_BUSY:
    case STATUS_NO_MEMORY:
        return 503;
    case STATUS_INVALID:
    case STATUS_NOT_FOUND:
    case STATUS_CONFLICT:
    case STATUS_CLOSED:
    case STATUS_TOO_LARGE:
    case STATUS_INTERNAL:
    case STATUS_COUNT:
        return 500;
    }
    return 500;
}

/* 0, or the status of the error page. Where the guard lets nobody in, the answer is its
   own. */
static int run_handler(struct exchange *exchange, const struct route *route)
{
    route_guard_fn guard = exchange->terms->options->guard;
    struct request *request = &exchange->request;
    struct response *response = &exchange->response;
    bool may_enter = true;
    enum status status = STATUS_OK;
    if (guard != NULL)
        status = guard(request, route, response, &may_enter);
    if (status == STATUS_OK && may_enter)
        status = route->handler(request, response);
    int failure = http_status_of(status);
    return failure == ANSWERED_BY_HANDLER && response->body.is_full ? 503 : failure;
}

/* A promise is for a connection that lives on and a client that waits for its answer:
   nothing was received behind this request. */
static bool may_promise(const struct exchange *exchange)
{
    const struct passage *passage = &exchange->passage;
    return passage->may_keep_alive && exchange->terms->may_keep_alive &&
           !exchange->has_unread_body && exchange->request.method == METHOD_POST &&
           wire_received().len <= passage->head_len + passage->content_length;
}

static int handle(struct exchange *exchange)
{
    const struct server_options *options = exchange->terms->options;
    struct request *request = &exchange->request;
    struct response *response = &exchange->response;
    struct route_choice choice = router_find(
        options->routes, options->route_count, exchange->passage.method, request->path);

    response->allow = choice.allow;
    if (choice.status != 0)
        return choice.status;
    request->parameter = choice.parameter;
    int refusal = gate_check_body(&exchange->passage, choice.route);
    if (refusal == 0)
        refusal = read_body(exchange);
    if (refusal == 0 && request->method == METHOD_POST && choice.route->body == BODY_FORM)
        refusal = parse_form(request);
    if (refusal != 0)
        return refusal;
    exchange->promise.is_possible = may_promise(exchange);
    return run_handler(exchange, choice.route);
}

/* The arena is likely full, and the page needs room: what lived there is forgotten. */
static void make_room(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    arena_reset(exchange->seat->arena);
    request->headers = NULL;
    request->header_count = 0;
    request->form = NULL;
    request->form_count = 0;
    request->visitor = NULL;
    request->body = (struct text){0};
}

/* Replaces whatever there is by the page of that status. */
static void render_error(struct exchange *exchange, int http_status)
{
    struct response *response = &exchange->response;
    const char *allow = http_status == 405 ? response->allow : NULL;
    int retry_after = response->retry_after > 0 ? response->retry_after : RETRY_SECONDS;

    if (http_status == 503)
        make_room(exchange);
    begin_response(exchange);
    exchange->terms->options->error_page(&exchange->request, response, http_status);
    response->status = http_status;
    response->allow = allow;
    response->retry_after = http_status == 503 ? retry_after : 0;
    if (response->body.is_full || response->body.len + response->file.len == 0) {
        response->file = text_of(status_reason(http_status));
        response->content_type = "text/plain; charset=utf-8";
        response->encoding = NULL;
    }
}

/* munmap wants what mmap gave, which nobody wrote to. */
static void unmap_file(struct response *response)
{
    uintptr_t address = (uintptr_t)response->file.ptr;
    (void)munmap((void *)address, response->file.len);
}

static void finish(struct exchange *exchange, bool is_closing)
{
    struct delivery delivery = {
        .is_head = exchange->request.method == METHOD_HEAD,
        .is_closing = is_closing,
        .now = time(NULL),
    };
    /* First: else civetweb reads the rest of a body, however slowly it comes. */
    if (is_closing)
        mg_disable_connection_keep_alive(exchange->connection);
    compress_response(&exchange->request, &exchange->response);
    bool is_sent = response_send(
        exchange->connection, exchange->seat, &exchange->response, delivery);
    if (exchange->response.is_mapped)
        unmap_file(&exchange->response);
    if (!is_sent)
        mg_disable_connection_keep_alive(exchange->connection);
    else if (exchange->has_unread_body && !exchange->passage.expects_continue)
        body_discard(exchange->connection);
}

static bool needs_error_page(const struct response *response)
{
    return response->status >= 400 && response->body.len + response->file.len == 0;
}

bool exchange_run(struct mg_connection *connection, struct seat *seat,
    const struct exchange_terms *terms)
{
    struct exchange exchange = {.connection = connection, .terms = terms, .seat = seat};
    begin(&exchange);
    int refusal = enter(&exchange);
    bool is_refused_at_gate = refusal != 0;
    if (refusal == 0)
        refusal = handle(&exchange);
    enum promise_state promise = atomic_load(&exchange.promise.state);
    if (promise == PROMISE_KEPT)
        return false;
    if (refusal == NOBODY_TO_ANSWER) {
        mg_disable_connection_keep_alive(connection);
        return true;
    }
    if (refusal != 0)
        render_error(&exchange, refusal);
    else if (needs_error_page(&exchange.response))
        render_error(&exchange, exchange.response.status);
    finish(&exchange, is_refused_at_gate || refusal == 408 || exchange.has_unread_body ||
                          promise == PROMISE_BROKEN || !exchange.passage.may_keep_alive ||
                          !terms->may_keep_alive);
    return true;
}

void exchange_refuse(struct mg_connection *connection, struct seat *seat,
    const struct exchange_terms *terms, int civetweb_status)
{
    struct exchange exchange = {.connection = connection, .terms = terms, .seat = seat};
    begin(&exchange);
    render_error(
        &exchange, gate_translate(exchange.info, wire_received(), civetweb_status));
    finish(&exchange, true);
}
