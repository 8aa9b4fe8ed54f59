/* verify_rows.c: reads every submission, computes its digest and counts it. Two scans,
   each over half of the ids and on a thread and a connection of its own, see the same
   data: both begin while nobody can write. */
#include "db/verify_parts.h"

#include "db/sql.h"
#include "kiosk/language.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum {
    SCANS = 2,
    WORTH_A_THREAD = 20000, /* rows; below, one scan takes a tenth of a second */
    PROGRESS_ROWS = 4096,
    SCAN_ARENA_BYTES = 1 << 20 /* PROBLEMS_MAX sentences */
};

struct scan {
    struct sql *sql;
    const struct plans *plans;
    struct submission_id from;
    struct submission_id to; /* including it */
    struct problems problems;
    struct cells *cells;
    struct cells *sets;
    int64_t rows;
    atomic_llong *done;                     /* rows of all scans */
    int64_t total;                          /* as the sets say */
    const struct verify_listener *listener; /* NULL: another scan's thread tells */
    enum status status;
};

/* ---- a row ---- */

static void tell_row(
    struct scan *scan, const char *message, const struct submission *submission)
{
    char id[SUBMISSION_ID_LETTERS + 1];
    submission_id_format(&submission->id, id);
    verify_tell(&scan->problems, message, text_copy(scan->problems.arena, text_of(id)),
        verify_number(&scan->problems, submission->plan_version), TEXT(""));
}

/* One whose columns can't be what they are for; its id is printed as it is. */
static void tell_unreadable(struct scan *scan, struct sql_statement *row)
{
    struct text id = sql_blob(row, 0);
    verify_tell(&scan->problems, N_("Submission {1} is not readable."),
        text_hex(scan->problems.arena, (const unsigned char *)id.ptr, id.len), TEXT(""),
        TEXT(""));
}

static enum status scan_row(struct scan *scan, struct sql_statement *row)
{
    struct submission submission;
    struct row_reference reference;
    scan->rows++;
    if (!submission_from_row(row, &submission)) {
        tell_unreadable(scan, row);
        return STATUS_OK;
    }
    struct seal_origin origin = origin_from_row(row);
    struct seal_digest digest = seal_row(&submission, origin);
    if (!row_is_unchanged(row, &digest))
        tell_row(
            scan, N_("Submission {1} was changed after it was stored."), &submission);
    const char *wrong = row_find_reference(scan->plans, &submission, &reference);
    if (wrong != NULL) {
        tell_row(scan, wrong, &submission);
        return STATUS_OK;
    }
    enum status rc =
        row_join_set(scan->sets, &submission, &reference, origin.late, &digest);
    wrong = row_check(&submission, &reference);
    if (wrong != NULL) {
        tell_row(scan, wrong, &submission);
        return rc;
    }
    return rc == STATUS_OK ? row_count(scan->cells, &submission, &reference) : rc;
}

/* ---- a scan ---- */

static void report(const struct scan *scan)
{
    const struct verify_listener *listener = scan->listener;
    int64_t done = atomic_load(scan->done);
    if (listener != NULL && listener->progress != NULL)
        listener->progress(
            listener->context, done, done > scan->total ? done : scan->total);
}

