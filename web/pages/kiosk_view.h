#pragma once
/* kiosk_view.h: the tablet's own pages as their templates show them. */
#include "web/pages/menu.h"

enum { KIOSK_CARDS_IN_A_COLUMN_MAX = 4 }; /* more stand in two, so that all are seen */

struct kiosk_centres_view {
    struct page_frame frame;
    struct menu_card *cards; /* the centres */
    size_t count;
};

struct kiosk_view {
    struct page_frame frame;
    struct menu_list list;
    struct text cards_class;
    struct html symbol;        /* empty without a public address */
    struct text typed_address; /* where a code from a slip is typed */
};
