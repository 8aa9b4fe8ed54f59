/* request.c: what handlers ask of a request. */
#include "web/http/request.h"

#include "web/http/form.h"

#include <string.h>

bool request_query(const struct request *request, const char *key, struct text *out)
{
    return form_find(request->arena, request->query, text_of(key), out) == STATUS_OK;
}

bool request_form(const struct request *request, const char *name, struct text *out)
{
    for (size_t i = 0; i < request->form_count; i++)
        if (text_equals(request->form[i].name, text_of(name))) {
            *out = request->form[i].value;
            return true;
        }
    return false;
}

struct text request_header(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (text_equals_ignoring_case(request->headers[i].name, text_of(name)))
            return request->headers[i].value;
    return (struct text){0};
}

struct text request_cookie(const struct request *request, const char *name)
{
    struct text rest = request_header(request, "Cookie");
    while (rest.len > 0) {
        const char *semicolon = memchr(rest.ptr, ';', rest.len);
        size_t len = semicolon == NULL ? rest.len : (size_t)(semicolon - rest.ptr);
        struct text pair = text_trim((struct text){rest.ptr, len});
        const char *equals = pair.len == 0 ? NULL : memchr(pair.ptr, '=', pair.len);
        size_t name_len = equals == NULL ? pair.len : (size_t)(equals - pair.ptr);
        if (equals != NULL &&
            text_equals((struct text){pair.ptr, name_len}, text_of(name)))
            return (struct text){equals + 1, pair.len - name_len - 1};
        size_t used = semicolon == NULL ? len : len + 1;
        rest = (struct text){rest.ptr + used, rest.len - used};
    }
    return (struct text){0};
}

/* True for "q=0", "q=0.0" …: a parameter that refuses. */
static bool is_zero_weight(struct text parameter)
{
    parameter = text_trim(parameter);
    if (parameter.len < 3 || (parameter.ptr[0] | 0x20) != 'q' || parameter.ptr[1] != '=')
        return false;
    for (size_t i = 2; i < parameter.len; i++)
        if (parameter.ptr[i] != '0' && parameter.ptr[i] != '.')
            return false;
    return true;
}

bool request_accepts_encoding(const struct request *request, const char *encoding)
{
    struct text rest = request_header(request, "Accept-Encoding");
    while (rest.len > 0) {
        const char *comma = memchr(rest.ptr, ',', rest.len);
        size_t len = comma == NULL ? rest.len : (size_t)(comma - rest.ptr);
        const char *semicolon = memchr(rest.ptr, ';', len);
        size_t name_len = semicolon == NULL ? len : (size_t)(semicolon - rest.ptr);
        struct text name = text_trim((struct text){rest.ptr, name_len});
        if (text_equals_ignoring_case(name, text_of(encoding)))
            return semicolon == NULL ||
                   !is_zero_weight((struct text){semicolon + 1, len - name_len - 1});
        size_t used = comma == NULL ? len : len + 1;
        rest = (struct text){rest.ptr + used, rest.len - used};
    }
    return false;
}
