/* plan_bench.c: trying the reader of plans. */
#include "tests/support/plan_bench.h"

#include <stdio.h>
#include <stdlib.h>

int bench_make(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    *state = bench;
    if (bench == NULL)
        return 1;
    bench->arena = arena_new(PLAN_TEXT_ARENA);
    return bench->arena == NULL;
}

int bench_free(void **state)
{
    struct bench *bench = *state;
    arena_free(bench->arena);
    free(bench);
    return 0;
}

static void see(struct bench *bench, const char *message)
{
    for (size_t i = 0; i < bench->seen_count; i++)
        if (bench->seen[i] == message)
            return;
    assert_true(bench->seen_count < SEEN_MAX);
    bench->seen[bench->seen_count++] = message;
}

enum status bench_parse(struct bench *bench, struct text yaml)
{
    const struct plan *plan = NULL;
    problems_init(&bench->problems, bench->arena);
    enum status status = plan_parse(bench->arena, yaml, &bench->problems, &plan);
    for (size_t i = 0; i < bench->problems.count; i++)
        see(bench, bench->problems.list[i].message);
    assert_true((status == STATUS_OK) == (plan != NULL));
    assert_true((status == STATUS_OK) == (bench->problems.count == 0));
    return status;
}

static bool is_as_told(const struct problem *problem, const struct mistake *mistake)
{
    return problem->line == mistake->line && problem->column == mistake->column &&
           strncmp(problem->message, mistake->message, strlen(mistake->message)) == 0 &&
           text_equals(problem->did_you_mean, text_of(mistake->meant));
}

void bench_print_problems(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->list[i];
        print_error("  got %u:%u %s [%.*s] -> %.*s\n", problem->line, problem->column,
            problem->message, TEXT_ARG(problem->argument[0]),
            TEXT_ARG(problem->did_you_mean));
    }
}

bool bench_is_expected(
    struct bench *bench, struct text yaml, const struct mistake *mistake)
{
    enum status status = bench_parse(bench, yaml);
    if (status == STATUS_INVALID && bench->problems.count == 1 &&
        is_as_told(&bench->problems.list[0], mistake))
        return true;
    print_error("%s -> %s: expected %u:%u %s -> %s\n", mistake->find,
        mistake->replacement, mistake->line, mistake->column, mistake->message,
        mistake->meant == NULL ? "" : mistake->meant);
    bench_print_problems(&bench->problems);
    return false;
}

void bench_expect_all(struct bench *bench, const struct mistake *mistakes, size_t count)
{
    unsigned unexpected = 0;
    for (size_t i = 0; i < count; i++) {
        arena_reset(bench->arena);
        struct text yaml =
            plan_text_with(bench->arena, mistakes[i].find, mistakes[i].replacement);
        unexpected += !bench_is_expected(bench, yaml, &mistakes[i]);
    }
    assert_int_equal(unexpected, 0);
}

/* ---- which messages were seen ---- */

static char *read_source(struct arena *arena, const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/kiosk/%s", SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = arena_take(arena, 65536);
    assert_true(fread(text, 1, 65535, file) > 0);
    (void)fclose(file);
    return text;
}

/* The message behind N_(: its literals, joined. Returns where it ends. */
static const char *read_message(const char *at, char *out, size_t size)
{
    size_t len = 0;
    for (bool is_inside = false; is_inside || *at != ')'; at++) {
        if (*at == '"')
            is_inside = !is_inside;
        else if (is_inside && len + 1 < size)
            out[len++] = *at;
    }
    out[len] = 0;
    return at;
}

void bench_expect_seen(struct bench *bench, const char *const *sources, size_t count)
{
    unsigned unseen = 0;
    arena_reset(bench->arena);
    for (size_t i = 0; i < count; i++) {
        const char *at = read_source(bench->arena, sources[i]);
        while ((at = strstr(at, "N_(")) != NULL) {
            char message[512];
            bool is_seen = false;
            at = read_message(at + 3, message, sizeof message);
            for (size_t j = 0; j < bench->seen_count; j++)
                is_seen |= strcmp(bench->seen[j], message) == 0;
            if (!is_seen)
                print_error("%s: never seen: %s\n", sources[i], message);
            unseen += !is_seen;
        }
    }
    assert_int_equal(unseen, 0);
}
