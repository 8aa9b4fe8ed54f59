#pragma once
/* comments_view.h: what people wrote, as whoever reviews it sees it: the waves that have
   comments, and a page of those of one wave in one state. Who wrote, where, when and with
   what rating is not there. */
#include "web/pages/console_frame.h"

#include "kiosk/review.h"

struct comments_wave {
    struct url page;
    struct text programme; /* in the reader's language */
    struct text wave;
    struct text waiting;
    struct text shown;
    struct text held;
    bool is_chosen;
};

/* Those of the wave that are in one state. */
struct comments_tab {
    struct url page;
    struct text words;
    struct text count;
    bool is_current;
};
enum { COMMENTS_TABS = REVIEW_COUNT - REVIEW_WAITS };

struct comments_entry {
    struct text id;
    struct text label;    /* for those who can't see where one ends */
    struct text question; /* empty where the questionnaire has only one to write to */
    struct text text;
};

struct comments_view {
    struct console_frame frame;
    struct url action;
    struct text problem;
    struct comments_wave *waves;
    size_t wave_count;
    struct text waves_cut; /* that there are more; empty: there are not */
    struct url all_waves;  /* their place on the page */
    bool has_chosen;
    struct text title; /* of the chosen wave */
    struct text wave_name;
    struct text programme; /* its ids, for the fields of its forms */
    struct text wave;
    enum review review;
    struct text state; /* its word */
    struct text after;
    struct comments_tab tabs[COMMENTS_TABS];
    struct comments_entry *entries;
    size_t entry_count;
    struct text none;  /* why there are no entries */
    struct url onward; /* the next page; empty: there is none */
    struct url begin;  /* the first page; empty: this is it */
};

/* What the address or the form asks for. */
struct comments_asked {
    struct text programme;
    struct text wave;
    struct text state;
    struct text after;
};

/* The list of waves lives in the arena, which a year of daily waves must fit into. */
MUST_CHECK enum status comments_view_build(const struct request *request,
    struct arena *arena, const struct comments_asked *asked, struct comments_view *out);
/* The page, with a sentence above it unless that is NULL. */
MUST_CHECK enum status comments_show(const struct request *request,
    struct response *response, const struct comments_asked *asked, const char *problem,
    int http_status);
