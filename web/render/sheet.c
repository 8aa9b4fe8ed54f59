/* sheet.c: opens and closes paper, as PDF or as a picture. */
#include "web/render/sheet_own.h"

#include <cairo-pdf.h>
#include <stdlib.h>

enum { METADATA_BYTES = 200 };

static cairo_status_t write_bytes(
    void *closure, const unsigned char *bytes, unsigned count)
{
    return fwrite(bytes, 1, count, closure) == count ? CAIRO_STATUS_SUCCESS
                                                     : CAIRO_STATUS_WRITE_ERROR;
}

static void set_metadata(struct sheet *sheet, const struct sheet_options *options)
{
    struct date date = day_date(options->day);
    char words[METADATA_BYTES];
    (void)snprintf(words, sizeof words, "%04d-%02d-%02dT00:00:00+08:00", date.year,
        date.month, date.day);
    cairo_pdf_surface_set_metadata(sheet->surface, CAIRO_PDF_METADATA_CREATE_DATE, words);
    cairo_pdf_surface_set_metadata(sheet->surface, CAIRO_PDF_METADATA_CREATOR, "manyi");
    struct text title = {options->title.ptr,
        options->title.len < METADATA_BYTES ? options->title.len : METADATA_BYTES - 1};
    title.len = text_utf8_length(title); /* a cut may have left half a character */
    (void)snprintf(words, sizeof words, "%.*s", TEXT_ARG(title));
    cairo_pdf_surface_set_metadata(sheet->surface, CAIRO_PDF_METADATA_TITLE, words);
}

static void open_surface(struct sheet *sheet, const struct sheet_options *options)
{
    bool is_a4 = options->width <= 0 || options->height <= 0;
    double width = (is_a4 ? SHEET_A4_WIDTH : options->width) * options->scale;
    double height = (is_a4 ? SHEET_A4_HEIGHT : options->height) * options->scale;
    if (options->format == SHEET_PDF) {
        sheet->surface =
            cairo_pdf_surface_create_for_stream(write_bytes, options->out, width, height);
        set_metadata(sheet, options);
    } else {
        sheet->surface = cairo_image_surface_create(
            CAIRO_FORMAT_RGB24, (int)(width + 0.5), (int)(height + 0.5));
    }
    sheet->cairo = cairo_create(sheet->surface);
    cairo_scale(sheet->cairo, options->scale, options->scale);
    if (options->format == SHEET_PNG) { /* also what is left of the last pixels */
        sheet_use(sheet, SHEET_WHITE);
        cairo_paint(sheet->cairo);
    }
}

static void free_sheet(struct sheet *sheet)
{
    sheet_words_close(sheet);
    cairo_destroy(sheet->cairo);
    cairo_surface_destroy(sheet->surface);
    free(sheet);
}

enum status sheet_open(const struct sheet_options *options, struct sheet **out)
{
    struct sheet *sheet = calloc(1, sizeof *sheet);
    if (sheet == NULL)
        return STATUS_NO_MEMORY;
    sheet->format = options->format;
    sheet->out = options->out;
    sheet->language = options->language;
    open_surface(sheet, options);
    enum status status = STATUS_NO_MEMORY;
    if (cairo_status(sheet->cairo) == CAIRO_STATUS_SUCCESS)
        status = sheet_words_open(sheet);
    if (status == STATUS_OK && !sheet_has_fonts(sheet))
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *out = sheet;
    else
        free_sheet(sheet);
    return status;
}

enum status sheet_close(struct sheet *sheet)
{
    if (sheet == NULL)
        return STATUS_OK;
    cairo_status_t drawn = cairo_status(sheet->cairo);
    if (drawn == CAIRO_STATUS_SUCCESS && sheet->format == SHEET_PNG)
        drawn =
            cairo_surface_write_to_png_stream(sheet->surface, write_bytes, sheet->out);
    cairo_surface_finish(sheet->surface);
    if (drawn == CAIRO_STATUS_SUCCESS)
        drawn = cairo_surface_status(sheet->surface);
    enum status status = STATUS_OK;
    bool is_told = drawn != CAIRO_STATUS_SUCCESS || sheet->language == NULL ||
                   sheet_tell_language(sheet->out, sheet->language);
    if (!is_told)
        status = STATUS_INTERNAL;
    else if (drawn != CAIRO_STATUS_SUCCESS)
        status = drawn == CAIRO_STATUS_NO_MEMORY ? STATUS_NO_MEMORY : STATUS_INTERNAL;
    else if (sheet->has_unknown_letters)
        status = STATUS_INVALID;
    free_sheet(sheet);
    return status;
}

void sheet_next_page(struct sheet *sheet)
{
    cairo_show_page(sheet->cairo);
}

void sheet_part_begin(struct sheet *sheet, const char *kind)
{
    cairo_tag_begin(sheet->cairo, kind, NULL);
}

void sheet_part_end(struct sheet *sheet, const char *kind)
{
    cairo_tag_end(sheet->cairo, kind);
}
