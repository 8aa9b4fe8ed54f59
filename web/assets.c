/* assets.c: finding an asset; a few dozen rows are searched from the top. */
#include "web/assets.h"

const struct asset *asset_by_name(const char *name)
{
    for (size_t i = 0; i < asset_count; i++)
        if (text_equals(text_of(asset_table[i].name), text_of(name)))
            return &asset_table[i];
    return NULL;
}

const struct asset *asset_by_path(struct text path)
{
    for (size_t i = 0; i < asset_count; i++)
        if (text_equals(text_of(asset_table[i].path), path))
            return &asset_table[i];
    return NULL;
}
