/* notice.c: kind pages as a table: heading, lines, status; one template renders them all.
 */
#include "web/pages/notice.h"

#include "web/app.h"
#include "web/pages/notice.html.h"
#include "web/pages/pages.h"
#include "web/render/figures.h"
#include "web/tr.h"

#include "kiosk/limits.h"

struct notice {
    int http_status;
    const char *heading;
    const char *lines[NOTICE_LINES_MAX]; /* {1} is a date where the row has one */
    bool asks_for_code;
};

#define ASK_STAFF N_("If it was not you, please ask our staff, slip in hand.")

static const struct notice refusals[ADMISSION_COUNT] = {
    [ADMISSION_UNKNOWN] = {404, N_("We cannot find that code"),
        {N_("Please check your slip once more: three groups of four letters and "
            "digits.")},
        true},
    [ADMISSION_USED] = {409, N_("This code has been used"),
        {N_("A code takes one answer, and that answer has arrived."), ASK_STAFF}, true},
    [ADMISSION_VOID] = {410, N_("This code is no longer in use"),
        {N_("It was replaced. Please ask our staff for a new one.")}, true},
    [ADMISSION_TEST] = {410, N_("This is a test print"),
        {N_("The code could be read: printing works. Nothing is counted with it."),
            N_("Were you given this slip? Please ask our staff for a real one.")},
        true},
    [ADMISSION_EXPIRED] = {410, N_("This code is no longer on the screen"),
        {N_("The tablet shows a new one. Please scan it once more."),
            N_("A code can be used for ten minutes after it left the screen.")},
        true},
    [ADMISSION_WAITS] = {429, N_("Please wait a minute"),
        {N_("Many wrong codes were typed just now, so we take a break."),
            N_("Then please open the page again, or scan the code. It is still good.")},
        true},
    [ADMISSION_NOT_YET] = {410, N_("This survey has not opened yet"),
        {N_("It opens on {1}. Please keep your slip and come back then.")}, false},
    [ADMISSION_CLOSED] = {410, N_("This survey has closed"),
        {N_("It closed on {1}."), N_("You can still tell our staff what you think.")},
        false},
    [ADMISSION_CODED_ONLY] = {410, N_("This survey is answered with a slip"),
        {N_("Please use the code on the slip you were given, or ask our staff for one.")},
        true},
};

_Static_assert(ROTATING_VALID_SECONDS == 600, "as the page says");

/* The same of a code from a tablet's screen, where the next one is at hand. */
static const struct notice used_on_screen = {409, N_("This code has been used"),
    {N_("A code takes one answer, and that answer has arrived."),
        N_("Was it somebody else? The tablet shows a new code. Please scan it.")},
    true};

static const struct notice *refusal_of(const struct door *door)
{
    bool is_used = door->admission == ADMISSION_USED;
    return is_used && door->grant.is_rotating ? &used_on_screen
                                              : &refusals[door->admission];
}

static bool says_used(const struct notice *notice)
{
    return notice == &refusals[ADMISSION_USED] || notice == &used_on_screen;
}

/* HTTP errors that a person may meet; others get the last row. */
static const struct notice errors[] = {
    {400, N_("That request was not understood"), {N_("Please open the page again.")},
        false},
    {403, N_("That was not done"),
        {N_("You are signed out, or the page had been open for too long. Nothing was "
            "changed."),
            N_("Please sign in, open the page again, and do it once more.")},
        false},
    {404, N_("There is no such page"),
        {N_("Do you have a slip? Its code opens the survey.")}, true},
    {405, N_("That is not possible here"), {N_("Please open the page again.")}, false},
    {408, N_("The form did not arrive in time"),
        {N_("Please send it again. A form sent twice counts once.")}, false},
    {411, N_("That request was not understood"), {N_("Please open the page again.")},
        false},
    {413, N_("The form is too long"), {N_("Nothing was kept. Please shorten your text.")},
        false},
    {414, N_("That address is too long"), {N_("Please scan the code again.")}, false},
    {415, N_("That request was not understood"), {N_("Please open the page again.")},
        false},
    {422, N_("That is not a day"),
        {N_("Please write the day as year-month-day, such as 2026-11-22.")}, false},
    {431, N_("That request was not understood"), {N_("Please open the page again.")},
        false},
    {503, N_("We are busy just now"),
        {N_("Please try again in a moment. A form sent twice counts once.")}, false},
    {500, N_("Something went wrong on our side"),
        {N_("Please try again, or tell our staff. A form sent twice counts once.")},
        false},
};

