/* sheet_poster.c: one A4 page; A3 is the same, larger. */
#include "web/render/sheet_poster.h"

#include "web/tr.h"

#define MIDDLE (SHEET_A4_WIDTH / 2)

/* 86 mm: a tenth of the distance is read by any telephone of the last ten years, and a
   half more by most. */
#define SYMBOL_SIDE (86 * SHEET_MM)

enum {
    SIDE = 52,
    BAND_TOP = 604,
    CARD_TOP = 246,
    CARD_WIDTH = 336,
    CARD_HEIGHT = 384,
    SYMBOL_TOP = 274
};

static struct text say(const char *message)
{
    return text_of(tr(LANGUAGE_ZH, message));
}

static void draw_head(struct sheet *sheet, const struct poster *poster)
{
    static const struct sheet_style organisation = {.size = 18,
        .size_min = 14,
        .width = 270,
        .is_bold = true,
        .colour = SHEET_PINE_DEEP};
    static const struct sheet_style centre = {.size = 16,
        .size_min = 14,
        .width = 180,
        .align = SHEET_RIGHT,
        .colour = SHEET_INK};
    sheet_mark(sheet, SIDE, 46, 33);
    (void)sheet_text(sheet, SIDE + 44, 68, poster->organisation, &organisation);
    if (poster->programme.len > 0)
        (void)sheet_text(sheet, SHEET_A4_WIDTH - SIDE, 67, poster->centre, &centre);
}

static void draw_title(struct sheet *sheet, const struct poster *poster)
{
    static const struct sheet_style title = {
        .size = 62, .is_bold = true, .align = SHEET_CENTRE, .colour = SHEET_INK};
    static const struct sheet_style subtitle = {.size = 22,
        .size_min = 16,
        .width = 490,
        .align = SHEET_CENTRE,
        .colour = SHEET_INK};
    (void)sheet_text(sheet, MIDDLE, 172, say(N_("Please tell us how we did")), &title);
    (void)sheet_text(sheet, MIDDLE, 216,
        poster->programme.len > 0 ? poster->programme : poster->centre, &subtitle);
}

static enum status draw_symbol(
    struct sheet *sheet, struct arena *arena, const struct poster *poster)
{
    struct qr symbol;
    struct text address = qr_address(arena, poster->public_url, &poster->code);
    enum status status = qr_make(arena, address, &symbol);
    if (status != STATUS_OK)
        return status;
    double module = sheet_qr_module(&symbol, SYMBOL_SIDE);
    sheet_qr(sheet, MIDDLE - module * symbol.size / 2, SYMBOL_TOP, module, &symbol);
    return STATUS_OK;
}

static void draw_ways(
    struct sheet *sheet, struct arena *arena, const struct poster *poster)
{
    static const struct sheet_style scan = {
        .size = 21, .is_bold = true, .align = SHEET_CENTRE, .colour = SHEET_PINE_DEEP};
    static const struct sheet_style type = {.size = 14,
        .size_min = 10,
        .width = CARD_WIDTH - 36,
        .align = SHEET_CENTRE,
        .colour = SHEET_INK};
    static const struct sheet_style code = {
        .size = 18, .is_bold = true, .align = SHEET_CENTRE, .colour = SHEET_INK};
    const char *letters = poster->code.letters;
    struct text host = sheet_address(poster->public_url);
    (void)sheet_text(sheet, MIDDLE, 560, say(N_("Open WeChat and scan")), &scan);
    (void)sheet_text(sheet, MIDDLE, 585,
        tr_format(arena, LANGUAGE_ZH, N_("or open {1} and type"), &host, 1), &type);
    (void)sheet_text(sheet, MIDDLE, 611,
        text_format(arena, "%.4s %.4s %.4s", letters, letters + 4, letters + 8), &code);
}

static void draw_faces(struct sheet *sheet)
{
    static const char *const words[] = {N_("Very dissatisfied"), N_("Dissatisfied"),
        N_("Fairly satisfied"), N_("Satisfied"), N_("Very satisfied")};
    static const struct sheet_style label = {
        .size = 15, .is_bold = true, .align = SHEET_CENTRE, .colour = SHEET_INK};
    for (int level = 5; level >= 1; level--) {
        double x = 100 + (5 - level) * 98.8;
        sheet_face(sheet, x, 674, 23, level);
        (void)sheet_text(sheet, x, 722, say(words[level - 1]), &label);
    }
}

static void draw_foot(struct sheet *sheet, const struct poster *poster)
{
    static const struct sheet_style left = {.size = 15, .colour = SHEET_INK};
    static const struct sheet_style middle = {
        .size = 15, .align = SHEET_CENTRE, .colour = SHEET_INK};
    static const struct sheet_style right = {
        .size = 15, .align = SHEET_RIGHT, .colour = SHEET_INK};
    sheet_line(sheet, SIDE, 764, SHEET_A4_WIDTH - SIDE, 764, SHEET_PINE);
    if (poster->is_demo) {
        (void)sheet_text(sheet, MIDDLE, 797,
            say(N_("Demonstration: not for hanging, nothing is counted")), &middle);
        return;
    }
    (void)sheet_text(
        sheet, SIDE, 797, say(N_("Good or bad, please say it as it is")), &left);
    (void)sheet_text(sheet, MIDDLE + 22, 797, say(N_("No name, no number")), &middle);
    (void)sheet_text(
        sheet, SHEET_A4_WIDTH - SIDE, 797, say(N_("No phone? Ask our staff")), &right);
}

enum status poster_draw(
    struct sheet *sheet, struct arena *arena, const struct poster *poster)
{
    sheet_fill(sheet, 0, 0, SHEET_A4_WIDTH, SHEET_A4_HEIGHT, SHEET_PAPER);
    sheet_fill(
        sheet, 0, BAND_TOP, SHEET_A4_WIDTH, SHEET_A4_HEIGHT - BAND_TOP, SHEET_WASH);
    draw_head(sheet, poster);
    draw_title(sheet, poster);
    sheet_card(sheet, MIDDLE - CARD_WIDTH / 2.0, CARD_TOP, CARD_WIDTH, CARD_HEIGHT);
    enum status status = draw_symbol(sheet, arena, poster);
    if (status != STATUS_OK)
        return status;
    draw_ways(sheet, arena, poster);
    draw_faces(sheet);
    draw_foot(sheet, poster);
    return STATUS_OK;
}
