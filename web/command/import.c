/* import.c: `manyi import`: answers collected elsewhere, from a table into the store. The
   file is read twice: first whole, to list every mistake before anything is kept, then
   again by chunks, so that a large file needs little memory. */
#include "web/command/commands.h"
#include "web/command/progress.h"
#include "web/command/session.h"
#include "web/csv_reader.h"
#include "web/render/import_json.h"
#include "web/tr.h"

#include "db/imports.h"
#include "kiosk/limits.h"

enum {
    CHUNK_ARENA_BYTES = 32 << 20, /* touched only as far as it is used */
    CHUNK_BYTES_MAX = 16 << 20,   /* long texts: then a chunk has fewer rows */
    MARKS_ARENA_BYTES = 64 << 20  /* 20 bytes a row; rows with an id take 60 or more */
};

/* A file on its way in. */
struct job {
    const struct invocation *call;
    struct session session;
    struct csv_reader *reader;
    struct problems problems;
    struct import_layout layout;
    size_t row_count;
    struct arena *chunk; /* what the rows at hand say */
    struct arena *marks_arena;
    struct import_mark *marks; /* the ids that stand in the file */
    size_t mark_count;
    size_t mark_capacity;
    int64_t id; /* of the import, once it has begun */
    struct import_counts counts;
};

/* ---- rows ---- */

/* The next row that says something. Statuses as csv_next. */
static enum status next_row(struct job *job, struct import_row *out)
{
    struct csv_row row;
    enum status status;
    do {
        status = csv_next(job->reader, &job->problems, &row);
        if (status != STATUS_OK)
            return status;
        *out = (struct import_row){row.line, row.cells, row.cell_count};
    } while (import_row_is_blank(out));
    return STATUS_OK;
}

/* ---- checking the whole file ---- */

static enum status read_header(struct job *job)
{
    struct import_row header;
    enum status status = next_row(job, &header);
    if (status == STATUS_NOT_FOUND) {
        problems_add(&job->problems,
            (struct problem){.line = 1,
                .column = 1,
                .message = N_("This file is empty. Its first row must name the "
                              "columns.")});
        return STATUS_INVALID;
    }
    if (status != STATUS_OK)
        return status;
    return import_read_header(job->call->arena, &header, &job->problems, &job->layout);
}

static enum status add_mark(
    struct job *job, const struct submission_id *uuid, unsigned line)
{
    if (job->mark_count == job->mark_capacity) {
        size_t wanted = job->mark_capacity == 0 ? 1024 : job->mark_capacity * 2;
        struct import_mark *longer = arena_grow(job->marks_arena, job->marks,
            job->mark_capacity * sizeof *longer, wanted * sizeof *longer);
        if (longer == NULL)
            return STATUS_NO_MEMORY;
        job->marks = longer;
        job->mark_capacity = wanted;
    }
    job->marks[job->mark_count++] = (struct import_mark){*uuid, line};
    return STATUS_OK;
}

static enum status check_row(struct job *job, const struct import_row *row)
{
    struct import_entry entry;
    arena_reset(job->chunk);
    job->row_count++;
    enum status status =
        import_read_row(job->chunk, &job->layout, row, &job->problems, &entry);
    if (status == STATUS_OK && entry.has_uuid)
        return add_mark(job, &entry.uuid, row->line);
    return status == STATUS_INVALID ? STATUS_OK : status;
}

/* OK: every row was looked at, or so many are bad that no more are told of. */
static enum status check_rows(struct job *job)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && !job->problems.is_incomplete) {
        struct import_row row;
        status = next_row(job, &row);
        if (status == STATUS_OK)
            status = check_row(job, &row);
        else if (status == STATUS_INVALID) /* told already; the next may be right */
            status = STATUS_OK;
    }
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status check_file(struct job *job)
{
    enum status status = read_header(job);
    if (status == STATUS_OK)
        status = check_rows(job);
    if (status != STATUS_OK)
        return status;
    import_check_repeats(&job->layout, job->marks, job->mark_count, &job->problems);
    if (job->row_count == 0 && job->problems.count == 0)
        problems_add(&job->problems,
            (struct problem){.line = 1,
                .column = 1,
                .message = N_("This file has no rows below its header.")});
    problems_sort(&job->problems);
    return job->problems.count > 0 || job->problems.is_incomplete ? STATUS_INVALID
                                                                  : STATUS_OK;
}

