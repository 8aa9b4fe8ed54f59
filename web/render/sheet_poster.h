#pragma once
/* sheet_poster.h: a page to hang: what is asked, a symbol that a telephone reads from a
   metre and a half, the same code to type, and all five faces, since one alone would be a
   hint. */
#include "web/render/sheet.h"

struct poster {
    struct text organisation;
    struct text centre;    /* its name */
    struct text programme; /* its name; empty: the centre's own poster, for its hall */
    struct code code;
    struct text public_url;
    bool is_demo;
};

/* Draws it on the sheet's page. TOO_LARGE: the address is too long for a symbol;
   NO_MEMORY. The arena is the symbol's. */
MUST_CHECK enum status poster_draw(
    struct sheet *sheet, struct arena *arena, const struct poster *poster);
