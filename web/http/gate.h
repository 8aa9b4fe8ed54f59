#pragma once
/* gate.h: what may come in. Checks a request as civetweb cut it up, before anything else
   looks at it; pure, so that every rule has a test without a server.

   civetweb 1.15 lets pass what must not: it parses past what was received when a request
   begins with blank lines, stops silently in the middle of the headers (a folded line, a
   name with a byte over 126, the 65th header), takes Content-Length beside
   Transfer-Encoding and any number with something behind it. So the gate walks over the
   whole head again, from the worker's buffer's first byte to the empty line. */
#include "web/http/server.h"

struct mg_request_info; /* civetweb's */

/* What the gate found out about a request that may come in. */
struct passage {
    enum method method; /* METHOD_COUNT: one that no route can have */
    struct text path;
    struct text query;
    size_t head_len;        /* up to and with the empty line */
    size_t content_length;  /* 0 when there is no body */
    bool expects_continue;  /* wants "100 Continue" before it sends the body */
    bool may_keep_alive;    /* the client wants to send more on this connection */
    const char *media_type; /* Content-Type as sent; NULL if absent */
};

/* received is the worker's buffer (wire_received). 0: *out is filled; else the HTTP
   status to refuse with, after which the connection must close: 400 the head does not
   begin at the buffer's first byte, or the buffer is not known; the request line is not
   "METHOD SP TARGET SP VERSION"; a header line is folded, has a space before its colon, a
   name that is no token or no CRLF; HTTP/1.1 without Host, a Host that is doubled, empty
   or odd; Content-Length that is doubled or not 1 to 10 digits; GET or HEAD with a body;
   a target that is no path 404 a path with '%', "//", a "." or ".." segment or a byte
   that no path of ours has 411 any Transfer-Encoding 413 a body that no route could want,
   over RAW_BODY_BYTES_MAX 414 a target over TARGET_BYTES_MAX 417 an Expect other than
   100-continue 431 HEADERS_MAX headers or more On 404, 413 and 417 the framing is sound
   and content_length is set. */
int gate_check(
    const struct mg_request_info *info, struct text received, struct passage *out);

/* 0, or the status to refuse the body with: 413 over the route's limit, 415 a form that
   is called something else (being called nothing is fine). */
int gate_check_body(const struct passage *passage, const struct route *route);

/* civetweb answers some requests by itself and calls what it found wrong by names of its
   own; this is the status we answer with instead. */
int gate_translate(
    const struct mg_request_info *info, struct text received, int civetweb_status);
