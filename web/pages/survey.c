/* survey.c: shows the questionnaire behind a code, and takes what was filled in. A GET
   changes nothing: only the POST spends a code. */
#include "web/app.h"
#include "web/http/promise.h"
#include "web/pages/menu.h"
#include "web/pages/notice.h"
#include "web/pages/pages.h"
#include "web/pages/survey.html.h"
#include "web/pages/survey_shelf.h"
#include "web/pages/survey_view.h"
#include "web/random.h"
#include "web/selftest.h"

#include "db/trial.h"

#include "kiosk/shown.h"
#include "kiosk/stuffing.h"

#include <string.h>

enum { RETRY_AFTER_SECONDS = 5 };

static struct submission_id fresh_id(const struct door *door)
{
    unsigned char random[SUBMISSION_RANDOM_BYTES];
    random_fill(random, sizeof random);
    day_t period = period_start(
        door->admitted.programme->grain, door->admitted.wave->opens, door->today);
    return submission_id_make(period, random);
}

static enum status show_form(const struct request *request, const struct door *door,
    const struct survey_filled *filled, const struct submission_id *id, int http_status,
    struct response *response)
{
    struct survey_view view;
    enum status status = survey_view_build(request, door, filled, id, &view);
    if (status != STATUS_OK)
        return status;
    response->may_compress = true;
    survey_page(&response->body, &view, request->language);
    return page_done(response, http_status);
}

/* Whatever an empty form depends on but its id. */
static struct text shelf_name(const struct request *request, const struct door *door)
{
    const struct app *app = request->app;
    const struct settings settings = settings_of(request);
    return text_format(request->arena, "%.*s %.*s %lld %lld %d%d%d",
        TEXT_ARG(request->parameter), TEXT_ARG(door->admitted.wave->id),
        (long long)door->version->version, (long long)plans_current(app->plans)->version,
        (int)request->language, settings.is_large, settings.has_contrast);
}

/* A form that is handed out now. */
static struct text fresh_stamp(
    const struct request *request, const struct submission_id *id)
{
    const struct app *app = request->app;
    char stamp[SHOWN_LETTERS + 1];
    shown_format(store_key(app->store), id, clock_seconds(&app->clock), stamp);
    return text_copy(request->arena, text_of(stamp));
}

/* What differs from copy to copy of an empty form, as survey.html has it: the id, and
   beside it when it was handed out. */
static struct text common_stamp(const struct request *request,
    const struct submission_id *id, const struct survey_filled *fresh)
{
    char letters[SUBMISSION_ID_LETTERS + 1];
    submission_id_format(id, letters);
    return text_format(request->arena,
        "%s\"><input type=\"hidden\" name=\"" SHOWN_FIELD "\" value=\"%.*s", letters,
        TEXT_ARG(fresh->shown_at));
}

/* The empty form of an open code, from the shelf once it has been rendered. */
static enum status show_common_form(const struct request *request,
    const struct door *door, const struct submission_id *id,
    const struct survey_filled *fresh, struct response *response)
{
    const struct app *app = request->app;
    struct text stamp = common_stamp(request, id, fresh);
    struct text name = shelf_name(request, door);
    struct stamped *page = survey_shelf_take(app->shelf, name);
    if (page != NULL) {
        stamped_show(page, request, stamp, response);
        stamped_release(page);
        return page_done(response, 200);
    }
    enum status status = show_form(request, door, fresh, id, 200, response);
    if (status == STATUS_OK)
        page = stamped_new(buffer_text(&response->body), stamp);
    if (page != NULL)
        survey_shelf_put(app->shelf, name, page);
    return status;
}

enum status page_survey(struct request *request, struct response *response)
{
    struct door door;
    enum status status = door_open(request, &door);
    if (status != STATUS_OK)
        return status;
    if (door.admission != ADMISSION_OPEN)
        return notice_refusal(request, &door, response);
    if (door.menu != NULL)
        return menu_show(request, &door, response);
    struct submission_id id = fresh_id(&door);
    const struct survey_filled fresh = {.shown_at = fresh_stamp(request, &id)};
    if (fresh.shown_at.ptr == NULL)
        return STATUS_NO_MEMORY;
    if (door.grant.is_open)
        return show_common_form(request, &door, &id, &fresh, response);
    return show_form(request, &door, &fresh, &id, 200, response);
}

