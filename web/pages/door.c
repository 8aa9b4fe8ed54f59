/* door.c: from the letters in an address to what they open. */
#include "web/pages/door.h"

#include "web/app.h"

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

enum status door_open(const struct request *request, struct door *out)
{
    const struct app *app = request->app;
    struct code code;
    *out =
        (struct door){.admission = ADMISSION_UNKNOWN, .today = clock_today(&app->clock)};
    if (code_parse(request->parameter, &code) != STATUS_OK)
        return STATUS_OK;
    if (!guesses_may(app->guesses, &code, clock_ms())) {
        out->admission = ADMISSION_WAITS;
        return STATUS_OK;
    }
    enum status status = codes_find(app->store, &code, request->arena, &out->grant);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        guesses_tell(app->guesses, &code, status == STATUS_OK, clock_ms());
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status != STATUS_OK)
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
