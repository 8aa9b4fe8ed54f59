/* test_report_picture.c: the drawings of a report as pictures: as large as they say, with
   the words and strokes of the pages, nothing hidden, nothing cut. */
#include "tests/support/report_scene.h"
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/html.h"
#include "web/render/canvas_svg.h"
#include "web/render/figures.h"
#include "web/render/report_picture.h"
#include "web/render/sheet_canvas.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 400, DRAWING_BYTES_MAX = 262144, PICTURES = 5 };

/* Of the scene's indicators relief has all drawings but that of many programmes. */
static const struct {
    enum report_chart_kind kind;
    const char *programme;
} pictures[PICTURES] = {{REPORT_CHART_WAVES, ""}, {REPORT_CHART_QUARTERS, ""},
    {REPORT_CHART_PERIODS, ""}, {REPORT_CHART_CENTRES, ""},
    {REPORT_CHART_WEEKS, "visits"}};

/* ---- a canvas that keeps words ---- */

struct kept {
    struct canvas canvas;
    struct arena *arena;
    struct text words[WORDS_MAX];
    size_t count;
    size_t shapes;
};

static void keep_text(struct canvas *canvas, struct point at, struct text words,
    const struct lettering *lettering)
{
    struct kept *kept = (struct kept *)canvas;
    (void)at;
    (void)lettering;
    assert_true(kept->count < WORDS_MAX);
    kept->words[kept->count++] = text_copy(kept->arena, words);
}

static void count_line(
    struct canvas *canvas, struct point from, struct point to, const struct pen *pen)
{
    (void)from;
    (void)to;
    (void)pen;
    ((struct kept *)canvas)->shapes++;
}

static void count_rect(
    struct canvas *canvas, struct box box, double radius, const struct pen *pen)
{
    (void)box;
    (void)radius;
    (void)pen;
    ((struct kept *)canvas)->shapes++;
}

static void count_circle(
    struct canvas *canvas, struct point centre, double radius, const struct pen *pen)
{
    (void)centre;
    (void)radius;
    (void)pen;
    ((struct kept *)canvas)->shapes++;
}

static void count_path(struct canvas *canvas, const struct point *points, size_t count,
    bool is_closed, const struct pen *pen)
{
    (void)points;
    (void)count;
    (void)is_closed;
    (void)pen;
    ((struct kept *)canvas)->shapes++;
}

static void begin_group(struct canvas *canvas, struct text title, struct text description)
{
    (void)canvas;
    (void)title;
    (void)description;
}

static void end_group(struct canvas *canvas)
{
    (void)canvas;
}

static const struct canvas_operations keeping = {.line = count_line,
    .rect = count_rect,
    .circle = count_circle,
    .path = count_path,
    .text = keep_text,
    .group_begin = begin_group,
    .group_end = end_group};

static struct kept *keep(struct report_scene *scene)
{
    struct kept *kept = arena_take(scene->arena, sizeof *kept);
    assert_non_null(kept);
    *kept = (struct kept){.canvas = {&keeping}, .arena = scene->arena};
    return kept;
}

/* ---- what is looked at ---- */

static struct report_telling telling_of(
    struct report_scene *scene, enum language language)
{
    return (struct report_telling){scene->arena, language, &scene->report};
}

static const struct report_indicator *relief(const struct report_scene *scene)
{
    return &scene->report.indicators[0];
}

static struct report_chart *chart_of(
    struct report_scene *scene, enum language language, size_t which)
{
    const struct report_telling telling = telling_of(scene, language);
    struct report_chart *chart = arena_take(scene->arena, sizeof *chart);
    assert_non_null(chart);
    assert_int_equal(report_chart_find(&telling, relief(scene), pictures[which].kind,
                         text_of(pictures[which].programme), chart),
        STATUS_OK);
    return chart;
}

