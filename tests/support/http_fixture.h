#pragma once
/* http_fixture.h: a real server with routes that say back what came in, and ways to ask
   it. */
#include "tests/support/http_client.h"

#include "web/http/server.h"

#include <stdatomic.h>

struct fixture {
    struct server *server;
    int port;
    atomic_int handled; /* how often a handler ran */
    struct http_answer answer;
};

/* cmocka set-up and tear-down of a group: *state is the executable's one fixture. */
int fixture_start(void **state);
int fixture_stop(void **state);

/* Send bytes, GET a target, POST a body to one; the answer is the fixture's, until the
   next. */
struct http_answer *fixture_ask(void **state, const char *request);
struct http_answer *fixture_get(void **state, const char *target);
struct http_answer *fixture_post(void **state, const char *target, const char *body);
/* The status that bytes are answered with. */
int fixture_status(void **state, const char *request);
