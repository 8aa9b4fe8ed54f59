/* qr_svg.c: dark modules as runs of a row: "M4 4h7v1h-7z". */
#include "web/render/qr_svg.h"

enum { SVG_BYTES_MAX = 262144 }; /* a chessboard of the largest symbol, 177 modules */

static bool is_dark(const struct qr *symbol, unsigned x, unsigned y)
{
    return x < symbol->size && symbol->modules[y * symbol->size + x] != 0;
}

static void add_row(struct buffer *out, const struct qr *symbol, unsigned y)
{
    for (unsigned x = 0; x < symbol->size; x++) {
        unsigned run = 0;
        while (is_dark(symbol, x + run, y))
            run++;
        if (run > 0)
            buffer_add_format(out, "M%u %uh%uv1h-%uz", x + QR_QUIET_MODULES,
                y + QR_QUIET_MODULES, run, run);
        x += run;
    }
}

struct html qr_svg(struct arena *arena, const struct qr *symbol)
{
    struct buffer out;
    unsigned side = symbol->size + 2 * QR_QUIET_MODULES;
    buffer_init(&out, arena, SVG_BYTES_MAX);
    buffer_add_format(&out,
        "<svg class=\"qr\" viewBox=\"0 0 %u %u\" aria-hidden=\"true\" "
        "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%uv%uh-%uz\"/>"
        "<path fill=\"#000\" d=\"",
        side, side, side, side, side);
    for (unsigned y = 0; y < symbol->size; y++)
        add_row(&out, symbol, y);
    buffer_add_string(&out, "\"/></svg>");
    if (out.is_full)
        return (struct html){.markup = {0}};
    return (struct html){buffer_text(&out)};
}
