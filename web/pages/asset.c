/* asset.c: files that are part of the program, addressed by their content's hash and kept
 * for ever. */
#include "web/assets.h"
#include "web/pages/pages.h"

enum status page_asset(struct request *request, struct response *response)
{
    const struct asset *asset = asset_by_path(request->path);
    if (asset == NULL) {
        response->status = 404;
        return STATUS_OK;
    }
    response->cache = CACHE_FOREVER;
    response->content_type = asset->content_type;
    response->file = asset->plain;
    return STATUS_OK;
}
