#pragma once
/* exchange.h: one request from the gate to its answer: gate → route (404) → method (405)
   → body (413, 415, 408) → form (400, 413) → guard (303, 403) → handler → one write. */
#include "web/http/seat.h"
#include "web/http/server.h"

#include <stdatomic.h>

struct mg_connection; /* civetweb's */

struct exchange_terms {
    const struct server_options *options; /* borrowed */
    bool is_closing;                      /* the server stops: 503 and close */
    bool may_keep_alive;                  /* there are workers to spare */
    atomic_int *in_flight; /* the exchange is counted in it, a kept promise no more */
};

/* Answers the request that civetweb parsed on this connection. False if it is counted in
   flight no more: its answer was promised and sent before. */
bool exchange_run(struct mg_connection *connection, struct seat *seat,
    const struct exchange_terms *terms);

/* Answers what civetweb refused by itself with that status; it closes the connection. */
void exchange_refuse(struct mg_connection *connection, struct seat *seat,
    const struct exchange_terms *terms, int civetweb_status);
