/* verify.c: `manyi verify`: computes everything again from the rows of a store, a backup
   or a file of evidence, and compares. */
#include "web/command/commands.h"
#include "web/command/evidence_report.h"
#include "web/command/progress.h"
#include "web/command/session.h"
#include "web/render/verify_json.h"
#include "web/tr.h"

#include "db/evidence.h"
#include "db/report_load.h"
#include "db/verify.h"

#include <sys/stat.h>

/* What is to be checked, and what came out. */
struct check {
    struct session session;
    struct problems problems;
    struct verify_result result;
    struct text seal; /* of the report of today, or of the evidence's day; may be empty */
    bool is_skipped;  /* the report of another version's evidence */
};

static enum status open_file(const struct invocation *call, struct session *out)
{
    struct problems problems;
    struct session session = {0};
    problems_init(&problems, call->arena);
    enum status status = clock_init(&session.clock, &problems);
    if (status == STATUS_OK)
        status = store_open_file(call->values[OPTION_STORE], &problems, &session.store);
    if (status == STATUS_OK)
        status = plans_open(session.store, &session.plans);
    session.today = clock_today(&session.clock);
    *out = session;
    if (status == STATUS_OK)
        return status;
    print_problems(call, false, NULL, &problems);
    if (problems.count == 0)
        complain(call, tr(call->language, "The file can't be read: {1}."),
            status_words(status), NULL);
    session_close(out);
    return status;
}

static enum status open_any(const struct invocation *call, struct session *out)
{
    struct stat seen;
    bool is_file = stat(call->values[OPTION_STORE], &seen) == 0 && S_ISREG(seen.st_mode);
    return is_file ? open_file(call, out) : session_open(call, STORE_READ, out);
}

/* Of the evidence's day, or of today. Where counts and rows differ there may be no
   report, and no plan where nothing was applied yet. */
static void find_seal(const struct invocation *call, struct check *check)
{
    struct report report;
    struct text day;
    struct session *session = &check->session;
    const struct plan_version *version = plans_current(session->plans);
    day_t as_of = session->today;
    if (evidence_get(session->store, EVIDENCE_AS_OF, call->arena, &day) == STATUS_OK)
        (void)day_parse(day, &as_of);
    if (version != NULL && report_load(session->store, call->arena, version, as_of, as_of,
                               &report) == STATUS_OK)
        check->seal = seal_digest_text(call->arena, &report.seal);
}

/* OK also where something does not match: problems say so. */
static enum status compare(const struct invocation *call, struct check *check)
{
    struct progress progress;
    struct session *session = &check->session;
    progress_begin(&progress);
    enum status status = verify_store(session->store, session->plans, &check->problems,
        &check->result, progress_show, &progress);
    progress_end(&progress);
    if (status == STATUS_OK || (status == STATUS_INVALID && check->problems.count > 0))
        status = evidence_check_report(
            call, session->store, session->plans, &check->problems, &check->is_skipped);
    if (status == STATUS_OK)
        find_seal(call, check);
    return status;
}

static void say_result(const struct invocation *call, const struct check *check)
{
    const struct verify_result *result = &check->result;
    struct arena *arena = call->arena;
    say(call,
        tr(call->language, "{1} submissions, {2} counts, {3} periods and {4} seals: "
                           "everything matches."),
        text_format(arena, "%lld", (long long)result->submissions).ptr,
        text_format(arena, "%lld", (long long)result->cells).ptr,
        text_format(arena, "%lld", (long long)result->periods).ptr,
        text_format(arena, "%lld", (long long)result->seals).ptr, NULL);
    if (check->seal.len > 0)
        say(call, tr(call->language, "Seal of the report: {1}"),
            text_to_string(arena, check->seal), NULL);
    if (check->is_skipped)
        complain(call,
            tr(call->language, "The report in it was made by another version of this "
                               "program and was not compared."),
            NULL);
}

static enum exit_code answer(
    const struct invocation *call, const struct check *check, enum status status)
{
    bool matches = check->problems.count == 0 && !check->problems.is_incomplete;
    if (status != STATUS_OK) {
        print_problems(call, true, NULL, &check->problems);
        complain(call, tr(call->language, "The check was not finished: {1}."),
            status_words(status), NULL);
        return EXIT_FAILED;
    }
    if (has_format(call, "json")) {
        enum exit_code code =
            write_result(call, verify_json(call->arena, call->language, &check->result,
                                   check->seal, &check->problems));
        return matches ? code : EXIT_FAILED;
    }
    if (matches)
        say_result(call, check);
    else
        print_problems(call, true, NULL, &check->problems);
    return matches ? EXIT_DONE : EXIT_FAILED;
}

enum exit_code command_verify(const struct invocation *call)
{
    struct check check = {0};
    struct invocation named = *call;
    if ((call->operands[0] == NULL) == (call->values[OPTION_STORE] == NULL))
        return usage_error(call,
            tr(call->language, "Give either --store DIR, or the name of a file."), NULL);
    if (call->operands[0] != NULL)
        named.values[OPTION_STORE] = call->operands[0];
    problems_init(&check.problems, call->arena);
    if (open_any(&named, &check.session) != STATUS_OK)
        return EXIT_FAILED;
    enum status status = compare(&named, &check);
    session_close(&check.session);
    return answer(&named, &check, status);
}
