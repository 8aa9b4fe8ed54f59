/* flags.c: flagged answers as counts. There is nothing to press: a flag asks a question,
   and whoever could remove what it is on could remove anything. */
#include "web/app.h"
#include "web/pages/flags.html.h"
#include "web/pages/flags_view.h"
#include "web/pages/pages.h"
#include "web/render/figures.h"
#include "web/tr.h"

#include "db/flag_hours.h"
#include "db/tally_store.h"
#include "kiosk/limits.h"

/* Counts of a wave, a centre or the whole. */
struct flag_counts {
    int64_t received;
    int64_t flagged;
    int64_t rules[STUFFING_RULE_COUNT];
};

/* What is counted, in an arena of its own: a year has many cells. */
struct counting {
    const struct request *request;
    const struct app *app;
    const struct plan *plan;
    struct arena *arena;
    struct flag_counts all;
    struct flag_counts *centres; /* of each of the plan's, and one more: none given */
    struct flags_view *view;
};

static struct text say(const struct counting *counting, const char *message)
{
    return text_of(tr(counting->request->language, message));
}

static struct text say_with(const struct counting *counting, const char *message,
    struct text first, struct text second, struct text third)
{
    const struct text arguments[] = {first, second, third};
    return tr_format(
        counting->request->arena, counting->request->language, message, arguments, 3);
}

static struct text count_of(const struct counting *counting, int64_t count)
{
    return figure_count(counting->request->arena, count);
}

/* Of a table with mostly none: nothing where there are none. */
static struct text some_of(const struct counting *counting, int64_t count)
{
    return count == 0 ? ((struct text){0}) : count_of(counting, count);
}

/* ---- counting ---- */

static void add_cell(struct flag_counts *counts, const struct tally_cell *cell)
{
    int64_t n = cell->counters[0];
    counts->received += n;
    if (cell->flags == 0)
        return;
    counts->flagged += n;
    for (unsigned rule = 0; rule < STUFFING_RULE_COUNT; rule++)
        counts->rules[rule] += (cell->flags >> rule & 1) != 0 ? n : 0;
}

static size_t centre_index(const struct plan *plan, struct text centre)
{
    size_t at = 0;
    while (at < plan->centre_count && !text_equals(plan->centres[at].id, centre))
        at++;
    return at;
}

static struct flags_row row_of(const struct counting *counting,
    const struct flag_counts *counts, struct text name, struct text detail)
{
    struct flags_row row = {.name = name,
        .detail = detail,
        .received = count_of(counting, counts->received),
        .flagged = count_of(counting, counts->flagged)};
    for (size_t rule = 0; rule < STUFFING_RULE_COUNT; rule++)
        row.rules[rule] = some_of(counting, counts->rules[rule]);
    return row;
}

enum { ROWS_MAX = 200 }; /* of a table: a request's arena holds its page */

static void count_wave(struct counting *counting, const struct plan_programme *programme,
    const struct plan_wave *wave, const struct tally_cell *cells, size_t count)
{
    struct flags_view *view = counting->view;
    struct flag_counts counts = {0};
    for (size_t i = 0; i < count; i++) {
        if (!text_equals(cells[i].wave, wave->id))
            continue;
        add_cell(&counts, &cells[i]);
        add_cell(&counting->all, &cells[i]);
        add_cell(
            &counting->centres[centre_index(counting->plan, cells[i].centre)], &cells[i]);
    }
    if (counts.flagged > 0 && view->wave_count < ROWS_MAX)
        view->waves[view->wave_count++] = row_of(counting, &counts,
            tr_wording(counting->request->language, &programme->name), wave->id);
}

static enum status count_programme(
    struct counting *counting, const struct plan_programme *programme)
{
    struct tally_cell *cells = NULL;
    size_t count = 0;
    enum status status = tally_list(counting->app->store, counting->arena, TALLY_BY_WAVE,
        programme->id, &cells, &count);
    for (size_t i = 0; i < programme->wave_count && status == STATUS_OK; i++)
        count_wave(counting, programme, &programme->waves[i], cells, count);
    return status;
}

