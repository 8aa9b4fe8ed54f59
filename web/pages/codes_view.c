/* codes_view.c: the figures of waves, from batches, hand-outs, the tally and the report.
 */
#include "web/pages/codes_view.h"

#include "web/app.h"
#include "web/releases.h"
#include "web/render/figures.h"
#include "web/tr.h"

#include "db/batches.h"
#include "db/codes.h"
#include "db/report_load.h"
#include "db/tally_store.h"
#include "kiosk/limits.h"

/* What all rows of a page need. */
struct viewing {
    const struct request *request;
    const struct app *app;
    const struct plan *plan;
    const struct report *report;
    day_t today;
};

static struct text say(const struct viewing *viewing, const char *message)
{
    return text_of(tr(viewing->request->language, message));
}

static struct text say_with(
    const struct viewing *viewing, const char *message, struct text argument)
{
    return tr_format(
        viewing->request->arena, viewing->request->language, message, &argument, 1);
}

static struct text count_of(const struct viewing *viewing, int64_t count)
{
    return figure_count(viewing->request->arena, count);
}

void codes_view_begin(const struct request *request, struct codes_view *view)
{
    *view = (struct codes_view){
        .frame = console_frame_of(request, N_("Codes and posters")),
        .action = url_page(request->arena, "/codes", request->language),
        .home = url_page(request->arena, "/codes", request->language),
    };
}

/* ---- one wave ---- */

/* Submissions of a wave: with a code of one's own, and others. */
struct answered {
    int64_t coded;
    int64_t other;
};

static enum status count_answers(const struct viewing *viewing,
    const struct plan_programme *programme, struct text wave, struct answered *out)
{
    struct tally_cell *cells;
    size_t count = 0;
    *out = (struct answered){0};
    enum status status = tally_list(viewing->app->store, viewing->request->arena,
        TALLY_BY_WAVE, programme->id, &cells, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (!text_equals(cells[i].wave, wave))
            continue;
        bool is_coded =
            cells[i].channel == CHANNEL_SLIP || cells[i].channel == CHANNEL_LINK;
        *(is_coded ? &out->coded : &out->other) += cells[i].counters[0];
    }
    return status;
}

static struct text days_of(const struct viewing *viewing, const struct plan_wave *wave)
{
    struct arena *arena = viewing->request->arena;
    enum language language = viewing->request->language;
    if (viewing->today < wave->opens)
        return say_with(
            viewing, N_("opens on {1}"), figure_day(arena, language, wave->opens));
    if (viewing->today > wave->closes)
        return say_with(
            viewing, N_("ended on {1}"), figure_day(arena, language, wave->closes));
    int64_t left = (int64_t)wave->closes - viewing->today;
    if (left == 0)
        return say(viewing, N_("last day"));
    struct text days = count_of(viewing, left);
    return tr_format(
        arena, language, trn(language, "{1} day left", "{1} days left", left), &days, 1);
}

/* What is still open of the indicator that the wave belongs to; nothing to a wave that
   takes no answers any more. */
static struct text settle_of(const struct viewing *viewing,
    const struct plan_programme *programme, const struct plan_wave *wave)
{
    const struct report_indicator *of =
        &viewing->report->indicators[programme->indicator];
    if (viewing->today > wave->closes)
        return (struct text){0};
    if (of->is_hidden || of->n <= 0)
        return say(viewing, N_("too few answers yet"));
    if (of->to_settle == 0)
        return say(viewing, N_("certain: nothing can change it"));
    if (of->to_settle != NO_COUNT)
        return say_with(viewing, N_("{1} more satisfied answers make it certain"),
            count_of(viewing, of->to_settle));
    if (of->to_decide != NO_COUNT && of->to_decide > 0)
        return say_with(viewing, N_("about {1} more answers like these decide it"),
            count_of(viewing, of->to_decide));
    return say(viewing, N_("no number of answers makes it certain"));
}

static enum status list_batches(const struct viewing *viewing, struct text programme,
    struct text wave, struct batch_record **out, size_t *count)
{
    return batches_list(
        viewing->app->store, viewing->request->arena, programme, wave, out, count);
}