static struct report_picture *picture_of(
    struct report_scene *scene, enum language language, const struct report_chart *chart)
{
    const struct report_telling telling = telling_of(scene, language);
    struct report_picture *picture = arena_take(scene->arena, sizeof *picture);
    assert_non_null(picture);
    assert_int_equal(
        report_picture_make(&telling, relief(scene), chart, picture), STATUS_OK);
    return picture;
}

/* Every word of the picture, the head's first. */
static struct kept *words_of(
    struct report_scene *scene, enum language language, size_t which)
{
    struct kept *kept = keep(scene);
    const struct report_chart *chart = chart_of(scene, language, which);
    report_picture_head(&kept->canvas, picture_of(scene, language, chart));
    report_chart_draw(&kept->canvas, scene->arena, chart);
    return kept;
}

static bool has_word(const struct kept *kept, const char *word)
{
    for (size_t i = 0; i < kept->count; i++)
        if (text_equals(kept->words[i], text_of(word)))
            return true;
    return false;
}

static cairo_surface_t *print(struct report_scene *scene, size_t which)
{
    FILE *out = fopen(scene->file, "w+b");
    assert_non_null(out);
    assert_int_equal(
        report_picture_print(scene->arena,
            picture_of(scene, LANGUAGE_ZH, chart_of(scene, LANGUAGE_ZH, which)), out),
        STATUS_OK);
    assert_int_equal(fclose(out), 0);
    cairo_surface_t *surface = cairo_image_surface_create_from_png(scene->file);
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    return surface;
}

static uint32_t pixel(cairo_surface_t *surface, int x, int y)
{
    const unsigned char *bytes = cairo_image_surface_get_data(surface);
    uint32_t value;
    memcpy(&value,
        bytes + (size_t)y * (size_t)cairo_image_surface_get_stride(surface) +
            (size_t)x * sizeof value,
        sizeof value);
    return value & 0xFFFFFF;
}

static long count_ink(cairo_surface_t *surface, int left, int top, int right, int bottom)
{
    long count = 0;
    for (int y = top; y < bottom; y++)
        for (int x = left; x < right; x++)
            count += pixel(surface, x, y) != 0xFFFFFF;
    return count;
}

/* ---- what must hold ---- */

static void a_picture_has_two_pixels_a_unit(void **state)
{
    struct report_scene *scene = *state;
    report_scene_weeks(scene);
    for (size_t i = 0; i < PICTURES; i++) {
        const struct report_chart *chart = chart_of(scene, LANGUAGE_ZH, i);
        const struct report_picture *picture = picture_of(scene, LANGUAGE_ZH, chart);
        cairo_surface_t *surface = print(scene, i);
        assert_true(picture->width > report_chart_width(chart));
        assert_true(picture->height > report_chart_height(chart));
        assert_int_equal(
            cairo_image_surface_get_width(surface), lround(2 * picture->width));
        assert_int_equal(
            cairo_image_surface_get_height(surface), lround(2 * picture->height));
        cairo_surface_destroy(surface);
    }
}

static void there_is_ink_inside_and_none_in_the_margins(void **state)
{
    enum { EDGE = 40, INK_MIN = 5000 };
    struct report_scene *scene = *state;
    report_scene_weeks(scene);
    for (size_t i = 0; i < PICTURES; i++) {
        cairo_surface_t *surface = print(scene, i);
        int width = cairo_image_surface_get_width(surface);
        int height = cairo_image_surface_get_height(surface);
        long inside = count_ink(surface, EDGE, EDGE, width - EDGE, height - EDGE);
        assert_in_range(inside, INK_MIN, (long)width * height / 2);
        assert_int_equal(count_ink(surface, 0, 0, width, height), inside);
        cairo_surface_destroy(surface);
    }
}

