#pragma once
/* tally_key.h: which row of which slice a submission counts in. Used by the intake that
   writes the cells, the reader that lists them and verify that builds them again. */
#include "db/sql.h"
#include "db/tally_store.h"
#include "kiosk/limits.h"

enum {
    /* A cell of the largest questionnaire: the submissions, and per item blank and each
       option (a rating has seven counters). */
    TALLY_COUNTERS_MAX = 1 + QUESTIONNAIRE_ITEMS_MAX * (1 + ITEM_OPTIONS_MAX),
    TALLY_CELL_BYTES_MAX = 4 * TALLY_COUNTERS_MAX,
    TALLY_CELL_COLUMN = 9, /* of a whole row, behind its key … */
    TALLY_RELEASED_COLUMN, /* … and what is released of it, empty if nothing */
    TALLY_NODE = 0         /* of who writes alone: SQLite's server, and every command */
};

/* Texts are borrowed. Dimensions that the slice does not have are empty or 0. */
struct tally_key {
    enum tally_slice slice;
    struct text programme;
    struct text wave;
    int64_t period;
    struct text centre;
    int64_t channel;
    int64_t mode;
    int64_t flags;
};

struct tally_key tally_key_of(
    enum tally_slice slice, const struct submission *submission);
/* In the order of the table: negative, 0, positive. */
int tally_key_compare(const struct tally_key *a, const struct tally_key *b);
/* $1 to $8, and the node as $9. */
void tally_key_bind(
    struct sql_statement *statement, const struct tally_key *key, int64_t node);
/* Columns 0 to 7; texts live until the next step. */
struct tally_key tally_key_from_row(struct sql_statement *row);

/* Unpacks the packed cell in a column into counters, which have room for
   TALLY_COUNTERS_MAX. False if the bytes can't be a cell. */
bool tally_cell_from_row(
    struct sql_statement *row, int column, int64_t *counters, size_t *count);
/* The first counter of a packed cell, the submissions; 0 of an empty one. */
int64_t tally_received(struct text cell);
