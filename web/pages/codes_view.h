#pragma once
/* codes_view.h: who was asked and who answered, a wave a row; one wave with its batches;
 * posters. */
#include "web/pages/console_frame.h"

#include "db/plans.h"

/* A wave, in words and signs. */
struct codes_row {
    struct url page;
    struct text programme;
    struct text wave;
    struct text days; /* "17 days left", "opens on …", "ended on …" */
    struct text population;
    struct text asked;
    struct text printed;
    struct text handed_out;
    struct text refused;
    struct text voided;
    struct text answered; /* with a code */
    struct text walk_in;  /* without one */
    struct text rate;     /* answered of asked */
    struct text settle;   /* how many more answers would settle the indicator; or empty */
};

struct codes_group { /* waves that are open, to come, over */
    struct text title;
    struct codes_row *rows;
    size_t row_count;
};
enum { CODES_GROUPS = 3 };

struct codes_poster {
    struct text programme; /* ids, for the form */
    struct text centre;
    struct text name; /* whose it is */
    struct url pdf;
    struct url png;
};

struct codes_batch {
    int64_t id; /* 0: several small ones in one row */
    struct text words;
    struct text count;
    struct text made_on;
    struct text made_by;
    struct text voided; /* what became of it; empty: it is in use */
};

struct codes_choice {
    struct text id;
    struct text name;
};

struct codes_view {
    struct console_frame frame;
    struct url action;
    struct url home;
    struct url all_posters; /* a wave's page: those of the programme */
    struct text problem;
    struct codes_group groups[CODES_GROUPS];
    struct codes_poster *posters;
    size_t poster_count;
    /* of a wave's page */
    struct text programme;
    struct text wave;
    struct codes_row row;
    bool is_over;
    bool is_coded_only;
    struct text suggested; /* how many slips: those that are not asked yet */
    struct codes_batch *batches;
    size_t batch_count;
    struct codes_choice *centres;
    size_t centre_count;
};

/* The frame and where forms go. */
void codes_view_begin(const struct request *request, struct codes_view *view);
/* All waves and the centres' own posters. NO_MEMORY, BUSY, INTERNAL. */
MUST_CHECK enum status codes_view_all(
    const struct request *request, struct codes_view *view);
/* One wave. NOT_FOUND: the plan in force has none such. */
MUST_CHECK enum status codes_view_wave(const struct request *request,
    struct text programme, struct text wave, struct codes_view *view);
/* The page of the wave, or of all if the wave is not there, with view->problem. */
MUST_CHECK enum status codes_show(const struct request *request,
    struct response *response, struct text programme, struct text wave,
    const char *problem, int http_status);

/* Slips as an answer: made, printed, recorded. What a form asks for, checked. */
struct codes_wish {
    const struct plan_programme *programme;
    const struct plan_wave *wave;
    struct text centre; /* may be empty */
    size_t count;
    struct text per_page;
    bool is_test;
};
/* NOT_FOUND: no font; INVALID: a character no font has; BUSY; codes that could not be
   printed are taken back. */
MUST_CHECK enum status codes_send_slips(const struct request *request,
    const struct codes_wish *wish, struct response *response);