static enum status row_of(const struct viewing *viewing,
    const struct plan_programme *programme, const struct plan_wave *wave,
    struct codes_row *out)
{
    enum language language = viewing->request->language;
    struct batch_record *batches;
    struct handout handout;
    struct answered answered = {0};
    size_t count = 0;
    int64_t asked = NO_COUNT;
    int64_t printed = 0;
    int64_t voided = 0;
    enum status status = list_batches(viewing, programme->id, wave->id, &batches, &count);
    if (status == STATUS_OK)
        status = handouts_get(viewing->app->store, programme->id, wave->id, &handout);
    if (status == STATUS_OK)
        status = codes_asked(viewing->app->store, programme->id, wave->id, &asked);
    if (status == STATUS_OK)
        status = count_answers(viewing, programme, wave->id, &answered);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        printed += batches[i].count;
        voided += batches[i].voided;
    }
    *out = (struct codes_row){
        .page =
            url_codes_wave(viewing->request->arena, programme->id, wave->id, language),
        .programme = tr_wording(language, &programme->name),
        .wave = wave->id,
        .days = days_of(viewing, wave),
        .population =
            count_of(viewing, wave->population < 0 ? NO_COUNT : wave->population),
        .asked = count_of(viewing, asked < 0 ? NO_COUNT : asked),
        .printed = count_of(viewing, printed),
        .handed_out = count_of(viewing, handout.handed_out),
        .refused = count_of(viewing, handout.refused),
        .voided = count_of(viewing, voided),
        .answered = count_of(viewing, answered.coded),
        .walk_in = count_of(viewing, answered.other),
        .rate =
            figure_percent(viewing->request->arena, figure_share(answered.coded, asked)),
        .settle = settle_of(viewing, programme, wave),
    };
    return STATUS_OK;
}

/* ---- posters ---- */

static struct codes_poster poster_of(const struct viewing *viewing, struct text programme,
    const struct plan_centre *centre)
{
    struct arena *arena = viewing->request->arena;
    return (struct codes_poster){
        .programme = programme,
        .centre = centre->id,
        .name = tr_wording(viewing->request->language, &centre->name),
        .pdf = url_poster(arena, "pdf", programme, centre->id),
        .png = url_poster(arena, "png", programme, centre->id),
    };
}

static enum status add_own_posters(const struct viewing *viewing, struct codes_view *view)
{
    const struct plan *plan = viewing->plan;
    view->posters = arena_take_array(
        viewing->request->arena, plan->centre_count, sizeof *view->posters);
    if (view->posters == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < plan->centre_count; i++)
        view->posters[view->poster_count++] =
            poster_of(viewing, TEXT(""), &plan->centres[i]);
    return STATUS_OK;
}

static enum status add_posters(const struct viewing *viewing,
    const struct plan_programme *programme, struct codes_view *view)
{
    size_t count = programme->centre_count;
    struct arena *arena = viewing->request->arena;
    view->posters = arena_take_array(arena, count, sizeof *view->posters);
    view->centres = arena_take_array(arena, count, sizeof *view->centres);
    if (view->posters == NULL || view->centres == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const struct plan_centre *centre = &viewing->plan->centres[programme->centres[i]];
        view->posters[i] = poster_of(viewing, programme->id, centre);
        view->centres[i] = (struct codes_choice){centre->id, view->posters[i].name};
    }
    view->centre_count = count;
    view->poster_count = programme->coded_only ? 0 : count;
    view->all_posters = url_poster(arena, "pdf", programme->id, TEXT(""));
    return STATUS_OK;
}

/* ---- batches ---- */

static struct text became_of(
    const struct viewing *viewing, const struct batch_record *batch)
{
    const struct text said[] = {count_of(viewing, batch->voided), batch->reason};
    return tr_format(viewing->request->arena, viewing->request->language,
        N_("{1} taken back: {2}"), said, 2);
}

/* Batches of fewer than k slips are one row: who got them might be known. */
static void add_small(const struct viewing *viewing, int64_t batches, int64_t codes,
    struct codes_view *view)
{
    if (batches == 0)
        return;
    view->batches[view->batch_count++] = (struct codes_batch){
        .words = say_with(viewing, N_("{1} small batches"), count_of(viewing, batches)),
        .count = count_of(viewing, codes),
    };
}

static enum status add_batches(const struct viewing *viewing, struct text programme,
    struct text wave, struct codes_view *view)
{
    struct batch_record *list;
    size_t count = 0;
    int64_t small = 0;
    int64_t small_codes = 0;
    struct arena *arena = viewing->request->arena;
    enum status status = list_batches(viewing, programme, wave, &list, &count);
    if (status != STATUS_OK)
        return status;
    view->batches = arena_take_array(arena, count + 1, sizeof *view->batches);
    if (view->batches == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const struct batch_record *batch = &list[i];
        if (batch->count < viewing->plan->k) {
            small++;
            small_codes += batch->count;
            continue;
        }
        view->batches[view->batch_count++] = (struct codes_batch){
            .id = batch->id,
            .words = say_with(viewing, N_("Batch {1}"), count_of(viewing, batch->id)),
            .count = count_of(viewing, batch->count),
            .made_on = day_format(arena, batch->made_on),
            .made_by = batch->made_by.len > 0 ? batch->made_by
                                              : say(viewing, N_("command line")),
            .voided = batch->is_voided ? became_of(viewing, batch) : (struct text){0},
        };
    }
    add_small(viewing, small, small_codes, view);
    return STATUS_OK;
}

