/* rehearsal_sheet.c: compares, line by line. Counts must be equal; a rate is compared as
   printed, computed here from the counted answers; the truth of an indicator is only held
   against its interval. */
#include "web/render/rehearsal_sheet.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>

struct comparing {
    struct arena *arena;
    struct rehearsal_sheet *sheet;
    const struct rehearsal *rehearsal;
    const struct demo *demo;
    const struct report_indicator *of;
    bool is_full;
};

static void add_line(struct comparing *comparing, struct rehearsal_line line)
{
    struct rehearsal_sheet *sheet = comparing->sheet;
    if (sheet->count == sheet->capacity) {
        size_t capacity = sheet->capacity == 0 ? 256 : 2 * sheet->capacity;
        struct rehearsal_line *lines = arena_grow(comparing->arena, sheet->lines,
            sheet->capacity * sizeof *lines, capacity * sizeof *lines);
        if (lines == NULL) {
            comparing->is_full = true;
            return;
        }
        sheet->lines = lines;
        sheet->capacity = capacity;
    }
    sheet->lines[sheet->count++] = line;
    if (!line.is_heading)
        sheet->outcomes[line.outcome]++;
}

static struct text say(const struct comparing *comparing, const char *message)
{
    return text_of(tr(comparing->sheet->language, message));
}

static void compare_texts(struct comparing *comparing, struct text name,
    struct text expected, struct text measured)
{
    add_line(
        comparing, (struct rehearsal_line){.name = name,
                       .expected = expected,
                       .measured = measured,
                       .outcome = text_equals(expected, measured) ? REHEARSAL_EQUAL
                                                                  : REHEARSAL_DIFFERENT});
}

static void compare_counts(
    struct comparing *comparing, struct text name, int64_t expected, int64_t measured)
{
    compare_texts(comparing, name, figure_count(comparing->arena, expected),
        figure_count(comparing->arena, measured));
}

/* ---- rows ---- */

/* "received / valid / satisfied / rate" in one line. */
static struct text row_figures(const struct comparing *comparing, int64_t received,
    int64_t n, int64_t x, int64_t rate_bp)
{
    return text_format(comparing->arena, "%lld / %lld / %lld / %.*s", (long long)received,
        (long long)n, (long long)x, TEXT_ARG(figure_percent(comparing->arena, rate_bp)));
}

static void compare_row(struct comparing *comparing, enum rehearsal_break by,
    const struct report_row *row, struct text name)
{
    const struct plan *plan = comparing->sheet->report->plan;
    const struct plan_indicator *indicator = comparing->of->indicator;
    struct rehearsal_count count =
        rehearsal_count_row(plan, comparing->demo, indicator, by, row);
    if (row->is_hidden) {
        add_line(comparing,
            (struct rehearsal_line){.name = name,
                .expected = figure_count(comparing->arena, count.received),
                .measured =
                    text_format(comparing->arena, "%lld / ＊", (long long)row->received),
                .outcome = count.received == row->received ? REHEARSAL_HIDDEN
                                                           : REHEARSAL_DIFFERENT});
        return;
    }
    int64_t rate =
        count.n == 0 ? NO_COUNT : printed_share(count.x, count.n, indicator->target_bp);
    compare_texts(comparing, name,
        row_figures(comparing, count.received, count.n, count.x, rate),
        row_figures(comparing, row->received, row->n, row->x, row->rate.rate_bp));
}

static struct text name_of(const struct comparing *comparing, enum rehearsal_break by,
    const struct report_row *row)
{
    struct arena *arena = comparing->arena;
    enum language language = comparing->sheet->language;
    const struct plan_centre *centre;
    switch (by) {
    case REHEARSE_WAVE:
        return text_format(arena, "%.*s %.*s",
            TEXT_ARG(tr_wording(language, &row->programme->name)),
            TEXT_ARG(row->wave->id));
    case REHEARSE_CENTRE:
        centre = plan_find_centre(comparing->sheet->report->plan, row->centre);
        return centre == NULL ? row->centre : tr_wording(language, &centre->name);
    case REHEARSE_CHANNEL:
        return text_of(figure_channel(language, row->channel));
    case REHEARSE_PERIOD:
        return day_format(arena, row->period);
    case REHEARSE_ITEM:
        return tr_wording(language, &row->item->text);
    }
    return TEXT("");
}

static void compare_rows(
    struct comparing *comparing, enum rehearsal_break by, const struct report_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        compare_row(
            comparing, by, &rows->list[i], name_of(comparing, by, &rows->list[i]));
}

/* ---- an indicator ---- */

static int64_t codes_of(const struct comparing *comparing)
{
    const struct plan *plan = comparing->sheet->report->plan;
    const struct plan_indicator *indicator = comparing->of->indicator;
    int64_t codes = 0;
    bool has_codes = false;
    for (size_t i = 0; i < comparing->demo->group_count; i++) {
        const struct demo_group *group = &comparing->demo->groups[i];
        if (&plan->indicators[group->programme->indicator] != indicator)
            continue;
        has_codes |= group->code_count > 0;
        codes += (int64_t)group->code_count;
    }
    return has_codes ? codes : NO_COUNT;
}

