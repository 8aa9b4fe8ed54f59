#pragma once
/* body.h: reads a request's body with a deadline for the whole of it. */
#include "kiosk/text.h"

struct mg_connection; /* civetweb's */

enum body_result {
    BODY_WHOLE,
    BODY_LATE, /* not all came before the deadline */
    BODY_GONE, /* the client went away: there is nobody to answer */
    BODY_TOO_LARGE_FOR_ARENA
};

/* Exactly length bytes into the arena, within BODY_DEADLINE_MS; a client that falls
   silent is noticed up to two HEAD_DEADLINE_MS later. */
enum body_result body_read(struct mg_connection *connection, struct arena *arena,
    size_t length, struct text *out);

/* Reads what still comes of a body that nobody wants, so that closing the connection does
   not take the answer away from the client: at most DISCARD_BYTES_MAX and about
   DISCARD_DEADLINE_MS. The connection must close afterwards. */
void body_discard(struct mg_connection *connection);
