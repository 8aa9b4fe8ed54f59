#pragma once
/* kiosk_view.h: the tablet's own pages as their templates show them. */
#include "web/pages/menu.h"

enum { KIOSK_CARDS_IN_A_COLUMN_MAX = 4 }; /* more stand in two, so that all are seen */

struct kiosk_centres_view {
    struct page_frame frame;
    struct menu_card *cards; /* the centres */
    size_t count;
};

enum { KIOSK_DASHES = 12 }; /* of a slot's time, under the symbol */

/* What is scanned with one's own phone. */
struct kiosk_symbol {
    struct html picture;            /* empty: there is nothing to scan */
    char letters[CODE_LETTERS + 3]; /* the code, for typing */
    struct url ask;                 /* where the tablet asks whether to show another */
    int64_t seconds_left;           /* until another is shown in any case */
};

struct kiosk_view {
    struct page_frame frame;
    struct menu_list list;
    struct text cards_class;
    struct text typed_address; /* where a code is typed; empty without a public address */
    struct kiosk_symbol symbol;
};
