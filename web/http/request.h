#pragma once
/* request.h: one request as handlers see it: limits checked, path matched, form parsed.
   Everything lives in the request's arena and dies with it. */
#include "kiosk/arena.h"
#include "kiosk/language.h"
#include "kiosk/submission.h"

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_COUNT };

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
    struct text body; /* a POST's raw body */
};

/* The decoded value of a query key, or of a form field (the first); false if it is not
   there or is badly encoded. Values may hold any bytes. */
bool request_query(const struct request *request, const char *key, struct text *out);
bool request_form(const struct request *request, const char *name, struct text *out);
