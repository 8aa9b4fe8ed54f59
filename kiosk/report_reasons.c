/* report_reasons.c: the choice items: how many ticked each option. Who was asked is often
   known by what they said before (`when: overall <= 2`), so a count of a few waves tells
   of these: an item is shown if none of the waves that it was asked in is hidden, or all
   that are hidden are among them, and if LEVELS_SHOWN_MIN answered there, as for the
   levels themselves. */
#include "kiosk/report_sum.h"

#include "kiosk/limits.h"
#include "kiosk/suppress.h"

struct asking {
    const struct report_input *input;
    struct report_indicator *of;
};

static bool is_same_item(const struct plan_item *a, const struct plan_item *b)
{
    bool is_same = text_equals(a->id, b->id) && a->option_count == b->option_count;
    for (size_t i = 0; is_same && i < a->option_count; i++)
        is_same = text_equals(a->options[i].id, b->options[i].id);
    return is_same;
}

/* The programme's item that asks the same; PLAN_NONE if it has none. */
static size_t asked_in(const struct plan *plan, const struct plan_programme *programme,
    const struct plan_item *item)
{
    const struct plan_questionnaire *asked = programme_questionnaire(plan, programme);
    for (size_t i = 0; i < asked->item_count; i++)
        if (asked->items[i].kind == ITEM_CHOICE && is_same_item(&asked->items[i], item))
            return i;
    return PLAN_NONE;
}

static bool is_listed(const struct report_indicator *of, const struct plan_item *item)
{
    for (size_t i = 0; i < of->reasons_count; i++)
        if (is_same_item(of->reasons[i].item, item))
            return true;
    return false;
}

/* Beside the item all programmes of the indicator that ask it. */
static enum status fill_item(struct arena *arena, const struct asking *asking,
    const struct plan_item *item, struct report_reasons *out)
{
    const struct plan_indicator *indicator = asking->of->indicator;
    const struct plan *plan = asking->input->plan;
    *out = (struct report_reasons){.item = item,
        .counts = arena_take_array(arena, item->option_count, sizeof *out->counts),
        .programmes = arena_take_array(
            arena, indicator->programme_count, sizeof(struct plan_programme *))};
    if (out->counts == NULL || out->programmes == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < indicator->programme_count; i++) {
        const struct plan_programme *programme =
            &plan->programmes[indicator->programmes[i]];
        if (asked_in(plan, programme, item) != PLAN_NONE)
            out->programmes[out->programme_count++] = programme;
    }
    return STATUS_OK;
}

static enum status list_items(struct arena *arena, struct asking *asking)
{
    struct report_indicator *of = asking->of;
    const struct plan *plan = asking->input->plan;
    size_t room = of->indicator->programme_count * QUESTIONNAIRE_ITEMS_MAX;
    of->reasons = arena_take_array(arena, room, sizeof *of->reasons);
    if (of->reasons == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < of->strata.count; i++) {
        const struct plan_questionnaire *asked =
            programme_questionnaire(plan, of->strata.list[i].programme);
        for (size_t j = 0; j < asked->item_count; j++) {
            const struct plan_item *item = &asked->items[j];
            if (item->kind != ITEM_CHOICE || is_listed(of, item))
                continue;
            enum status status =
                fill_item(arena, asking, item, &of->reasons[of->reasons_count++]);
            if (status != STATUS_OK)
                return status;
        }
    }
    return STATUS_OK;
}

/* Where a programme's counters of a question are; the same for all of its cells. */
struct place {
    const struct plan_programme *programme;
    size_t item; /* PLAN_NONE: it does not ask that */
    size_t offset;
};

/* Of cells of opened waves whose channel counts. Who ticked several options is in each;
   who ticked nothing is the blank. */
static void count_cell(const struct plan *plan, const struct plan_programme *programme,
    const struct tally_cell *cell, struct place *place, struct report_reasons *reasons)
{
    if (place->programme != programme) {
        place->programme = programme;
        place->item = asked_in(plan, programme, reasons->item);
        if (place->item != PLAN_NONE)
            place->offset =
                tally_offset(programme_questionnaire(plan, programme), place->item);
    }
    if (place->item == PLAN_NONE || !report_channel_counts(programme, cell->channel))
        return;
    const int64_t *counters = cell->counters + place->offset;
    reasons->n += cell->counters[0] - counters[TALLY_BLANK];
    for (size_t i = 0; i < reasons->item->option_count; i++)
        reasons->counts[i] += counters[1 + i];
}

static enum status count_all(struct arena *arena, struct asking *asking)
{
    const struct report_input *input = asking->input;
    struct report_finder finder = {
        .plan = input->plan, .indicator = asking->of->indicator};
    struct place *places =
        arena_take_array(arena, asking->of->reasons_count, sizeof *places);
    if (places == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < input->wave_count; i++) {
        const struct tally_cell *cell = &input->waves[i];
        report_find(&finder, cell);
        if (finder.wave == NULL || finder.wave->opens > input->as_of)
            continue;
        for (size_t j = 0; j < asking->of->reasons_count; j++)
            count_cell(
                input->plan, finder.programme, cell, &places[j], &asking->of->reasons[j]);
    }
    return STATUS_OK;
}

static bool may_show(const struct asking *asking, const struct report_reasons *reasons)
{
    const struct report_indicator *of = asking->of;
    size_t hidden = 0, hidden_asked = 0;
    int64_t answered = 0;
    for (size_t i = 0; i < of->strata.count; i++) {
        const struct report_row *row = &of->strata.list[i];
        bool is_asked =
            asked_in(asking->input->plan, row->programme, reasons->item) != PLAN_NONE;
        hidden += row->is_hidden;
        hidden_asked += row->is_hidden && is_asked;
        answered += is_asked && !row->is_hidden ? row->n : 0;
    }
    return answered >= LEVELS_SHOWN_MIN &&
           (hidden_asked == 0 || hidden_asked == hidden) &&
           (reasons->n == 0 || !group_is_small(reasons->n, asking->input->plan->k));
}

enum status report_add_reasons(
    struct arena *arena, const struct report_input *input, struct report_indicator *of)
{
    struct asking asking = {input, of};
    enum status status = list_items(arena, &asking);
    if (status == STATUS_OK)
        status = count_all(arena, &asking);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < of->reasons_count; i++) {
        struct report_reasons *reasons = &of->reasons[i];
        reasons->is_hidden = !may_show(&asking, reasons);
        if (!reasons->is_hidden)
            continue;
        reasons->n = NO_COUNT;
        for (size_t j = 0; j < reasons->item->option_count; j++)
            reasons->counts[j] = NO_COUNT;
    }
    return STATUS_OK;
}
