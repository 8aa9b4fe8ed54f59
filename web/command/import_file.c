/* import_file.c: checking a table whole, then storing it by chunks. */
#include "web/command/import_file.h"

#include "kiosk/limits.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHUNK_ARENA_BYTES = 32 << 20,   /* touched only as far as it is used */
    CHUNK_BYTES_MAX = 16 << 20,     /* long texts: then a chunk has fewer rows */
    PLACES_ARENA_BYTES = 256 << 20, /* as well: 32 bytes a row … */
    MARKS_ARENA_BYTES = 64 << 20    /* … and 20 a row with an id of its own */
};

/* ---- rows ---- */

static struct import_row row_of(const struct csv_row *row)
{
    return (struct import_row){row->line, row->cells, row->cell_count};
}

/* The next row that says something. Statuses as csv_next. */
static enum status next_row(struct import_input *input, struct csv_row *out)
{
    struct import_row row;
    do {
        enum status status = csv_next(input->reader, &input->problems, out);
        if (status != STATUS_OK)
            return status;
        row = row_of(out);
    } while (import_row_is_blank(&row));
    return STATUS_OK;
}

/* ---- checking the whole file ---- */

static enum status read_header(struct import_input *input)
{
    struct csv_row row;
    enum status status = next_row(input, &row);
    if (status == STATUS_NOT_FOUND) {
        problems_add(&input->problems,
            (struct problem){.line = 1,
                .column = 1,
                .message = N_("This file is empty. Its first row must name the "
                              "columns.")});
        return STATUS_INVALID;
    }
    if (status != STATUS_OK)
        return status;
    struct import_row header = row_of(&row);
    return import_read_header(input->arena, &header, &input->problems, &input->layout);
}

/* Room for one more in a list that grows alone in its arena. False: none is left. */
static bool make_room(
    struct arena *arena, void **list, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return true;
    size_t wanted = *capacity == 0 ? 1024 : *capacity * 2;
    void *longer = arena_grow(arena, *list, *capacity * size, wanted * size);
    if (longer == NULL)
        return false;
    *list = longer;
    *capacity = wanted;
    return true;
}

static enum status add_place(
    struct import_input *input, const struct csv_row *row, const struct submission_id *id)
{
    void *list = input->places;
    if (!make_room(input->places_arena, &list, input->row_count, &input->place_capacity,
            sizeof *input->places))
        return STATUS_NO_MEMORY;
    input->places = list;
    input->places[input->row_count++] = (struct row_place){*id, row->line, row->offset};
    return STATUS_OK;
}

static enum status add_mark(struct import_input *input, const struct csv_row *row,
    const struct submission_id *uuid)
{
    void *list = input->marks;
    if (!make_room(input->marks_arena, &list, input->mark_count, &input->mark_capacity,
            sizeof *input->marks))
        return STATUS_NO_MEMORY;
    input->marks = list;
    input->marks[input->mark_count++] = (struct import_mark){*uuid, row->line};
    return STATUS_OK;
}

static enum status check_row(struct import_input *input, const struct csv_row *row)
{
    struct import_entry entry;
    struct import_row cells = row_of(row);
    arena_reset(input->chunk);
    enum status status =
        import_read_row(input->chunk, &input->layout, &cells, &input->problems, &entry);
    if (status == STATUS_INVALID) /* told; the others are looked at all the same */
        return STATUS_OK;
    if (status == STATUS_OK)
        status = add_place(input, row, &entry.submission.id);
    if (status == STATUS_OK && entry.has_uuid)
        status = add_mark(input, row, &entry.uuid);
    return status;
}

/* OK: every row was looked at, or so many are bad that no more are told of. */
static enum status check_rows(struct import_input *input)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && !input->problems.is_incomplete) {
        struct csv_row row;
        status = next_row(input, &row);
        if (status == STATUS_OK)
            status = check_row(input, &row);
        else if (status == STATUS_INVALID) /* told already; the next may be right */
            status = STATUS_OK;
    }
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status check_file(struct import_input *input)
{
    enum status status = read_header(input);
    if (status == STATUS_OK)
        status = check_rows(input);
    if (status != STATUS_OK)
        return status;
    import_check_repeats(
        &input->layout, input->marks, input->mark_count, &input->problems);
    if (input->row_count == 0 && input->problems.count == 0)
        problems_add(&input->problems,
            (struct problem){.line = 1,
                .column = 1,
                .message = N_("This file has no rows below its header.")});
    problems_sort(&input->problems);
    return input->problems.count > 0 || input->problems.is_incomplete ? STATUS_INVALID
                                                                      : STATUS_OK;
}

