#pragma once
/* server.h: civetweb behind a gate and a table of routes; nothing else in the program
   knows it. Each request: gate → route (404) → method (405) → body (411, 413, 408) → form
   → guard (303, 403) → handler → one write. */
#include "web/http/request.h"
#include "web/http/response.h"

#include "kiosk/problems.h"
#include "kiosk/status.h"

/* Fills the response. A status other than OK becomes an error page: BUSY, NO_MEMORY 503,
   the rest 500. Runs on a worker's stack, of which 76 KB are free (measured): what needs
   more, or seconds, belongs on a thread of its own. */
typedef enum status (*route_handler_fn)(
    struct request *request, struct response *response);

/* Who may ask for a row; the guard decides. */
enum who {
    WHO_ANYONE,  /* people who answer, and whoever signs in */
    WHO_OPERATOR /* signed in; a POST also shows that it comes from our own form */
};

struct route {
    enum method method;  /* GET also answers HEAD */
    const char *pattern; /* "/t/{code}": one {…} segment at most; compared with case */
    route_handler_fn handler;
    size_t body_max;     /* POST only; 0 refuses any body; at most RAW_BODY_BYTES_MAX */
    enum body_kind body; /* what a POST carries */
    enum who who;
};

/* Called when the route is found and the form parsed, before the handler: *may_enter says
   whether the handler runs; if not, the response is the guard's. May fill
   request->visitor. A status other than OK becomes an error page, as a handler's. */
typedef enum status (*route_guard_fn)(struct request *request, const struct route *route,
    struct response *response, bool *may_enter);

/* Renders the page of an HTTP error status (400–599) in the request's language. What
   civetweb could not parse comes with an empty path and no headers. Without a body, or
   with one that did not fit, the answer is the status and its English words. */
typedef void (*error_page_fn)(
    const struct request *request, struct response *response, int http_status);

struct server_options {
    const char *listen; /* "127.0.0.1:8080"; port 0 takes a free one */
    const struct route *routes;
    size_t route_count;
    error_page_fn error_page;
    route_guard_fn guard;        /* NULL: everybody may have everything */
    void (*worker_begins)(void); /* on each worker's thread, once; NULL: nothing */
    void *app;
};

struct server;

/* Serves until server_close. INVALID: the address is none that can be listened on
   ("127.0.0.1:8080", ":8080", "8080"), or it is taken; INTERNAL: no threads, no memory.
   Problems then hold one sentence. The table must be sound (router.h) and outlive the
   server. Its threads block all signals. */
MUST_CHECK enum status server_open(
    const struct server_options *options, struct problems *problems, struct server **out);
/* The port it listens on. */
int server_port(const struct server *server);
/* Refuses newcomers (503), waits for answers in flight up to 5 s, then stops. Accepts
 * NULL. */
void server_close(struct server *server);
