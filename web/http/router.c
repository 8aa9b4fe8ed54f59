/* router.c: matches paths against the table of routes. */
#include "web/http/router.h"

#include "kiosk/limits.h"

#include <string.h>

/* Where the {…} of a pattern stands; found is false if there is none. */
struct hole {
    bool found;
    size_t begin; /* of '{' */
    size_t end;   /* behind '}' */
};

static struct hole hole_of(const char *pattern)
{
    const char *open = strchr(pattern, '{');
    const char *close = open == NULL ? NULL : strchr(open, '}');
    if (close == NULL)
        return (struct hole){0};
    return (struct hole){true, (size_t)(open - pattern), (size_t)(close - pattern) + 1};
}

static bool matches(const char *pattern, struct text path, struct text *parameter)
{
    struct hole hole = hole_of(pattern);
    *parameter = (struct text){0};
    if (!hole.found)
        return text_equals(path, text_of(pattern));
    struct text head = {pattern, hole.begin};
    struct text tail = text_of(pattern + hole.end);
    if (path.len <= head.len + tail.len || !text_starts_with(path, head))
        return false;
    struct text middle = {path.ptr + head.len, path.len - head.len - tail.len};
    if (!text_equals((struct text){middle.ptr + middle.len, tail.len}, tail) ||
        memchr(middle.ptr, '/', middle.len) != NULL)
        return false;
    *parameter = middle;
    return true;
}

struct route_choice router_find(
    const struct route *routes, size_t count, enum method method, struct text path)
{
    static const char *const allow[] = {"", "GET, HEAD", "POST", "GET, HEAD, POST"};
    enum method row_method = method == METHOD_HEAD ? METHOD_GET : method;
    unsigned allowed = 0; /* bit 0 GET, bit 1 POST */

    for (size_t i = 0; i < count; i++) {
        struct text parameter;
        if (!matches(routes[i].pattern, path, &parameter))
            continue;
        if (routes[i].method == row_method)
            return (struct route_choice){.route = &routes[i], .parameter = parameter};
        allowed |= routes[i].method == METHOD_GET ? 1u : 2u;
    }
    if (allowed == 0)
        return (struct route_choice){.status = 404};
    return (struct route_choice){.status = 405, .allow = allow[allowed]};
}

static bool pattern_is_sound(const char *pattern)
{
    if (pattern == NULL || pattern[0] != '/')
        return false;
    struct hole hole = hole_of(pattern);
    if (!hole.found)
        return strpbrk(pattern, "{}") == NULL;
    const char *behind = pattern + hole.end;
    return pattern[hole.begin - 1] == '/' && (*behind == '/' || *behind == '\0') &&
           strpbrk(behind, "{}") == NULL;
}

static bool row_is_sound(const struct route *route)
{
    if (!pattern_is_sound(route->pattern) || route->handler == NULL)
        return false;
    if (route->method == METHOD_POST)
        return route->body_max <= RAW_BODY_BYTES_MAX;
    return route->method == METHOD_GET && route->body_max == 0;
}

bool router_is_sound(const struct route *routes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!row_is_sound(&routes[i]))
            return false;
        for (size_t j = 0; j < i; j++)
            if (routes[i].method == routes[j].method &&
                strcmp(routes[i].pattern, routes[j].pattern) == 0)
                return false;
    }
    return true;
}
