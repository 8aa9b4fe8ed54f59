/* sheet_slips.c: what stands where on a slip. The symbol is on the left, five modules and
   more from where people cut; the words on the right, in the middle of the slip's height.
 */
#include "web/render/sheet_slips.h"

#include "web/tr.h"

enum { SLIP_ARENA_BYTES = 65536, WORDS_PARTS_MAX = 6 };

struct layout {
    const char *word;
    unsigned columns;
    unsigned rows;
    double width; /* of a slip, in millimetres */
    double height;
    double symbol; /* its side, about, in points */
    double left;   /* before it */
    double right;  /* behind the words */
    struct sheet_style name;
    struct sheet_style why;
    struct sheet_style address;
    struct sheet_style code;
};

static const struct layout layouts[SLIPS_LAYOUT_COUNT] = {
    [SLIPS_24] = {"24", 3, 8, 70, 37, 73, 14.25, 6,
        {.size = 10.5, .lines = 2, .leading = 1.15, .is_bold = true, .colour = SHEET_INK},
        {.size = 10, .leading = 1.25, .colour = SHEET_INK},
        {.size = 10, .size_min = 6.5, .leading = 1.3, .colour = SHEET_INK},
        {.size = 14.5, .leading = 1.1, .is_bold = true, .colour = SHEET_BLACK}},
    [SLIPS_10] = {"10", 2, 5, 105, 59.4, 116, 20, 12,
        {.size = 15, .lines = 2, .leading = 1.25, .is_bold = true, .colour = SHEET_INK},
        {.size = 13, .leading = 1.4, .colour = SHEET_INK},
        {.size = 13, .size_min = 8, .leading = 1.6, .colour = SHEET_INK},
        {.size = 22, .leading = 1.2, .is_bold = true, .colour = SHEET_BLACK}},
};

bool slips_layout_parse(struct text word, enum slips_layout *out)
{
    for (int i = 0; i < SLIPS_LAYOUT_COUNT; i++)
        if (text_equals(word, text_of(layouts[i].word))) {
            *out = (enum slips_layout)i;
            return true;
        }
    return false;
}

size_t slips_per_page(enum slips_layout layout)
{
    return (size_t)layouts[layout].columns * layouts[layout].rows;
}

/* One print on its way. */
struct printing {
    const struct slips *slips;
    const struct layout *layout;
    struct sheet *sheet;
    struct arena *arena; /* of the slip at hand */
    struct text host;
};

/* ---- words ---- */

struct part {
    struct text words;
    struct sheet_style style;
};

/* Why one is asked and that nobody knows who answered; or, larger, that this is no real
   slip. */
static size_t add_why(const struct printing *printing, struct part *parts)
{
    const struct slips *slips = printing->slips;
    const struct layout *layout = printing->layout;
    if (slips->is_test || slips->is_demo) {
        const char *mark = slips->is_test ? N_("TEST PRINT, not counted")
                                          : N_("DEMONSTRATION, not counted");
        parts[0] = (struct part){text_of(tr(LANGUAGE_ZH, mark)), layout->name};
        return 1;
    }
    parts[0] = (struct part){
        text_of(tr(LANGUAGE_ZH, N_("Tell us: it makes us better"))), layout->why};
    parts[1] =
        (struct part){text_of(tr(LANGUAGE_ZH, N_("No name, no number"))), layout->why};
    return 2;
}

static size_t add_code(
    const struct printing *printing, const struct code *code, struct part *parts)
{
    const struct sheet_style style = printing->layout->code;
    const char *letters = code->letters;
    parts[0] = (struct part){
        text_format(printing->arena, "%.4s %.4s", letters, letters + 4), style};
    parts[1] = (struct part){text_format(printing->arena, "%.4s", letters + 8), style};
    return 2;
}

/* The styles of a layout know no widths: the symbol's side decides. */
static double height_of(
    const struct printing *printing, struct part *parts, size_t count, double width)
{
    double height = 0;
    for (size_t i = 0; i < count; i++) {
        struct sheet_style *style = &parts[i].style;
        style->width = width;
        height += style->size * style->leading *
                  sheet_text_lines(printing->sheet, parts[i].words, style);
    }
    return height;
}

