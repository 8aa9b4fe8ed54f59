/* import.c: `manyi import`: takes in a file of answers collected elsewhere, or takes one
   back. */
#include "web/command/commands.h"
#include "web/command/import_file.h"
#include "web/command/session.h"
#include "web/render/import_json.h"
#include "web/tr.h"

static struct text number_text(const struct invocation *call, int64_t number)
{
    return text_format(call->arena, "%lld", (long long)number);
}

/* ---- a file ---- */

static enum exit_code say_stored(const struct invocation *call, int64_t id, size_t rows,
    const struct import_counts *counts)
{
    if (has_format(call, "json"))
        return write_result(call, import_json(call->arena, id, rows, counts));
    say(call, tr(call->language, "Import {1}: {2} rows, {3} stored, {4} there already."),
        number_text(call, id).ptr, number_text(call, (int64_t)rows).ptr,
        number_text(call, counts->stored).ptr, number_text(call, counts->present).ptr,
        NULL);
    return EXIT_DONE;
}

static enum exit_code complain_of_file(
    const struct invocation *call, const struct problems *problems, enum status status)
{
    print_problems(call, false, call->operands[0], problems);
    if (problems->count == 0)
        complain(call, tr(call->language, "The file can't be checked: {1}."),
            status_words(status), NULL);
    complain(call, tr(call->language, "Nothing was imported."), NULL);
    return EXIT_FAILED;
}

static enum exit_code complain_of_store(const struct invocation *call, int64_t id,
    size_t rows, const struct import_counts *counts, enum status status)
{
    if (status == STATUS_CONFLICT)
        complain(call,
            tr(call->language, "Import {1} was withdrawn while it was under way."),
            number_text(call, id).ptr, NULL);
    else
        complain(call,
            tr(call->language, "The import stopped after {1} of {2} rows: {3}. Run the "
                               "same command again: it goes on there, and nothing "
                               "counts twice."),
            number_text(call, counts->stored + counts->present).ptr,
            number_text(call, (int64_t)rows).ptr, status_words(status), NULL);
    return EXIT_FAILED;
}

static enum exit_code import_file(const struct invocation *call,
    const struct session *session, struct import_input *input)
{
    struct progress progress;
    struct import_counts counts = {0};
    int64_t id = 0;
    const struct plan_version *version = session_plan(call, session);
    if (version == NULL)
        return EXIT_FAILED;
    enum status status =
        import_input_open(input, call->arena, call->operands[0], version);
    if (status != STATUS_OK)
        return complain_of_file(call, &input->problems, status);
    progress_begin(&progress);
    status = import_input_store(
        input, session->store, session->today, &progress, &id, &counts);
    progress_end(&progress);
    if (status != STATUS_OK)
        return complain_of_store(call, id, input->row_count, &counts, status);
    return say_stored(call, id, input->row_count, &counts);
}

static enum exit_code run_import(const struct invocation *call)
{
    struct session session;
    struct import_input input = {0};
    if (session_open(call, STORE_CHANGE, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = import_file(call, &session, &input);
    import_input_close(&input);
    session_close(&session);
    return code;
}

/* ---- taking one back ---- */

static enum exit_code say_withdrawn(
    const struct invocation *call, int64_t id, int64_t withdrawn)
{
    if (has_format(call, "json"))
        return write_result(call, import_withdrawal_json(call->arena, id, withdrawn));
    say(call, tr(call->language, "Import {1}: {2} submissions were taken back."),
        number_text(call, id).ptr, number_text(call, withdrawn).ptr, NULL);
    return EXIT_DONE;
}

static enum exit_code withdraw(
    const struct invocation *call, const struct session *session, struct text reason)
{
    int64_t id = 0;
    int64_t withdrawn = 0;
    const char *name = call->values[OPTION_WITHDRAW];
    enum status status = STATUS_NOT_FOUND;
    if (text_to_number(text_of(name), &id))
        status = import_withdraw(
            session->store, session->plans, id, reason, session->today, &withdrawn);
    if (status == STATUS_OK)
        return say_withdrawn(call, id, withdrawn);
    if (status == STATUS_NOT_FOUND)
        complain(call, tr(call->language, "There is no import {1}."), name, NULL);
    else if (status == STATUS_CONFLICT)
        complain(
            call, tr(call->language, "Import {1} was withdrawn before."), name, NULL);
    else
        complain(call, tr(call->language, "The import can't be withdrawn: {1}."),
            status_words(status), NULL);
    return EXIT_FAILED;
}

static enum exit_code run_withdrawal(const struct invocation *call)
{
    struct session session;
    struct text reason = TEXT("");
    bool is_full = false;
    if (!text_clean(
            call->arena, text_of(call->values[OPTION_REASON]), &reason, &is_full) ||
        reason.len == 0)
        return usage_error(
            call, tr(call->language, "Say why with --reason TEXT; it is kept."), NULL);
    if (session_open(call, STORE_CHANGE, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum exit_code code = withdraw(call, &session, reason);
    session_close(&session);
    return code;
}

enum exit_code command_import(const struct invocation *call)
{
    bool withdraws = call->values[OPTION_WITHDRAW] != NULL;
    if (withdraws && call->operands[0] != NULL)
        return usage_error(call, tr(call->language, "\"{1}\" is one word too many."),
            call->operands[0], NULL);
    if (withdraws)
        return run_withdrawal(call);
    if (call->values[OPTION_REASON] != NULL)
        return usage_error(
            call, tr(call->language, "--reason goes with --withdraw only."), NULL);
    if (call->operands[0] == NULL)
        return usage_error(call, tr(call->language, "{1} is missing."), "FILE.csv", NULL);
    return run_import(call);
}