/* ---- taking a form ---- */

/* A form carries the version of the plan it showed; it is checked against that one. */
static void use_shown_version(const struct request *request, struct door *door)
{
    const struct app *app = request->app;
    struct text shown;
    int64_t number = 0;
    if (!request_query(request, "plan", &shown) || !text_to_number(shown, &number))
        return;
    const struct plan_version *version = plans_find(app->plans, number);
    const struct plan_programme *programme =
        version == NULL ? NULL
                        : plan_find_programme(version->plan, door->grant.programme);
    if (programme == NULL)
        return;
    door->version = version;
    door->questionnaire = programme_questionnaire(version->plan, programme);
}

/* The id that came with the form, if it is one of this wave's; a fresh one otherwise. A
   form without an id is fine; one with a bad id, or kept open since another wave, is
   shown again with a fresh one. */
static struct submission_id take_id(const struct request *request,
    const struct door *door, struct problems *problems, bool *is_given)
{
    struct submission_id id;
    size_t given = 0;
    bool is_good = true;
    for (size_t i = 0; i < request->form_count; i++) {
        if (!text_equals(request->form[i].name, TEXT("submission")))
            continue;
        struct submission_id sent;
        given++;
        is_good =
            given == 1 &&
            submission_id_parse(request->form[i].value, &sent) == STATUS_OK &&
            period_fits(door->admitted.programme->grain, door->admitted.wave->opens,
                door->admitted.wave->closes, door->today, submission_id_period(&sent));
        if (is_good)
            id = sent;
    }
    *is_given = given == 1 && is_good;
    if (!*is_given)
        id = fresh_id(door);
    if (!is_good)
        problems_add(problems,
            (struct problem){
                .message =
                    N_("The page had been open for long; please send it once more."),
            });
    return id;
}

/* The stamp that came with the form, if it is its own, and the second it tells; else
   nothing, as for a form without one: only the honest have anything to lose by it. */
static struct text take_stamp(
    const struct request *request, const struct submission_id *id, int64_t *shown)
{
    const struct app *app = request->app;
    *shown = STUFFING_NOT_SHOWN;
    for (size_t i = 0; i < request->form_count; i++) {
        const struct field *field = &request->form[i];
        if (text_equals(field->name, TEXT(SHOWN_FIELD)) &&
            shown_parse(store_key(app->store), id, field->value, shown))
            return field->value;
    }
    return (struct text){0};
}

static void describe(const struct door *door, const struct submission_id *id,
    struct submission *submission)
{
    submission->id = *id;
    submission->programme = door->grant.programme;
    submission->wave = door->admitted.wave->id;
    submission->centre = door->grant.centre;
    submission->channel = door->grant.channel;
    submission->mode = MODE_SELF;
    submission->plan_version = door->version->version;
    submission->period = submission_id_period(id);
}

