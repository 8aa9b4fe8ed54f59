#pragma once
/* trial.h: an answer that is written as the intake writes it, looked at, and taken back:
   in a transaction of its own that is never committed, so that nothing of it is in any
   figure, count, set or batch, nor in the log. */
#include "db/intake.h"

/* The entry's grant is a one-time code that is not in the store: it is put there first,
   inside the transaction. OK: it was stored and its code spent. INTERNAL: it was not.
   BUSY: the store takes no answers now, for the same reasons as the intake. */
MUST_CHECK enum status trial_write(struct store *store, const struct intake_entry *entry);
