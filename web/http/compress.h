#pragma once
/* compress.h: pages made at run time, sent as gzip; assets are compressed by the build.
   Only where the page says so (response.may_compress), since a compressed answer's length
   tells whether what a stranger put into a request also stands elsewhere in the answer
   (BREACH). The pages that people meet hold no secret: no cookie, no token; the id of a
   form beside what was filled in is random, is worth one answer, and is fresh with every
   page that does not repeat the same form. Pages behind a login stay as they are. */
#include "web/http/request.h"
#include "web/http/response.h"

/* Replaces the body by its gzip form, in the request's arena, if the response may be
   compressed, is a page of COMPRESS_BYTES_MIN or more, and the client takes gzip. Leaves
   it alone when the arena is too full for it. */
void compress_response(const struct request *request, struct response *response);
