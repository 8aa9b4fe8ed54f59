/* rehearse.c: `manyi rehearse`: plays a year whose truth is known through the real intake
   of a store of its own, and holds the report against it. */
#include "web/command/commands.h"
#include "web/command/demo.h"
#include "web/command/progress.h"
#include "web/command/rehearse_truth.h"
#include "web/command/session.h"
#include "web/render/rehearsal_sheet.h"
#include "web/tr.h"

#include "db/demo_store.h"
#include "db/report_load.h"
#include "kiosk/limits.h"
#include "kiosk/plan_yaml.h"

#include <errno.h>
#include <string.h>

enum { REHEARSAL_ARENA_BYTES = 512 * 1024 * 1024 }; /* touched as far as it is used */

struct rehearsing {
    const struct invocation *call;
    struct arena *arena;
    struct session *session;
    struct text plan_text;
    const struct plan_version *version;
    struct rehearsal rehearsal;
    struct demo demo;
    struct report report;
};

/* ---- what is given ---- */

static bool read_plan_text(struct rehearsing *rehearsing)
{
    const struct invocation *call = rehearsing->call;
    const char *path = call->values[OPTION_PLAN];
    size_t room = PLAN_BYTES_MAX + 1;
    char *bytes = arena_take(rehearsing->arena, room);
    FILE *file = bytes == NULL ? NULL : fopen(path, "rb");
    if (file == NULL) {
        complain(call, tr(call->language, "{1} can't be read: {2}."), path,
            bytes == NULL ? status_words(STATUS_NO_MEMORY) : strerror(errno), NULL);
        return false;
    }
    size_t len = fread(bytes, 1, room, file);
    bool is_read = ferror(file) == 0;
    (void)fclose(file);
    rehearsing->plan_text = (struct text){bytes, len};
    if (!is_read)
        complain(call, tr(call->language, "{1} can't be read: {2}."), path, strerror(EIO),
            NULL);
    return is_read;
}

/* Before a store is made: a bad file leaves nothing behind. */
static enum status read_files(struct rehearsing *rehearsing, const struct plan **plan,
    struct rehearsal_truth **truths, size_t *count)
{
    const struct invocation *call = rehearsing->call;
    struct problems problems;
    problems_init(&problems, rehearsing->arena);
    if (!read_plan_text(rehearsing))
        return STATUS_NOT_FOUND;
    enum status status =
        plan_parse(rehearsing->arena, rehearsing->plan_text, &problems, plan);
    print_problems(call, false, call->values[OPTION_PLAN], &problems);
    if (status != STATUS_OK)
        return status;
    problems_init(&problems, rehearsing->arena);
    status = rehearse_truth_read(
        rehearsing->arena, call->values[OPTION_TRUTH], &problems, truths, count);
    /* Rows that can be read are looked at, so that every mistake is told at once. */
    if (status == STATUS_OK || (status == STATUS_INVALID && *count > 0)) {
        enum status made = rehearsal_make(
            rehearsing->arena, *plan, *truths, *count, &problems, &rehearsing->rehearsal);
        status = status == STATUS_OK ? made : status;
    }
    problems_sort(&problems);
    print_problems(call, false, call->values[OPTION_TRUTH], &problems);
    return status;
}

/* ---- playing ---- */

/* From the first opening, as if the plan had been there before. */
static enum status apply_plan(struct rehearsing *rehearsing)
{
    struct session *session = rehearsing->session;
    struct problems problems;
    int64_t version = 0;
    bool is_new = false;
    day_t first = rehearsing->rehearsal.waves[0].wave->opens;
    for (size_t i = 0; i < rehearsing->rehearsal.wave_count; i++)
        if (rehearsing->rehearsal.waves[i].wave->opens < first)
            first = rehearsing->rehearsal.waves[i].wave->opens;
    problems_init(&problems, rehearsing->arena);
    enum status status = plans_apply(session->store, rehearsing->arena,
        rehearsing->plan_text, first, &problems, &version, &is_new);
    return status == STATUS_OK ? plans_refresh(session->plans, session->store) : status;
}

static enum status play(
    struct rehearsing *rehearsing, const struct rehearsal_truth *truths, size_t count)
{
    struct session *session = rehearsing->session;
    struct problems problems;
    struct progress progress;
    problems_init(&problems, rehearsing->arena);
    enum status status = demo_store_begin(session->store);
    if (status == STATUS_OK)
        status = apply_plan(rehearsing);
    rehearsing->version = status == STATUS_OK ? plans_current(session->plans) : NULL;
    if (rehearsing->version == NULL)
        return status == STATUS_OK ? STATUS_INTERNAL : status;
    /* Once more, of the plan that is in force now: what is dealt points into it. */
    status = rehearsal_make(rehearsing->arena, rehearsing->version->plan, truths, count,
        &problems, &rehearsing->rehearsal);
    if (status == STATUS_OK)
        status = rehearsal_deal(rehearsing->arena, rehearsing->version->plan,
            rehearsing->version->version, &rehearsing->rehearsal, &rehearsing->demo);
    if (status != STATUS_OK)
        return status;
    progress_begin(&progress);
    status = demo_store_fill(
        session->store, rehearsing->arena, &rehearsing->demo, progress_show, &progress);
    progress_end(&progress);
    if (status == STATUS_OK)
        status = report_load(session->store, rehearsing->arena, rehearsing->version,
            rehearsing->rehearsal.last, rehearsing->rehearsal.last, &rehearsing->report);
    return status;
}

