#pragma once
/* reports_view.h: the report as its pages show it: words in one language, numbers as
   printed, drawings as markup. What the report hides is not in here at all. Everything
   lives in the report's arena. */
#include "web/pages/console_frame.h"
#include "web/render/report_charts.h"

#include "kiosk/report.h"

enum {
    REPORTS_SENTENCES_MAX = 5,
    REPORTS_ROWS_MAX = 100 /* of a table: five of them fit a request's arena */
};

/* What pages of one report are made with. */
struct reports_making {
    struct arena *arena;
    enum language language;
    const struct report *report;
    day_t as_of_asked;              /* DAY_NONE: today, addresses leave it out */
    const struct report *last_year; /* NULL: the store has no plan of it */
};

/* A figure at a glance. */
struct reports_block {
    struct text anchor;
    struct text name;
    struct url page;
    struct text target; /* "目标 ≥ 85.00%，口径：…" */
    struct text counts; /* how many answered of how many */
    struct text value;  /* "88.83"; empty: no figure is shown */
    struct text unit;   /* "%", or of a score "分" */
    struct text unit_class;
    struct text interval;
    struct html ruler;
    struct html mark;
    struct text css; /* class of the verdict's colour */
    struct text verdict;
    struct text sentences[REPORTS_SENTENCES_MAX];
    size_t sentence_count;
    struct text points;
};

/* A row of any breakdown. What a table does not show is empty. */
struct reports_row {
    struct text css;
    struct text name;
    struct text detail; /* under the name */
    struct text asked;  /* under that: who was asked and answered */
    struct text tag;    /* "不计入" */
    struct text population;
    struct text received;
    struct text n;
    struct text rate;
    struct html ruler;
    struct html mark;
    struct text verdict;
    struct text caution; /* of a likely verdict */
};

struct reports_table {
    struct text title;
    struct text hint;  /* what the rows are made of */
    struct text cut;   /* that there are more rows than are shown; else empty */
    struct text scale; /* what the column of rulers shows */
    struct reports_row *rows;
    size_t count;
    bool has_verdict;
    bool has_rulers;
    bool has_total; /* the last row is the sum of the others that count */
};

/* A drawing in a page, and where it is to be had as a picture; both may be empty. */
struct reports_picture {
    struct html drawing; /* empty: there is none, or it is too large */
    struct url png;
};

/* A drawing and the same numbers as a table; the first column names the rows. */
struct reports_grid {
    struct text title;
    struct text hint;
    struct reports_picture picture;
    struct text *head;
    size_t columns;
    struct text *cells; /* row by row */
    size_t rows;
    struct text cut;
    bool is_folded; /* the table opens on demand, and in print */
};

/* A list of what is shown, to choose one from. */
struct reports_option {
    struct text value;
    struct text words;
    bool is_chosen;
};
struct reports_choice {
    struct text key; /* of the address */
    struct text label;
    struct reports_option *options;
    size_t count;
};
enum { REPORTS_CHOICES = 3 };

struct reports_action { /* a card: what it is about, what to do, what to know */
    struct text title;
    struct text *lines;
    size_t line_count;
};

struct reports_fact { /* a number with its name */
    struct text name;
    struct text value;
};

struct reports_key { /* what a sign means */
    struct html drawing;
    struct text words;
};

/* What stands at the head and the foot of both pages. */
struct reports_head {
    struct console_frame frame;
    struct url stylesheet;         /* on top of the console's */
    struct text organisation_line; /* federation, year, version, measure */
    struct text title;
    struct text as_of;
    struct url here; /* of the form that asks for another day */
    struct url overview;
    struct url json;
    struct url csv;
    struct url xlsx;
    struct url pdf;
    struct text plan; /* version */
    struct text fingerprint;
    struct text seal;
    struct text *seals; /* of closed periods, a sentence each, at most REPORTS_ROWS_MAX */
    size_t seal_count;
};

struct reports_view {
    struct reports_head head;
    struct reports_block *blocks;
    size_t block_count;
    struct reports_key *keys;
    size_t key_count;
    struct reports_table *tables; /* one an indicator that is rated */
    size_t table_count;
    struct reports_action *actions;
    size_t action_count;
};

