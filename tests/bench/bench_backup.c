/* bench_backup.c: what a backup costs those who answer meanwhile. Fills a store under
   /tmp, or under MANYI_TEST_ROOT, then sends submissions and makes backups in turn. Not
   part of the tests:
       cmake -B build/bench -DCMAKE_BUILD_TYPE=Release && cmake --build build/bench
       build/bench/tests/bench/bench_backup [ROWS [THREADS]]
   prints how long a submission waits without and with a backup under way. */
#include "db/backup.h"
#include "db/imports.h"
#include "tests/support/temp_store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    THREADS_MAX = 256,
    WAITS_MAX = 1 << 20,
    CHUNK = 1000,
    QUIET_SECONDS = 5,
    ROUNDS = 3
};

enum phase { PHASE_QUIET, PHASE_BACKUP, PHASE_OVER };

struct waits {
    int64_t *list; /* nanoseconds */
    atomic_size_t count;
};

struct bench {
    struct temp_store *temp;
    struct intake *intake;
    atomic_int phase;
    struct waits waits[PHASE_OVER];
};

static int64_t now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Submissions as an import, which is the fastest way in. */
static bool fill(struct bench *bench, int64_t rows)
{
    static struct submission submissions[CHUNK];
    static struct intake_entry entries[CHUNK];
    const struct import_file file = {
        .row_count = (size_t)rows, .today = TEMP_STORE_TODAY};
    struct import_counts counts = {0};
    int64_t id = 0;
    if (import_begin(bench->temp->store, &file, &id) != STATUS_OK)
        return false;
    for (int64_t done = 0; done < rows; done += CHUNK) {
        for (size_t i = 0; i < CHUNK; i++) {
            temp_store_submission(bench->temp, "430", &submissions[i]);
            entries[i] = (struct intake_entry){.submission = &submissions[i],
                .questionnaire = bench->temp->questionnaire};
        }
        if (import_add_chunk(bench->temp->store, id, TEMP_STORE_TODAY, entries, CHUNK,
                &counts) != STATUS_OK)
            return false;
    }
    return store_restart_log(bench->temp->store, 1000) == STATUS_OK;
}

static void *send_on(void *context)
{
    struct bench *bench = context;
    int phase;
    while ((phase = atomic_load(&bench->phase)) != PHASE_OVER) {
        struct submission submission;
        enum intake_outcome outcome;
        temp_store_submission(bench->temp, "430", &submission);
        const struct intake_entry entry = {
            .submission = &submission, .questionnaire = bench->temp->questionnaire};
        int64_t start = now_ns();
        if (intake_submit(bench->intake, &entry, &outcome) != STATUS_OK)
            continue;
        struct waits *waits = &bench->waits[phase];
        size_t index = atomic_fetch_add(&waits->count, 1);
        if (index < WAITS_MAX)
            waits->list[index] = now_ns() - start;
    }
    return NULL;
}

static int compare_waits(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static void print_waits(const char *name, struct waits *waits, double seconds)
{
    size_t count = atomic_load(&waits->count);
    size_t kept = count < WAITS_MAX ? count : WAITS_MAX;
    if (kept == 0)
        return;
    size_t middle = kept / 2;
    size_t slow = kept * 99 / 100;
    qsort(waits->list, kept, sizeof *waits->list, compare_waits);
    (void)printf("%-15s %7.0f submissions/s, p50 %6.2f ms, p99 %6.2f ms, max %6.1f ms\n",
        name, (double)count / seconds, (double)waits->list[middle] / 1e6,
        (double)waits->list[slow] / 1e6, (double)waits->list[kept - 1] / 1e6);
}

/* Seconds taken; negative if it failed. */
static double back_up(struct bench *bench, int round)
{
    char file[60];
    int64_t size = 0;
    const struct backup_listener nobody = {NULL, NULL};
    (void)snprintf(file, sizeof file, "%s/%d.backup", bench->temp->folder, round);
    int64_t start = now_ns();
    enum status rc =
        backup_make(bench->temp->store, file, &nobody, &bench->temp->problems, &size);
    double seconds = (double)(now_ns() - start) / 1e9;
    (void)unlink(file);
    (void)printf("backup of %lld MB: %.2f s\n", (long long)(size / 1000000), seconds);
    return rc == STATUS_OK ? seconds : -1;
}

static bool run(struct bench *bench, int thread_count)
{
    static pthread_t threads[THREADS_MAX];
    double busy = 0;
    int started = 0;
    bool is_done = true;
    while (started < thread_count &&
           pthread_create(&threads[started], NULL, send_on, bench) == 0)
        started++;
    for (int round = 0; is_done && round < ROUNDS; round++) {
        (void)nanosleep(&(struct timespec){.tv_sec = QUIET_SECONDS}, NULL);
        atomic_store(&bench->phase, PHASE_BACKUP);
        double seconds = back_up(bench, round);
        atomic_store(&bench->phase, PHASE_QUIET);
        is_done = seconds >= 0;
        busy += seconds;
    }
    atomic_store(&bench->phase, PHASE_OVER);
    for (int i = 0; i < started; i++)
        (void)pthread_join(threads[i], NULL);
    print_waits("without a backup", &bench->waits[PHASE_QUIET], ROUNDS * QUIET_SECONDS);
    print_waits("during backups", &bench->waits[PHASE_BACKUP], busy);
    return is_done;
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
    int64_t rows = argument(argc, argv, 1, 1000000);
    int64_t thread_count = argument(argc, argv, 2, 64);
    if (rows < 1 || thread_count < 1 || thread_count > THREADS_MAX)
        return 2;
    void *state = NULL;
    struct bench bench = {.phase = PHASE_QUIET};
    bool is_done = true;
    for (size_t i = 0; i < PHASE_OVER; i++) {
        bench.waits[i].list = calloc(WAITS_MAX, sizeof *bench.waits[i].list);
        is_done = is_done && bench.waits[i].list != NULL;
    }
    if (is_done && temp_store_set_up(&state) == 0) {
        bench.temp = state;
        is_done = fill(&bench, rows) &&
                  intake_open(bench.temp->store, &bench.intake) == STATUS_OK &&
                  run(&bench, (int)thread_count);
        intake_close(bench.intake);
        (void)temp_store_tear_down(&state);
    }
    for (size_t i = 0; i < PHASE_OVER; i++)
        free(bench.waits[i].list);
    return is_done ? 0 : 1;
}