static struct text centre_name(const struct counting *counting, size_t index)
{
    const struct plan *plan = counting->plan;
    return index < plan->centre_count
               ? tr_wording(counting->request->language, &plan->centres[index].name)
               : say(counting, N_("no centre given"));
}

static void list_centres(struct counting *counting)
{
    struct flags_view *view = counting->view;
    for (size_t i = 0; i <= counting->plan->centre_count; i++)
        if (counting->centres[i].flagged > 0 && view->centre_count < ROWS_MAX)
            view->centres[view->centre_count++] = row_of(counting, &counting->centres[i],
                centre_name(counting, i), (struct text){0});
}

/* ---- hours ---- */

static struct text hour_words(const struct counting *counting, int hour)
{
    return text_format(counting->request->arena, "%02d:00–%02d:00", hour, hour + 1);
}

/* The rows of one centre stand together, by flags and then by hour. */
static size_t add_hours(struct counting *counting, const struct flag_hour *list,
    size_t count, struct flags_hours *out)
{
    int64_t counts[HOURS_OF_DAY][STUFFING_RULE_COUNT] = {{0}};
    bool has_any[HOURS_OF_DAY] = {false};
    size_t used = 0;
    while (used < count && text_equals(list[used].centre, list[0].centre)) {
        const struct flag_hour *row = &list[used++];
        has_any[row->hour] = true;
        for (unsigned rule = 0; rule < STUFFING_RULE_COUNT; rule++)
            counts[row->hour][rule] += (row->flags >> rule & 1) != 0 ? row->count : 0;
    }
    *out = (struct flags_hours){
        .centre = centre_name(counting, centre_index(counting->plan, list[0].centre))};
    for (int hour = 0; hour < HOURS_OF_DAY; hour++) {
        if (!has_any[hour])
            continue;
        struct flags_hour *into = &out->hours[out->hour_count++];
        into->hour = hour_words(counting, hour);
        for (size_t rule = 0; rule < STUFFING_RULE_COUNT; rule++)
            into->rules[rule] = some_of(counting, counts[hour][rule]);
    }
    return used;
}

static enum status list_hours(struct counting *counting)
{
    struct flags_view *view = counting->view;
    struct flag_hour *list = NULL;
    size_t count = 0;
    enum status status = flag_hours_list(
        counting->app->store, counting->arena, counting->plan->year, &list, &count);
    view->hours = arena_take_array(counting->arena, ROWS_MAX, sizeof *view->hours);
    if (status == STATUS_OK && view->hours == NULL)
        status = STATUS_NO_MEMORY;
    for (size_t at = 0;
         at < count && status == STATUS_OK && view->hours_count < ROWS_MAX;)
        at +=
            add_hours(counting, list + at, count - at, &view->hours[view->hours_count++]);
    view->hours_note = say_with(counting,
        N_("Hours are added here once {1} answers with the same flags are together at a "
           "centre, so that no hour tells of one answer. So they come later than the "
           "counts above, and there may be fewer."),
        count_of(counting, counting->plan->k), (struct text){0}, (struct text){0});
    return status;
}

/* ---- rules ---- */

static struct text clock_words(const struct counting *counting, int minutes)
{
    return text_format(counting->request->arena, "%02d:%02d", minutes / 60, minutes % 60);
}

