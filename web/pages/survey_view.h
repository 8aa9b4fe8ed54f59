#pragma once
/* survey_view.h: the questionnaire as its template shows it: words in one language, what
   was filled in and what is wrong with it. */
#include "web/pages/door.h"
#include "web/pages/frame.h"

enum {
    CONDITIONS_MAX = 8
}; /* conditional items that the stylesheet can hide until they apply */

struct survey_choice {
    struct text value; /* "5" … "1", "unknown", or an option's id */
    struct text words;
    bool is_chosen;
    bool has_face; /* a level or 说不清; options have none */
    struct url face;
    struct text row;   /* class names of its row */
    struct text opens; /* class names of the items this answer opens, may be empty */
};

struct survey_item {
    const struct plan_item *item;
    struct text words;
    int number;         /* 1 …; 0: a conditional item, not counted */
    struct text anchor; /* id of its band, which the notice links to */
    struct text field;  /* id of its text field */
    struct text band;   /* class names of its band */
    struct survey_choice *choices;
    size_t choice_count;
    struct text typed;   /* text: as it came, any bytes */
    struct text problem; /* a sentence, or empty */
    bool is_folded;      /* answered, in a form that came back: shows what was chosen */
};

struct survey_view {
    struct page_frame frame;
    struct text programme;
    struct text centre; /* its name, or empty */
    struct url action;
    char submission[SUBMISSION_ID_LETTERS + 1];
    struct text shown_at; /* when the form was handed out (shown.h); may be empty */
    struct survey_item *items;
    size_t item_count;
    int question_count;
    struct text notice; /* first line of the framed notice, or empty */
    struct text advice; /* its second line */
    const struct survey_item *first_problem; /* linked from the notice, or NULL */
    struct url to_first_problem;
    struct text to_first_words; /* of that link: "to question 2" */
    struct text kept_one;       /* tablet: what its countdown says of one answer, {1}, */
    struct text kept_many;      /* and of several */
};

/* What a form said, for showing it again; all empty for a fresh one. */
struct survey_filled {
    const struct field *fields;
    size_t field_count;
    const struct problems *problems; /* or NULL */
    bool is_busy;                    /* could not be kept just now */
    struct text shown_at;            /* its stamp, or empty */
};

/* NO_MEMORY when the request's arena is full. The door must be open (a questionnaire is
 * known). */
MUST_CHECK enum status survey_view_build(const struct request *request,
    const struct door *door, const struct survey_filled *filled,
    const struct submission_id *id, struct survey_view *out);
