/* plan.c: `manyi plan check`, `apply` and `show`. */
#include "web/command/commands.h"
#include "web/command/session.h"
#include "web/render/plan_json.h"
#include "web/tr.h"

#include "kiosk/limits.h"
#include "kiosk/plan_yaml.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Reads a whole file of at most one byte more than a plan may have, so that plan_parse
 * can tell. */
static bool read_file(const struct invocation *call, struct text *out)
{
    size_t room = PLAN_BYTES_MAX + 1;
    char *bytes = arena_take(call->arena, room);
    FILE *file = fopen(call->operands[0], "rb");
    size_t len = 0;
    bool is_read = bytes != NULL && file != NULL;
    if (is_read) {
        len = fread(bytes, 1, room, file);
        is_read = ferror(file) == 0;
    }
    if (!is_read)
        complain(call, tr(call->language, "{1} can't be read: {2}."), call->operands[0],
            strerror(errno), NULL);
    if (file != NULL)
        (void)fclose(file);
    *out = (struct text){bytes, len};
    return is_read;
}

static size_t count_waves(const struct plan *plan)
{
    size_t waves = 0;
    for (size_t i = 0; i < plan->programme_count; i++)
        waves += plan->programmes[i].wave_count;
    return waves;
}

static void say_sound(const struct invocation *call, const struct plan *plan)
{
    struct text indicators = text_format(call->arena, "%zu", plan->indicator_count);
    struct text programmes = text_format(call->arena, "%zu", plan->programme_count);
    struct text waves = text_format(call->arena, "%zu", count_waves(plan));
    printf("%s: ", call->operands[0]);
    say(call,
        tr(call->language, "no mistakes. Indicators: {1}, programmes: {2}, waves: {3}."),
        indicators.ptr, programmes.ptr, waves.ptr, NULL);
}

static void say_how_many(const struct invocation *call, size_t count)
{
    struct text number = text_format(call->arena, "%zu", count);
    if (count > 0)
        complain(call,
            trn(call->language, "{1} mistake found.", "{1} mistakes found.",
                (int64_t)count),
            number.ptr, NULL);
}

enum exit_code command_plan_check(const struct invocation *call)
{
    struct text yaml;
    struct problems problems;
    const struct plan *plan = NULL;
    problems_init(&problems, call->arena);
    if (!read_file(call, &yaml))
        return EXIT_FAILED;
    enum status status = plan_parse(call->arena, yaml, &problems, &plan);

    if (has_format(call, "json"))
        return write_result(call, plan_check_json(call->arena, call->language,
                                      call->operands[0], &problems)) == EXIT_DONE &&
                       status == STATUS_OK
                   ? EXIT_DONE
                   : EXIT_FAILED;
    print_problems(call, true, call->operands[0], &problems);
    if (status == STATUS_OK) {
        say_sound(call, plan);
        return EXIT_DONE;
    }
    say_how_many(call, problems.count);
    return EXIT_FAILED;
}

static void say_applied(const struct invocation *call, int64_t version, bool is_new)
{
    struct text number = text_format(call->arena, "%lld", (long long)version);
    say(call,
        is_new ? tr(call->language, "Plan version {1} is in force.")
               : tr(call->language,
                     "Nothing changed: plan version {1} is in force already."),
        number.ptr, NULL);
}

enum exit_code command_plan_apply(const struct invocation *call)
{
    struct text yaml;
    struct session session;
    struct problems problems;
    int64_t version = 0;
    bool is_new = false;
    problems_init(&problems, call->arena);
    if (!read_file(call, &yaml) || session_open(call, STORE_MAKE, &session) != STATUS_OK)
        return EXIT_FAILED;
    enum status status = plans_apply(
        session.store, call->arena, yaml, session.today, &problems, &version, &is_new);
    session_close(&session);

    if (status == STATUS_OK) {
        say_applied(call, version, is_new);
        return EXIT_DONE;
    }
    print_problems(call, false, call->operands[0], &problems);
    if (problems.count == 0)
        complain(call, tr(call->language, "The plan could not be stored: {1}."),
            status_words(status), NULL);
    complain(call, tr(call->language, "Nothing was applied."), NULL);
    return EXIT_FAILED;
}

enum exit_code command_plan_show(const struct invocation *call)
{
    struct session session;
    enum exit_code code = EXIT_FAILED;
    if (session_open(call, STORE_READ, &session) != STATUS_OK)
        return EXIT_FAILED;
    const struct plan_version *version = session_plan(call, &session);
    if (version != NULL)
        code = write_result(call, has_format(call, "json")
                                      ? plan_show_json(call->arena, version)
                                      : version->text);
    session_close(&session);
    return code;
}
