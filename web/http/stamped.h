#pragma once
/* stamped.h: a page that is the same for everybody but for one short place, its stamp:
   the id of a form. It is rendered and compressed once, and each request gets a copy with
   a stamp of its own. Shared by threads through counted references. For pages that may be
   sent compressed (compress.h) and nothing else. */
#include "web/http/request.h"
#include "web/http/response.h"

struct stamped;

/* Keeps a copy of the page, whose stamp is the only place where those bytes stand; the
   caller has one reference. NULL without memory, or if the stamp stands there never or
   twice. */
struct stamped *stamped_new(struct text page, struct text stamp);
/* One reference more; the same pointer. */
struct stamped *stamped_share(struct stamped *stamped);
/* One less; the last one frees. Accepts NULL. */
void stamped_release(struct stamped *stamped);
/* Memory that it takes. */
size_t stamped_bytes(const struct stamped *stamped);

/* Makes the page with that stamp, as long as the first, the body of the response:
   compressed if the client takes gzip. A full arena shows in response->body.is_full. */
void stamped_show(const struct stamped *stamped, const struct request *request,
    struct text stamp, struct response *response);