static struct text meaning_of(const struct counting *counting, enum stuffing_rule rule)
{
    const struct plan_flags *flags = &counting->plan->flags;
    const struct plan_hours *hours = &counting->plan->hours;
    const struct text nothing = {0};
    switch (rule) {
    case STUFFING_BURST:
        return say_with(counting,
            N_("More than {1} answers through one code of a tablet, or {2} through one "
               "poster, within {3} minutes. What goes over is flagged."),
            count_of(counting, flags->tablet), count_of(counting, flags->poster),
            count_of(counting, flags->minutes));
    case STUFFING_FAST:
        if (flags->fast == 0)
            return say(counting, N_("Switched off in the plan."));
        return say_with(counting,
            N_("Sent sooner after the form was opened than {1} s for each question "
               "answered."),
            count_of(counting, flags->fast), nothing, nothing);
    case STUFFING_STREAK:
        return say_with(counting,
            N_("The same answers {1} times in a row through one poster or tablet, with "
               "no hour between two of them; from the {1}th on."),
            count_of(counting, flags->streak), nothing, nothing);
    case STUFFING_NIGHT:
        return say_with(counting, N_("Sent outside {1}–{2}."),
            clock_words(counting, hours->from), clock_words(counting, hours->to),
            nothing);
    case STUFFING_RULE_COUNT:
        break;
    }
    return nothing;
}

static void list_rules(struct counting *counting)
{
    static const struct {
        const char *name;
        const char *not_proven;
    } words[STUFFING_RULE_COUNT] = {
        [STUFFING_BURST] = {N_("Burst"),
            N_("A large meeting, or several tablets with one code, may do this too.")},
        [STUFFING_FAST] = {N_("Too fast"),
            N_("Who knows the questions, or heard them read aloud, may be as quick.")},
        [STUFFING_STREAK] = {N_("Streak"),
            N_("Where all are content, all answers are equal.")},
        [STUFFING_NIGHT] = {N_("Night"),
            N_("Who works late answers when there is time.")},
    };
    for (int rule = 0; rule < STUFFING_RULE_COUNT; rule++)
        counting->view->rules[rule] = (struct flags_rule){
            .name = say(counting, words[rule].name),
            .meaning = meaning_of(counting, (enum stuffing_rule)rule),
            .not_proven = say(counting, words[rule].not_proven),
            .count = count_of(counting, counting->all.rules[rule]),
        };
}

/* ---- the page ---- */

static enum status fill(struct counting *counting)
{
    const struct plan *plan = counting->plan;
    struct flags_view *view = counting->view;
    struct arena *arena = counting->arena;
    counting->centres =
        arena_take_array(arena, plan->centre_count + 1, sizeof *counting->centres);
    view->waves = arena_take_array(arena, ROWS_MAX, sizeof *view->waves);
    view->centres = arena_take_array(arena, ROWS_MAX, sizeof *view->centres);
    if (counting->centres == NULL || view->waves == NULL || view->centres == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < plan->programme_count; i++) {
        enum status status = count_programme(counting, &plan->programmes[i]);
        if (status != STATUS_OK)
            return status;
    }
    list_centres(counting);
    list_rules(counting);
    view->year = text_format(counting->request->arena, "%d", plan->year);
    view->received = count_of(counting, counting->all.received);
    view->flagged = count_of(counting, counting->all.flagged);
    view->wave_head = say(counting, N_("Programme and wave"));
    view->centre_head = say(counting, N_("Service point"));
    view->has_flagged = counting->all.flagged > 0;
    return list_hours(counting);
}

static enum status show(struct counting *counting, struct response *response)
{
    enum status status = fill(counting);
    if (status != STATUS_OK)
        return status;
    flags_page(&response->body, counting->view, counting->request->language);
    return page_done(response, 200);
}

enum status page_flags(struct request *request, struct response *response)
{
    const struct app *app = request->app;
    const struct plan_version *version = plans_current(app->plans);
    struct flags_view view = {.frame = console_frame_of(request, N_("Flagged answers"))};
    if (version == NULL) {
        page_error(request, response, 404);
        return STATUS_OK;
    }
    struct counting counting = {.request = request,
        .app = app,
        .plan = version->plan,
        .view = &view,
        .arena = arena_new(REPORT_ARENA_BYTES)};
    if (counting.arena == NULL)
        return STATUS_NO_MEMORY;
    enum status status = show(&counting, response);
    arena_free(counting.arena);
    return status;
}
