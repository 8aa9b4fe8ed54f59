#pragma once
/* intake.h: the only way a submission gets into the store. Request threads hand over what
   they have checked and wait; one writer thread takes whatever has queued, commits it in
   one transaction with one fsync, then answers all. What was acknowledged is on the disk.
 */
#include "db/codes.h"
#include "kiosk/plan.h"

struct intake;

enum intake_outcome {
    INTAKE_STORED,
    INTAKE_DUPLICATE, /* this id is there already: answer as the first time, nothing was
                         counted */
    INTAKE_SPENT,     /* another submission has used the one-time code */
    INTAKE_VOID       /* the code was voided meanwhile */
};

/* For a thread that has something else to wait for meanwhile. */
struct intake_watch {
    void *context;
    /* By that thread, instead of sleeping; it may return at any time. */
    void (*wait)(void *context);
    /* By the intake's thread, once, as soon as the entry is answered as intake_submit
       will return it, and before that returns. Short: all others wait for it. */
    void (*answered)(void *context, enum status status, enum intake_outcome outcome);
};

struct intake_entry {
    const struct submission *submission;
    const struct plan_questionnaire *questionnaire;
    const struct code_grant *grant;   /* NULL: no code (imports, tablets) */
    int64_t import;                   /* the import it came with; 0: none */
    const struct intake_watch *watch; /* NULL: the thread sleeps */
};

/* Starts the writer thread. The store and whatever entries point to must outlive it. */
MUST_CHECK enum status intake_open(struct store *store, struct intake **out);

/* The same with other limits, for tests. */
struct intake_options {
    size_t queue_max;      /* INTAKE_QUEUE_MAX */
    int64_t log_bytes_max; /* the write-ahead log is started anew above: 64 MB */
    size_t arrivals_max;   /* submissions that may lie where they came (db/arrivals.h) */
};
MUST_CHECK enum status intake_open_with(
    struct store *store, const struct intake_options *options, struct intake **out);

/* Lets what is queued finish, then ends the thread. Accepts NULL. */
void intake_close(struct intake *intake);

/* Waits for the commit. BUSY: the queue is full (INTAKE_QUEUE_MAX), or the store can't
   write now; nothing was kept unless the same id later turns out a duplicate. NOT_FOUND:
   the one-time code is not in the store. INTERNAL: this entry can't be kept as it is; its
   neighbours were. Safe from any thread. */
MUST_CHECK enum status intake_submit(
    struct intake *intake, const struct intake_entry *entry, enum intake_outcome *out);

/* Submissions waiting now, for the metrics. */
size_t intake_waiting(const struct intake *intake);
/* Transactions that took submissions in since the start, for the metrics. */
int64_t intake_commits(const struct intake *intake);
