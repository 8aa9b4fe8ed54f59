/* reports_pictures.c: the drawings of an indicator: into its page as SVG, and each by
   itself as PNG under an address of its own. */
#include "web/pages/pages.h"
#include "web/pages/print.h"
#include "web/pages/reports_view.h"
#include "web/render/canvas_svg.h"
#include "web/render/report_picture.h"

enum { DRAWING_BYTES_MAX = 262144 };

struct report_telling reports_telling(const struct reports_making *making)
{
    return (struct report_telling){making->arena, making->language, making->report};
}

/* ---- in the page ---- */

static struct html draw(
    const struct reports_making *making, const struct report_chart *chart, struct text id)
{
    static const char *const classes[REPORT_CHART_COUNT] = {
        [REPORT_CHART_WAVES] = "whiskers",
        [REPORT_CHART_QUARTERS] = "whiskers",
        [REPORT_CHART_PERIODS] = "whiskers",
        [REPORT_CHART_CENTRES] = "heat",
        [REPORT_CHART_WEEKS] = "control",
    };
    struct buffer out;
    struct canvas_svg svg;
    buffer_init(&out, making->arena, DRAWING_BYTES_MAX);
    canvas_svg_open(&svg, &out,
        &(struct canvas_svg_head){.css_class = classes[chart->kind],
            .width = report_chart_width(chart),
            .height = report_chart_height(chart),
            .has_size = true,
            .id = id,
            .title = chart->title,
            .description = chart->description});
    report_chart_draw(&svg.canvas, making->arena, chart);
    canvas_svg_close(&svg);
    return reports_drawing(&out);
}

struct reports_picture reports_draw(const struct reports_making *making,
    const struct report_indicator *of, const struct report_chart *chart, struct text id,
    struct text programme)
{
    const struct report_telling telling = reports_telling(making);
    struct report_picture picture;
    struct reports_picture out = {.drawing = draw(making, chart, id)};
    if (report_picture_make(&telling, of, chart, &picture) == STATUS_OK)
        out.png = url_report_picture(making->arena, of->indicator->id,
            report_chart_name(chart->kind), programme, making->language,
            making->as_of_asked);
    return out;
}

/* ---- by itself ---- */

struct picture_work {
    struct arena *arena;
    struct report_picture picture;
    FILE *spool;
};

static enum status print(void *argument)
{
    struct picture_work *work = argument;
    return report_picture_print(work->arena, &work->picture, work->spool);
}

/* The drawing that the address names: there is a route for each. */
static enum report_chart_kind kind_of(const struct request *request)
{
    enum report_chart_kind kind = REPORT_CHART_WAVES;
    while (kind + 1 < REPORT_CHART_COUNT &&
           !text_equals(
               request->path, text_format(request->arena, "/reports/%.*s/%s.png",
                                  TEXT_ARG(request->parameter), report_chart_name(kind))))
        kind++;
    return kind;
}

/* NOT_FOUND: there is no such drawing, or it is hidden, or too large for a picture. */
static enum status find(const struct request *request,
    const struct reports_making *making, struct report_chart *chart,
    struct report_picture *picture)
{
    const struct report *report = making->report;
    const struct report_telling telling = reports_telling(making);
    const struct plan_indicator *indicator =
        plan_find_indicator(report->plan, request->parameter);
    struct text programme = {0};
    (void)request_query(request, "programme", &programme);
    if (indicator == NULL || indicator->kind == INDICATOR_APPRAISAL)
        return STATUS_NOT_FOUND;
    const struct report_indicator *of =
        &report->indicators[indicator - report->plan->indicators];
    enum status status =
        report_chart_find(&telling, of, kind_of(request), programme, chart);
    if (status != STATUS_OK)
        return status;
    if (chart->kind == REPORT_CHART_WAVES)
        chart->title = reports_strata_title(making, of);
    status = report_picture_make(&telling, of, chart, picture);
    return status == STATUS_TOO_LARGE ? STATUS_NOT_FOUND : status;
}

static enum status show_picture(const struct request *request,
    const struct reports_making *making, struct response *response)
{
    struct report_chart chart;
    struct picture_work work = {.arena = making->arena};
    enum status status = find(request, making, &chart, &work.picture);
    if (status == STATUS_NOT_FOUND) {
        page_error(request, response, 404);
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = print_send(request, print, &work, &work.spool, response);
    if (status == STATUS_NOT_FOUND || status == STATUS_INVALID) {
        page_error(request, response, 500);
        return STATUS_OK;
    }
    response->content_type = "image/png";
    response->download = text_format(request->arena, "%.*s-%s.png",
        TEXT_ARG(request->parameter), report_chart_name(chart.kind))
                             .ptr;
    return status;
}

enum status page_reports_picture(struct request *request, struct response *response)
{
    return reports_answer(request, show_picture, response);
}
