/* asset.c: files that are part of the program, addressed by their content's hash and kept
   for ever; compressed as the browser likes. */
#include "web/assets.h"
#include "web/pages/pages.h"

static void choose_encoding(
    const struct request *request, const struct asset *asset, struct response *response)
{
    response->file = asset->plain;
    if (asset->brotli.len > 0 && request_accepts_encoding(request, "br")) {
        response->file = asset->brotli;
        response->encoding = "br";
    } else if (asset->gzip.len > 0 && request_accepts_encoding(request, "gzip")) {
        response->file = asset->gzip;
        response->encoding = "gzip";
    }
}

enum status page_asset(struct request *request, struct response *response)
{
    const struct asset *asset = asset_by_path(request->path);
    if (asset == NULL) {
        response->status = 404;
        return STATUS_OK;
    }
    response->cache = CACHE_FOREVER;
    response->content_type = asset->content_type;
    choose_encoding(request, asset, response);
    return STATUS_OK;
}
