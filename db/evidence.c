/* evidence.c: copies tables row by row from one view of a store into a file of its own.
 */
#include "db/evidence.h"

#include "db/demo_store.h"
#include "db/migrations.h"
#include "db/sql.h"
#include "kiosk/language.h"
#include "kiosk/submission.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, PROGRESS_ROWS = 4096 };

static const char *const words[EVIDENCE_WORD_COUNT] = {
    [EVIDENCE_PROGRAM] = "evidence.program",
    [EVIDENCE_README] = "evidence.readme",
    [EVIDENCE_REPORT] = "evidence.report",
    [EVIDENCE_AS_OF] = "evidence.as_of",
    [EVIDENCE_LANGUAGE] = "evidence.language",
};

enum status evidence_get(
    struct store *store, enum evidence_word word, struct arena *arena, struct text *out)
{
    return store_get_setting(store, words[word], arena, out);
}

/* ---- the file ---- */

static enum status tell(
    struct problems *problems, enum status rc, const char *message, const char *path)
{
    struct arena *arena = problems->arena;
    problems_add(problems, (struct problem){.message = message,
                               .argument = {text_copy(arena, text_of(path)),
                                   text_copy(arena, text_of(strerror(errno)))}});
    return rc;
}

const char *evidence_part(struct arena *arena, const char *path)
{
    return text_to_string(arena, text_format(arena, "%s.part", path));
}

static enum status make_part(
    struct problems *problems, const char *path, const char *part)
{
    if (access(path, F_OK) == 0)
        return tell(problems, STATUS_CONFLICT,
            N_("{1} is there already and was left as it is. Choose another name."), path);
    int file = open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 && errno == EEXIST)
        return tell(problems, STATUS_CONFLICT,
            N_("{1} is left from another run, or one is under way. Remove it if none "
               "is."),
            part);
    if (file < 0)
        return tell(problems, STATUS_INTERNAL, N_("{1} can't be written: {2}."), part);
    (void)close(file);
    return STATUS_OK;
}

static void remove_part(const char *path)
{
    char part[PATH_BYTES];
    int len = snprintf(part, sizeof part, "%s.part", path);
    if (len > 0 && (size_t)len < sizeof part)
        (void)unlink(part);
}

void evidence_drop(const char *path)
{
    remove_part(path);
}

/* ---- copying ---- */

static const struct {
    enum statement list;
    enum statement add;
    int columns;
} tables[] = {
    {SQL_PLAN_COPY, SQL_PLAN_ADD, 4}, /* rows refer to it */
    {SQL_BATCH_COPY, SQL_BATCH_PASTE, 10},
    {SQL_IMPORT_COPY, SQL_IMPORT_PASTE, 7},
    {SQL_SUBMISSION_RANGE, SQL_SUBMISSION_ADD, 13},
    {SQL_TALLY_AUDIT, SQL_TALLY_PASTE, 11},
    {SQL_RELEASE_COPY, SQL_RELEASE_SET, 3},
    {SQL_SET_AUDIT, SQL_SET_PUT, 6},
    {SQL_SEAL_AUDIT, SQL_SEAL_ADD, 11},
    {SQL_WITHDRAWN_AUDIT, SQL_WITHDRAWN_ADD, 8},
    {SQL_AUDIT_AUDIT, SQL_AUDIT_ADD, 7},
    {SQL_PUBLISHED_AUDIT, SQL_PUBLISHED_ADD, 9},
};

struct copying {
    struct sql *from;
    struct sql *to;
    void (*progress)(void *context, int64_t done, int64_t total);
    void *context;
    int64_t rows;
    int64_t total;
};

static void report(const struct copying *copying, int64_t total)
{
    if (copying->progress != NULL)
        copying->progress(copying->context, copying->rows, total);
}

static struct sql_statement *list_of(struct copying *copying, enum statement list)
{
    static const struct submission_id first = {{0}};
    static const struct submission_id last = {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};
    struct sql_statement *rows = sql_use(copying->from, list);
    if (list == SQL_SUBMISSION_RANGE) {
        sql_bind_bytes(rows, 1, first.bytes, sizeof first.bytes);
        sql_bind_bytes(rows, 2, last.bytes, sizeof last.bytes);
    }
    return rows;
}

static enum status copy_row(
    struct copying *copying, struct sql_statement *row, enum statement add, int columns)
{
    struct sql_statement *copy = sql_use(copying->to, add);
    for (int i = 0; i < columns; i++)
        sql_bind_column(copy, i + 1, row, i);
    copying->rows++;
    if (copying->rows % PROGRESS_ROWS == 0)
        report(copying, copying->rows > copying->total ? copying->rows : copying->total);
    return sql_run(copy);
}

