#pragma once
/* plan_bench.h: the small plan changed in one place at a time, and what the reader says
   of it; which of its messages were seen. */
#include "tests/support/test.h"
#include "tests/support/plan_text.h"

/* One change to the small plan, and the one problem it makes. */
struct mistake {
    const char *find;
    const char *replacement;
    unsigned line;
    unsigned column;
    const char *message; /* how it begins */
    const char *meant;   /* NULL: no suggestion */
};

enum { SEEN_MAX = 200 };

struct bench {
    struct arena *arena;
    struct problems problems;
    const char *seen[SEEN_MAX]; /* messages, once each */
    size_t seen_count;
};

/* cmocka set-up and tear-down of a group: *state is a struct bench. */
int bench_make(void **state);
int bench_free(void **state);

/* Reads a plan; what is said is in bench->problems. */
enum status bench_parse(struct bench *bench, struct text yaml);
/* True if the text has that one problem; else prints what it has. */
bool bench_is_expected(
    struct bench *bench, struct text yaml, const struct mistake *mistake);
void bench_print_problems(const struct problems *problems);
/* Makes each change alone and expects its one problem. */
void bench_expect_all(struct bench *bench, const struct mistake *mistakes, size_t count);
#define EXPECT_ALL(state, mistakes)                                                      \
    bench_expect_all(*(state), (mistakes), sizeof(mistakes) / sizeof *(mistakes))

/* Fails unless each message of those files of kiosk/ was seen by now. */
void bench_expect_seen(struct bench *bench, const char *const *sources, size_t count);