enum { REPORTS_FACTS_MAX = 9, REPORTS_METHOD_MAX = 9, REPORTS_FLAGGED_MAX = 4 };

/* What people wrote about a programme, word for word. */
struct reports_voices {
    struct text programme;
    const struct report_quote *quotes;
    size_t count;
};

enum { REPORTS_COMMENT_SENTENCES = 3 };
struct reports_comments {
    struct text sentences[REPORTS_COMMENT_SENTENCES]; /* none: they are not told */
    size_t sentence_count;
    struct reports_voices *voices;
    size_t voices_count;
    struct url page; /* where they are reviewed */
};

struct reports_detail {
    struct reports_head head;
    struct reports_block block;
    bool is_appraisal;
    struct reports_fact facts[REPORTS_FACTS_MAX];
    size_t fact_count;
    struct reports_picture strata_chart;
    struct reports_picture period_chart;
    struct reports_table strata;
    struct reports_table centres;
    struct reports_table invited; /* beside walk-in */
    struct reports_table channels;
    struct text flagged[REPORTS_FLAGGED_MAX]; /* sentences; none: nothing is flagged */
    size_t flagged_count;
    struct url flags;
    struct reports_table periods;
    struct reports_choice choices[REPORTS_CHOICES];
    struct text as_of; /* that the choice keeps; empty: today */
    bool has_chosen;
    struct reports_grid chosen; /* no rows: what was asked for is not shown */
    struct reports_grid years;  /* beside last year's; no rows: there is none */
    struct reports_picture quarter_chart;
    struct reports_table quarters;
    struct text *changes; /* a sentence each */
    size_t change_count;
    struct reports_grid heat; /* no rows: there is none */
    struct reports_grid *weeks;
    size_t weeks_count;
    struct reports_grid *reasons;
    size_t reasons_count;
    struct reports_comments comments;
    struct reports_table items; /* from the highest rate to the lowest */
    struct text measures[REPORT_OTHER_MEASURES];
    size_t measure_count;
    bool is_formula_sensitive;
    struct reports_action *actions;
    size_t action_count;
    struct text method[REPORTS_METHOD_MAX];
    size_t method_count;
};

/* ---- making; NO_MEMORY when the arena is full ---- */

MUST_CHECK enum status reports_view_build(const struct request *request,
    const struct reports_making *making, struct reports_view *out);
MUST_CHECK enum status reports_detail_build(const struct request *request,
    const struct reports_making *making, const struct report_indicator *of,
    struct reports_detail *out);

/* ---- an indicator's further parts (reports_changes.c, reports_grids.c) ---- */

MUST_CHECK enum status reports_changes(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out);
MUST_CHECK enum status reports_grids(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out);
/* What people wrote (reports_comments.c). */
MUST_CHECK enum status reports_comments(const struct reports_making *making,
    const struct report_indicator *of, struct reports_comments *out);
/* What was chosen with the query keys wave, centre and period: of rows that are shown. */
MUST_CHECK enum status reports_choose(const struct request *request,
    const struct reports_making *making, const struct report_indicator *of,
    struct reports_detail *out);
/* The same indicator in last year's report, if the measure is the same. */
MUST_CHECK enum status reports_years(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out);
/* Room for a table of so many rows and columns; NO_MEMORY. */
MUST_CHECK enum status reports_take_grid(const struct reports_making *making,
    size_t columns, size_t rows, struct reports_grid *out);
/* "quarter 2 of 2026", and a period's name. */
struct text reports_quarter(const struct reports_making *making, day_t quarter);
struct text reports_period(const struct reports_making *making, day_t period);
/* The interval's ends as printed, of a score too; false if there is none. */
bool reports_interval(const struct report_indicator *of, int64_t *lo, int64_t *hi);
/* The name of a centre in the reader's language. */
struct text reports_centre(const struct reports_making *making, struct text centre);
/* ---- answering (reports.c) ---- */

/* A face of the report: fills the response from it. */
typedef enum status (*reports_face_fn)(const struct request *request,
    const struct reports_making *making, struct response *response);
/* Makes the report that the address asks for and lets the face show it; 404 without a
   plan, 422 for a day that is none. */