static void draw_words(const struct printing *printing, const struct code *code, double x,
    double top, double width)
{
    const struct layout *layout = printing->layout;
    struct part parts[WORDS_PARTS_MAX];
    size_t count = 0;
    parts[count++] = (struct part){printing->slips->programme, layout->name};
    count += add_why(printing, parts + count);
    parts[count++] = (struct part){printing->host, layout->address};
    count += add_code(printing, code, parts + count);
    double height = height_of(printing, parts, count, width);
    double y = top + (layout->height * SHEET_MM - height) / 2;
    for (size_t i = 0; i < count; i++) {
        double ascent = parts[i].style.size * 0.95;
        y = sheet_text(printing->sheet, x, y + ascent, parts[i].words, &parts[i].style) -
            ascent;
    }
}

/* ---- slips and pages ---- */

static enum status draw_slip(
    const struct printing *printing, size_t place, const struct code *code)
{
    const struct layout *layout = printing->layout;
    struct qr symbol;
    struct text address = qr_address(printing->arena, printing->slips->public_url, code);
    enum status status = qr_make(printing->arena, address, &symbol);
    if (status != STATUS_OK)
        return status;
    double width = layout->width * SHEET_MM;
    size_t row = place / layout->columns;
    double x = (double)(place % layout->columns) * width;
    double y = (double)row * layout->height * SHEET_MM;
    double module = sheet_qr_module(&symbol, layout->symbol);
    double side = module * symbol.size;
    sheet_qr_stencil(printing->sheet, x + layout->left,
        y + (layout->height * SHEET_MM - side) / 2, module, &symbol);
    double before = layout->left + side + module * QR_QUIET_MODULES;
    draw_words(printing, code, x + before, y, width - before - layout->right);
    return STATUS_OK;
}

static void draw_cuts(const struct printing *printing)
{
    const struct layout *layout = printing->layout;
    for (unsigned i = 1; i < layout->columns; i++) {
        double x = i * layout->width * SHEET_MM;
        sheet_cut(printing->sheet, x, 0, x, SHEET_A4_HEIGHT);
    }
    for (unsigned i = 1; i <= layout->rows; i++) {
        double y = i * layout->height * SHEET_MM;
        if (y < SHEET_A4_HEIGHT)
            sheet_cut(printing->sheet, 0, y, SHEET_A4_WIDTH, y);
    }
}

static enum status draw_all(const struct printing *printing)
{
    const struct slips *slips = printing->slips;
    const size_t per_page = slips_per_page(slips->layout);
    for (size_t i = 0; i < slips->count; i++) {
        arena_reset(printing->arena);
        if (i % per_page == 0)
            draw_cuts(printing);
        enum status status = draw_slip(printing, i % per_page, &slips->codes[i]);
        if (status != STATUS_OK)
            return status;
        if (i % per_page == per_page - 1 || i == slips->count - 1)
            sheet_next_page(printing->sheet);
        if (slips->show != NULL)
            slips->show(slips->progress, (int64_t)i + 1, (int64_t)slips->count);
    }
    return STATUS_OK;
}

enum status slips_print(const struct slips *slips, FILE *out)
{
    struct printing printing = {
        .slips = slips,
        .layout = &layouts[slips->layout],
        .arena = arena_new(SLIP_ARENA_BYTES),
        .host = sheet_address(slips->public_url),
    };
    if (printing.arena == NULL)
        return STATUS_NO_MEMORY;
    const struct sheet_options options = {.format = SHEET_PDF,
        .scale = 1,
        .out = out,
        .title = slips->programme,
        .day = slips->day};
    enum status status = sheet_open(&options, &printing.sheet);
    if (status == STATUS_OK) {
        status = draw_all(&printing);
        enum status closed = sheet_close(printing.sheet);
        if (status == STATUS_OK)
            status = closed;
    }
    arena_free(printing.arena);
    return status;
}

enum status slips_can_print(void)
{
    FILE *nowhere = fopen("/dev/null", "wb");
    if (nowhere == NULL)
        return STATUS_INTERNAL;
    struct sheet *sheet = NULL;
    enum status status = sheet_open(
        &(struct sheet_options){.format = SHEET_PDF, .scale = 1, .out = nowhere}, &sheet);
    if (status == STATUS_OK)
        status = sheet_close(sheet);
    (void)fclose(nowhere);
    return status;
}
