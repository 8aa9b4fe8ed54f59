/* door.c: from the letters in an address to what they open. */
#include "web/pages/door.h"

#include "web/app.h"
#include "web/selftest.h"

#include "kiosk/limits.h"

/* A centre's own code is good as long as the plan in force has the centre. */
static void open_menu(const struct app *app, struct door *door)
{
    door->version = plans_current(app->plans);
    if (door->version == NULL)
        return;
    door->menu = plan_find_centre(door->version->plan, door->grant.centre);
    if (door->menu != NULL)
        door->admission =
            door->grant.state == CODE_VOID ? ADMISSION_VOID : ADMISSION_OPEN;
}

/* ---- codes that tablets show ---- */

/* What was handed out while its code was good may be filled in at leisure. */
static bool was_handed_out(
    const struct request *request, const struct code *code, int64_t age_s)
{
    const struct app *app = request->app;
    struct text given;
    return age_s < ROTATING_FORM_SECONDS && request_query(request, "form", &given) &&
           rotating_proof_holds(store_key(app->store), code, given);
}

/* A code of a screen that is good goes through, with the proof that it was. Another is
   expired; or unknown, where only chance makes it look like one. */
static enum status check_turn(
    const struct request *request, const struct code *code, struct door *door)
{
    const struct app *app = request->app;
    const int64_t now = clock_seconds(&app->clock);
    struct turn shown = door->grant.turn;
    shown.screen = door->grant.centre_screen;
    const int64_t age = rotation_age(&shown, now);
    struct rotating_proof proof = rotating_proof(store_key(app->store), code);
    if (rotation_opens(app->rotation, &shown, now) ||
        was_handed_out(request, code, age)) {
        door->proof = text_copy(request->arena, text_of(proof.letters));
        return door->proof.ptr == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    }
    if (door->grant.state == CODE_SPENT)
        return STATUS_OK;
    door->admission = ADMISSION_EXPIRED;
    return age > ROTATING_KNOWN_SECONDS || age < -ROTATING_KNOWN_SECONDS
               ? STATUS_NOT_FOUND
               : STATUS_OK;
}

/* Known by the key alone, without asking the store: a guess is one once in 50,000 times,
   and then the store knows no such screen. So however many guess, whoever scans what a
   tablet shows is let in. */
static bool is_of_a_screen(const struct request *request, const struct code *code)
{
    const struct app *app = request->app;
    struct turn shown;
    if (!rotating_turn(store_key(app->store), code, &shown))
        return false;
    int64_t age = rotation_age(&shown, clock_seconds(&app->clock));
    return age > -ROTATING_FORM_SECONDS && age < ROTATING_FORM_SECONDS;
}

static enum status find_code(
    const struct request *request, const struct code *code, struct door *door)
{
    const struct app *app = request->app;
    enum status status = codes_find(app->store, code, request->arena, &door->grant);
    if (status == STATUS_OK && door->grant.is_rotating)
        status = check_turn(request, code, door);
    if (status == STATUS_NOT_FOUND)
        *door = (struct door){.admission = ADMISSION_UNKNOWN, .today = door->today};
    return status;
}

/* ---- the self-test ---- */

/* It is answered on any day: the wave's nearest one, by which ids are made and checked.
 */
static void open_trial(const struct app *app, struct door *door)
{
    door->version = plans_current(app->plans);
    if (door->version == NULL)
        return;
    const struct plan *plan = door->version->plan;
    door->admitted.programme = plan_find_programme(plan, door->grant.programme);
    if (door->admitted.programme != NULL)
        door->admitted.wave =
            programme_find_wave(door->admitted.programme, door->grant.wave);
    if (door->admitted.wave == NULL)
        return;
    if (door->today < door->admitted.wave->opens)
        door->today = door->admitted.wave->opens;
    if (door->today > door->admitted.wave->closes)
        door->today = door->admitted.wave->closes;
    door->questionnaire = programme_questionnaire(plan, door->admitted.programme);
    door->is_trial = true;
    door->admission = ADMISSION_OPEN;
}

static bool find_trial(
    const struct request *request, const struct code *code, struct door *door)
{
    const struct app *app = request->app;
    bool is_one = app->selftest != NULL &&
                  selftest_find(app->selftest, code, request->arena, &door->grant);
    if (is_one)
        open_trial(app, door);
    return is_one;
}

bool door_is_on_tablet(const struct door *door)
{
    return door->grant.channel == CHANNEL_KIOSK && !door->grant.is_rotating;
}

enum status door_open(const struct request *request, struct door *out)
{
    const struct app *app = request->app;
    struct code code;
    *out =
        (struct door){.admission = ADMISSION_UNKNOWN, .today = clock_today(&app->clock)};
    if (code_parse(request->parameter, &code) != STATUS_OK)
        return STATUS_OK;
    if (find_trial(request, &code, out))
        return STATUS_OK;
    if (!guesses_may(app->guesses, &code, clock_ms()) &&
        !is_of_a_screen(request, &code)) {
        out->admission = ADMISSION_WAITS;
        return STATUS_OK;
    }
    enum status status = find_code(request, &code, out);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        guesses_tell(app->guesses, &code, status == STATUS_OK, clock_ms());
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status != STATUS_OK || out->admission == ADMISSION_EXPIRED)
        return status;
    if (out->grant.programme.len == 0) {
        open_menu(app, out);
        return STATUS_OK;
    }
    out->version =
        plans_find_programme(app->plans, out->grant.programme, out->grant.wave);
    if (out->version == NULL)
        return STATUS_OK;
    const struct plan *plan = out->version->plan;
    out->admission = admission_decide(plan, &out->grant, out->today, &out->admitted);
    if (out->admitted.programme != NULL)
        out->questionnaire = programme_questionnaire(plan, out->admitted.programme);
    return STATUS_OK;
}
