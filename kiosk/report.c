/* report.c: sums tally cells into strata and indicators. */
#include "kiosk/report.h"

static int64_t received_in(
    const struct report_input *input, struct text programme, const struct plan_wave *wave)
{
    int64_t received = 0;
    for (size_t i = 0; i < input->cell_count; i++) {
        const struct tally_cell *cell = &input->cells[i];
        if (text_equals(cell->programme, programme) &&
            (wave == NULL || text_equals(cell->wave, wave->id)))
            received += cell->counters[0];
    }
    return received;
}

static int64_t asked_in(
    const struct report_input *input, struct text programme, struct text wave)
{
    for (size_t i = 0; i < input->asked_count; i++)
        if (text_equals(input->asked[i].programme, programme) &&
            text_equals(input->asked[i].wave, wave))
            return input->asked[i].asked;
    return -1;
}

/* Adds a part that may be unknown (-1) to a sum that is unknown until its first part. */
static void add_known(int64_t *sum, int64_t part)
{
    if (part >= 0)
        *sum = *sum < 0 ? part : *sum + part;
}

static size_t count_waves(const struct plan *plan, const struct plan_indicator *indicator)
{
    size_t count = 0;
    for (size_t i = 0; i < indicator->programme_count; i++)
        count += plan->programmes[indicator->programmes[i]].wave_count;
    return count;
}

static void add_programme(const struct report_input *input,
    const struct plan_programme *programme, struct report_indicator *out)
{
    out->received += received_in(input, programme->id, NULL);
    for (size_t i = 0; i < programme->wave_count; i++) {
        const struct plan_wave *wave = &programme->waves[i];
        if (wave->opens > input->as_of)
            continue;
        struct report_stratum stratum = {
            .programme = programme,
            .wave = wave,
            .asked = asked_in(input, programme->id, wave->id),
            .received = received_in(input, programme->id, wave),
        };
        add_known(&out->population, wave->population);
        add_known(&out->asked, stratum.asked);
        out->strata[out->stratum_count++] = stratum;
    }
}

static enum status build_indicator(struct arena *arena, const struct report_input *input,
    const struct plan_indicator *indicator, struct report_indicator *out)
{
    *out =
        (struct report_indicator){.indicator = indicator, .population = -1, .asked = -1};
    out->strata =
        arena_take_array(arena, count_waves(input->plan, indicator), sizeof *out->strata);
    if (out->strata == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < indicator->programme_count; i++)
        add_programme(input, &input->plan->programmes[indicator->programmes[i]], out);
    return STATUS_OK;
}

enum status report_build(
    struct arena *arena, const struct report_input *input, struct report *out)
{
    const struct plan *plan = input->plan;
    struct report report = {plan, input->plan_version, input->as_of, NULL};
    report.indicators =
        arena_take_array(arena, plan->indicator_count, sizeof *report.indicators);
    if (report.indicators == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < plan->indicator_count; i++) {
        enum status status =
            build_indicator(arena, input, &plan->indicators[i], &report.indicators[i]);
        if (status != STATUS_OK)
            return status;
    }
    *out = report;
    return STATUS_OK;
}