enum status import_input_open(struct import_input *input, struct arena *arena,
    const char *path, const struct plan_version *version)
{
    *input = (struct import_input){.arena = arena,
        .chunk = arena_new(CHUNK_ARENA_BYTES),
        .places_arena = arena_new(PLACES_ARENA_BYTES),
        .marks_arena = arena_new(MARKS_ARENA_BYTES)};
    problems_init(&input->problems, arena);
    if (input->chunk == NULL || input->places_arena == NULL || input->marks_arena == NULL)
        return STATUS_NO_MEMORY;
    enum status status = csv_open(path, &input->problems, &input->reader);
    if (status != STATUS_OK)
        return status;
    input->layout = (struct import_layout){.plan = version->plan,
        .plan_version = version->version,
        .digest = import_digest(csv_content(input->reader))};
    return check_file(input);
}

void import_input_close(struct import_input *input)
{
    csv_close(input->reader);
    arena_free(input->chunk);
    arena_free(input->places_arena);
    arena_free(input->marks_arena);
}

/* ---- storing it ---- */

struct chunk {
    struct import_entry rows[IMPORT_CHUNK];
    struct intake_entry entries[IMPORT_CHUNK];
    size_t count;
};

static int compare_places(const void *a, const void *b)
{
    const struct row_place *left = a;
    const struct row_place *right = b;
    return memcmp(left->id.bytes, right->id.bytes, SUBMISSION_ID_BYTES);
}

static enum status read_again(
    struct import_input *input, const struct row_place *place, struct import_entry *out)
{
    struct csv_row row;
    csv_seek(input->reader, place->offset, place->line);
    enum status status = csv_next(input->reader, &input->problems, &row);
    if (status != STATUS_OK)
        return status;
    struct import_row cells = row_of(&row);
    return import_read_row(input->chunk, &input->layout, &cells, &input->problems, out);
}

/* Fills the chunk from that place on. */
static enum status fill_chunk(
    struct import_input *input, struct chunk *chunk, size_t from)
{
    chunk->count = 0;
    arena_reset(input->chunk);
    while (from + chunk->count < input->row_count && chunk->count < IMPORT_CHUNK &&
           arena_used(input->chunk) < CHUNK_BYTES_MAX) {
        struct import_entry *entry = &chunk->rows[chunk->count];
        enum status status =
            read_again(input, &input->places[from + chunk->count], entry);
        if (status != STATUS_OK)
            return status == STATUS_NO_MEMORY ? status : STATUS_INTERNAL;
        chunk->entries[chunk->count++] = (struct intake_entry){
            .submission = &entry->submission, .questionnaire = entry->questionnaire};
    }
    return STATUS_OK;
}

enum status import_input_store(struct import_input *input, struct store *store,
    day_t today, struct progress *progress, int64_t *id, struct import_counts *counts)
{
    const struct import_file file = {
        .digest = input->layout.digest, .row_count = input->row_count, .today = today};
    struct chunk *chunk = arena_take(input->arena, sizeof *chunk);
    if (chunk == NULL)
        return STATUS_NO_MEMORY;
    enum status status = import_begin(store, &file, id);
    qsort(input->places, input->row_count, sizeof *input->places, compare_places);
    for (size_t done = 0; status == STATUS_OK && done < input->row_count;
         done += chunk->count) {
        status = fill_chunk(input, chunk, done);
        if (status == STATUS_OK)
            status =
                import_add_chunk(store, *id, today, chunk->entries, chunk->count, counts);
        progress_show(
            progress, counts->stored + counts->present, (int64_t)input->row_count);
    }
    return status;
}
