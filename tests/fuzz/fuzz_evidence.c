/* fuzz_evidence.c: a file of evidence that somebody changed, as an auditor opens it: it
   is read, refused or found wrong, and no byte of it does harm. The input is a list of
   changes to a genuine file: three bytes where, one what. */
#include "tests/fuzz/fuzz.h"

#include "db/batch.h"
#include "db/evidence.h"
#include "db/report_load.h"
#include "db/seals.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/temp_store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    ROWS = 40,
    SEALED_ON = 20558,
    CHANGES_MAX = 64,
    CHANGE_BYTES = 4,
    ARENA_BYTES = 8 << 20
};

/* The genuine file, made once a run. */
static struct {
    char folder[40];
    char path[60];
    unsigned char *bytes;
    size_t size;
} genuine;

static void store_rows(struct temp_store *temp)
{
    static struct submission submissions[ROWS];
    static struct intake_entry entries[ROWS];
    static struct batch_item items[ROWS];
    struct batch_item *list[ROWS];
    struct sql *sql = NULL;
    struct batch *batch = batch_new(ROWS);
    assert(batch != NULL);
    for (size_t i = 0; i < ROWS; i++) {
        temp_store_submission(temp, i % 3 == 0 ? "213" : "430", &submissions[i]);
        entries[i] = (struct intake_entry){
            .submission = &submissions[i], .questionnaire = temp->questionnaire};
        items[i] = (struct batch_item){.entry = &entries[i]};
        list[i] = &items[i];
    }
    enum status rc = store_begin(temp->store, &sql);
    assert(rc == STATUS_OK);
    rc = store_end(temp->store, sql, batch_write(batch, sql, list, ROWS));
    assert(rc == STATUS_OK);
    batch_free(batch);
}

static void write_evidence(struct temp_store *temp)
{
    const struct text words[EVIDENCE_WORD_COUNT] = {[EVIDENCE_PROGRAM] = TEXT("0"),
        [EVIDENCE_README] = TEXT("read"),
        [EVIDENCE_REPORT] = TEXT("{}"),
        [EVIDENCE_AS_OF] = TEXT("2026-04-15"),
        [EVIDENCE_LANGUAGE] = TEXT("zh")};
    size_t made = 0;
    enum status rc = seals_make(temp->store, temp->plans, SEALED_ON, &made);
    assert(rc == STATUS_OK && made == 1);
    rc = evidence_begin(temp->store, genuine.path, &temp->problems, NULL, NULL);
    assert(rc == STATUS_OK);
    rc = evidence_finish(genuine.path, words, &temp->problems);
    assert(rc == STATUS_OK);
}

static void read_genuine(void)
{
    struct stat seen;
    int file = open(genuine.path, O_RDONLY | O_CLOEXEC);
    assert(file >= 0 && fstat(file, &seen) == 0);
    genuine.size = (size_t)seen.st_size;
    genuine.bytes = malloc(genuine.size);
    assert(genuine.bytes != NULL);
    ssize_t count = read(file, genuine.bytes, genuine.size);
    assert(count == seen.st_size);
    (void)close(file);
}

static void forget(void)
{
    temp_folder_remove(genuine.folder);
    free(genuine.bytes);
}

static void make_genuine(void)
{
    void *state = NULL;
    bool is_made = temp_store_set_up(&state) == 0 && temp_folder_make(genuine.folder);
    assert(is_made);
    (void)snprintf(genuine.path, sizeof genuine.path, "%s/evidence", genuine.folder);
    store_rows(state);
    write_evidence(state);
    read_genuine();
    (void)temp_store_tear_down(&state);
    (void)atexit(forget);
}

static size_t place(const uint8_t *change)
{
    size_t at = (size_t)change[0] << 16 | (size_t)change[1] << 8 | change[2];
    return at % genuine.size;
}

/* With the changes, or as it was. */
static void write_changes(const uint8_t *data, size_t count, bool changed)
{
    int file = open(genuine.path, O_WRONLY | O_CLOEXEC);
    assert(file >= 0);
    for (size_t i = 0; i < count; i++) {
        const uint8_t *change = data + i * CHANGE_BYTES;
        size_t at = place(change);
        unsigned char byte = changed ? change[3] : genuine.bytes[at];
        ssize_t written = pwrite(file, &byte, 1, (off_t)at);
        assert(written == 1);
    }
    (void)close(file);
}

/* As `manyi verify FILE` does: opens, compares, makes the report. */
static enum status check(struct arena *arena)
{
    struct problems problems;
    struct store *store = NULL;
    struct plans *plans = NULL;
    struct verify_result result;
    struct report report;
    problems_init(&problems, arena);
    enum status rc = store_open_file(genuine.path, &problems, &store);
    if (rc != STATUS_OK)
        return rc;
    rc = plans_open(store, &plans);
    if (rc == STATUS_OK) {
        rc = verify_store(store, plans, &problems, &result, NULL, NULL);
        assert(rc != STATUS_INVALID || problems.count > 0);
        const struct plan_version *version = plans_current(plans);
        if (version != NULL)
            (void)!report_load(store, arena, version, SEALED_ON, SEALED_ON, &report);
        plans_close(plans);
    }
    store_close(store);
    return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (genuine.bytes == NULL)
        make_genuine();
    size_t count = size / CHANGE_BYTES;
    if (count > CHANGES_MAX)
        return 0;
    struct arena *arena = fuzz_arena(ARENA_BYTES);
    write_changes(data, count, true);
    enum status rc = check(arena);
    assert(count > 0 || rc == STATUS_OK);
    write_changes(data, count, false);
    arena_free(arena);
    return 0;
}
