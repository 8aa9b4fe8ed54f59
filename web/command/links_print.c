/* links_print.c: `manyi links --format pdf`. */
#include "web/command/links_print.h"

#include "web/render/sheet_poster.h"
#include "web/tr.h"

#include "db/codes.h"

enum { POSTER_ARENA_BYTES = 65536 };
#define A3_SCALE 1.41421356

static bool is_paper(const char *asked)
{
    return asked == NULL || text_equals(text_of(asked), TEXT("a4")) ||
           text_equals(text_of(asked), TEXT("a3"));
}

bool links_read(const struct invocation *call, const struct plan *plan)
{
    const char *programme = call->values[OPTION_PROGRAMME];
    const char *centre = call->values[OPTION_CENTRE];
    const char *message = NULL;
    const char *word = NULL;
    if (programme != NULL && plan_find_programme(plan, text_of(programme)) == NULL) {
        message = N_("The plan has no programme \"{1}\".");
        word = programme;
    } else if (centre != NULL && plan_find_centre(plan, text_of(centre)) == NULL) {
        message = N_("The plan has no centre \"{1}\".");
        word = centre;
    } else if (!is_paper(call->values[OPTION_PAPER])) {
        message = N_("--paper is a4 or a3, not {1}.");
        word = call->values[OPTION_PAPER];
    }
    if (message != NULL)
        complain(call, tr(call->language, message), word, NULL);
    return message == NULL;
}

bool links_wants(const struct invocation *call, const struct plan_programme *programme,
    const struct plan_centre *centre)
{
    struct text only = text_of(call->values[OPTION_PROGRAMME]);
    struct text at = text_of(call->values[OPTION_CENTRE]);
    return !programme->coded_only &&
           (only.len == 0 || text_equals(only, programme->id)) &&
           (at.len == 0 || text_equals(at, centre->id));
}

/* What all posters of a call have in common. */
struct hanging {
    const struct invocation *call;
    const struct session *session;
    const struct plan *plan;
    struct sheet *sheet;
    struct arena *arena; /* of the poster at hand */
    struct text public_url;
};

static enum status print_poster(const struct hanging *hanging,
    const struct plan_programme *programme, const struct plan_centre *centre)
{
    struct poster poster = {
        .organisation = tr_wording(LANGUAGE_ZH, &hanging->plan->organisation),
        .centre = tr_wording(LANGUAGE_ZH, &centre->name),
        .programme = tr_wording(LANGUAGE_ZH, &programme->name),
        .public_url = hanging->public_url,
        .is_demo = hanging->session->is_demo,
    };
    enum status status =
        codes_open(hanging->session->store, programme->id, centre->id, &poster.code);
    if (status != STATUS_OK) /* the plan is there, so its codes are */
        return status == STATUS_NOT_FOUND ? STATUS_INTERNAL : status;
    arena_reset(hanging->arena);
    status = poster_draw(hanging->sheet, hanging->arena, &poster);
    if (status == STATUS_OK)
        sheet_next_page(hanging->sheet);
    return status;
}

static enum status print_all(const struct hanging *hanging)
{
    const struct plan *plan = hanging->plan;
    for (size_t i = 0; i < plan->programme_count; i++) {
        const struct plan_programme *programme = &plan->programmes[i];
        for (size_t j = 0; j < programme->centre_count; j++) {
            const struct plan_centre *centre = &plan->centres[programme->centres[j]];
            if (!links_wants(hanging->call, programme, centre))
                continue;
            enum status status = print_poster(hanging, programme, centre);
            if (status != STATUS_OK)
                return status;
        }
    }
    return STATUS_OK;
}

static enum status print_to(struct hanging *hanging, FILE *spool)
{
    const char *paper = hanging->call->values[OPTION_PAPER];
    bool is_large = paper != NULL && text_equals(text_of(paper), TEXT("a3"));
    const struct sheet_options options = {.format = SHEET_PDF,
        .scale = is_large ? A3_SCALE : 1,
        .out = spool,
        .title = tr_wording(LANGUAGE_ZH, &hanging->plan->organisation),
        .day = hanging->session->today};
    enum status status = sheet_open(&options, &hanging->sheet);
    if (status != STATUS_OK)
        return status;
    status = print_all(hanging);
    enum status closed = sheet_close(hanging->sheet);
    return status == STATUS_OK ? closed : status;
}

enum exit_code links_print(
    const struct invocation *call, const struct session *session, const struct plan *plan)
{
    struct hanging hanging = {.call = call,
        .session = session,
        .plan = plan,
        .arena = arena_new(POSTER_ARENA_BYTES),
        .public_url = session_public_url(call, session)};
    FILE *spool = tmpfile();
    enum status status = STATUS_INTERNAL;
    if (hanging.arena != NULL && spool != NULL)
        status = print_to(&hanging, spool);
    enum exit_code code = EXIT_FAILED;
    if (status == STATUS_OK)
        code = write_spooled(call, spool);
    else
        complain_of_print(call, status);
    if (spool != NULL)
        (void)fclose(spool);
    arena_free(hanging.arena);
    return code;
}