/* ---- storing it ---- */

struct chunk {
    struct import_entry rows[IMPORT_CHUNK];
    struct intake_entry entries[IMPORT_CHUNK];
    size_t count;
};

/* NOT_FOUND: the file has ended; what was read before is in the chunk. */
static enum status fill_chunk(struct job *job, struct chunk *chunk)
{
    chunk->count = 0;
    arena_reset(job->chunk);
    while (chunk->count < IMPORT_CHUNK && arena_used(job->chunk) < CHUNK_BYTES_MAX) {
        struct import_row row;
        struct import_entry *entry = &chunk->rows[chunk->count];
        enum status status = next_row(job, &row);
        if (status == STATUS_OK)
            status =
                import_read_row(job->chunk, &job->layout, &row, &job->problems, entry);
        if (status != STATUS_OK)
            return status;
        chunk->entries[chunk->count++] = (struct intake_entry){
            .submission = &entry->submission, .questionnaire = entry->questionnaire};
    }
    return STATUS_OK;
}

static enum status store_chunks(
    struct job *job, struct chunk *chunk, struct progress *progress)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK) {
        status = fill_chunk(job, chunk);
        if (status != STATUS_OK && status != STATUS_NOT_FOUND)
            return status;
        enum status stored = import_add_chunk(
            job->session.store, job->id, chunk->entries, chunk->count, &job->counts);
        if (stored != STATUS_OK)
            return stored;
        progress_show(
            progress, job->counts.stored + job->counts.present, (int64_t)job->row_count);
    }
    return STATUS_OK;
}

static enum status store_file(struct job *job)
{
    struct import_row header;
    struct progress progress;
    const struct import_file file = {.digest = job->layout.digest,
        .row_count = job->row_count,
        .today = job->session.today};
    struct chunk *chunk = arena_take(job->call->arena, sizeof *chunk);
    if (chunk == NULL)
        return STATUS_NO_MEMORY;
    csv_rewind(job->reader);
    enum status status = next_row(job, &header);
    if (status == STATUS_OK)
        status = import_begin(job->session.store, &file, &job->id);
    if (status != STATUS_OK)
        return status;
    progress_begin(&progress);
    status = store_chunks(job, chunk, &progress);
    progress_end(&progress);
    return status;
}

/* ---- the command ---- */

static struct text number_text(const struct invocation *call, int64_t number)
{
    return text_format(call->arena, "%lld", (long long)number);
}

static enum exit_code say_stored(const struct job *job)
{
    const struct invocation *call = job->call;
    if (has_format(call, "json"))
        return write_result(
            call, import_json(call->arena, job->id, job->row_count, &job->counts));
    say(call, tr(call->language, "Import {1}: {2} rows, {3} stored, {4} there already."),
        number_text(call, job->id).ptr, number_text(call, (int64_t)job->row_count).ptr,
        number_text(call, job->counts.stored).ptr,
        number_text(call, job->counts.present).ptr, NULL);
    return EXIT_DONE;
}

static enum exit_code complain_of_file(const struct job *job, enum status status)
{
    const struct invocation *call = job->call;
    print_problems(call, false, call->operand, &job->problems);
    if (status != STATUS_INVALID && job->problems.count == 0)
        complain(call, tr(call->language, "The file can't be checked: {1}."),
            status_words(status), NULL);
    complain(call, tr(call->language, "Nothing was imported."), NULL);
    return EXIT_FAILED;
}

static enum exit_code complain_of_store(const struct job *job, enum status status)
{
    const struct invocation *call = job->call;
    int64_t done = job->counts.stored + job->counts.present;
    if (status == STATUS_CONFLICT)
        complain(call,
            tr(call->language, "Import {1} was withdrawn while it was under way."),
            number_text(call, job->id).ptr, NULL);
    else
        complain(call,
            tr(call->language, "The import stopped after {1} of {2} rows: {3}. Run the "
                               "same command again: it goes on there, and nothing "
                               "counts twice."),
            number_text(call, done).ptr, number_text(call, (int64_t)job->row_count).ptr,
            status_words(status), NULL);
    return EXIT_FAILED;
}

