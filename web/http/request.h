#pragma once
/* request.h: one request as handlers see it: limits checked, path matched, form parsed.
   Everything lives in the request's arena and dies with it. */
#include "kiosk/arena.h"
#include "kiosk/language.h"
#include "kiosk/submission.h"

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_COUNT };

enum body_kind {
    BODY_FORM, /* application/x-www-form-urlencoded: parsed into form */
    BODY_RAW   /* any type: left as it is in body */
};

struct promise; /* promise.h */
struct visitor; /* somebody who is signed in; the guard's, unknown here */

struct request {
    struct arena *arena;
    void *app;          /* what server_open was given */
    enum method method; /* HEAD runs the GET handler; the body is not sent */
    struct text
        path; /* as sent; no '%', no "//", no "." segments: the gate refuses those */
    struct text parameter;  /* what stood for {…} in the route's pattern, else empty */
    struct text query;      /* behind '?', undecoded; may be empty */
    enum language language; /* from ?lang=en, else Chinese */
    struct field *form; /* decoded fields of a POST, in order; empty pairs are skipped */
    size_t form_count;
    struct text body;      /* a POST's raw body */
    struct field *headers; /* as sent, in order; names in any case */
    size_t header_count;
    const struct visitor *visitor; /* on routes for operators; else NULL */
    struct promise *promise;       /* NULL: none can be made */
    struct text peer; /* the address of who connected: behind a proxy, the proxy */
};

/* The decoded value of a query key, or of a form field (the first); false if it is not
   there or is badly encoded. Values may hold any bytes. */
bool request_query(const struct request *request, const char *key, struct text *out);
bool request_form(const struct request *request, const char *name, struct text *out);

/* The value of the first header of that name (any case); empty if there is none. */
struct text request_header(const struct request *request, const char *name);
/* The value of the first cookie of that name; empty if there is none. Any bytes a header
   may have. */
struct text request_cookie(const struct request *request, const char *name);
/* True if Accept-Encoding names that encoding ("br", "gzip") and does not refuse it with
   q=0. */
bool request_accepts_encoding(const struct request *request, const char *encoding);
