/* comments_view.c: which waves have comments, and a page of one wave's. */
#include "web/pages/comments_view.h"

#include "web/app.h"
#include "web/releases.h"
#include "web/render/figures.h"
#include "web/render/report_comments.h"
#include "web/tr.h"

#include "db/comments.h"
#include "kiosk/limits.h"

#include <stdlib.h>

enum { WAVES_MAX = 100 };

struct viewing {
    const struct request *request;
    const struct app *app;
    struct arena *arena; /* of the list of waves */
    struct comments_view *view;
};

static struct text say(const struct viewing *viewing, const char *message)
{
    return text_of(tr(viewing->request->language, message));
}

static struct text count_of(const struct viewing *viewing, int64_t count)
{
    return figure_count(viewing->request->arena, count);
}

/* ---- waves ---- */

/* A wave with its place in the list: those that wait first, then as in the plan. */
struct counted {
    const struct report_comment_wave *wave;
    const struct plan_programme *programme; /* NULL: no plan has it */
    size_t rank;
};

static int compare_waves(const void *a, const void *b)
{
    const struct counted *left = a;
    const struct counted *right = b;
    bool left_waits = left->wave->counts[REVIEW_WAITS] > 0;
    bool right_waits = right->wave->counts[REVIEW_WAITS] > 0;
    if (left_waits != right_waits)
        return left_waits ? -1 : 1;
    return (left->rank > right->rank) - (left->rank < right->rank);
}

static const struct plan_programme *find_programme(
    const struct viewing *viewing, const struct report_comment_wave *wave)
{
    const struct plan_version *version =
        plans_find_programme(viewing->app->plans, wave->programme, wave->wave);
    return version == NULL ? NULL : plan_find_programme(version->plan, wave->programme);
}

/* Programmes in the order of the plan in force, their waves too; others behind them. */
static size_t rank_of(const struct viewing *viewing, const struct counted *counted)
{
    const struct plan_version *current = plans_current(viewing->app->plans);
    const struct plan_programme *programme =
        current == NULL ? NULL
                        : plan_find_programme(current->plan, counted->wave->programme);
    if (programme == NULL)
        return SIZE_MAX;
    const struct plan_wave *wave = programme_find_wave(programme, counted->wave->wave);
    size_t place = wave == NULL ? PROGRAMME_WAVES_MAX : (size_t)(wave - programme->waves);
    return (size_t)(programme - current->plan->programmes) * (PROGRAMME_WAVES_MAX + 1) +
           place;
}

static struct text name_of(const struct viewing *viewing, const struct counted *counted)
{
    return counted->programme == NULL
               ? counted->wave->programme
               : tr_wording(viewing->request->language, &counted->programme->name);
}

static int64_t held_of(const struct report_comment_wave *wave)
{
    int64_t held = 0;
    for (int review = REVIEW_NAMES; review < REVIEW_COUNT; review++)
        held += wave->counts[review];
    return held;
}

static enum status list_waves(
    const struct viewing *viewing, const struct counted *list, size_t count)
{
    struct comments_view *view = viewing->view;
    struct arena *arena = viewing->request->arena;
    const struct text shown = count_of(viewing, WAVES_MAX);
    size_t listed = count < WAVES_MAX ? count : WAVES_MAX;
    view->waves = arena_take_array(arena, listed, sizeof *view->waves);
    if (view->waves == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < listed; i++) {
        const struct report_comment_wave *wave = list[i].wave;
        const struct comments_address address = {
            .programme = wave->programme, .wave = wave->wave};
        view->waves[view->wave_count++] = (struct comments_wave){
            .page = url_comments(arena, &address, viewing->request->language),
            .programme = name_of(viewing, &list[i]),
            .wave = wave->wave,
            .waiting = count_of(viewing, wave->counts[REVIEW_WAITS]),
            .shown = count_of(viewing, wave->counts[REVIEW_SHOWN]),
            .held = count_of(viewing, held_of(wave)),
            .is_chosen = text_equals(wave->programme, view->programme) &&
                         text_equals(wave->wave, view->wave)};
    }
    if (count > WAVES_MAX)
        view->waves_cut = tr_format(arena, viewing->request->language,
            N_("The first {1} are listed; the others follow as these are done."), &shown,
            1);
    return STATUS_OK;
}

/* The wave that is asked for, else the first. NULL: there is none. */
static const struct counted *choose(
    const struct comments_asked *asked, const struct counted *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equals(list[i].wave->programme, asked->programme) &&
            text_equals(list[i].wave->wave, asked->wave))
            return &list[i];
    return count > 0 ? &list[0] : NULL;
}

/* ---- the chosen one ---- */

static void list_tabs(const struct viewing *viewing, const struct counted *chosen)
{
    struct comments_view *view = viewing->view;
    for (int i = 0; i < COMMENTS_TABS; i++) {
        enum review review = (enum review)(REVIEW_WAITS + i);
        const struct comments_address address = {
            view->programme, view->wave, review_word(review), {0}};
        view->tabs[i] =
            (struct comments_tab){.page = url_comments(viewing->request->arena, &address,
                                      viewing->request->language),
                .words = text_of(report_review_words(viewing->request->language, review)),
                .count = count_of(viewing, chosen->wave->counts[review]),
                .is_current = review == view->review};
    }
}

static size_t count_texts(const struct plan_questionnaire *questionnaire)
{
    size_t texts = 0;
    for (size_t i = 0; i < questionnaire->item_count; i++)
        texts += questionnaire->items[i].kind == ITEM_TEXT;
    return texts;
}

