#pragma once
/* published_view.h: published reports as pages: words in one language, figures as
   printed. The pages that anybody may open know nothing but struct public_report. */
#include "web/pages/console_frame.h"
#include "web/render/published_words.h"

#include "db/published.h"

struct published_figure {
    struct text name;
    struct text target;
    struct text value;
    struct text interval;
    struct text counts;
    struct text shape;
    struct text verdict;
};

/* A published report, whole. */
struct published_one {
    struct text number;
    struct text year;
    struct text as_of;
    struct text published_on;
    struct text plan;
    struct text fingerprint;
    struct text seal;
    struct text digest;
    struct published_figure *figures;
    size_t figure_count;
    struct text *measures; /* what counts as satisfied, each once */
    size_t measure_count;
    struct url page;
    struct url notice;  /* the PDF */
    struct url json;    /* of operators' pages */
    struct url compare; /* the same */
    struct text by;     /* the same: who published it */
};

/* Of each year the newest report, side by side. */
enum { PUBLISHED_YEARS_MAX = 6 };
struct published_year_row {
    struct text name;
    struct text values[PUBLISHED_YEARS_MAX];
    struct text verdicts[PUBLISHED_YEARS_MAX];
};
struct published_years {
    struct text heads[PUBLISHED_YEARS_MAX];
    size_t count;
    struct published_year_row *rows;
    size_t row_count;
};

struct published_list_view {
    struct page_frame frame;
    struct url stylesheet;
    struct published_one *list; /* the newest first; without figures */
    size_t count;
    struct published_years years;
    struct text asked; /* a sentence about the seal that was asked for; else empty */
    bool is_found;
};

struct published_page_view {
    struct page_frame frame;
    struct url stylesheet;
    struct url all;
    struct published_one report;
    struct text steps[4]; /* how to check it */
    size_t step_count;
};

/* ---- the console ---- */

struct published_console {
    struct console_frame frame;
    struct url stylesheet; /* the reports', for their tables */
    struct url own_stylesheet;
    struct url action;
    struct published_one now; /* what would be published; number empty */
    struct text problem;
    struct text done; /* a sentence; else empty */
    struct published_one *list;
    size_t count;
};

struct published_change {
    struct text name;
    struct text then;
    struct text now;
    struct public_difference difference;
};
struct published_comparison {
    struct console_frame frame;
    struct url stylesheet; /* the reports', for their tables */
    struct url own_stylesheet;
    struct url back;
    struct text title;
    struct text summary;
    struct text seals; /* whether the answers are the same */
    struct text then_head;
    struct text now_head;
    struct published_change *changes;
    size_t change_count;
};

/* ---- shared (published_view.c) ---- */

struct published_making {
    struct arena *arena;
    enum language language;
};

/* Without figures. */
void published_head_fill(const struct published_making *making,
    const struct published *published, struct published_one *out);
/* With them; NO_MEMORY. */
MUST_CHECK enum status published_figures_fill(const struct published_making *making,
    const struct public_report *report, struct published_one *out);
/* The report of that number with its figures. NOT_FOUND; INVALID: not readable. */
MUST_CHECK enum status published_read_one(const struct published_making *making,
    struct store *store, int64_t number, struct published *published,
    struct public_report *report);
/* "/published/3" as a number. */
bool published_number(struct text parameter, int64_t *out);