static enum status scan_all(struct scan *scan)
{
    struct sql_statement *rows = sql_use(scan->sql, SQL_SUBMISSION_RANGE);
    sql_bind_bytes(rows, 1, scan->from.bytes, sizeof scan->from.bytes);
    sql_bind_bytes(rows, 2, scan->to.bytes, sizeof scan->to.bytes);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        rc = scan_row(scan, rows);
        if (rc != STATUS_OK) {
            sql_reset(rows);
            return rc;
        }
        if (scan->rows % PROGRESS_ROWS != 0)
            continue;
        (void)atomic_fetch_add(scan->done, PROGRESS_ROWS);
        report(scan);
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static void *run(void *context)
{
    struct scan *scan = context;
    scan->status = scan_all(scan);
    return NULL;
}

static bool scan_init(struct scan *scan)
{
    struct arena *arena = arena_new(SCAN_ARENA_BYTES);
    scan->cells = cells_new();
    scan->sets = cells_new();
    if (arena != NULL)
        problems_init(&scan->problems, arena);
    return arena != NULL && scan->cells != NULL && scan->sets != NULL;
}

static void scan_clear(struct scan *scan)
{
    arena_free(scan->problems.arena);
    cells_free(scan->cells);
    cells_free(scan->sets);
}

/* ---- the halves ---- */

/* Rows that the sets speak of, and the id in the middle of them: ids of a period are
   random behind its day, so that a share of a period's rows is a share of its ids. */
static enum status find_middle(
    struct sql *sql, int64_t *total, struct submission_id *middle)
{
    enum { SHARES = 0x10000 };
    int64_t half = 0;
    for (int pass = 0; pass < 2; pass++) {
        struct sql_statement *periods = sql_use(sql, SQL_SET_BY_PERIOD);
        int64_t sum = 0;
        enum status rc;
        while ((rc = sql_step(periods)) == STATUS_OK) {
            int64_t count = sql_number(periods, 1);
            if (pass == 1 && sum <= half && count > 0 && half < sum + count) {
                unsigned char random[SUBMISSION_RANDOM_BYTES];
                int64_t share = (half - sum) * (SHARES - 1) / count;
                memset(random, 0xff, sizeof random);
                random[4] = (unsigned char)(share >> 8);
                random[5] = (unsigned char)share;
                *middle = submission_id_make((day_t)sql_number(periods, 0), random);
            }
            sum += count;
        }
        if (rc != STATUS_NOT_FOUND)
            return rc;
        *total = sum;
        half = sum / 2;
    }
    return STATUS_OK;
}

/* A second connection that sees what the first one sees; NULL: do without. */
static struct sql *begin_both(struct store *store, struct sql *first)
{
    struct sql *writer = NULL;
    struct submission_id ignored;
    int64_t total = 0;
    struct sql *second = store_take_reader(store);
    if (second == NULL)
        return NULL;
    bool is_still = store_is_file(store) || store_begin(store, &writer) == STATUS_OK;
    /* A view begins with the first look at the data. */
    enum status rc = sql_begin_read(first);
    if (rc == STATUS_OK)
        rc = sql_begin_read(second);
    if (rc == STATUS_OK)
        rc = find_middle(first, &total, &ignored);
    if (rc == STATUS_OK)
        rc = find_middle(second, &total, &ignored);
    if (writer != NULL)
        rc = store_end(store, writer, rc == STATUS_OK ? STATUS_CLOSED : rc);
    if (is_still && (rc == STATUS_OK || rc == STATUS_CLOSED))
        return second;
    sql_rollback(first);
    sql_rollback(second);
    store_give_reader(store, second);
    return NULL;
}

/* The id behind it in order. */
static struct submission_id next_id(struct submission_id id)
{
    for (size_t i = sizeof id.bytes; i-- > 0;)
        if (++id.bytes[i] != 0)
            break;
    return id;
}

/* Halves the ids between the two scans. */
static void halve(struct scan scans[SCANS], const struct submission_id *middle)
{
    scans[1].to = scans[0].to;
    scans[0].to = *middle;
    scans[1].from = next_id(*middle);
}

/* ---- together ---- */

static bool join_cells(struct cells *into, struct cells *from)
{
    for (size_t i = 0; i < cells_count(from); i++)
        if (!cells_join(into, cells_get(from, i)))
            return false;
    return true;
}

static enum status take_in(struct verification *verification, const struct scan *scan)
{
    struct arena *arena = verification->problems->arena;
    for (size_t i = 0; i < scan->problems.count; i++) {
        struct problem problem = scan->problems.list[i];
        for (size_t k = 0; k < PROBLEM_ARGUMENTS_MAX; k++)
            problem.argument[k] = text_copy(arena, problem.argument[k]);
        problems_add(verification->problems, problem);
    }
    if (scan->problems.is_incomplete)
        verification->problems->is_incomplete = true;
    verification->result.submissions += scan->rows;
    return join_cells(verification->cells, scan->cells) &&
                   join_cells(verification->sets, scan->sets)
               ? STATUS_OK
               : STATUS_NO_MEMORY;
}

/* The last scan goes to a thread of its own, if there are two and one can be had. */
static void run_scans(struct scan *scans, size_t count)
{
    pthread_t thread;
    bool has_thread =
        count == SCANS && pthread_create(&thread, NULL, run, &scans[SCANS - 1]) == 0;
    for (size_t i = 0; i < (has_thread ? 1 : count); i++)
        (void)run(&scans[i]);
    if (has_thread)
        (void)pthread_join(thread, NULL);
}

static enum status scan_in(struct verification *verification, struct scan *scans,
    size_t count, const struct verify_listener *listener)
{
    enum status rc = STATUS_OK;
    run_scans(scans, count);
    for (size_t i = 0; i < count && rc == STATUS_OK; i++) {
        rc = scans[i].status;
        if (rc == STATUS_OK)
            rc = take_in(verification, &scans[i]);
    }
    int64_t rows = verification->result.submissions;
    if (rc == STATUS_OK && listener->progress != NULL)
        listener->progress(listener->context, rows, rows);
    return rc;
}

static enum status prepare(struct verification *verification, struct store *store,
    struct scan scans[SCANS], size_t *count)
{
    struct submission_id middle = {{0}};
    int64_t total = 0;
    enum status rc = find_middle(verification->sql, &total, &middle);
    if (rc != STATUS_OK)
        return rc;
    *count = 1;
    if (total >= WORTH_A_THREAD)
        scans[1].sql = begin_both(store, verification->sql);
    if (scans[1].sql != NULL)
        *count = SCANS;
    else
        rc = sql_begin_read(verification->sql);
    scans[0].total = total;
    scans[0].sql = verification->sql;
    memset(scans[0].to.bytes, 0xff, sizeof scans[0].to.bytes);
    if (*count == SCANS)
        halve(scans, &middle);
    return rc;
}

enum status verify_rows(struct verification *verification, struct store *store,
    const struct verify_listener *listener)
{
    atomic_llong done = 0;
    struct scan scans[SCANS] = {{.listener = listener}};
    size_t count = 0;
    enum status rc = prepare(verification, store, scans, &count);
    for (size_t i = 0; i < count && rc == STATUS_OK; i++) {
        scans[i].plans = verification->plans;
        scans[i].done = &done;
        rc = scan_init(&scans[i]) ? STATUS_OK : STATUS_NO_MEMORY;
    }
    if (rc == STATUS_OK)
        rc = scan_in(verification, scans, count, listener);
    for (size_t i = 0; i < SCANS; i++)
        scan_clear(&scans[i]);
    if (scans[1].sql != NULL) {
        sql_rollback(scans[1].sql);
        store_give_reader(store, scans[1].sql);
    }
    return rc;
}