static enum status copy_table(struct copying *copying, size_t index)
{
    struct sql_statement *rows = list_of(copying, tables[index].list);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        rc = copy_row(copying, rows, tables[index].add, tables[index].columns);
        if (rc != STATUS_OK) {
            sql_reset(rows);
            return rc;
        }
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static enum status count_rows(struct copying *copying)
{
    struct sql_statement *periods = sql_use(copying->from, SQL_SET_BY_PERIOD);
    enum status rc;
    while ((rc = sql_step(periods)) == STATUS_OK)
        copying->total += sql_number(periods, 1);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static enum status copy_all(struct copying *copying)
{
    enum status rc = sql_begin_read(copying->from);
    if (rc == STATUS_OK)
        rc = sql_begin(copying->to);
    if (rc == STATUS_OK)
        rc = count_rows(copying);
    for (size_t i = 0; rc == STATUS_OK && i < sizeof tables / sizeof *tables; i++)
        rc = copy_table(copying, i);
    if (rc == STATUS_OK)
        rc = demo_store_copy_mark(copying->from, copying->to);
    if (rc == STATUS_OK)
        rc = sql_commit(copying->to);
    sql_rollback(copying->to);
    sql_rollback(copying->from); /* ends the view */
    if (rc == STATUS_OK)
        report(copying, copying->rows);
    return rc;
}

static enum status open_bulk(const char *part, struct sql **out)
{
    int64_t found = 0;
    enum status rc = sql_open(part, SQL_BULK, out);
    if (rc == STATUS_OK)
        rc = migrations_run(*out, &found);
    return rc == STATUS_OK ? sql_prepare_all(*out) : rc;
}

static enum status fill(struct store *store, const char *part, struct copying *copying)
{
    enum status rc = open_bulk(part, &copying->to);
    if (rc == STATUS_OK) {
        copying->from = store_take_reader(store);
        rc = copying->from == NULL ? STATUS_INTERNAL : copy_all(copying);
    }
    if (copying->from != NULL)
        store_give_reader(store, copying->from);
    sql_close(copying->to);
    return rc;
}

enum status evidence_begin(struct store *store, const char *path,
    struct problems *problems, void (*progress)(void *, int64_t done, int64_t total),
    void *context)
{
    struct copying copying = {.progress = progress, .context = context};
    const char *part = evidence_part(problems->arena, path);
    if (part == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = make_part(problems, path, part);
    if (rc != STATUS_OK)
        return rc;
    rc = fill(store, part, &copying);
    if (rc == STATUS_OK)
        return STATUS_OK;
    remove_part(path);
    return tell(problems, STATUS_INTERNAL,
        N_("{1} was not finished; the line above says why. Nothing is left of it."),
        path);
}

/* ---- finishing ---- */

static enum status write_words(
    const char *part, const struct text texts[EVIDENCE_WORD_COUNT])
{
    struct sql *sql = NULL;
    enum status rc = open_bulk(part, &sql);
    if (rc == STATUS_OK)
        rc = sql_begin(sql);
    for (size_t i = 0; rc == STATUS_OK && i < EVIDENCE_WORD_COUNT; i++) {
        struct sql_statement *set = sql_use(sql, SQL_SETTING_SET);
        sql_bind_text(set, 1, text_of(words[i]));
        sql_bind_text(set, 2, texts[i]);
        rc = sql_run(set);
    }
    if (rc == STATUS_OK)
        rc = sql_commit(sql);
    sql_close(sql);
    return rc;
}

/* Never over something that came there meanwhile, which rename would do. */
static bool publish(const char *part, const char *path)
{
    int file = open(part, O_RDONLY | O_CLOEXEC);
    bool is_synced = file >= 0 && fsync(file) == 0;
    if (file >= 0)
        (void)close(file);
    return is_synced && link(part, path) == 0 && unlink(part) == 0;
}

enum status evidence_finish(const char *path,
    const struct text texts[EVIDENCE_WORD_COUNT], struct problems *problems)
{
    const char *part = evidence_part(problems->arena, path);
    if (part == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = write_words(part, texts);
    if (rc == STATUS_OK && publish(part, path))
        return STATUS_OK;
    rc = tell(problems, STATUS_INTERNAL, N_("{1} can't be written: {2}."), path);
    remove_part(path);
    return rc;
}
