/* evidence.c: `manyi evidence`: a file from which anybody can compute the report again,
   without the server. */
#include "web/command/commands.h"
#include "web/command/evidence_report.h"
#include "web/command/progress.h"
#include "web/command/session.h"
#include "web/tr.h"

#include "db/evidence.h"

static const char *const readme = N_(
    "This file is the evidence for a report. It is a SQLite database. It holds every "
    "version of the plan (table plan), every anonymous answer (submission), what the "
    "report counts (tally), what proves that no answer was changed, added or removed "
    "(period_set, seal, withdrawn_set, and the digest of every row), what was done and "
    "when (audit), and the report itself (table setting, evidence.report). There are "
    "no codes and no names in it, and no comments but those that a published report "
    "shows (table published).\n"
    "To check it, no server is needed: manyi verify FILE. It computes everything again "
    "and names what does not match. Then compare the seal that it prints with the seal "
    "on the printed report.\n"
    "How the digests are made is written in the program's source, kiosk/seal.h.\n");

static enum exit_code refuse(
    const struct invocation *call, const struct problems *problems, enum status status)
{
    print_problems(call, false, NULL, problems);
    if (problems->count == 0)
        complain(call, tr(call->language, "The evidence can't be made: {1}."),
            status_words(status), NULL);
    return EXIT_FAILED;
}

/* From what is in the file, so that it can't say anything else. */
static enum status make_report(const struct invocation *call, const char *part,
    day_t as_of, struct problems *problems, struct text *out)
{
    struct store *store = NULL;
    struct plans *plans = NULL;
    enum status status = store_open_file(part, problems, &store);
    if (status == STATUS_OK)
        status = plans_open(store, &plans);
    if (status == STATUS_OK)
        status = evidence_report(call, store, plans, as_of, call->language, out);
    plans_close(plans);
    store_close(store);
    return status;
}

static enum status finish(const struct invocation *call, const char *path, day_t as_of,
    struct problems *problems)
{
    struct text words[EVIDENCE_WORD_COUNT] = {
        [EVIDENCE_PROGRAM] = TEXT(MANYI_VERSION),
        [EVIDENCE_README] = text_of(tr(call->language, readme)),
        [EVIDENCE_AS_OF] = day_format(call->arena, as_of),
        [EVIDENCE_LANGUAGE] = text_of(call->language == LANGUAGE_EN ? "en" : "zh"),
    };
    const char *part = evidence_part(call->arena, path);
    if (part == NULL)
        return STATUS_NO_MEMORY;
    enum status status =
        make_report(call, part, as_of, problems, &words[EVIDENCE_REPORT]);
    if (status == STATUS_OK)
        return evidence_finish(path, words, problems);
    evidence_drop(path);
    return status;
}

static enum exit_code make(
    const struct invocation *call, const struct session *session, day_t as_of)
{
    struct problems problems;
    struct progress progress;
    const char *path = call->operands[0];
    problems_init(&problems, call->arena);
    progress_begin(&progress);
    enum status status =
        evidence_begin(session->store, path, &problems, progress_show, &progress);
    progress_end(&progress);
    if (status == STATUS_OK)
        status = finish(call, path, as_of, &problems);
    if (status != STATUS_OK)
        return refuse(call, &problems, status);
    say(call, tr(call->language, "{1} is written. To check it: manyi verify {1}"), path,
        NULL);
    return EXIT_DONE;
}

enum exit_code command_evidence(const struct invocation *call)
{
    struct session session;
    const struct plan_version *version;
    day_t as_of;
    if (session_open(call, STORE_READ, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = EXIT_FAILED;
    if (!session_as_of(call, &session, &as_of))
        code = EXIT_USAGE;
    else if ((version = session_plan(call, &session)) != NULL) {
        session_release(&session, version->plan);
        code = make(call, &session, as_of);
    }
    session_close(&session);
    return code;
}
