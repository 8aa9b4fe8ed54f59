#pragma once
/* load_form.h: the form that a survey page shows, read from its HTML, and what people
   send with it: a level for each rating, a comment every third time, an id of its own
   each time. Needs no knowledge of the server: whoever serves such a page can be
   measured. */
#include "kiosk/arena.h"
#include "kiosk/text.h"
#include "tests/support/random.h"

enum { LOAD_ITEMS_MAX = 32 };

struct load_form {
    struct text action;    /* where it is sent: path and query */
    struct text id_prefix; /* the eight digits that the page's id begins with */
    struct text items[LOAD_ITEMS_MAX]; /* names of the ratings */
    size_t item_count;
    struct text comment; /* name of the first text area; empty: there is none */
};

/* False if the page has no form with a submission's id and a rating. Texts are borrowed
   from the page, the action is in the arena. */
bool load_form_read(struct arena *arena, struct text page, struct load_form *out);

/* The fields of one filled form, percent-encoded: every third number has a comment. Their
   length; 0 if the room is too small. */
size_t load_form_fill(const struct load_form *form, struct random *random,
    uint64_t number, char *out, size_t room);