/* The <text> elements of the drawing as SVG. */
static size_t compare_with_svg(
    struct report_scene *scene, const struct kept *kept, size_t first, struct text markup)
{
    size_t count = 0;
    struct buffer expected;
    const char *at = text_to_string(scene->arena, markup);
    for (at = strstr(at, "<text"); at != NULL; at = strstr(at, "<text")) {
        at = strchr(at, '>') + 1;
        assert_true(first + count < kept->count);
        buffer_init(&expected, scene->arena, 4096);
        html_add_text(&expected, kept->words[first + count++]);
        if (!text_starts_with(text_of(at), buffer_text(&expected)))
            fail_msg("%.*s is not %.40s", TEXT_ARG(buffer_text(&expected)), at);
    }
    return count;
}

static void its_words_are_those_of_the_page(void **state)
{
    struct report_scene *scene = *state;
    report_scene_weeks(scene);
    for (size_t i = 0; i < PICTURES; i++)
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            struct buffer out;
            struct canvas_svg svg;
            struct report_chart *chart = chart_of(scene, (enum language)language, i);
            const struct report_picture *picture =
                picture_of(scene, (enum language)language, chart);
            buffer_init(&out, scene->arena, DRAWING_BYTES_MAX);
            canvas_svg_open(&svg, &out,
                &(struct canvas_svg_head){.css_class = "x", .width = 1, .height = 1});
            report_chart_draw(&svg.canvas, scene->arena, chart);
            canvas_svg_close(&svg);
            const struct kept *kept = words_of(scene, (enum language)language, i);
            assert_int_equal(
                picture->line_count +
                    compare_with_svg(scene, kept, picture->line_count, buffer_text(&out)),
                kept->count);
            assert_true(kept->shapes > 5);
        }
}

static void what_is_hidden_is_nowhere(void **state)
{
    struct report_scene *scene = *state;
    for (size_t i = 0; i < PICTURES - 1; i++) {
        const struct kept *zh = words_of(scene, LANGUAGE_ZH, i);
        const struct kept *en = words_of(scene, LANGUAGE_EN, i);
        assert_false(has_word(zh, "7 份")); /* of a quarter: 4 satisfied, 3 not */
        assert_false(has_word(en, "7 answers"));
        assert_false(has_word(zh, "57.14%"));
        if (pictures[i].kind != REPORT_CHART_CENTRES)
            assert_true(has_word(zh, "不显示") && has_word(en, "not shown"));
    }
}

static void the_head_says_what_it_is_of_and_when(void **state)
{
    struct report_scene *scene = *state;
    const struct kept *kept = words_of(scene, LANGUAGE_EN, 1);
    struct buffer head;
    buffer_init(&head, scene->arena, 4096);
    for (size_t i = 0; i < kept->count && i < 6; i++)
        buffer_add_format(&head, "%.*s ", TEXT_ARG(kept->words[i]));
    const char *words = text_to_string(scene->arena, buffer_text(&head));
    assert_non_null(strstr(words, "By quarter "));
    assert_non_null(strstr(words, "as of 2026-11-22"));
    assert_false(has_word(kept, text_to_string(scene->arena, figure_demo_mark())));
}

static void a_demonstration_has_its_mark(void **state)
{
    struct report_scene *scene = *state;
    scene->report.is_demo = true;
    for (size_t i = 0; i < PICTURES - 1; i++)
        assert_true(has_word(words_of(scene, LANGUAGE_ZH, i),
            text_to_string(scene->arena, figure_demo_mark())));
}

static void a_long_title_is_broken_and_not_cut(void **state)
{
    struct report_scene *scene = *state;
    struct report_chart *chart = chart_of(scene, LANGUAGE_ZH, 1);
    struct buffer title, drawn;
    buffer_init(&title, scene->arena, 4096);
    buffer_init(&drawn, scene->arena, 4096);
    for (int i = 0; i < 40; i++)
        buffer_add_string(&title, "满意度");
    chart->title = buffer_text(&title);
    const struct report_picture *picture = picture_of(scene, LANGUAGE_ZH, chart);
    for (size_t i = 0; i < picture->line_count && drawn.len < chart->title.len; i++) {
        assert_true(canvas_text_width(picture->lines[i].words, picture->lines[i].size) <
                    picture->width);
        buffer_add_text(&drawn, picture->lines[i].words);
    }
    assert_true(text_equals(buffer_text(&drawn), chart->title));
}

