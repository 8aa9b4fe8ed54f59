/* import_header.c: which column of a file holds what, and what is true of a file as a
   whole. */
#include "kiosk/import.h"

#include "kiosk/plan_spell.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const struct text column_names[IMPORT_COLUMN_COUNT] = {
    [IMPORT_PROGRAMME] = {"programme", 9},
    [IMPORT_WAVE] = {"wave", 4},
    [IMPORT_CENTRE] = {"centre", 6},
    [IMPORT_CHANNEL] = {"channel", 7},
    [IMPORT_MODE] = {"mode", 4},
    [IMPORT_DATE] = {"date", 4},
    [IMPORT_SUBMISSION] = {"submission", 10},
};

struct text import_column_name(enum import_column column)
{
    return column_names[column];
}

struct import_digest import_digest(struct text content)
{
    struct import_digest digest;
    (void)crypto_generichash(digest.bytes, sizeof digest.bytes,
        (const unsigned char *)content.ptr, content.len, NULL, 0);
    return digest;
}

static void report(struct problems *problems, const struct import_row *header,
    size_t place, struct problem problem)
{
    problem.line = header->line;
    problem.column = (unsigned)place + 1;
    problems_add_quoted(problems, problem);
}

/* The item of that id in any questionnaire, as the plan writes it; else empty. */
static struct text find_item(const struct plan *plan, struct text name)
{
    for (size_t i = 0; i < plan->questionnaire_count; i++) {
        size_t item = questionnaire_find_item(&plan->questionnaires[i], name);
        if (item != PLAN_NONE)
            return plan->questionnaires[i].items[item].id;
    }
    return (struct text){0};
}

static struct text spell_column(const struct plan *plan, struct text name)
{
    struct spelling spelling = spelling_of(name);
    for (size_t i = 0; i < IMPORT_COLUMN_COUNT; i++)
        spelling_try(&spelling, column_names[i]);
    for (size_t i = 0; i < plan->questionnaire_count; i++)
        for (size_t k = 0; k < plan->questionnaires[i].item_count; k++)
            spelling_try(&spelling, plan->questionnaires[i].items[k].id);
    return spelling.best;
}

static bool is_item_placed(const struct import_layout *layout, struct text item)
{
    for (size_t i = 0; i < layout->column_count; i++)
        if (text_equals(layout->header[i].item, item))
            return true;
    return false;
}

static enum import_column find_column(struct text name)
{
    int column = 0;
    while (column < IMPORT_COLUMN_COUNT && !text_equals(name, column_names[column]))
        column++;
    return (enum import_column)column;
}

/* A column without a name is one too: its cells must be empty. */
static void place_column(struct import_layout *layout, const struct import_row *header,
    size_t place, struct problems *problems)
{
    struct text name = text_trim(header->cells[place]);
    enum import_column column = find_column(name);
    struct text item = find_item(layout->plan, name);
    bool is_column = column < IMPORT_COLUMN_COUNT;
    bool is_doubled = is_column ? layout->places[column] != PLAN_NONE
                                : item.len > 0 && is_item_placed(layout, item);
    layout->header[place].has_name = name.len > 0;
    if (is_doubled)
        report(problems, header, place,
            (struct problem){.message = N_("The column “{1}” is there twice. Keep one."),
                .argument = {name}});
    else if (is_column)
        layout->places[column] = place;
    else if (item.len > 0)
        layout->header[place].item = item;
    else if (name.len > 0)
        report(problems, header, place,
            (struct problem){
                .message = N_("“{1}” is neither a column of an import nor an item of "
                              "the plan."),
                .argument = {name},
                .did_you_mean = spell_column(layout->plan, name)});
}

enum status import_read_header(struct arena *arena, const struct import_row *header,
    struct problems *problems, struct import_layout *layout)
{
    size_t before = problems->count;
    layout->header = arena_take_array(arena, header->cell_count, sizeof *layout->header);
    if (layout->header == NULL)
        return STATUS_NO_MEMORY;
    layout->column_count = header->cell_count;
    for (size_t i = 0; i < IMPORT_COLUMN_COUNT; i++)
        layout->places[i] = PLAN_NONE;
    for (size_t i = 0; i < header->cell_count; i++)
        place_column(layout, header, i, problems);
    for (size_t i = 0; i < IMPORT_SUBMISSION; i++)
        if (layout->places[i] == PLAN_NONE)
            report(problems, header, 0,
                (struct problem){
                    .message = N_("The column “{1}” is missing; it must be there even "
                                  "if its cells are empty."),
                    .argument = {column_names[i]}});
    return problems->count > before || problems->is_incomplete ? STATUS_INVALID
                                                               : STATUS_OK;
}

/* ---- ids ---- */

static int compare_marks(const void *a, const void *b)
{
    const struct import_mark *left = a;
    const struct import_mark *right = b;
    int order = memcmp(left->uuid.bytes, right->uuid.bytes, SUBMISSION_ID_BYTES);
    return order != 0 ? order : (left->line > right->line) - (left->line < right->line);
}

void import_check_repeats(const struct import_layout *layout, struct import_mark *marks,
    size_t count, struct problems *problems)
{
    if (count > 1)
        qsort(marks, count, sizeof *marks, compare_marks);
    for (size_t i = 1; i < count; i++) {
        if (memcmp(marks[i].uuid.bytes, marks[i - 1].uuid.bytes, SUBMISSION_ID_BYTES) !=
            0)
            continue;
        char letters[SUBMISSION_ID_LETTERS + 1];
        submission_id_format(&marks[i].uuid, letters);
        struct import_row row = {.line = marks[i].line};
        report(problems, &row, layout->places[IMPORT_SUBMISSION],
            (struct problem){
                .message = N_("The submission {1} stands in line {2} already."),
                .argument = {text_of(letters),
                    text_format(problems->arena, "%u", marks[i - 1].line)}});
    }
}
