#pragma once
/* watch.h: what this process has seen of answers lately, for flagging those that look as
   if nobody had been asked (stuffing.h), and the hours of flagged ones until they may be
   kept (stuffing_hours.h). Nothing of it is written but in lots of k. Thread-safe. */
#include "db/store.h"
#include "kiosk/plan.h"

struct stuffing_answer;
struct watch;

MUST_CHECK enum status watch_open(struct watch **out);
void watch_close(struct watch *watch); /* accepts NULL */

/* The flags of an answer that is about to be kept. */
unsigned watch_judge(
    struct watch *watch, const struct plan *plan, const struct stuffing_answer *answer);
/* What became of it: kept as a new one, or not. submission->flags are those judged. */
void watch_tell(struct watch *watch, const struct plan *plan,
    const struct stuffing_answer *answer, bool was_stored);
/* Writes the hours of which k answers are together. BUSY: later. */
MUST_CHECK enum status watch_keep(
    struct watch *watch, struct store *store, const struct plan *plan);
