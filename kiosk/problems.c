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
