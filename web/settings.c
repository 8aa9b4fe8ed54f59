/* settings.c: reads how pages shall look from the query. */
#include "web/settings.h"

#include "web/http/request.h"

static bool query_is(const struct request *request, const char *key, const char *value)
{
    struct text got;
    return request_query(request, key, &got) && text_equals(got, text_of(value));
}

struct settings settings_of(const struct request *request)
{
    return (struct settings){
        .is_large = query_is(request, "size", "large"),
        .has_contrast = query_is(request, "contrast", "high"),
    };
}
