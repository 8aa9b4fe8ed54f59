/* verify.c: counts the cells again from the rows and compares. All in one read
   transaction, so that it holds beside a serving store, and in one pass over each
   table. */
#include "db/verify.h"

#include "db/rows.h"
#include "kiosk/language.h"
#include "kiosk/submission.h"

#include <string.h>

enum { PROGRESS_ROWS = 4096 };

struct verification {
    struct sql *sql;
    const struct plans *plans;
    struct problems *problems;
    struct verify_result result;
    struct cells *cells;
    int64_t stored[TALLY_COUNTERS_MAX]; /* one stored row */
    struct tally_key key;               /* of the stored cell at hand … */
    int64_t sum[TALLY_COUNTERS_MAX];    /* … added up over its nodes */
    size_t sum_count;
    char key_text[3][ID_BYTES_MAX + 1]; /* keeps the key's texts beyond its row */
};

/* ---- problems ---- */

static void tell(struct verification *verification, const char *message,
    struct text first, struct text second, struct text third)
{
    problems_add(verification->problems,
        (struct problem){.message = message, .argument = {first, second, third}});
}

static struct text number_text(struct verification *verification, int64_t number)
{
    return text_format(verification->problems->arena, "%lld", (long long)number);
}

/* "three-visits 2026-q1 yueyang kiosk self", or with a day for a period's cell; the item,
   unless its id is empty, behind. */
static struct text name_cell(
    struct verification *verification, const struct tally_key *key, struct text item)
{
    struct arena *arena = verification->problems->arena;
    struct text rest = key->slice == TALLY_BY_PERIOD
                           ? day_format(arena, (day_t)key->period)
                           : text_format(arena, "%.*s %.*s",
                                 TEXT_ARG(channel_word((enum channel)key->channel)),
                                 TEXT_ARG(mode_word((enum mode)key->mode)));
    return text_format(arena, "%.*s %.*s %.*s %.*s%s%.*s", TEXT_ARG(key->programme),
        TEXT_ARG(key->wave), TEXT_ARG(key->centre.len == 0 ? TEXT("-") : key->centre),
        TEXT_ARG(rest), item.len == 0 ? "" : " ", TEXT_ARG(item));
}

/* ---- the rows ---- */

static enum status verify_row(
    struct verification *verification, struct sql_statement *row)
{
    struct submission submission;
    struct row_reference reference;
    verification->result.submissions++;
    if (!submission_from_row(row, &submission))
        return STATUS_INTERNAL;
    const char *wrong = row_find_reference(verification->plans, &submission, &reference);
    if (wrong == NULL)
        wrong = row_check(&submission, &reference);
    if (wrong == NULL)
        return row_count(verification->cells, &submission, &reference);
    char id[SUBMISSION_ID_LETTERS + 1];
    submission_id_format(&submission.id, id);
    tell(verification, wrong, text_copy(verification->problems->arena, text_of(id)),
        number_text(verification, submission.plan_version), TEXT(""));
    return STATUS_OK;
}

struct listener {
    void (*progress)(void *context, int64_t done, int64_t total);
    void *context;
};

static void report(const struct listener *listener, int64_t done, int64_t total)
{
    if (listener->progress != NULL)
        listener->progress(listener->context, done, total);
}

static enum status count_submissions(struct sql *sql, int64_t *out)
{
    struct sql_statement *count = sql_use(sql, SQL_SUBMISSION_COUNT);
    enum status rc = sql_step(count);
    if (rc == STATUS_OK) {
        *out = sql_number(count, 0);
        sql_reset(count);
    }
    return rc;
}

static enum status verify_rows(
    struct verification *verification, const struct listener *listener)
{
    int64_t total = 0;
    enum status rc = count_submissions(verification->sql, &total);
    if (rc != STATUS_OK)
        return rc;
    struct sql_statement *rows = sql_use(verification->sql, SQL_SUBMISSION_AUDIT);
    while ((rc = sql_step(rows)) == STATUS_OK) {
        rc = verify_row(verification, rows);
        if (rc != STATUS_OK) {
            sql_reset(rows);
            return rc;
        }
        if (verification->result.submissions % PROGRESS_ROWS == 0)
            report(listener, verification->result.submissions, total);
    }
    report(listener, verification->result.submissions, total);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* ---- the stored cells ---- */

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
        tell(verification,
            i == 0 ? N_("The tally of {1} counts {2} submissions, but there are {3}.")
                   : N_("The tally of {1} counts an answer {2} times, but it was given "
                        "{3} times."),
            name_cell(verification, &cell->key, item_of(cell->questionnaire, i)),
            number_text(verification, verification->sum[i]),
            number_text(verification, cell->counters[i]));
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
        tell(verification,
            N_("The tally of {1} counts {2} submissions, but there are none."), name,
            number_text(verification, verification->sum[0]), TEXT(""));
    else
        tell(verification, N_("The tally of {1} has the form of another questionnaire."),
            name, TEXT(""), TEXT(""));
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

/* Rows of one cell follow each other, a row a node. */
static void take_tally(struct verification *verification, struct sql_statement *row)
{
    size_t count = 0;
    struct tally_key key = tally_key_from_row(row);
    if (!tally_cell_from_row(row, 8, verification->stored, &count)) {
        tell(verification, N_("The tally of {1} is not readable."),
            name_cell(verification, &key, TEXT("")), TEXT(""), TEXT(""));
        return;
    }
    if (verification->sum_count != count ||
        tally_key_compare(&key, &verification->key) != 0) {
        compare_cell(verification);
        begin_cell(verification, &key, count);
    }
    for (size_t i = 0; i < count; i++)
        verification->sum[i] += verification->stored[i];
}

static enum status verify_tallies(struct verification *verification)
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
            tell(verification,
                N_("The tally of {1} is missing, but there are {2} submissions."),
                name_cell(verification, &cell->key, TEXT("")),
                number_text(verification, cell->counters[0]), TEXT(""));
    }
    return STATUS_OK;
}