static void compare_truth(struct comparing *comparing)
{
    const struct report_indicator *of = comparing->of;
    struct arena *arena = comparing->arena;
    double truth = rehearsal_true_figure(comparing->rehearsal, of);
    bool is_score = of->indicator->measure == MEASURE_SCORE;
    double scale = is_score ? 1 : 100;
    double lo = is_score ? of->figure.mean.lo : of->figure.interval.lo;
    double hi = is_score ? of->figure.mean.hi : of->figure.interval.hi;
    if (of->is_hidden || of->n == 0 || isnan(truth) || isnan(lo) || isnan(hi))
        return;
    bool is_inside = truth >= lo - 1e-9 && truth <= hi + 1e-9;
    const char *unit = is_score ? "" : "%";
    add_line(comparing,
        (struct rehearsal_line){.name = say(comparing, N_("the truth, and the interval")),
            .expected = text_format(arena, "%.2f%s", truth * scale, unit),
            .measured = text_format(arena, "%.2f–%.2f%s", lo * scale, hi * scale, unit),
            .outcome = is_inside ? REHEARSAL_INSIDE : REHEARSAL_OUTSIDE});
}

static void compare_figure(struct comparing *comparing)
{
    const struct report_indicator *of = comparing->of;
    struct rehearsal_count count =
        rehearsal_count_indicator(comparing->sheet->report->plan, comparing->demo, of);
    compare_counts(
        comparing, say(comparing, N_("received")), count.received, of->received);
    compare_counts(
        comparing, say(comparing, N_("asked")), codes_of(comparing), of->asked);
    if (of->is_hidden)
        return;
    compare_counts(comparing, say(comparing, N_("valid")), count.n, of->n);
    compare_counts(comparing, say(comparing, N_("satisfied")), count.x, of->x);
    compare_counts(
        comparing, say(comparing, N_("left open")), count.missing, of->missing);
    compare_truth(comparing);
}

static void compare_indicator(struct comparing *comparing)
{
    const struct report_indicator *of = comparing->of;
    add_line(comparing,
        (struct rehearsal_line){.is_heading = true,
            .name = tr_wording(comparing->sheet->language, &of->indicator->name)});
    compare_figure(comparing);
    compare_rows(comparing, REHEARSE_WAVE, &of->strata);
    compare_rows(comparing, REHEARSE_CENTRE, &of->by_centre);
    compare_rows(comparing, REHEARSE_CHANNEL, &of->by_channel);
    compare_rows(comparing, REHEARSE_PERIOD, &of->by_period);
    compare_rows(comparing, REHEARSE_ITEM, &of->items);
}

enum status rehearsal_compare(struct arena *arena, enum language language,
    const struct rehearsal *rehearsal, const struct demo *demo,
    const struct report *report, struct rehearsal_sheet *out)
{
    struct comparing comparing = {
        .arena = arena, .sheet = out, .rehearsal = rehearsal, .demo = demo};
    *out = (struct rehearsal_sheet){.language = language, .report = report};
    for (size_t i = 0; i < report->plan->indicator_count; i++) {
        comparing.of = &report->indicators[i];
        if (comparing.of->indicator->kind == INDICATOR_RATING)
            compare_indicator(&comparing);
    }
    return comparing.is_full ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- words ---- */

const char *rehearsal_word(enum language language, enum rehearsal_outcome outcome)
{
    static const char *const words[REHEARSAL_OUTCOME_COUNT] = {
        [REHEARSAL_EQUAL] = N_("equal"),
        [REHEARSAL_DIFFERENT] = N_("DIFFERENT"),
        [REHEARSAL_HIDDEN] = N_("too few to show"),
        [REHEARSAL_INSIDE] = N_("inside"),
        [REHEARSAL_OUTSIDE] = N_("outside"),
    };
    return tr(language, words[outcome]);
}

struct text rehearsal_summary(struct arena *arena, const struct rehearsal_sheet *sheet)
{
    const int64_t *outcomes = sheet->outcomes;
    const struct text arguments[] = {figure_count(arena, outcomes[REHEARSAL_EQUAL]),
        figure_count(arena, outcomes[REHEARSAL_DIFFERENT]),
        figure_count(arena, outcomes[REHEARSAL_HIDDEN]),
        figure_count(arena, outcomes[REHEARSAL_INSIDE]),
        figure_count(arena, outcomes[REHEARSAL_INSIDE] + outcomes[REHEARSAL_OUTSIDE])};
    return tr_format(arena, sheet->language,
        N_("Equal: {1}. Different: {2}. Too few to show: {3}. The truth lies inside the "
           "interval of {4} of {5} indicators; one in twenty may miss by chance."),
        arguments, 5);
}
