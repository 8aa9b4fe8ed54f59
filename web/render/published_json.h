#pragma once
/* published_json.h: the list of published reports as JSON. */
#include "db/published.h"

/* {"published": [{"number", "year", "as_of", "published_on", "plan_version", "seal",
   "digest"}]}, in the arena; ptr NULL when full. */
struct text published_json(
    struct arena *arena, const struct published *list, size_t count);
