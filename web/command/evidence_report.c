/* evidence_report.c: makes the report of a file, and finds the line where it differs. */
#include "web/command/evidence_report.h"

#include "web/render/report_json.h"
#include "web/tr.h"

#include "db/evidence.h"
#include "db/report_load.h"

#include <string.h>

/* The file holds none, while it is made and afterwards. */
static void leave_out_comments(struct report *report)
{
    for (size_t i = 0; i < report->plan->indicator_count; i++)
        report->indicators[i].comments = (struct report_comments){0};
}

enum status evidence_report(const struct invocation *call, struct store *store,
    const struct plans *plans, day_t as_of, enum language language, struct text *out)
{
    struct report report;
    const struct plan_version *version = plans_current(plans);
    if (version == NULL)
        return STATUS_NOT_FOUND;
    enum status status = report_load(store, call->arena, version, as_of, as_of, &report);
    if (status != STATUS_OK)
        return status;
    leave_out_comments(&report);
    *out = report_json(call->arena, language, &report, (struct text){0});
    return out->ptr == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Takes the first line off the text. */
static struct text take_line(struct text *rest)
{
    const char *end = rest->len == 0 ? NULL : memchr(rest->ptr, '\n', rest->len);
    size_t len = end == NULL ? rest->len : (size_t)(end - rest->ptr);
    struct text line = {rest->ptr, len};
    size_t taken = end == NULL ? len : len + 1;
    *rest = (struct text){rest->ptr + taken, rest->len - taken};
    return text_trim(line);
}

static void tell_difference(
    struct problems *problems, struct text stored, struct text computed)
{
    struct text said;
    struct text due;
    int64_t number = 0;
    do {
        said = take_line(&stored);
        due = take_line(&computed);
        number++;
    } while (text_equals(said, due) && stored.len + computed.len > 0);
    problems_add_quoted(problems,
        (struct problem){
            .message =
                N_("The report in the file is not the one that its rows give. Line "
                   "{1} says {2} instead of {3}."),
            .argument = {
                text_format(problems->arena, "%lld", (long long)number), said, due}});
}

/* What a file says about itself. */
static enum status read_words(
    struct store *store, struct arena *arena, struct text words[EVIDENCE_WORD_COUNT])
{
    enum status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < EVIDENCE_WORD_COUNT; i++)
        status = evidence_get(store, (enum evidence_word)i, arena, &words[i]);
    return status;
}

enum status evidence_check_report(const struct invocation *call, struct store *store,
    const struct plans *plans, struct problems *problems, bool *is_skipped)
{
    struct text words[EVIDENCE_WORD_COUNT];
    struct text computed;
    day_t as_of;
    *is_skipped = false;
    if (!store_is_file(store))
        return STATUS_OK;
    enum status status = read_words(store, call->arena, words);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status; /* a backup */
    *is_skipped = !text_equals(words[EVIDENCE_PROGRAM], TEXT(MANYI_VERSION));
    if (*is_skipped || !day_parse(words[EVIDENCE_AS_OF], &as_of))
        return *is_skipped ? STATUS_OK : STATUS_INTERNAL;
    enum language language =
        text_equals(words[EVIDENCE_LANGUAGE], TEXT("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
    status = evidence_report(call, store, plans, as_of, language, &computed);
    if (status == STATUS_OK && !text_equals(words[EVIDENCE_REPORT], computed))
        tell_difference(problems, words[EVIDENCE_REPORT], computed);
    return status;
}
