/* bench_intake.c: submissions a second through the intake, each with an id of its own and
   no code, on a store under /tmp, or under MANYI_TEST_ROOT. Not part of the tests:
       cmake -B build/bench -DCMAKE_BUILD_TYPE=Release && cmake --build build/bench
       build/bench/tests/bench/bench_intake [THREADS [SECONDS]]
   prints threads, submissions and commits a second, and how long one submission waits. */
#include "db/intake.h"
#include "tests/support/temp_store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { THREADS_MAX = 1024, WAITS_MAX = 1 << 21 };

struct bench {
    struct temp_store *temp;
    struct intake *intake;
    atomic_bool is_over;
    atomic_size_t stored;
    int64_t *waits; /* nanoseconds, in the order of finishing */
};

static int64_t now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void *send_on(void *context)
{
    struct bench *bench = context;
    while (!atomic_load(&bench->is_over)) {
        struct submission submission;
        enum intake_outcome outcome;
        temp_store_submission(bench->temp, "430", &submission);
        struct intake_entry entry = {
            .submission = &submission, .questionnaire = bench->temp->questionnaire};
        int64_t start = now_ns();
        if (intake_submit(bench->intake, &entry, &outcome) != STATUS_OK)
            continue;
        size_t index = atomic_fetch_add(&bench->stored, 1);
        if (index < WAITS_MAX)
            bench->waits[index] = now_ns() - start;
    }
    return NULL;
}

static int compare_waits(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static void print_results(const struct bench *bench, int thread_count, double seconds)
{
    size_t stored = atomic_load(&bench->stored);
    size_t kept = stored < WAITS_MAX ? stored : WAITS_MAX;
    if (kept == 0)
        return;
    qsort(bench->waits, kept, sizeof *bench->waits, compare_waits);
    size_t middle = kept / 2;
    size_t slow = kept * 99 / 100;
    (void)printf("%d threads: %.0f submissions/s, %.0f commits/s, p50 %.2f ms, "
                 "p99 %.2f ms, max %.1f ms\n",
        thread_count, (double)stored / seconds,
        (double)intake_commits(bench->intake) / seconds,
        (double)bench->waits[middle] / 1e6, (double)bench->waits[slow] / 1e6,
        (double)bench->waits[kept - 1] / 1e6);
}

static void run(struct bench *bench, int thread_count, int seconds)
{
    static pthread_t threads[THREADS_MAX];
    int64_t start = now_ns();
    int started = 0;
    while (started < thread_count &&
           pthread_create(&threads[started], NULL, send_on, bench) == 0)
        started++;
    (void)nanosleep(&(struct timespec){.tv_sec = seconds}, NULL);
    atomic_store(&bench->is_over, true);
    for (int i = 0; i < started; i++)
        (void)pthread_join(threads[i], NULL);
    print_results(bench, started, (double)(now_ns() - start) / 1e9);
}

static int64_t argument(int count, char **values, int index, int64_t standard)
{
    int64_t number = standard;
    if (index < count && !text_to_number(text_of(values[index]), &number))
        return standard;
    return number;
}

int main(int argc, char **argv)
{
    int64_t thread_count = argument(argc, argv, 1, 64);
    int64_t seconds = argument(argc, argv, 2, 5);
    if (thread_count < 1 || thread_count > THREADS_MAX || seconds < 1 || seconds > 600)
        return 2;
    void *state = NULL;
    struct bench bench = {.waits = calloc(WAITS_MAX, sizeof *bench.waits)};
    int rc = 1;
    if (bench.waits != NULL && temp_store_set_up(&state) == 0) {
        bench.temp = state;
        if (intake_open(bench.temp->store, &bench.intake) == STATUS_OK) {
            run(&bench, (int)thread_count, (int)seconds);
            intake_close(bench.intake);
            rc = 0;
        }
        (void)temp_store_tear_down(&state);
    }
    free(bench.waits);
    return rc;
}
