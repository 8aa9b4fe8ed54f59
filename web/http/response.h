#pragma once
/* response.h: an answer, built whole in memory and sent in one write: an error never
   yields half a page. Security headers and Date, Connection, Content-Length are added in
   one place (send.c). */
#include "kiosk/text.h"

enum cache_policy {
    CACHE_NEVER,  /* no-store: every page */
    CACHE_FOREVER /* immutable: assets named by their content's hash */
};

enum referrer_policy {
    REFERRER_NEVER,  /* codes stand in addresses */
    REFERRER_OUR_OWN /* pages whose forms must show that they come from here: without a
                        referrer browsers call the origin of a form "null" */
};

struct response {
    int status; /* 200 unless set; an error (400–599) without a body gets its page */
    const char *content_type; /* "text/html; charset=utf-8" unless set */
    enum cache_policy cache;
    struct text location; /* 303: where to; empty otherwise. Printable ASCII, at most
                             TARGET_BYTES_MAX bytes, else the answer is a 500 */
    const char *allow;    /* 405: "GET, HEAD"; NULL otherwise */
    struct text cookie;   /* Set-Cookie: "manyi=…; Path=/"; empty otherwise. Printable
                             ASCII and blanks, else the answer is a 500 */
    enum referrer_policy referrer;
    int retry_after;      /* 429, 503: seconds; 0 otherwise */
    const char *encoding; /* "br" or "gzip" when the body is compressed; NULL otherwise */
    bool may_compress;  /* the body may be sent compressed: only true for pages that hold
                           no secret, see compress.h */
    struct buffer body; /* in the request's arena */
    struct text file;   /* instead of body: static bytes that outlive the request */
    bool is_mapped;     /* the file is a mapping of this answer's own, and is unmapped
                           when it was sent */
    const char
        *download; /* the file's name for who keeps it ("slips.pdf"); NULL: shown */
};
