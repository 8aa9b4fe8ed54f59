#pragma once
/* releases.h: keeps what reports show of each wave beside what has come
   (kiosk/release.h). A release copies the counts of all cells of a wave at one moment,
   and its comments may be read from then on. */
#include "db/store.h"
#include "kiosk/plan.h"

struct sql;

/* Releases the waves that are due, each in a transaction of its own; made: how many.
   BUSY: the rest later; what was released before still stands. */
MUST_CHECK enum status releases_make(
    struct store *store, const struct plan *plan, day_t today, size_t *made);

/* Releases a wave whatever has come, in the caller's transaction: what an import brought
   or took away is known to whoever did it. */
MUST_CHECK enum status release_wave(
    struct sql *sql, struct text programme, struct text wave, day_t today);