static void what_the_indicator_has_not_is_not_found(void **state)
{
    struct report_scene *scene = *state;
    const struct report_telling telling = telling_of(scene, LANGUAGE_ZH);
    struct report_chart chart;
    report_scene_weeks(scene);
    const struct {
        enum report_chart_kind kind;
        const char *programme;
        size_t indicator;
    } missing[] = {
        {REPORT_CHART_WEEKS, "", 0}, {REPORT_CHART_WEEKS, "nobody", 0},
        {REPORT_CHART_WEEKS, "elders", 0}, /* hidden */
        {REPORT_CHART_WAVES, "", 1},       /* one wave is a number */
        {REPORT_CHART_CENTRES, "", 1},
        {REPORT_CHART_QUARTERS, "", 3}, /* too few to show anything */
        {REPORT_CHART_PERIODS, "", 4},  /* no answers */
        {REPORT_CHART_WAVES, "", 5},    /* an appraisal */
    };
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        assert_int_equal(
            report_chart_find(&telling, &scene->report.indicators[missing[i].indicator],
                missing[i].kind, text_of(missing[i].programme), &chart),
            STATUS_NOT_FOUND);
}

static void too_many_columns_are_a_table_only(void **state)
{
    struct report_scene *scene = *state;
    const struct report_telling telling = telling_of(scene, LANGUAGE_ZH);
    static struct report_row rows[REPORT_CHART_COLUMNS_MAX + 1];
    struct report_indicator of = *relief(scene);
    struct report_chart chart;
    for (size_t i = 0; i <= REPORT_CHART_COLUMNS_MAX; i++)
        rows[i] = of.by_period.list[0];
    of.by_period = (struct report_rows){rows, REPORT_CHART_COLUMNS_MAX};
    assert_int_equal(
        report_chart_find(&telling, &of, REPORT_CHART_PERIODS, (struct text){0}, &chart),
        STATUS_OK);

    of.by_period.count++;

    assert_int_equal(
        report_chart_find(&telling, &of, REPORT_CHART_PERIODS, (struct text){0}, &chart),
        STATUS_NOT_FOUND);
}

static void a_picture_may_have_so_many_pixels_and_no_more(void **state)
{
    struct report_scene *scene = *state;
    const struct report_telling telling = telling_of(scene, LANGUAGE_ZH);
    struct report_chart *chart = chart_of(scene, LANGUAGE_ZH, 3);
    struct report_picture picture;
    while (report_picture_make(&telling, relief(scene), chart, &picture) == STATUS_OK)
        chart->heat.row_count++;
    assert_true(4 * picture.width * picture.height > PICTURE_PIXELS_MAX);
    assert_int_equal(
        report_picture_make(&telling, relief(scene), chart, &picture), STATUS_TOO_LARGE);

    chart->heat.row_count--;

    assert_int_equal(
        report_picture_make(&telling, relief(scene), chart, &picture), STATUS_OK);
    assert_true(4 * picture.width * picture.height <= PICTURE_PIXELS_MAX);
}

/* The value of --NAME of a paint in a style sheet; NULL: not in this one. */
static const char *value_in(struct arena *arena, const char *sheet, struct text name)
{
    enum { FILE_MAX = 65536 };
    FILE *file =
        fopen(text_format(arena, SOURCE_DIR "/web/assets/%s.css", sheet).ptr, "rb");
    char *css = arena_take(arena, FILE_MAX);
    assert_non_null(file);
    assert_non_null(css);
    css[fread(css, 1, FILE_MAX - 1, file)] = '\0';
    assert_int_equal(fclose(file), 0);
    struct text wanted = text_format(arena, "--%.*s: #", TEXT_ARG(name));
    const char *found = strstr(css, wanted.ptr);
    return found == NULL ? NULL : found + wanted.len;
}

