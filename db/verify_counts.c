/* verify_counts.c: tallies, batches of codes and imports, held against the rows. */
#include "db/verify_parts.h"

#include "db/sql.h"
#include "kiosk/language.h"
#include "kiosk/stuffing.h"
#include "kiosk/submission.h"

#include <string.h>

/* "three-visits 2026-q1 yueyang kiosk self burst", or with a day for a period's cell; the
   item, unless its id is empty, behind. */
static struct text name_cell(
    struct verification *verification, const struct tally_key *key, struct text item)
{
    struct arena *arena = verification->problems->arena;
    struct text rest = key->slice == TALLY_BY_PERIOD
                           ? day_format(arena, (day_t)key->period)
                           : text_format(arena, "%.*s %.*s",
                                 TEXT_ARG(channel_word((enum channel)key->channel)),
                                 TEXT_ARG(mode_word((enum mode)key->mode)));
    struct text flags = stuffing_words(arena, (unsigned)key->flags);
    return text_format(arena, "%.*s %.*s %.*s %.*s%s%.*s%s%.*s", TEXT_ARG(key->programme),
        TEXT_ARG(key->wave), TEXT_ARG(key->centre.len == 0 ? TEXT("-") : key->centre),
        TEXT_ARG(rest), flags.len == 0 ? "" : " ", TEXT_ARG(flags),
        item.len == 0 ? "" : " ", TEXT_ARG(item));
}

/* ---- tallies ---- */

/* The item whose counters hold the index; empty for the count of submissions. */
static struct text item_of(const struct plan_questionnaire *questionnaire, size_t index)
{
    struct text id = TEXT("");
    for (size_t i = 0; index > 0 && i < questionnaire->item_count; i++)
        if (questionnaire->items[i].kind != ITEM_TEXT &&
            tally_offset(questionnaire, i) <= index)
            id = questionnaire->items[i].id;
    return id;
}

/* Names the first counter that differs. */
static void compare_counters(struct verification *verification, const struct cell *cell)
{
    for (size_t i = 0; i < cell->counter_count; i++) {
        if (verification->sum[i] == cell->counters[i])
            continue;
        verify_tell(verification->problems,
            i == 0 ? N_("The tally of {1} counts {2} submissions, but there are {3}.")
                   : N_("The tally of {1} counts an answer {2} times, but it was given "
                        "{3} times."),
            name_cell(verification, &cell->key, item_of(cell->questionnaire, i)),
            verify_number(verification->problems, verification->sum[i]),
            verify_number(verification->problems, cell->counters[i]));
        return;
    }
}

/* Compares the stored cell that was added up. */
static void compare_cell(struct verification *verification)
{
    if (verification->sum_count == 0)
        return;
    verification->result.cells++;
    struct cell *cell = cells_find(verification->cells, &verification->key);
    if (cell != NULL)
        cell->is_stored = true;
    if (cell != NULL && cell->counter_count == verification->sum_count) {
        compare_counters(verification, cell);
        return;
    }
    struct text name = name_cell(verification, &verification->key, TEXT(""));
    if (cell == NULL)
        verify_tell(verification->problems,
            N_("The tally of {1} counts {2} submissions, but there are none."), name,
            verify_number(verification->problems, verification->sum[0]), TEXT(""));
    else
        verify_tell(verification->problems,
            N_("The tally of {1} has the form of another questionnaire."), name, TEXT(""),
            TEXT(""));
}

static struct text keep(char *room, struct text text)
{
    size_t len = text.len > ID_BYTES_MAX ? ID_BYTES_MAX : text.len;
    memcpy(room, text.len == 0 ? "" : text.ptr, len);
    return (struct text){room, len};
}

static void begin_cell(
    struct verification *verification, const struct tally_key *key, size_t count)
{
    verification->key = *key;
    verification->key.programme = keep(verification->key_text[0], key->programme);
    verification->key.wave = keep(verification->key_text[1], key->wave);
    verification->key.centre = keep(verification->key_text[2], key->centre);
    verification->sum_count = count;
    memset(verification->sum, 0, sizeof verification->sum);
}

/* Nothing is shown that is not there; and where all submissions are, all answers are. */
static bool release_holds(const struct verification *verification, size_t count)
{
    const int64_t *live = verification->stored;
    const int64_t *shown = verification->released;
    bool is_whole = live[0] == shown[0];
    for (size_t i = 0; i < count; i++)
        if (shown[i] > live[i] || (is_whole && shown[i] != live[i]))
            return false;
    return true;
}

static void check_release(struct verification *verification, struct sql_statement *row,
    const struct tally_key *key, size_t count)
{
    size_t shown_count = 0;
    if (sql_blob(row, TALLY_RELEASED_COLUMN).len == 0)
        return;
    if (!tally_cell_from_row(
            row, TALLY_RELEASED_COLUMN, verification->released, &shown_count) ||
        shown_count != count || !release_holds(verification, count))
        verify_tell(verification->problems,
            N_("What reports show of {1} is not what was given there."),
            name_cell(verification, key, TEXT("")), TEXT(""), TEXT(""));
}

