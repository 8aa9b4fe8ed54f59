#pragma once
/* menu.h: what is open at a centre, as cards that lead to the questionnaires: the page of
   the poster in its hall, and the list on its tablet. */
#include "kiosk/submission.h"
#include "web/pages/door.h"
#include "web/pages/frame.h"

struct menu_card {
    struct text id; /* of the programme */
    struct text name;
    struct url address;
};

struct menu_list {
    struct menu_card *cards; /* none: nothing is open today */
    size_t count;
    struct text next; /* then: a sentence on the next opening; empty if none is known */
};

struct menu_view {
    struct page_frame frame;
    struct text centre; /* its name */
    struct menu_list list;
};

/* Which codes the cards lead to. */
struct menu_codes {
    enum channel channel;    /* open ones of the poster or the tablet, … */
    const struct turn *turn; /* … or, unless NULL, those that were shown in one turn */
};

/* BUSY, INTERNAL, NO_MEMORY. */
MUST_CHECK enum status menu_list_build(const struct request *request,
    const struct plan_centre *centre, struct menu_codes codes, struct menu_list *out);

/* The page of a centre's own code, from its poster or from its tablet's screen. */
MUST_CHECK enum status menu_show(
    const struct request *request, const struct door *door, struct response *response);