MUST_CHECK enum status reports_answer(
    struct request *request, reports_face_fn face, struct response *response);

/* ---- shared by the two ---- */

void reports_head_fill(const struct request *request, const struct reports_making *making,
    const char *title, struct reports_head *out);
/* usual: where the ruler's scale begins if it can; width: of the ruler. */
void reports_block_fill(const struct reports_making *making,
    const struct report_indicator *of, struct chart_scale scale, double width,
    struct reports_block *out);
/* By programme and wave, with the total beneath if there is more than one. */
MUST_CHECK enum status reports_strata_table(const struct reports_making *making,
    const struct report_indicator *of, size_t rows_max, struct reports_table *out);
/* At most rows_max of count; says in *out that there are more. */
size_t reports_cut(
    const struct reports_making *making, size_t count, size_t rows_max, struct text *out);
/* The numbers of a breakdown's row, without its names. */
void reports_row_fill(const struct reports_making *making,
    const struct report_indicator *of, const struct report_row *row,
    struct chart_scale scale, struct reports_row *out);
/* The programme in the reader's language. */
struct text reports_programme(
    const struct reports_making *making, const struct report_row *row);
/* "target 85" */
struct text reports_flag(
    const struct reports_making *making, const struct report_indicator *of);
struct report_telling reports_telling(const struct reports_making *making);
/* The chart as SVG under that id, and the address of its picture; programme: of weeks. */
struct reports_picture reports_draw(const struct reports_making *making,
    const struct report_indicator *of, const struct report_chart *chart, struct text id,
    struct text programme);
/* The title of the waves says what was found. */
struct text reports_strata_title(
    const struct reports_making *making, const struct report_indicator *of);
/* What was drawn; empty if it did not fit. */
struct html reports_drawing(const struct buffer *out);
/* title empty: beside numbers that say the same. */
struct html reports_ruler(const struct reports_making *making,
    const struct chart_ruler *ruler, struct text id, struct text title,
    struct text description);
struct html reports_clock(const struct reports_making *making);
struct chart_figure reports_figure(const struct report_indicator *of);
struct html reports_mark(
    const struct reports_making *making, enum verdict verdict, bool is_certain);

/* ---- words (reports_words.c) ---- */

/* A verdict as counted together: how many of each, as one sentence. */
struct reports_tally {
    int64_t certain_missed;
    int64_t certain_met;
    int64_t verdicts[VERDICT_COUNT];
    int64_t hidden;
    int64_t appraisals;
};
void reports_tally_add(
    struct reports_tally *tally, enum verdict verdict, bool is_certain);
struct text reports_tally_words(
    const struct reports_making *making, const struct reports_tally *tally);

/* A verdict's words, and in brackets behind them what a likely one is always said with.
 */
void reports_verdict_words(const struct reports_making *making, enum verdict verdict,
    bool is_certain, struct text *words, struct text *caution);
/* An indicator's; of a hidden one that it is not shown. */
void reports_indicator_words(const struct reports_making *making,
    const struct report_indicator *of, struct text *words, struct text *caution);
/* The class that gives its colour, "v-met". */
struct text reports_verdict_class(
    const struct reports_making *making, enum verdict verdict);
/* Why the verdict is what it is, and what would settle it. */
void reports_explain(const struct reports_making *making,
    const struct report_indicator *of, struct reports_block *out);
/* Of the above, what would settle it, where it is worth saying. */
void reports_explain_settling(const struct reports_making *making,
    const struct report_indicator *of, struct reports_block *out);
/* ---- advice (reports_advice.c) ---- */

/* What to do next about an indicator; adds to a list with room for
   REPORTS_ACTIONS_MAX more. */
enum { REPORTS_ACTIONS_MAX = 2 };
MUST_CHECK enum status reports_add_actions(const struct reports_making *making,
    const struct report_indicator *of, struct reports_action *list, size_t *count);
/* How the figure was made, in plain words. */
void reports_method(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out);
/* A figure as printed without its unit: "88.83". */
struct text reports_value(const struct reports_making *making, int64_t bp);
struct text reports_format(const struct reports_making *making, const char *message,
    struct text first, struct text second, struct text third);
