#pragma once
/* assets.h: style sheets, pictures and scripts inside the program, plain and compressed.
   Each has an address that carries its content's hash, so browsers may keep it for ever.
   The table is made by the build (manyi_assets in web/assets/CMakeLists.txt). */
#include "kiosk/text.h"

struct asset {
    const char *name; /* "manyi.css" */
    const char *path; /* "/assets/manyi.0123456789.css" */
    const char *content_type;
    struct text plain;
    struct text brotli; /* the same bytes compressed; empty where that saves nothing */
    struct text gzip;
};

extern const struct asset asset_table[];
extern const size_t asset_count;

/* Both give what is static, or NULL when there is none. */
const struct asset *asset_by_name(const char *name);
const struct asset *asset_by_path(struct text path);
