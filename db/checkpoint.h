#pragma once
/* checkpoint.h: a thread that copies the write-ahead log into the database while there
   are commits, so that no commit has to. One per process that takes submissions in. */
#include "db/store.h"

struct checkpointer;

/* The store must outlive it. The caller closes. */
MUST_CHECK enum status checkpointer_open(struct store *store, struct checkpointer **out);
void checkpointer_close(struct checkpointer *checkpointer); /* accepts NULL */

/* Keeps the thread from its work until checkpointer_resume, for a checkpoint of another
   kind. False, and nothing kept, if it is at work and is not waited for. */
bool checkpointer_pause(struct checkpointer *checkpointer, bool waits);
void checkpointer_resume(struct checkpointer *checkpointer);