/* ---- the sheet ---- */

static enum exit_code write_sheet(
    const struct rehearsing *rehearsing, const struct rehearsal_sheet *sheet)
{
    const struct invocation *call = rehearsing->call;
    struct product product = {0};
    enum status status = STATUS_OK;
    if (has_format(call, "pdf")) {
        product.spool = tmpfile();
        status = product.spool == NULL
                     ? STATUS_INTERNAL
                     : rehearsal_pdf(rehearsing->arena, sheet, product.spool);
    } else {
        product.text = rehearsal_text(rehearsing->arena, sheet);
        status = product.text.ptr == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    }
    enum exit_code code = EXIT_FAILED;
    if (status == STATUS_OK)
        code = write_product(call, &product);
    else
        complain_of_print(call, status);
    if (product.spool != NULL)
        (void)fclose(product.spool);
    return code;
}

/* EXIT_FAILED also where something differs: then the report is not to be trusted. */
static enum exit_code compare(const struct rehearsing *rehearsing)
{
    const struct invocation *call = rehearsing->call;
    struct rehearsal_sheet sheet;
    enum status status = rehearsal_compare(rehearsing->arena, call->language,
        &rehearsing->rehearsal, &rehearsing->demo, &rehearsing->report, &sheet);
    if (status != STATUS_OK) {
        complain(call, tr(call->language, "The rehearsal can't be made: {1}."),
            status_words(status), NULL);
        return EXIT_FAILED;
    }
    enum exit_code code = write_sheet(rehearsing, &sheet);
    return sheet.outcomes[REHEARSAL_DIFFERENT] > 0 ? EXIT_FAILED : code;
}

static enum exit_code run_in(struct rehearsing *rehearsing, const char *folder,
    const struct rehearsal_truth *truths, size_t count)
{
    struct session session;
    struct invocation named = *rehearsing->call;
    named.values[OPTION_STORE] = folder;
    if (session_open(&named, STORE_MAKE, &session) != STATUS_OK)
        return EXIT_FAILED;
    rehearsing->session = &session;
    enum status status = play(rehearsing, truths, count);
    enum exit_code code = EXIT_FAILED;
    if (status == STATUS_OK)
        code = compare(rehearsing);
    else if (status == STATUS_CONFLICT)
        complain(&named,
            tr(named.language,
                "The store at {1} is there already. A rehearsal makes a new one: name a "
                "new folder, or leave --store out."),
            folder, NULL);
    else
        complain(&named, tr(named.language, "The rehearsal can't be made: {1}."),
            status_words(status), NULL);
    rehearsing->session = NULL;
    session_close(&session);
    return code;
}

static enum exit_code run(struct rehearsing *rehearsing)
{
    const struct invocation *call = rehearsing->call;
    const struct plan *plan = NULL;
    struct rehearsal_truth *truths = NULL;
    char folder[DEMO_FOLDER_BYTES];
    size_t count = 0;
    if (read_files(rehearsing, &plan, &truths, &count) != STATUS_OK)
        return EXIT_FAILED;
    if (call->values[OPTION_STORE] != NULL)
        return run_in(rehearsing, call->values[OPTION_STORE], truths, count);
    if (!demo_folder_make(call, folder))
        return EXIT_FAILED;
    enum exit_code code = run_in(rehearsing, folder, truths, count);
    demo_folder_remove(folder);
    return code;
}

enum exit_code command_rehearse(const struct invocation *call)
{
    struct rehearsing rehearsing = {
        .call = call, .arena = arena_new(REHEARSAL_ARENA_BYTES)};
    bool is_pdf = has_format(call, "pdf") && call->values[OPTION_OUTPUT] == NULL;
    enum exit_code code = EXIT_USAGE;
    if (rehearsing.arena == NULL) {
        complain(call, tr(call->language, "The rehearsal can't be made: {1}."),
            status_words(STATUS_NO_MEMORY), NULL);
        return EXIT_FAILED;
    }
    if (!is_pdf || can_write_pages(call))
        code = run(&rehearsing);
    arena_free(rehearsing.arena);
    return code;
}
