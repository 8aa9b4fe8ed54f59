/* codes_do.c: what a form of the codes' pages asks for: slips, a batch taken back, people
   who were given a slip, a new code for a poster. */
#include "web/app.h"
#include "web/pages/codes_view.h"
#include "web/pages/pages.h"
#include "web/tr.h"

#include "db/batches.h"
#include "db/codes.h"
#include "db/posters.h"
#include "kiosk/limits.h"

struct doing {
    struct request *request;
    struct response *response;
    const struct app *app;
    struct actor actor;
    struct text programme; /* as sent */
    struct text wave;
    const struct plan_programme *of; /* NULL: there is none such */
    const struct plan_wave *in;      /* the same */
};

static struct text field(const struct doing *doing, const char *name)
{
    struct text value = {0};
    (void)request_form(doing->request, name, &value);
    return value;
}

static enum status refuse(const struct doing *doing, const char *message, int http_status)
{
    return codes_show(doing->request, doing->response, doing->programme, doing->wave,
        message, http_status);
}

/* Back to the page that the form was on. */
static enum status go_back(const struct doing *doing)
{
    struct request *request = doing->request;
    struct url page = doing->in == NULL
                          ? url_page(request->arena, "/codes", request->language)
                          : url_codes_wave(request->arena, doing->of->id, doing->in->id,
                                request->language);
    doing->response->status = 303;
    doing->response->location = page.address;
    return page.address.len == 0 ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- slips ---- */

static enum status print_failed(const struct doing *doing, enum status status)
{
    switch (status) {
    case STATUS_NOT_FOUND:
        return refuse(doing,
            N_("The server has no font with Chinese characters: nothing was printed. Ask "
               "whoever runs it to install fonts-noto-cjk."),
            503);
    case STATUS_INVALID:
        return refuse(doing,
            N_("The programme's name has a character that the server's font lacks: "
               "nothing was printed. Write it with another one in the plan."),
            409);
    case STATUS_TOO_LARGE:
        return refuse(doing,
            N_("The public address of this server is too long for a symbol: nothing was "
               "printed."),
            409);
    case STATUS_OK:
    case STATUS_CONFLICT:
    case STATUS_CLOSED:
    case STATUS_BUSY:
    case STATUS_NO_MEMORY:
    case STATUS_INTERNAL:
    case STATUS_COUNT:
        break;
    }
    return status;
}

static enum status print(const struct doing *doing, bool is_test)
{
    int64_t count = 0;
    struct codes_wish wish = {
        .programme = doing->of,
        .wave = doing->in,
        .centre = field(doing, "centre"),
        .per_page = field(doing, "per_page"),
        .is_test = is_test,
    };
    if (doing->in == NULL)
        return refuse(
            doing, N_("That wave is not in the plan. Nothing was changed."), 404);
    if (doing->actor.today > doing->in->closes)
        return refuse(doing,
            N_("This wave is over: new slips would open nothing. Nothing was printed."),
            409);
    const struct plan *plan = plans_current(doing->app->plans)->plan;
    if (wish.centre.len > 0 && !programme_has_centre(plan, doing->of, wish.centre))
        return refuse(doing,
            N_("The programme is not at that service point. Nothing was "
               "printed."),
            422);
    if (!is_test && (!text_to_number(text_trim(field(doing, "count")), &count) ||
                        count < 1 || count > CODES_CONSOLE_MAX))
        return refuse(
            doing, N_("How many slips? Please give a number from 1 to 10000."), 422);
    wish.count = (size_t)count;
    return print_failed(doing, codes_send_slips(doing->request, &wish, doing->response));
}

static enum status print_slips(const struct doing *doing)
{
    return print(doing, false);
}

static enum status print_test(const struct doing *doing)
{
    return print(doing, true);
}

/* ---- batches ---- */

static enum status void_batch(const struct doing *doing)
{
    int64_t batch = 0;
    int64_t voided = 0;
    bool is_full = false;
    struct text reason = {0};
    if (!text_clean(doing->request->arena, field(doing, "reason"), &reason, &is_full) ||
        reason.len == 0 || text_count_characters(reason) > WORDING_CHARACTERS_MAX)
        return is_full
                   ? STATUS_NO_MEMORY
                   : refuse(doing,
                         N_("Please say why the batch is taken back; it is kept."), 422);
    enum status status = STATUS_NOT_FOUND;
    if (text_to_number(field(doing, "batch"), &batch))
        status = codes_void_by(doing->app->store, batch, reason, &doing->actor, &voided);
    if (status == STATUS_NOT_FOUND)
        return refuse(doing, N_("There is no such batch. Nothing was changed."), 404);
    if (status == STATUS_CONFLICT)
        return refuse(
            doing, N_("That batch was taken back before. Nothing was changed."), 409);
    return status == STATUS_OK ? go_back(doing) : status;
}

/* ---- people ---- */

/* "10" or "-1". */
static bool read_change(struct text word, int64_t *out)
{
    bool is_less = word.len > 0 && word.ptr[0] == '-';
    struct text digits = {word.ptr + (is_less ? 1 : 0), word.len - (is_less ? 1 : 0)};
    if (!text_to_number(digits, out) || *out == 0)
        return false;
    *out = is_less ? -*out : *out;
    return true;
}

static enum status hand(const struct doing *doing)
{
    int64_t number = 0;
    bool is_given = read_change(field(doing, "given"), &number);
    bool is_refused = !is_given && read_change(field(doing, "refused"), &number);
    if (doing->in == NULL || (!is_given && !is_refused))
        return refuse(doing, N_("That is not possible here. Nothing was changed."), 422);
    const struct handout change = {is_given ? number : 0, is_given ? 0 : number};
    enum status status =
        handouts_add(doing->app->store, doing->of->id, doing->in->id, &change);
    if (status == STATUS_INVALID)
        return refuse(
            doing, N_("There can't be fewer than none. Nothing was changed."), 409);
    return status == STATUS_OK ? go_back(doing) : status;
}

/* ---- posters ---- */

static enum status renew(const struct doing *doing)
{
    enum status status = posters_renew(
        doing->app->store, doing->programme, field(doing, "centre"), &doing->actor);
    if (status == STATUS_NOT_FOUND)
        return refuse(doing, N_("There is no such poster. Nothing was changed."), 404);
    return status == STATUS_OK ? go_back(doing) : status;
}

enum status page_codes_take(struct request *request, struct response *response)
{
    static const struct {
        const char *word;
        enum status (*run)(const struct doing *doing);
    } actions[] = {{"slips", print_slips}, {"test", print_test}, {"void", void_batch},
        {"hand", hand}, {"renew", renew}};

    const struct app *app = request->app;
    const struct plan_version *version = plans_current(app->plans);
    struct doing doing = {.request = request,
        .response = response,
        .app = app,
        .actor = {clock_today(&app->clock), &request->visitor->account.id}};
    doing.programme = field(&doing, "programme");
    doing.wave = field(&doing, "wave");
    if (version != NULL)
        doing.of = plan_find_programme(version->plan, doing.programme);
    if (doing.of != NULL)
        doing.in = programme_find_wave(doing.of, doing.wave);
    struct text action = field(&doing, "action");
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (text_equals(action, text_of(actions[i].word)))
            return actions[i].run(&doing);
    return refuse(&doing, N_("That is not possible here. Nothing was changed."), 422);
}