/* Rows of one cell follow each other, a row a node. */
static void take_tally(struct verification *verification, struct sql_statement *row)
{
    size_t count = 0;
    struct tally_key key = tally_key_from_row(row);
    if (!tally_cell_from_row(row, TALLY_CELL_COLUMN, verification->stored, &count)) {
        verify_tell(verification->problems, N_("The tally of {1} is not readable."),
            name_cell(verification, &key, TEXT("")), TEXT(""), TEXT(""));
        return;
    }
    if (verification->sum_count != count ||
        tally_key_compare(&key, &verification->key) != 0) {
        compare_cell(verification);
        begin_cell(verification, &key, count);
    }
    check_release(verification, row, &key, count);
    for (size_t i = 0; i < count; i++)
        verification->sum[i] += verification->stored[i];
}

enum status verify_tallies(struct verification *verification)
{
    struct sql_statement *rows = sql_use(verification->sql, SQL_TALLY_AUDIT);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK)
        take_tally(verification, rows);
    if (rc != STATUS_NOT_FOUND)
        return rc;
    compare_cell(verification);
    for (size_t i = 0; i < cells_count(verification->cells); i++) {
        const struct cell *cell = cells_get(verification->cells, i);
        if (!cell->is_stored)
            verify_tell(verification->problems,
                N_("The tally of {1} is missing, but there are {2} submissions."),
                name_cell(verification, &cell->key, TEXT("")),
                verify_number(verification->problems, cell->counters[0]), TEXT(""));
    }
    return STATUS_OK;
}

/* ---- hours of flagged answers ---- */

/* Answers of a centre with these flags, as the rows have them. */
static int64_t count_flagged(
    const struct verification *verification, struct text centre, int64_t flags)
{
    int64_t count = 0;
    for (size_t i = 0; i < cells_count(verification->cells); i++) {
        const struct cell *cell = cells_get(verification->cells, i);
        if (cell->key.slice == TALLY_BY_WAVE && cell->key.flags == flags &&
            text_equals(cell->key.centre, centre))
            count += cell->counters[0];
    }
    return count;
}

/* Fewer is right: some still wait, and some were forgotten with a process. */
enum status verify_hours(struct verification *verification)
{
    struct arena *arena = verification->problems->arena;
    struct sql_statement *rows = sql_use(verification->sql, SQL_FLAG_HOUR_AUDIT);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        struct text centre = sql_text(rows, 0);
        int64_t flags = sql_number(rows, 1);
        int64_t count = count_flagged(verification, centre, flags);
        if (sql_number(rows, 2) > count)
            verify_tell(verification->problems,
                N_("The hours of {1} count {2} flagged answers, but there are {3}."),
                text_format(arena, "%.*s %.*s",
                    TEXT_ARG(centre.len == 0 ? TEXT("-") : centre),
                    TEXT_ARG(stuffing_words(arena, (unsigned)flags))),
                verify_number(verification->problems, sql_number(rows, 2)),
                verify_number(verification->problems, count));
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* ---- batches ---- */

enum status verify_batches(struct verification *verification)
{
    if (verification->has_no_codes)
        return STATUS_OK;
    struct sql_statement *rows = sql_use(verification->sql, SQL_BATCH_AUDIT);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        struct text id = verify_number(verification->problems, sql_number(rows, 0));
        if (sql_number(rows, 1) != sql_number(rows, 3))
            verify_tell(verification->problems,
                N_("Batch {1} was made of {2} codes, but there are {3}."), id,
                verify_number(verification->problems, sql_number(rows, 1)),
                verify_number(verification->problems, sql_number(rows, 3)));
        if (sql_number(rows, 2) != sql_number(rows, 4))
            verify_tell(verification->problems,
                N_("Batch {1} records {2} voided codes, but there are {3}."), id,
                verify_number(verification->problems, sql_number(rows, 2)),
                verify_number(verification->problems, sql_number(rows, 4)));
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* ---- imports ---- */

/* One that was withdrawn keeps nothing. */
static void verify_import(struct verification *verification, struct sql_statement *row)
{
    struct text id = verify_number(verification->problems, sql_number(row, 0));
    bool is_withdrawn = sql_number(row, 1) != 0;
    int64_t expected = is_withdrawn ? 0 : sql_number(row, 2);
    if (expected != sql_number(row, 3))
        verify_tell(verification->problems,
            N_("Import {1} should have {2} submissions, but there are {3}."), id,
            verify_number(verification->problems, expected),
            verify_number(verification->problems, sql_number(row, 3)));
    if (is_withdrawn && sql_number(row, 4) != 0)
        verify_tell(verification->problems,
            N_("Import {1} was withdrawn, but {2} comments of it are still there."), id,
            verify_number(verification->problems, sql_number(row, 4)), TEXT(""));
}

enum status verify_imports(struct verification *verification)
{
    struct sql_statement *rows = sql_use(verification->sql, SQL_IMPORT_AUDIT);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK)
        verify_import(verification, rows);
    if (rc != STATUS_NOT_FOUND)
        return rc;
    struct sql_statement *strays = sql_use(verification->sql, SQL_IMPORT_STRAYS);
    while ((rc = sql_step(strays)) == STATUS_OK)
        verify_tell(verification->problems,
            N_("{2} submissions are of import {1}, which is not on record."),
            verify_number(verification->problems, sql_number(strays, 0)),
            verify_number(verification->problems, sql_number(strays, 1)), TEXT(""));
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}