static enum exit_code import_file(struct job *job)
{
    const struct invocation *call = job->call;
    const struct plan_version *version = session_plan(call, &job->session);
    if (version == NULL)
        return EXIT_FAILED;
    job->chunk = arena_new(CHUNK_ARENA_BYTES);
    job->marks_arena = arena_new(MARKS_ARENA_BYTES);
    if (job->chunk == NULL || job->marks_arena == NULL)
        return complain_of_file(job, STATUS_NO_MEMORY);
    enum status status = csv_open(call->operand, &job->problems, &job->reader);
    if (status != STATUS_OK)
        return complain_of_file(job, status);
    job->layout = (struct import_layout){.plan = version->plan,
        .plan_version = version->version,
        .digest = import_digest(csv_content(job->reader))};
    status = check_file(job);
    if (status != STATUS_OK)
        return complain_of_file(job, status);
    status = store_file(job);
    return status == STATUS_OK ? say_stored(job) : complain_of_store(job, status);
}

static enum exit_code run_import(const struct invocation *call)
{
    struct job job = {.call = call};
    problems_init(&job.problems, call->arena);
    if (session_open(call, STORE_CHANGE, &job.session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = import_file(&job);
    csv_close(job.reader);
    arena_free(job.chunk);
    arena_free(job.marks_arena);
    session_close(&job.session);
    return code;
}

/* ---- taking one back ---- */

static enum exit_code say_withdrawn(
    const struct invocation *call, int64_t id, int64_t withdrawn)
{
    if (has_format(call, "json"))
        return write_result(call, import_withdrawal_json(call->arena, id, withdrawn));
    say(call, tr(call->language, "Import {1}: {2} submissions were taken back."),
        number_text(call, id).ptr, number_text(call, withdrawn).ptr, NULL);
    return EXIT_DONE;
}

static enum exit_code withdraw(
    const struct invocation *call, const struct session *session, struct text reason)
{
    int64_t id = 0;
    int64_t withdrawn = 0;
    const char *name = call->values[OPTION_WITHDRAW];
    enum status status = STATUS_NOT_FOUND;
    if (text_to_number(text_of(name), &id))
        status = import_withdraw(
            session->store, session->plans, id, reason, session->today, &withdrawn);
    if (status == STATUS_OK)
        return say_withdrawn(call, id, withdrawn);
    if (status == STATUS_NOT_FOUND)
        complain(call, tr(call->language, "There is no import {1}."), name, NULL);
    else if (status == STATUS_CONFLICT)
        complain(
            call, tr(call->language, "Import {1} was withdrawn before."), name, NULL);
    else
        complain(call, tr(call->language, "The import can't be withdrawn: {1}."),
            status_words(status), NULL);
    return EXIT_FAILED;
}

static enum exit_code run_withdrawal(const struct invocation *call)
{
    struct session session;
    struct text reason = TEXT("");
    bool is_full = false;
    if (!text_clean(
            call->arena, text_of(call->values[OPTION_REASON]), &reason, &is_full) ||
        reason.len == 0)
        return usage_error(
            call, tr(call->language, "Say why with --reason TEXT; it is kept."), NULL);
    if (session_open(call, STORE_CHANGE, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = withdraw(call, &session, reason);
    session_close(&session);
    return code;
}

enum exit_code command_import(const struct invocation *call)
{
    bool withdraws = call->values[OPTION_WITHDRAW] != NULL;
    if (withdraws && call->operand != NULL)
        return usage_error(call, tr(call->language, "\"{1}\" is one word too many."),
            call->operand, NULL);
    if (withdraws)
        return run_withdrawal(call);
    if (call->values[OPTION_REASON] != NULL)
        return usage_error(
            call, tr(call->language, "--reason goes with --withdraw only."), NULL);
    if (call->operand == NULL)
        return usage_error(call, tr(call->language, "{1} is missing."), "FILE.csv", NULL);
    return run_import(call);
}
