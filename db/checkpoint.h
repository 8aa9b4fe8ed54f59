#pragma once
/* checkpoint.h: a thread that copies the write-ahead log into the database while there
   are commits, so that no commit has to. One per process that takes submissions in. */
#include "db/store.h"

struct checkpointer;

/* The store must outlive it. The caller closes. */
MUST_CHECK enum status checkpointer_open(struct store *store, struct checkpointer **out);
void checkpointer_close(struct checkpointer *checkpointer); /* accepts NULL */

/* How large the log was when it was last looked at. */
int64_t checkpointer_log_bytes(const struct checkpointer *checkpointer);
/* Notes that the log was started anew. */
void checkpointer_restarted(struct checkpointer *checkpointer);
