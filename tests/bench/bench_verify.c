/* bench_verify.c: a store of many submissions, written as the intake writes them but in
   one transaction without a log, and how long verify takes on it. Not part of the tests:
       cmake -B build/bench -DCMAKE_BUILD_TYPE=Release && cmake --build build/bench
       build/bench/tests/bench/bench_verify [ROWS]
   prints how long writing, verifying and the report took, and verify's processor time,
   half of which is what two idle cores would need. The store, some 200 bytes a
   row, lies under /tmp, or under MANYI_TEST_ROOT, and is removed. */
#include "db/batch.h"
#include "db/report_load.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/temp_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCH = 20000 };

struct bench {
    struct temp_store *temp;
    struct batch *batch;
    struct submission *submissions;
    struct intake_entry *entries;
    struct batch_item *items;
    struct batch_item **pointers;
};

static double now_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Of either centre, any channel, and one of the six months of the two waves. Ids of a
   batch lie in one share of each month's: a store that comes to be in years has its pages
   written once, and so should this one. */
static void make_one(const struct bench *bench, uint32_t share, struct submission *out)
{
    static const char *const answers[] = {"530", "440", "5-0", "213", "301", "0-0"};
    unsigned char random[SUBMISSION_RANDOM_BYTES];
    temp_store_submission(bench->temp, "430", out);
    memcpy(random, out->id.bytes, sizeof random); /* its last bytes are */
    random[4] = (unsigned char)(share >> 8);
    random[5] = (unsigned char)share;
    const struct date month = {2026, 1 + random[15] % 6, 1};
    out->answers = text_of(answers[random[14] % 6]);
    out->wave = month.month <= 3 ? TEXT("q1") : TEXT("q2");
    out->centre = random[13] % 2 == 0 ? TEXT("north") : TEXT("south");
    out->channel = (enum channel)(random[12] % CHANNEL_COUNT);
    out->period = day_of(month);
    out->id = submission_id_make(out->period, random);
}

static bool write_batch(
    struct bench *bench, struct sql *sql, size_t count, uint32_t share)
{
    for (size_t i = 0; i < count; i++) {
        make_one(bench, share, &bench->submissions[i]);
        bench->entries[i] = (struct intake_entry){.submission = &bench->submissions[i],
            .questionnaire = bench->temp->questionnaire};
        bench->items[i].entry = &bench->entries[i];
        bench->pointers[i] = &bench->items[i];
    }
    return batch_write(bench->batch, sql, bench->pointers, count) == STATUS_OK;
}

static bool fill(struct bench *bench, struct sql *sql, int64_t rows)
{
    enum { SHARES = 0x10000 };
    for (int64_t done = 0; done < rows; done += BATCH) {
        size_t count = rows - done < BATCH ? (size_t)(rows - done) : BATCH;
        if (!write_batch(bench, sql, count, (uint32_t)(done * SHARES / rows)))
            return false;
    }
    return sql_commit(sql) == STATUS_OK;
}

/* The store is closed meanwhile: a file without a log has one connection. */
static bool fill_closed(struct bench *bench, int64_t rows)
{
    struct temp_store *temp = bench->temp;
    char path[80];
    struct sql *sql = NULL;
    (void)snprintf(path, sizeof path, "%s", store_database(temp->store));
    store_close(temp->store);
    temp->store = NULL;
    bool is_done = sql_open(path, SQL_BULK, &sql) == STATUS_OK &&
                   sql_prepare_all(sql) == STATUS_OK && sql_begin(sql) == STATUS_OK &&
                   fill(bench, sql, rows);
    if (sql != NULL)
        sql_rollback(sql);
    sql_close(sql);
    return store_open(temp->folder, STORE_CHANGE, &temp->problems, &temp->store) ==
               STATUS_OK &&
           is_done;
}

static bool measure_verify(struct bench *bench)
{
    struct temp_store *temp = bench->temp;
    struct verify_result result = {0};
    double start = now_s();
    clock_t worked = clock();
    enum status rc =
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL);
    (void)printf("verify  %10lld rows  %7.2f s  %.2f s of processor  %s\n",
        (long long)result.submissions, now_s() - start,
        (double)(clock() - worked) / CLOCKS_PER_SEC, status_words(rc));
    return rc == STATUS_OK;
}

static bool measure_report(struct bench *bench)
{
    enum { ROUNDS = 20 };
    struct temp_store *temp = bench->temp;
    struct report report;
    enum status rc = STATUS_OK;
    double start = now_s();
    for (int i = 0; i < ROUNDS && rc == STATUS_OK; i++)
        rc = report_load(temp->store, temp->arena, temp->version, TEMP_STORE_TODAY,
            TEMP_STORE_TODAY, &report);
    (void)printf("report  %10d rounds  %5.2f ms each  %s\n", ROUNDS,
        (now_s() - start) * 1e3 / ROUNDS, status_words(rc));
    return rc == STATUS_OK;
}

static bool run(struct bench *bench, int64_t rows)
{
    double start = now_s();
    if (!fill_closed(bench, rows))
        return false;
    double seconds = now_s() - start;
    (void)printf("write   %10lld rows  %7.2f s  %.2f us each\n", (long long)rows, seconds,
        seconds * 1e6 / (double)rows);
    return measure_verify(bench) && measure_report(bench);
}

static bool bench_init(struct bench *bench)
{
    *bench = (struct bench){.batch = batch_new(BATCH),
        .submissions = calloc(BATCH, sizeof *bench->submissions),
        .entries = calloc(BATCH, sizeof *bench->entries),
        .items = calloc(BATCH, sizeof *bench->items),
        .pointers = calloc(BATCH, sizeof(struct batch_item *))};
    return bench->batch != NULL && bench->submissions != NULL && bench->entries != NULL &&
           bench->items != NULL && bench->pointers != NULL;
}

static void bench_clear(struct bench *bench)
{
    batch_free(bench->batch);
    free(bench->submissions);
    free(bench->entries);
    free(bench->items);
    free(bench->pointers);
}

int main(int argc, char **argv)
{
    int64_t rows = 1000000;
    void *state = NULL;
    struct bench bench;
    if (argc > 1 && !text_to_number(text_of(argv[1]), &rows))
        return 2;
    (void)setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    bool is_done = bench_init(&bench) && temp_store_set_up(&state) == 0;
    if (is_done) {
        bench.temp = state;
        is_done = run(&bench, rows);
        (void)temp_store_tear_down(&state);
    }
    bench_clear(&bench);
    return is_done ? 0 : 1;
}
