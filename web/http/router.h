#pragma once
/* router.h: finds the row of the table that a request means. Pure. Rows are compared in
   order, with case; the first that fits in path and method wins, so a literal pattern
   stands above one with a {…} segment that would take its place. */
#include "web/http/server.h"

struct route_choice {
    const struct route *route; /* borrowed from the table; NULL unless status is 0 */
    struct text parameter;     /* what stood for {…}; empty if the pattern has none */
    int status;                /* 0 found, 404 no such path, 405 not by this method */
    const char *allow;         /* 405: what the path allows ("GET, HEAD"); static */
};

/* method METHOD_COUNT: one that no row can name. HEAD takes GET's row. */
struct route_choice router_find(
    const struct route *routes, size_t count, enum method method, struct text path);

/* True if every row has a handler, a pattern that begins with '/' and has at most one {…}
   that fills a whole segment, a method GET or POST and a body_max only with POST, at most
   RAW_BODY_BYTES_MAX, and no two rows are the same. */
bool router_is_sound(const struct route *routes, size_t count);
