#pragma once
/* notice.h: short kind pages: what happened, what to do next; thanks, used, closed,
 * unknown, errors. */
#include "web/pages/door.h"
#include "web/pages/frame.h"

enum { NOTICE_LINES_MAX = 4, NOTICE_LINKS_MAX = 2 };

struct notice_link {
    struct url url;
    struct text words;
};

struct notice_view {
    struct page_frame frame;
    struct text heading;
    struct text lines[NOTICE_LINES_MAX];
    size_t line_count;
    bool asks_for_code;                         /* a field for (another) short code */
    struct text code_label;                     /* above that field */
    struct url home;                            /* where it is sent */
    struct text typed;                          /* what stood in it */
    struct notice_link links[NOTICE_LINKS_MAX]; /* where else one may want to go */
    size_t link_count;
};

/* The page that says why a code opens nothing: its status is 404, 409 or 410. */
MUST_CHECK enum status notice_refusal(
    const struct request *request, const struct door *door, struct response *response);
