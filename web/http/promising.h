#pragma once
/* promising.h: a promise as the exchange holds it. */
#include "web/http/promise.h"
#include "web/http/seat.h"

#include <stdatomic.h>

enum promise_state { PROMISE_NONE, PROMISE_MADE, PROMISE_KEPT, PROMISE_BROKEN };

struct promise {
    struct seat *seat;     /* holds the answer's bytes */
    atomic_int *in_flight; /* the server's count of requests that are being answered */
    bool is_possible;      /* the connection lives on and nothing more has come */
    int socket;
    size_t len;
    _Atomic enum promise_state state;
};
