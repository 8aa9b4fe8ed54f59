#pragma once
/* settings.h: how a person wants pages to look: large letters (大字), high contrast
   (高对比). Both travel in the query, so that they work with scripts off, and are lost
   with the page: nothing of them is kept here. */
#include <stdbool.h>

struct request; /* web/http/request.h */

struct settings {
    bool is_large;     /* ?size=large */
    bool has_contrast; /* ?contrast=high */
};

/* Other values of the two keys mean the ordinary look. */
struct settings settings_of(const struct request *request);
