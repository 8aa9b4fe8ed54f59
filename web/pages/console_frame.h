#pragma once
/* console_frame.h: what stands around the pages of operators: the mark, the pages there
   are, who is signed in and the way out. A page joins by a row of the table in
   console_frame.c. */
#include "web/guard.h"
#include "web/pages/frame.h"

enum { CONSOLE_TABS_MAX = 12 };

struct console_tab {
    struct url url;
    struct text words; /* translated already */
    bool is_current;
};

struct console_frame {
    struct page_frame page;
    struct console_tab tabs[CONSOLE_TABS_MAX];
    size_t tab_count;
    struct text name;    /* of who is signed in; empty: nobody, no tabs */
    struct text proof;   /* for the field "csrf" of each form */
    struct url sign_out; /* a POST */
    struct url home;     /* the page one lands on */
};

/* title is an English msgid marked with N_(). */
struct console_frame console_frame_of(const struct request *request, const char *title);