static enum status thank(
    const struct request *request, const struct door *door, struct response *response)
{
    struct url thanks = url_thanks(request->language);
    if (door_is_on_tablet(door))
        thanks = url_kiosk_thanks(request->arena, door->grant.centre, request->language);
    response->status = 303;
    response->location = frame_url(request, thanks).address;
    return response->location.len == 0 ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status answer_outcome(const struct request *request, struct door *door,
    enum intake_outcome outcome, struct response *response)
{
    switch (outcome) {
    case INTAKE_STORED:
    case INTAKE_DUPLICATE:
        return thank(request, door, response);
    case INTAKE_SPENT:
        door->admission = ADMISSION_USED;
        break;
    case INTAKE_VOID:
        door->admission = ADMISSION_VOID;
        break;
    }
    return notice_refusal(request, door, response);
}

static enum status show_busy(const struct request *request, const struct door *door,
    const struct submission_id *id, struct text stamp, struct response *response)
{
    struct survey_filled filled = {.fields = request->form,
        .field_count = request->form_count,
        .is_busy = true,
        .shown_at = stamp};
    response->retry_after = RETRY_AFTER_SECONDS;
    return show_form(request, door, &filled, id, 503, response);
}

/* ---- promising ---- */

static void wait_for_client(void *context)
{
    promise_wait(context);
}

static void answer_promise(void *context, enum status status, enum intake_outcome outcome)
{
    bool is_kept =
        status == STATUS_OK && (outcome == INTAKE_STORED || outcome == INTAKE_DUPLICATE);
    if (is_kept)
        promise_keep(context);
    else
        promise_break_off(context);
}

/* Of the self-test: written, looked at, taken back. */
static enum status submit_trial(const struct request *request,
    const struct intake_entry *entry, enum intake_outcome *out)
{
    const struct app *app = request->app;
    enum status status = trial_write(app->store, entry);
    if (status != STATUS_OK)
        return status;
    selftest_note(app->selftest, entry->submission->overall);
    *out = INTAKE_STORED;
    return STATUS_OK;
}

/* The thanks are promised where they are all but certain: to open codes. */
static enum status submit(const struct request *request, const struct door *door,
    const struct submission *submission, enum intake_outcome *out)
{
    const struct app *app = request->app;
    struct intake_watch watch = {.wait = wait_for_client, .answered = answer_promise};
    struct intake_entry entry = {.submission = submission,
        .questionnaire = door->questionnaire,
        .grant = &door->grant};
    if (door->is_trial)
        return submit_trial(request, &entry, out);
    struct response thanks = {.content_type = "text/html; charset=utf-8"};
    if (door->grant.is_open && thank(request, door, &thanks) == STATUS_OK)
        watch.context = promise_make(request, &thanks);
    if (watch.context != NULL)
        entry.watch = &watch;
    return intake_submit(app->intake, &entry, out);
}

/* Keeps the submission with the flags that it deserves, by the thresholds now in force:
   the form may be of an older plan. */
static enum status submit_judged(const struct request *request, const struct door *door,
    int64_t shown, struct submission *submission, enum intake_outcome *out)
{
    const struct app *app = request->app;
    const struct plan *plan = plans_current(app->plans)->plan;
    const struct stuffing_answer answer = {.submission = submission,
        .questionnaire = door->questionnaire,
        .link = door->grant.is_open ? &door->grant.hash : NULL,
        .shown = shown,
        .now = clock_seconds(&app->clock)};
    submission->flags = watch_judge(app->watch, plan, &answer);
    enum status status = submit(request, door, submission, out);
    watch_tell(app->watch, plan, &answer, status == STATUS_OK && *out == INTAKE_STORED);
    return status;
}

/* A spent code is only let in with the id of a form, to recognise the same form sent
 * again. */
static enum status take_form(
    const struct request *request, struct door *door, struct response *response)
{
    struct problems problems;
    struct submission submission = {0};
    bool has_id;
    int64_t shown;
    problems_init(&problems, request->arena);
    struct submission_id id = take_id(request, door, &problems, &has_id);
    struct text stamp = take_stamp(request, &id, &shown);
    if (door->admission == ADMISSION_USED && !has_id)
        return notice_refusal(request, door, response);
    enum status status = submission_check(request->arena, door->questionnaire,
        request->form, request->form_count, &problems, &submission);
    if (status == STATUS_NO_MEMORY)
        return status;
    if (problems.count > 0 && door->admission == ADMISSION_USED)
        return notice_refusal(request, door, response);
    if (problems.count > 0)
        return show_form(request, door,
            &(struct survey_filled){
                request->form, request->form_count, &problems, false, stamp},
            &id, 422, response);

    describe(door, &id, &submission);
    enum intake_outcome outcome;
    status = submit_judged(request, door, shown, &submission, &outcome);
    if (status != STATUS_OK)
        return show_busy(request, door, &id, stamp, response);
    return answer_outcome(request, door, outcome, response);
}

enum status page_submit(struct request *request, struct response *response)
{
    struct door door;
    enum status status = door_open(request, &door);
    if (status != STATUS_OK)
        return status;
    if (door.admission != ADMISSION_OPEN && door.admission != ADMISSION_USED)
        return notice_refusal(request, &door, response);
    if (door.menu != NULL) { /* a menu takes no form */
        response->status = 405;
        response->allow = "GET, HEAD";
        return STATUS_OK;
    }
    use_shown_version(request, &door);
    return take_form(request, &door, response);
}
