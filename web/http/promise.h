#pragma once
/* promise.h: an answer that is written before it is known whether it may be given.

   A worker that has handed a form to the intake waits for two things, one after the
   other: for the disk, then for its client's next request. With a promise it waits for
   the second at once, and whoever knows that the form is kept sends the answer. That
   saves one of a worker's two sleeps, which are the largest part of what a form costs. */
#include "web/http/request.h"
#include "web/http/response.h"

struct promise; /* in the exchange of the request at hand */

/* Writes down the answer, which must have no body. NULL if it can't be promised and is to
   be given as ever: the connection closes after it, the client has sent more already, or
   there is no connection, as in tests. */
struct promise *promise_make(
    const struct request *request, const struct response *response);
/* By the worker, while its handler runs: returns when the client has sent more or closed,
   and in any case after some seconds. Whether the promise was kept must then be awaited
   otherwise: the handler may not return before. */
void promise_wait(struct promise *promise);
/* By any thread, while the handler runs, one of the two once: keep sends the answer, and
   nothing else is sent whatever the handler returns; break_off wakes the worker, whose
   handler answers as ever, and the connection closes. Neither waits. */
void promise_keep(struct promise *promise);
void promise_break_off(struct promise *promise);