/* As its class in SVG is called, "f-met". */
static struct text name_of(struct arena *arena, enum paint paint)
{
    struct buffer out;
    struct canvas_svg svg;
    buffer_init(&out, arena, 1024);
    canvas_svg_open(
        &svg, &out, &(struct canvas_svg_head){.css_class = "x", .width = 1, .height = 1});
    canvas_rect(&svg.canvas, (struct box){0, 0, 1, 1}, 0, (struct pen){.fill = paint});
    const char *name = strstr(text_to_string(arena, buffer_text(&out)), "f-") + 2;
    return (struct text){name, strcspn(name, "\"")};
}

static uint32_t colour_of(struct report_scene *scene, enum paint paint)
{
    struct sheet *sheet = NULL;
    struct sheet_canvas canvas;
    FILE *out = fopen(scene->file, "w+b");
    assert_non_null(out);
    assert_int_equal(
        sheet_open(
            &(struct sheet_options){
                .format = SHEET_PNG, .scale = 1, .width = 4, .height = 4, .out = out},
            &sheet),
        STATUS_OK);
    sheet_canvas_open(&canvas, sheet, 0, 0, 1);
    canvas_rect(&canvas.canvas, (struct box){0, 0, 4, 4}, 0, (struct pen){.fill = paint});
    assert_int_equal(sheet_close(sheet), STATUS_OK);
    assert_int_equal(fclose(out), 0);
    cairo_surface_t *surface = cairo_image_surface_create_from_png(scene->file);
    uint32_t colour = pixel(surface, 2, 2);
    cairo_surface_destroy(surface);
    return colour;
}

static void every_paint_is_the_colour_of_the_pages(void **state)
{
    struct report_scene *scene = *state;
    for (enum paint paint = PAINT_NONE + 1; paint < PAINT_COUNT; paint++) {
        struct text name = name_of(scene->arena, paint);
        const char *value = value_in(scene->arena, "reports", name);
        value = value == NULL ? value_in(scene->arena, "console", name) : value;
        if (value == NULL)
            fail_msg("no style sheet has --%.*s", TEXT_ARG(name));
        unsigned long expected = strtoul(value, NULL, 16);
        if (strspn(value, "0123456789abcdef") == 3) /* #fff */
            expected = (expected >> 8) * 0x110000 + (expected >> 4 & 15) * 0x1100 +
                       (expected & 15) * 0x11;
        if (colour_of(scene, paint) != expected)
            fail_msg("%.*s is %06x on paper", TEXT_ARG(name), colour_of(scene, paint));
    }
}

static void a_full_disk_is_told(void **state)
{
    struct report_scene *scene = *state;
    FILE *full = fopen("/dev/full", "wb");
    assert_non_null(full);
    (void)setvbuf(full, NULL, _IONBF, 0);
    assert_int_equal(
        report_picture_print(scene->arena,
            picture_of(scene, LANGUAGE_ZH, chart_of(scene, LANGUAGE_ZH, 0)), full),
        STATUS_INTERNAL);
    (void)fclose(full);
}

#define WITH_SCENE(test)                                                                 \
    cmocka_unit_test_setup_teardown(test, report_scene_set_up, report_scene_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCENE(a_picture_has_two_pixels_a_unit),
        WITH_SCENE(there_is_ink_inside_and_none_in_the_margins),
        WITH_SCENE(its_words_are_those_of_the_page),
        WITH_SCENE(what_is_hidden_is_nowhere),
        WITH_SCENE(the_head_says_what_it_is_of_and_when),
        WITH_SCENE(a_demonstration_has_its_mark),
        WITH_SCENE(a_long_title_is_broken_and_not_cut),
        WITH_SCENE(what_the_indicator_has_not_is_not_found),
        WITH_SCENE(too_many_columns_are_a_table_only),
        WITH_SCENE(a_picture_may_have_so_many_pixels_and_no_more),
        WITH_SCENE(every_paint_is_the_colour_of_the_pages),
        WITH_SCENE(a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
