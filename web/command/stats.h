#pragma once
/* stats.h: `manyi stats` from the inside: a table's columns, how its rows are read, and
   where its figures go. Only stats*.c include it. */
#include "web/command/command.h"

#include "kiosk/change.h"
#include "kiosk/mean.h"
#include "kiosk/pchart.h"
#include "kiosk/plan.h"
#include "kiosk/rate.h"
#include "kiosk/response.h"
#include "kiosk/sample_size.h"
#include "kiosk/score.h"
#include "kiosk/strata.h"
#include "kiosk/suppress.h"

enum cell_kind {
    CELL_TEXT,
    CELL_COUNT,      /* a whole number from least to most */
    CELL_NUMBER,     /* any number */
    CELL_CONFIDENCE, /* 0.9, 0.95, 0.99, or as a percentage; a count of basis points */
    CELL_MEASURE     /* top2 or top3; a count, of enum measure */
};

enum presence {
    NEEDED,      /* the file has the column, and every row a value */
    MAY_BE_EMPTY /* the column or the value may be left out */
};

struct stats_column {
    const char *name;
    const char *other_name; /* also taken for it; may be NULL */
    enum cell_kind kind;
    enum presence presence;
    int64_t least;
    int64_t most;
};

enum { STATS_COLUMNS_MAX = 16 };

struct stats_value {
    bool is_given; /* else the rest is zero */
    struct text text;
    int64_t count;
    double number; /* also of a count */
};

struct stats;

struct stats_table {
    const char *name;
    const struct stats_column *columns; /* the first names the row */
    size_t column_count;
    const char *outputs; /* the header of what is printed */
    /* Takes a row, whose texts live until it returns. */
    void (*row)(struct stats *stats, const struct stats_value *values);
    /* Called behind the last row; may be NULL. */
    void (*finish)(struct stats *stats); /* both heed is_explained */
};

/* The tables that can be computed, ended by NULL. */
extern const struct stats_table *const stats_tables[];
extern const struct stats_table stats_rate, stats_mean, stats_score, stats_strata,
    stats_sample_size, stats_response, stats_change, stats_trend, stats_pchart,
    stats_suppress, stats_suppress2;

struct stats {
    const struct invocation *call;
    const struct stats_table *table;
    enum measure measure; /* from options: what the file lacks */
    int64_t target_bp;
    int64_t confidence_bp;
    bool is_explained;                /* the steps in words instead of cells */
    size_t places[STATS_COLUMNS_MAX]; /* of the columns in the file, or CSV_NONE */
    size_t file_columns;
    unsigned line; /* of the row at hand */
    struct buffer out;
    struct problems problems;
    struct arena *scratch; /* emptied before each row; finish may empty it too */
    void *rows;            /* a table's own, in the call's arena; NULL at first */
};

/* ---- stats_cells.c: reading ---- */

/* A cell's text as a value of its kind; false if it is none. Blank is no value. */
bool stats_read(
    struct text cell, const struct stats_column *column, struct stats_value *out);
/* Adds a problem to the row at hand: an English message with up to two arguments. */
void stats_complain(
    struct stats *stats, const char *message, struct text first, struct text second);
void stats_complain_counts(
    struct stats *stats, const char *message, int64_t first, int64_t second);

int64_t stats_count_or(const struct stats_value *value, int64_t otherwise);
double stats_number_or(const struct stats_value *value, double otherwise);

/* ---- stats_cases.c: several rows of the file make one figure ---- */

struct stats_row {
    const struct stats_value *values; /* of the table's columns */
    unsigned line;
    struct stats_row *next; /* of the same case; NULL: the last */
};

struct stats_case {
    struct stats_value name; /* of the first column */
    unsigned line;           /* of its first row */
    struct stats_row *first;
    struct stats_row *last;
    size_t count;
};

/* As a table's row function: keeps the row in the case that its first column names. */
void stats_keep_row(struct stats *stats, const struct stats_value *values);
/* In a table's finish function: each case, in the order of the first rows, with an empty
   scratch arena. */
void stats_each_case(struct stats *stats,
    void (*compute)(struct stats *stats, const struct stats_case *of));
/* A count that all rows of a case must give alike; false after a problem. */
bool stats_one_setting(struct stats *stats, const struct stats_case *of, size_t column,
    int64_t otherwise, int64_t *out);
/* Adds the problem that memory is at its end. */
void stats_no_room(struct stats *stats);

/* ---- stats.c: writing a row ---- */

/* The first cell; a row without a name gets its line number. */
void stats_put_name(struct stats *stats, const struct stats_value *name);
void stats_put_text(struct stats *stats, struct text text);
void stats_put_number(struct stats *stats, double number); /* NAN: an empty cell */
void stats_put_count(struct stats *stats, int64_t count);  /* NO_COUNT: an empty cell */
void stats_put_flags(struct stats *stats, unsigned flags);
void stats_end_row(struct stats *stats);

/* ---- stats_explain.c, stats_explain_sets.c: a row or a case in words ---- */

/* A line: a message with its arguments. */
void stats_say(
    struct stats *stats, const char *message, const struct text *arguments, size_t count);
#define STATS_LINE(stats, message, ...)                                                  \
    stats_say((stats), (message), (const struct text[]){__VA_ARGS__},                    \
        sizeof((const struct text[]){__VA_ARGS__}) / sizeof(struct text))
void stats_end_block(struct stats *stats);
/* Arguments; "–" where there is none. */
struct text stats_real(struct stats *stats, double number);
struct text stats_whole(struct stats *stats, int64_t number);
struct text stats_percent(struct stats *stats, int64_t bp);
struct text stats_row_name(struct stats *stats, const struct stats_value *name);
struct text stats_word(struct stats *stats, const char *message);

void stats_explain_rate(struct stats *stats, const struct stats_value *name,
    const struct rate_input *in, const struct rate *rate);
void stats_explain_score(struct stats *stats, const struct stats_value *name,
    const struct score_input *in, const struct score *score);
void stats_explain_sample_size(struct stats *stats, const struct stats_value *name,
    const struct sample_size_input *in, const struct sample_size *size);
void stats_explain_change(struct stats *stats, const struct stats_value *name,
    const struct change_side sides[2], int confidence_bp, const struct change *change);
void stats_explain_mean(struct stats *stats, const struct stats_value *name,
    const struct mean_input *in, const struct mean *mean);
void stats_explain_response(struct stats *stats, const struct stats_value *name,
    const struct response_input *in, const struct response *response);
void stats_explain_strata(struct stats *stats, const struct stats_value *name,
    const struct strata_input *in, const struct strata *strata);
void stats_explain_trend(struct stats *stats, const struct stats_value *name,
    const struct change_side *periods, size_t count, const struct trend *trend);
/* names: of each week. */
void stats_explain_pchart(struct stats *stats, const struct stats_value *name,
    const struct text *names, size_t baseline, const struct pchart *chart);

struct stats_groups {
    const struct text *names;
    const int64_t *n;
    size_t count;
    int64_t k;
    const bool *hidden; /* as suppress_groups left it */
    bool is_parent_hidden;
};
void stats_explain_suppress(struct stats *stats, const struct stats_value *name,
    const struct stats_groups *groups);

struct stats_cells {
    const struct text *rows; /* names */
    const struct text *columns;
    struct suppress_table table;
    const bool *hidden;                  /* as suppress_cells left it … */
    const enum suppress_reason *reasons; /* … and why */
};
/* stats_explain_cells.c */
void stats_explain_cells(
    struct stats *stats, const struct stats_value *name, const struct stats_cells *cells);
