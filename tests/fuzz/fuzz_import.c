/* fuzz_import.c: a table somebody else wrote, from its bytes to submissions: rows read
   again from the start or from a place are the same, and what is taken is what the domain
   allows. */
#include "tests/fuzz/fuzz.h"

#include "kiosk/import.h"
#include "kiosk/plan_yaml.h"
#include "web/csv_reader.h"

#include <stdlib.h>

enum { ROWS_MAX = 2000, PLAN_ARENA_BYTES = 300000 };

static const char plan_text[] =
    "manyi: 1\n"
    "year: 2026\n"
    "organisation: {zh: 会, en: Union}\n"
    "centres: [{id: north, name: {zh: 北, en: North}}]\n"
    "questionnaires:\n"
    "  - id: relief\n"
    "    items:\n"
    "      - {id: overall, kind: rating, counts: true, unknown: true,\n"
    "         text: {zh: 满意, en: Overall}}\n"
    "      - {id: reasons, kind: choice, many: true, when: overall <= 2,\n"
    "         text: {zh: 原因, en: Why}, options: [{id: late, text: {zh: 晚, en: L}},\n"
    "         {id: rude, text: {zh: 凶, en: R}}]}\n"
    "      - {id: comment, kind: text, max: 9, text: {zh: 话, en: Words}}\n"
    "indicators:\n"
    "  - {id: relief, name: {zh: 帮, en: R}, target: 85%, measure: top3,\n"
    "     confidence: 95%, points: 10, programmes: [visits]}\n"
    "programmes:\n"
    "  - {id: visits, name: {zh: 访, en: V}, questionnaire: relief, grain: month,\n"
    "     waves: [{id: q1, opens: 2026-01-01, closes: 2026-03-31}]}\n";

struct table {
    struct arena *arena; /* of the plan and the layout */
    struct arena *row_arena;
    struct problems problems;
    struct csv_reader *reader;
    struct import_layout layout;
};

static void check_entry(const struct import_entry *entry)
{
    const struct submission *submission = &entry->submission;
    assert(answers_fit(entry->questionnaire, submission->answers));
    assert(submission_id_is_ours(&submission->id));
    assert(submission_id_period(&submission->id) == submission->period);
    for (size_t i = 0; i < submission->comment_count; i++)
        assert(text_is_utf8(submission->comments[i].text));
}

static void read_row(struct table *table, const struct csv_row *row)
{
    const struct import_row as_row = {row->line, row->cells, row->cell_count};
    struct import_entry entry;
    struct problems problems;
    arena_reset(table->row_arena);
    problems_init(&problems, table->row_arena);
    enum status rc =
        import_read_row(table->row_arena, &table->layout, &as_row, &problems, &entry);
    assert(rc == STATUS_OK || rc == STATUS_INVALID || rc == STATUS_NO_MEMORY);
    assert(rc != STATUS_INVALID || problems.count > 0);
    if (rc == STATUS_OK)
        check_entry(&entry);
}

/* A row is the same when it is found again by its place. */
static void check_seek(struct table *table, const struct csv_row *row)
{
    size_t cells = row->cell_count;
    size_t offset = row->offset;
    unsigned line = row->line;
    struct csv_row again;
    csv_seek(table->reader, offset, line);
    assert(csv_next(table->reader, &table->problems, &again) == STATUS_OK);
    assert(again.cell_count == cells && again.offset == offset && again.line == line);
}

static void read_rows(struct table *table)
{
    struct csv_row row;
    enum status rc = csv_next(table->reader, &table->problems, &row);
    if (rc != STATUS_OK)
        return;
    const struct import_row header = {row.line, row.cells, row.cell_count};
    table->layout.digest = import_digest(csv_content(table->reader));
    rc = import_read_header(table->arena, &header, &table->problems, &table->layout);
    bool has_columns = rc == STATUS_OK;
    for (int i = 0; i < ROWS_MAX; i++) {
        rc = csv_next(table->reader, &table->problems, &row);
        if (rc == STATUS_NOT_FOUND)
            return;
        if (rc != STATUS_OK)
            continue;
        assert(row.cell_count >= 1);
        if (has_columns)
            read_row(table, &row);
        check_seek(table, &row);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = malloc(size == 0 ? 1 : size);
    assert(bytes != NULL);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)data[i];
    struct table table = {
        .arena = fuzz_arena(PLAN_ARENA_BYTES), .row_arena = fuzz_arena(100000)};
    problems_init(&table.problems, table.arena);
    enum status rc =
        plan_parse(table.arena, text_of(plan_text), &table.problems, &table.layout.plan);
    assert(rc == STATUS_OK);
    table.layout.plan_version = 1;
    if (csv_adopt(bytes, size, &table.problems, &table.reader) == STATUS_OK) {
        assert(text_is_utf8(csv_content(table.reader)));
        read_rows(&table);
        csv_close(table.reader);
    }
    arena_free(table.row_arena);
    arena_free(table.arena);
    return 0;
}
