/* sheet_qr.c: symbols. As shapes, a sheet of 24 takes 36 ms, most of it in cairo's book
   of what lies where; as stencils 3 ms. */
#include "web/render/sheet_own.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MODULES_MAX = 177,  /* a side of the largest symbol */
    STENCIL_PIXELS = 4, /* a module's side: viewers that smooth pictures blur less */
    GRID = 4            /* steps in a point */
};

double sheet_qr_module(const struct qr *symbol, double side)
{
    double module = ceil(side / symbol->size * GRID - 0.5) / GRID;
    return module < 1.0 / GRID ? 1.0 / GRID : module;
}

static double on_grid(double length)
{
    return round(length * GRID) / GRID;
}

/* ---- as shapes ---- */

/* A symbol and what of it is drawn already. */
struct tiling {
    const struct qr *symbol;
    unsigned char is_drawn[MODULES_MAX * MODULES_MAX];
};

static bool is_left(const struct tiling *tiling, unsigned x, unsigned y)
{
    unsigned at = y * tiling->symbol->size + x;
    return tiling->symbol->modules[at] != 0 && tiling->is_drawn[at] == 0;
}

static bool is_row_left(
    const struct tiling *tiling, unsigned x, unsigned y, unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        if (!is_left(tiling, x + i, y))
            return false;
    return true;
}

/* The widest row of modules that begins here, as far down as it goes: fewer seams than
   row by row, and fewer shapes. */
static void take_rectangle(
    struct tiling *tiling, unsigned x, unsigned y, unsigned *width, unsigned *height)
{
    const unsigned size = tiling->symbol->size;
    *width = 1;
    *height = 1;
    while (x + *width < size && is_left(tiling, x + *width, y))
        ++*width;
    while (y + *height < size && is_row_left(tiling, x, y + *height, *width))
        ++*height;
    for (unsigned i = 0; i < *height; i++)
        memset(&tiling->is_drawn[(y + i) * size + x], 1, *width);
}

void sheet_qr(
    struct sheet *sheet, double x, double y, double module, const struct qr *symbol)
{
    struct tiling *tiling = calloc(1, sizeof *tiling);
    if (tiling == NULL || symbol->size > MODULES_MAX) {
        free(tiling);
        sheet->has_unknown_letters = true;
        return;
    }
    tiling->symbol = symbol;
    /* Between pixels, two grey edges side by side would leave a seam. */
    cairo_set_antialias(sheet->cairo, CAIRO_ANTIALIAS_NONE);
    sheet_use(sheet, SHEET_BLACK);
    for (unsigned row = 0; row < symbol->size; row++)
        for (unsigned column = 0; column < symbol->size; column++) {
            unsigned width = 0;
            unsigned height = 0;
            if (!is_left(tiling, column, row))
                continue;
            take_rectangle(tiling, column, row, &width, &height);
            cairo_rectangle(sheet->cairo, on_grid(x) + column * module,
                on_grid(y) + row * module, width * module, height * module);
            cairo_fill(sheet->cairo);
        }
    cairo_set_antialias(sheet->cairo, CAIRO_ANTIALIAS_DEFAULT);
    free(tiling);
}

/* ---- as a stencil ---- */

static bool is_dark(const struct qr *symbol, unsigned x, unsigned y)
{
    return symbol->modules[y / STENCIL_PIXELS * symbol->size + x / STENCIL_PIXELS] != 0;
}

/* Pixels of one bit lie in words of 32, in the machine's order of bytes. */
static void paint_pixels(cairo_surface_t *stencil, const struct qr *symbol)
{
    const unsigned size = symbol->size * STENCIL_PIXELS;
    const size_t stride = (size_t)cairo_image_surface_get_stride(stencil);
    unsigned char *data = cairo_image_surface_get_data(stencil);
    const uint32_t probe = 1;
    unsigned char first;
    memcpy(&first, &probe, 1);
    cairo_surface_flush(stencil);
    for (unsigned y = 0; y < size; y++)
        for (unsigned x = 0; x < size; x++) {
            uint32_t word;
            unsigned char *at = data + y * stride + x / 32 * sizeof word;
            if (!is_dark(symbol, x, y))
                continue;
            memcpy(&word, at, sizeof word);
            word |= first == 1 ? UINT32_C(1) << x % 32 : UINT32_C(1) << (31 - x % 32);
            memcpy(at, &word, sizeof word);
        }
    cairo_surface_mark_dirty(stencil);
}

void sheet_qr_stencil(
    struct sheet *sheet, double x, double y, double module, const struct qr *symbol)
{
    int side = (int)symbol->size * STENCIL_PIXELS;
    cairo_surface_t *stencil = cairo_image_surface_create(CAIRO_FORMAT_A1, side, side);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(stencil);
    if (cairo_pattern_status(pattern) == CAIRO_STATUS_SUCCESS) {
        paint_pixels(stencil, symbol);
        cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
        cairo_save(sheet->cairo);
        cairo_translate(sheet->cairo, on_grid(x), on_grid(y));
        cairo_scale(sheet->cairo, module / STENCIL_PIXELS, module / STENCIL_PIXELS);
        sheet_use(sheet, SHEET_BLACK);
        cairo_mask(sheet->cairo, pattern);
        cairo_restore(sheet->cairo);
    } else {
        sheet->has_unknown_letters = true;
    }
    cairo_pattern_destroy(pattern);
    cairo_surface_destroy(stencil);
}
