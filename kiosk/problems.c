/* problems.c: a list of mistakes in an arena. */
#include "kiosk/problems.h"

#include "kiosk/limits.h"

void problems_init(struct problems *problems, struct arena *arena)
{
    *problems = (struct problems){.arena = arena};
}

void problems_add(struct problems *problems, struct problem problem)
{
    if (problems->count == PROBLEMS_MAX) {
        problems->is_incomplete = true;
        return;
    }
    if (problems->count == problems->capacity) {
        size_t wanted = problems->capacity == 0 ? 8 : problems->capacity * 2;
        struct problem *grown = arena_grow(problems->arena, problems->list,
            problems->capacity * sizeof problem, wanted * sizeof problem);
        if (grown == NULL) {
            problems->is_incomplete = true;
            return;
        }
        problems->list = grown;
        problems->capacity = wanted;
    }
    problems->list[problems->count++] = problem;
}

static struct text quote(struct arena *arena, struct text words)
{
    enum { QUOTED_BYTES_MAX = 60 };
    struct text front = words;
    if (front.len > QUOTED_BYTES_MAX) {
        front.len = QUOTED_BYTES_MAX;
        front.len = text_utf8_length(front);
    }
    struct buffer quoted;
    buffer_init(&quoted, arena, QUOTED_BYTES_MAX + sizeof "…");
    for (size_t i = 0; i < front.len; i++) {
        unsigned char c = (unsigned char)front.ptr[i];
        buffer_add_char(&quoted, c < 0x20 || c == 0x7f ? ' ' : front.ptr[i]);
    }
    if (front.len < words.len)
        buffer_add_string(&quoted, "…");
    return buffer_text(&quoted);
}

void problems_add_quoted(struct problems *problems, struct problem problem)
{
    if (problems->count == PROBLEMS_MAX) {
        problems->is_incomplete = true;
        return;
    }
    for (size_t i = 0; i < PROBLEM_ARGUMENTS_MAX; i++)
        problem.argument[i] = quote(problems->arena, problem.argument[i]);
    problem.field = quote(problems->arena, problem.field);
    problem.did_you_mean = quote(problems->arena, problem.did_you_mean);
    problems_add(problems, problem);
}

static bool is_before(const struct problem *a, const struct problem *b)
{
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* Insertion sort: stable, and the list is short (PROBLEMS_MAX). */
void problems_sort(struct problems *problems)
{
    for (size_t i = 1; i < problems->count; i++) {
        struct problem moving = problems->list[i];
        size_t at = i;
        while (at > 0 && is_before(&moving, &problems->list[at - 1])) {
            problems->list[at] = problems->list[at - 1];
            at--;
        }
        problems->list[at] = moving;
    }
}