static struct notice_view view_of(
    const struct request *request, const struct notice *notice, struct text day)
{
    struct notice_view view = {
        .frame = frame_of(request, notice->heading),
        .heading = text_of(tr(request->language, notice->heading)),
        .asks_for_code = notice->asks_for_code,
        .code_label = text_of(
            tr(request->language, says_used(notice) ? N_("Do you have another code?")
                                                    : N_("The code on your slip"))),
        .home = frame_url(request, url_home(request->language)),
    };
    while (view.line_count < NOTICE_LINES_MAX && notice->lines[view.line_count] != NULL) {
        const char *line = notice->lines[view.line_count];
        view.lines[view.line_count++] =
            tr_format(request->arena, request->language, line, &day, 1);
    }
    return view;
}

static void add_link(const struct request *request, struct notice_view *view,
    struct url url, const char *words)
{
    view->links[view->link_count++] =
        (struct notice_link){url, text_of(tr(request->language, words))};
}

static void render(const struct request *request, struct response *response,
    const struct notice_view *view)
{
    response->may_compress = true;
    notice_page(&response->body, view, request->language);
}

/* On a tablet nobody types a code, and the way back is a button. */
static void become_kiosk(
    const struct request *request, struct text centre_id, struct notice_view *view)
{
    const struct app *app = request->app;
    const struct plan_version *version = plans_current(app->plans);
    const struct plan_centre *centre =
        version == NULL ? NULL : plan_find_centre(version->plan, centre_id);
    if (centre == NULL)
        return;
    view->asks_for_code = false;
    frame_make_kiosk(request, centre, &view->frame);
}

enum status notice_refusal(
    const struct request *request, const struct door *door, struct response *response)
{
    const struct plan_wave *wave = door->admitted.wave;
    struct text day = {0};
    if (wave != NULL)
        day = figure_day(request->arena, request->language,
            door->admission == ADMISSION_NOT_YET ? wave->opens : wave->closes);
    const struct notice *notice = refusal_of(door);
    struct notice_view view = view_of(request, notice, day);
    if (door_is_on_tablet(door))
        become_kiosk(request, door->grant.centre, &view);
    if (door->admission == ADMISSION_WAITS)
        response->retry_after = GUESSES_PREFIX_SECONDS;
    render(request, response, &view);
    return page_done(response, notice->http_status);
}

enum status page_thanks(struct request *request, struct response *response)
{
    static const struct notice thanks = {200, N_("Thank you!"),
        {N_("We have your answers."),
            N_("Your name and telephone number were not recorded."),
            N_("What you said goes into this year's report."),
            N_("You can close this page now.")},
        false};

    struct notice_view view = view_of(request, &thanks, (struct text){0});
    struct text centre;
    if (request_query(request, "centre", &centre))
        become_kiosk(request, centre, &view);
    response->may_compress = true;
    notice_thanks(&response->body, &view, request->language);
    return page_done(response, thanks.http_status);
}

void page_error(const struct request *request, struct response *response, int http_status)
{
    size_t row = 0;
    size_t last = sizeof errors / sizeof *errors - 1;
    while (row < last && errors[row].http_status != http_status)
        row++;
    struct notice_view view = view_of(request, &errors[row], (struct text){0});
    if (http_status == 403)
        add_link(request, &view,
            url_signin(request->arena, request->language, (struct text){0}),
            N_("Sign in"));
    render(request, response, &view);
    response->status = http_status;
}

static enum status home(struct request *request, struct response *response,
    const struct notice *notice, struct text typed)
{
    struct notice_view view = view_of(request, notice, (struct text){0});
    view.typed = typed;
    add_link(request, &view, url_kiosk(request->arena, TEXT(""), request->language),
        N_("For a service point's tablet"));
    add_link(request, &view,
        url_signin(request->arena, request->language, (struct text){0}),
        N_("For staff: sign in"));
    render(request, response, &view);
    return page_done(response, notice->http_status);
}

enum status page_home(struct request *request, struct response *response)
{
    static const struct notice welcome = {200, N_("Please tell us how we did"),
        {N_("Type the code on your slip: three groups of four letters and digits.")},
        true};

    return home(request, response, &welcome, (struct text){0});
}

enum status page_enter_code(struct request *request, struct response *response)
{
    static const struct notice mistyped = {422,
        N_("That code is not complete or not right"),
        {N_("Please check your slip once more: three groups of four letters and "
            "digits.")},
        true};

    struct text typed = {0};
    struct code code;
    (void)request_form(request, "code", &typed);
    if (code_parse(typed, &code) != STATUS_OK)
        return home(request, response, &mistyped, typed);
    response->status = 303;
    response->location = frame_url(
        request, url_code(request->arena, text_of(code.letters), request->language, 0))
                             .address;
    return STATUS_OK;
}