/* What was asked, where one can't know. */
static struct text question_of(
    const struct viewing *viewing, const struct counted *chosen, struct text item)
{
    const struct plan_version *version = plans_find_programme(
        viewing->app->plans, chosen->wave->programme, chosen->wave->wave);
    if (version == NULL || chosen->programme == NULL)
        return (struct text){0};
    const struct plan_questionnaire *questionnaire =
        programme_questionnaire(version->plan, chosen->programme);
    size_t found = questionnaire_find_item(questionnaire, item);
    if (found == PLAN_NONE || count_texts(questionnaire) < 2)
        return (struct text){0};
    return tr_wording(viewing->request->language, &questionnaire->items[found].text);
}

static enum status list_entries(const struct viewing *viewing,
    const struct counted *chosen, const struct comment_row *rows, size_t count)
{
    struct comments_view *view = viewing->view;
    struct arena *arena = viewing->request->arena;
    size_t listed = count < COMMENTS_PAGE_MAX ? count : COMMENTS_PAGE_MAX;
    view->entries = arena_take_array(arena, listed, sizeof *view->entries);
    if (view->entries == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < listed; i++) {
        const struct text number = count_of(viewing, (int64_t)i + 1);
        view->entries[view->entry_count++] =
            (struct comments_entry){.id = comment_id_format(arena, &rows[i].id),
                .label = tr_format(
                    arena, viewing->request->language, N_("Comment {1}"), &number, 1),
                .question = question_of(viewing, chosen, rows[i].item),
                .text = rows[i].text};
    }
    if (count <= COMMENTS_PAGE_MAX)
        return STATUS_OK;
    const struct comments_address next = {
        view->programme, view->wave, view->state, view->entries[listed - 1].id};
    view->onward = url_comments(arena, &next, viewing->request->language);
    return STATUS_OK;
}

static enum status read_page(const struct viewing *viewing, const struct counted *chosen)
{
    struct comments_view *view = viewing->view;
    struct comments_query query = {.programme = view->programme,
        .wave = view->wave,
        .review = view->review,
        .limit = COMMENTS_PAGE_MAX + 1};
    struct comment_row *rows;
    size_t count = 0;
    if (view->after.len > 0 && !comment_id_parse(view->after, &query.after))
        view->after = (struct text){0};
    const struct comments_address first = {view->programme, view->wave, view->state, {0}};
    if (view->after.len > 0)
        view->begin =
            url_comments(viewing->request->arena, &first, viewing->request->language);
    enum status status = comments_list(
        viewing->app->store, viewing->request->arena, &query, &rows, &count);
    return status == STATUS_OK ? list_entries(viewing, chosen, rows, count) : status;
}

static struct text none_words(const struct viewing *viewing)
{
    if (viewing->view->after.len > 0)
        return say(viewing,
            N_("That was the last one. If you skipped any, they are at the beginning."));
    return say(viewing, viewing->view->review == REVIEW_WAITS
                            ? N_("Everything here has been read.")
                            : N_("There is none here."));
}

/* The same list, in the language that is not spoken here. */
static struct url in_other_language(const struct viewing *viewing)
{
    const struct comments_view *view = viewing->view;
    const struct comments_address here = {
        view->programme, view->wave, view->state, view->after};
    return url_comments(viewing->request->arena, &here,
        viewing->request->language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH);
}

static enum status fill_chosen(const struct viewing *viewing,
    const struct comments_asked *asked, const struct counted *chosen)
{
    struct comments_view *view = viewing->view;
    bool is_asked = text_equals(chosen->wave->programme, asked->programme) &&
                    text_equals(chosen->wave->wave, asked->wave);
    view->has_chosen = true;
    view->programme = chosen->wave->programme;
    view->wave = chosen->wave->wave;
    view->title = name_of(viewing, chosen);
    view->wave_name = chosen->wave->wave;
    view->review = REVIEW_WAITS;
    if (is_asked &&
        (!review_parse(asked->state, &view->review) || !review_is_decision(view->review)))
        view->review = REVIEW_WAITS;
    view->state = review_word(view->review);
    view->after = is_asked ? asked->after : (struct text){0};
    list_tabs(viewing, chosen);
    enum status status = read_page(viewing, chosen);
    view->frame.page.other_language = in_other_language(viewing);
    view->none = none_words(viewing);
    return status;
}

/* ---- the page ---- */

static enum status count_waves(
    const struct viewing *viewing, struct counted **out, size_t *count)
{
    struct arena *arena = viewing->arena;
    struct report_comment_wave *waves;
    enum status status = comments_count(viewing->app->store, arena, &waves, count);
    if (status != STATUS_OK)
        return status;
    struct counted *list = arena_take_array(arena, *count, sizeof *list);
    if (list == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < *count; i++) {
        list[i] = (struct counted){.wave = &waves[i]};
        list[i].programme = find_programme(viewing, &waves[i]);
        list[i].rank = rank_of(viewing, &list[i]);
    }
    if (*count > 0)
        qsort(list, *count, sizeof *list, compare_waves);
    *out = list;
    return STATUS_OK;
}

enum status comments_view_build(const struct request *request, struct arena *arena,
    const struct comments_asked *asked, struct comments_view *out)
{
    const struct app *app = request->app;
    const struct viewing viewing = {request, app, arena, out};
    struct counted *list = NULL;
    size_t count = 0;
    *out = (struct comments_view){
        .frame = console_frame_of(request, N_("Comments")),
        .action = url_page(request->arena, "/comments", request->language),
        .all_waves = url_anchor(request->arena, TEXT("waves")),
    };
    enum status status = releases_refresh(app);
    (void)status; /* what was released before is shown meanwhile */
    status = count_waves(&viewing, &list, &count);
    const struct counted *chosen =
        status == STATUS_OK ? choose(asked, list, count) : NULL;
    if (chosen != NULL)
        status = fill_chosen(&viewing, asked, chosen);
    return status == STATUS_OK ? list_waves(&viewing, list, count) : status;
}