/* ---- the two pages ---- */

static int group_of(const struct plan_wave *wave, day_t today)
{
    if (today < wave->opens)
        return 1;
    return today > wave->closes ? 2 : 0;
}

static enum status add_row(const struct viewing *viewing,
    const struct plan_programme *programme, const struct plan_wave *wave,
    struct codes_view *view)
{
    struct codes_group *group = &view->groups[group_of(wave, viewing->today)];
    return row_of(viewing, programme, wave, &group->rows[group->row_count++]);
}

/* A plan has a wave a day for a year at most: the pages show the nearest ones. */
enum { WAVES_SHOWN_MAX = 40 };

static enum status add_rows(const struct viewing *viewing, struct codes_view *view)
{
    static const char *const titles[CODES_GROUPS] = {
        N_("Open now"), N_("To come"), N_("Over")};
    for (int i = 0; i < CODES_GROUPS; i++) {
        struct codes_group *group = &view->groups[i];
        group->title = say(viewing, titles[i]);
        group->rows = arena_take_array(
            viewing->request->arena, WAVES_SHOWN_MAX, sizeof *group->rows);
        if (group->rows == NULL)
            return STATUS_NO_MEMORY;
    }
    for (size_t i = 0; i < viewing->plan->programme_count; i++) {
        const struct plan_programme *programme = &viewing->plan->programmes[i];
        for (size_t j = 0; j < programme->wave_count; j++) {
            const struct plan_wave *wave = &programme->waves[j];
            if (view->groups[group_of(wave, viewing->today)].row_count == WAVES_SHOWN_MAX)
                continue;
            enum status status = add_row(viewing, programme, wave, view);
            if (status != STATUS_OK)
                return status;
        }
    }
    return STATUS_OK;
}

static enum status add_wave(const struct viewing *viewing, struct text programme_id,
    struct text wave_id, struct codes_view *view)
{
    const struct plan_programme *programme =
        plan_find_programme(viewing->plan, programme_id);
    const struct plan_wave *wave =
        programme == NULL ? NULL : programme_find_wave(programme, wave_id);
    if (wave == NULL)
        return STATUS_NOT_FOUND;
    int64_t asked = 0;
    view->programme = programme->id;
    view->wave = wave->id;
    view->is_over = viewing->today > wave->closes;
    view->is_coded_only = programme->coded_only;
    enum status status = row_of(viewing, programme, wave, &view->row);
    if (status == STATUS_OK)
        status = codes_asked(viewing->app->store, programme->id, wave->id, &asked);
    int64_t left = wave->population - (asked < 0 ? 0 : asked);
    if (left > CODES_CONSOLE_MAX)
        left = CODES_CONSOLE_MAX;
    if (left > 0)
        view->suggested = count_of(viewing, left);
    if (status == STATUS_OK)
        status = add_posters(viewing, programme, view);
    return status == STATUS_OK ? add_batches(viewing, programme->id, wave->id, view)
                               : status;
}

/* Makes the report in an arena of its own, for the time of building; what is shown is in
   the request's. An empty programme: all waves. */
static enum status build(const struct request *request, struct text programme,
    struct text wave, struct codes_view *view)
{
    const struct app *app = request->app;
    const struct plan_version *version = plans_current(app->plans);
    if (version == NULL)
        return STATUS_NOT_FOUND;
    struct arena *arena = arena_new(REPORT_ARENA_BYTES);
    if (arena == NULL)
        return STATUS_NO_MEMORY;
    struct report report;
    struct viewing viewing = {
        request, app, version->plan, &report, clock_today(&app->clock)};
    enum status status = releases_refresh(app);
    (void)status; /* the figures stay those released before */
    status =
        report_load(app->store, arena, version, viewing.today, viewing.today, &report);
    if (status == STATUS_OK && programme.len > 0)
        status = add_wave(&viewing, programme, wave, view);
    else if (status == STATUS_OK) {
        status = add_rows(&viewing, view);
        if (status == STATUS_OK)
            status = add_own_posters(&viewing, view);
    }
    arena_free(arena);
    return status;
}

enum status codes_view_all(const struct request *request, struct codes_view *view)
{
    return build(request, (struct text){0}, (struct text){0}, view);
}

enum status codes_view_wave(const struct request *request, struct text programme,
    struct text wave, struct codes_view *view)
{
    return build(request, programme, wave, view);
}
