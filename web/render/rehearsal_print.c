/* rehearsal_print.c: the acceptance sheet as text and as a document. */
#include "web/render/document.h"
#include "web/render/figures.h"
#include "web/render/rehearsal_sheet.h"
#include "web/tr.h"

enum { TEXT_BYTES_MAX = 4 * 1024 * 1024, NAME_COLUMNS = 44, FIGURE_COLUMNS = 34 };

static const struct text none = {NULL, 0};

static struct text title_of(struct arena *arena, const struct rehearsal_sheet *sheet)
{
    struct text year = text_format(arena, "%d", sheet->report->plan->year);
    return tr_format(
        arena, sheet->language, N_("Rehearsal of {1}: acceptance sheet"), &year, 1);
}

/* ---- text ---- */

static void add_cell(struct buffer *out, struct text words, size_t columns)
{
    buffer_add_text(out, words);
    for (size_t at = text_columns(words); at < columns; at++)
        buffer_add_char(out, ' ');
    buffer_add_char(out, ' ');
}

static void add_line(
    struct buffer *out, enum language language, const struct rehearsal_line *line)
{
    if (line->is_heading) {
        buffer_add_format(out, "\n%.*s\n", TEXT_ARG(line->name));
        return;
    }
    buffer_add_string(out, "  ");
    add_cell(out, line->name, NAME_COLUMNS);
    add_cell(out, line->expected, FIGURE_COLUMNS);
    add_cell(out, line->measured, FIGURE_COLUMNS);
    buffer_add_format(out, "%s\n", rehearsal_word(language, line->outcome));
}

struct text rehearsal_text(struct arena *arena, const struct rehearsal_sheet *sheet)
{
    struct buffer out;
    enum language language = sheet->language;
    buffer_init(&out, arena, TEXT_BYTES_MAX);
    buffer_add_format(&out, "%.*s\n%.*s\n\n  ", TEXT_ARG(figure_demo_mark()),
        TEXT_ARG(title_of(arena, sheet)));
    add_cell(&out, text_of(tr(language, N_("figure"))), NAME_COLUMNS);
    add_cell(&out, text_of(tr(language, N_("expected"))), FIGURE_COLUMNS);
    add_cell(&out, text_of(tr(language, N_("measured"))), FIGURE_COLUMNS);
    buffer_add_char(&out, '\n');
    for (size_t i = 0; i < sheet->count; i++)
        add_line(&out, language, &sheet->lines[i]);
    buffer_add_format(&out, "\n%.*s\n", TEXT_ARG(rehearsal_summary(arena, sheet)));
    return out.is_full ? none : buffer_text(&out);
}

/* ---- document ---- */

enum { COLUMNS = 4 };

/* The lines of an indicator, from behind its heading to the next. */
static size_t add_table(struct arena *arena, struct document *document,
    const struct rehearsal_sheet *sheet, size_t first)
{
    enum language language = sheet->language;
    const struct document_column columns[COLUMNS] = {
        {text_of(tr(language, N_("figure"))), 36, SHEET_LEFT},
        {text_of(tr(language, N_("expected"))), 27, SHEET_CENTRE},
        {text_of(tr(language, N_("measured"))), 27, SHEET_CENTRE},
        {text_of(tr(language, N_("outcome"))), 16, SHEET_CENTRE},
    };
    size_t end = first;
    while (end < sheet->count && !sheet->lines[end].is_heading)
        end++;
    struct text *cells = arena_take_array(arena, (end - first) * COLUMNS, sizeof *cells);
    for (size_t i = first; i < end && cells != NULL; i++) {
        const struct rehearsal_line *line = &sheet->lines[i];
        struct text *row = &cells[(i - first) * COLUMNS];
        row[0] = line->name;
        row[1] = line->expected;
        row[2] = line->measured;
        row[3] = text_of(rehearsal_word(language, line->outcome));
    }
    document_table(document, &(struct document_table){columns, COLUMNS, cells,
                                 cells == NULL ? 0 : end - first, true});
    return end;
}

static void draw(
    struct arena *arena, struct document *document, const struct rehearsal_sheet *sheet)
{
    enum language language = sheet->language;
    const struct report *report = sheet->report;
    document_letterhead(document, tr_wording(language, &report->plan->organisation));
    document_title(document, title_of(arena, sheet));
    document_paragraph(document,
        text_of(tr(language,
            N_("Made-up people with known opinions answered through the real intake. "
               "Each figure of the report was then compared with what it must be, "
               "counted from the answers themselves. A line of a breakdown reads: "
               "received / valid / satisfied / rate."))));
    document_paragraph(document, rehearsal_summary(arena, sheet));
    for (size_t i = 0; i < sheet->count;) {
        document_subheading(document, sheet->lines[i].name);
        i = add_table(arena, document, sheet, i + 1);
    }
    document_keep(document, 120);
    document_space(document, 24);
    document_paragraph(
        document, text_of(tr(language, N_("Accepted by ____________ on ____________"))));
    document_note(
        document, document_digest(arena, plan_fingerprint_text(arena, report->plan)));
}

enum status rehearsal_pdf(
    struct arena *arena, const struct rehearsal_sheet *sheet, FILE *out)
{
    struct document *document = NULL;
    const struct document_options options = {
        .out = out,
        .language = sheet->language,
        .title = title_of(arena, sheet),
        .day = sheet->report->as_of,
        .mark = figure_demo_mark(),
    };
    enum status status = document_open(arena, &options, &document);
    if (status != STATUS_OK)
        return status;
    draw(arena, document, sheet);
    return document_close(document);
}
