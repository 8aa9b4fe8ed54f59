/* published_view.c: figures of published reports in words, for pages of both kinds. */
#include "web/pages/published_view.h"

#include "web/render/figures.h"
#include "web/tr.h"

bool published_number(struct text parameter, int64_t *out)
{
    return text_to_number(parameter, out) && *out >= 1 && parameter.ptr[0] != '0';
}

static struct text number_of(const struct published_making *making, int64_t number)
{
    return text_format(making->arena, "%lld", (long long)number);
}

void published_head_fill(const struct published_making *making,
    const struct published *published, struct published_one *out)
{
    struct arena *arena = making->arena;
    enum language language = making->language;
    *out = (struct published_one){
        .number = number_of(making, published->number),
        .year = number_of(making, published->year),
        .as_of = day_format(arena, published->as_of),
        .published_on = day_format(arena, published->published_on),
        .plan = number_of(making, published->plan_version),
        .seal = seal_digest_text(arena, &published->seal),
        .digest = seal_digest_text(arena, &published->digest),
        .page = url_published(arena, "/published/", published->number, "", language),
        .notice = url_published(
            arena, "/published/", published->number, "/notice.pdf", language),
        .json = url_published(
            arena, "/publish/", published->number, "/report.json", LANGUAGE_ZH),
        .compare = url_published(arena, "/publish/", published->number, "", language),
    };
}

static void fill_figure(const struct published_making *making,
    const struct public_indicator *of, struct published_figure *out)
{
    struct arena *arena = making->arena;
    *out = (struct published_figure){
        .name = tr_wording(making->language, &of->name),
        .target = public_target(arena, of),
        .value = public_value(arena, of),
        .interval = of->is_rated ? public_range(arena, of) : TEXT("–"),
        .counts = of->is_rated ? public_counts(arena, of) : TEXT("–"),
        .shape = text_of(of->is_rated ? figure_shape(of->verdict) : ""),
        .verdict = public_verdict(making->language, of),
    };
}

static bool is_said(const struct published_one *out, struct text sentence)
{
    for (size_t i = 0; i < out->measure_count; i++)
        if (text_equals(out->measures[i], sentence))
            return true;
    return false;
}

static void tell_measure(const struct published_making *making,
    const struct public_indicator *of, struct published_one *out)
{
    const struct text arguments[] = {
        text_of(figure_measure(making->language, of->measure)),
        text_format(making->arena, "%lld%%", (long long)of->confidence_bp / 100)};
    struct text sentence = tr_format(making->arena, making->language,
        N_("What counts as satisfied: {1}. The interval holds with {2} confidence; it "
           "speaks of chance alone."),
        arguments, 2);
    if (!is_said(out, sentence))
        out->measures[out->measure_count++] = sentence;
}

enum status published_figures_fill(const struct published_making *making,
    const struct public_report *report, struct published_one *out)
{
    size_t count = report->indicator_count;
    out->figures = arena_take_array(making->arena, count, sizeof *out->figures);
    out->measures = arena_take_array(making->arena, count, sizeof *out->measures);
    if (out->figures == NULL || out->measures == NULL)
        return STATUS_NO_MEMORY;
    out->fingerprint = report->fingerprint;
    for (size_t i = 0; i < count; i++) {
        fill_figure(making, &report->indicators[i], &out->figures[out->figure_count++]);
        if (report->indicators[i].is_rated)
            tell_measure(making, &report->indicators[i], out);
    }
    return STATUS_OK;
}

enum status published_read_one(const struct published_making *making, struct store *store,
    int64_t number, struct published *published, struct public_report *report)
{
    enum status status = published_get(store, making->arena, number, published);
    if (status != STATUS_OK)
        return status;
    return published_read(making->arena, published->report, report);
}
