#pragma once
/* guard.h: who may have a route of the table: the one place that looks at the console's
   cookie, its forms' proof of origin and who is signed in. */
#include "web/http/server.h"

#include "db/sessions.h"

#define SESSION_COOKIE "manyi"

enum { THEN_BYTES_MAX = 500 }; /* of the address to go on to after signing in */

/* Somebody who is signed in; lives in the request's arena. */
struct visitor {
    struct operator_account account;
    struct secret session;
    struct text proof; /* what each form of this session carries in the field "csrf" */
};

/* route_guard_fn. WHO_ANYONE: everybody enters, and nothing is looked up. WHO_OPERATOR:
   who is signed in enters and stands in request->visitor; others are led to /signin on a
   GET and refused (403) on a POST. A POST must come from our own pages (Origin,
   Sec-Fetch-Site where there are any) and carry the proof: in the field "csrf", or, where
   the body is no form, in the header X-CSRF-Token. */
MUST_CHECK enum status guard_enter(struct request *request, const struct route *route,
    struct response *response, bool *may_enter);

/* Who is signed in with this request's cookie, *out NULL if nobody. */
MUST_CHECK enum status guard_find_visitor(
    const struct request *request, struct visitor **out);

/* False if the browser says that another site sent the request. */
bool guard_is_from_here(const struct request *request);

/* The Set-Cookie of a session that begins, or, with NULL, of one that is over. Empty when
   the arena is full. */
struct text guard_cookie(const struct request *request, const struct secret *session);