/* ---- batches ---- */

static enum status verify_batches(struct verification *verification)
{
    struct sql_statement *rows = sql_use(verification->sql, SQL_BATCH_AUDIT);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        struct text id = number_text(verification, sql_number(rows, 0));
        if (sql_number(rows, 1) != sql_number(rows, 3))
            tell(verification, N_("Batch {1} was made of {2} codes, but there are {3}."),
                id, number_text(verification, sql_number(rows, 1)),
                number_text(verification, sql_number(rows, 3)));
        if (sql_number(rows, 2) != sql_number(rows, 4))
            tell(verification,
                N_("Batch {1} records {2} voided codes, but there are {3}."), id,
                number_text(verification, sql_number(rows, 2)),
                number_text(verification, sql_number(rows, 4)));
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* ---- imports ---- */

/* One that was withdrawn keeps nothing. */
static void verify_import(struct verification *verification, struct sql_statement *row)
{
    struct text id = number_text(verification, sql_number(row, 0));
    bool is_withdrawn = sql_number(row, 1) != 0;
    int64_t expected = is_withdrawn ? 0 : sql_number(row, 2);
    if (expected != sql_number(row, 3))
        tell(verification,
            N_("Import {1} should have {2} submissions, but there are {3}."), id,
            number_text(verification, expected),
            number_text(verification, sql_number(row, 3)));
    if (is_withdrawn && sql_number(row, 4) != 0)
        tell(verification,
            N_("Import {1} was withdrawn, but {2} comments of it are still there."), id,
            number_text(verification, sql_number(row, 4)), TEXT(""));
}

static enum status verify_imports(struct verification *verification)
{
    struct sql_statement *rows = sql_use(verification->sql, SQL_IMPORT_AUDIT);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK)
        verify_import(verification, rows);
    if (rc != STATUS_NOT_FOUND)
        return rc;
    struct sql_statement *strays = sql_use(verification->sql, SQL_IMPORT_STRAYS);
    while ((rc = sql_step(strays)) == STATUS_OK)
        tell(verification,
            N_("{2} submissions are of import {1}, which is not on record."),
            number_text(verification, sql_number(strays, 0)),
            number_text(verification, sql_number(strays, 1)), TEXT(""));
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* ---- the whole ---- */

static enum status verify_all(
    struct verification *verification, const struct listener *listener)
{
    enum status rc = sql_begin_read(verification->sql);
    if (rc == STATUS_OK)
        rc = verify_rows(verification, listener);
    if (rc == STATUS_OK)
        rc = verify_tallies(verification);
    if (rc == STATUS_OK)
        rc = verify_batches(verification);
    if (rc == STATUS_OK)
        rc = verify_imports(verification);
    sql_rollback(verification->sql); /* nothing was written: this only ends the view */
    return rc;
}

enum status verify_store(struct store *store, const struct plans *plans,
    struct problems *problems, struct verify_result *out,
    void (*progress)(void *context, int64_t done, int64_t total), void *context)
{
    size_t before = problems->count;
    struct verification *verification = arena_take(problems->arena, sizeof *verification);
    if (verification == NULL)
        return STATUS_NO_MEMORY;
    verification->plans = plans;
    verification->problems = problems;
    verification->cells = cells_new();
    if (verification->cells == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = STATUS_INTERNAL;
    verification->sql = store_take_reader(store);
    if (verification->sql != NULL) {
        rc = verify_all(verification, &(struct listener){progress, context});
        store_give_reader(store, verification->sql);
    }
    cells_free(verification->cells);
    if (rc != STATUS_OK)
        return rc;
    *out = verification->result;
    return problems->count > before || problems->is_incomplete ? STATUS_INVALID
                                                               : STATUS_OK;
}
