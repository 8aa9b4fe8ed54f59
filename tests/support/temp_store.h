#pragma once
/* temp_store.h: a store in a folder of its own under /tmp, with a small plan applied, for
   tests of db/ and web/. The plan: programme `visits` (questionnaire `relief`: overall
   with 说不清, timely, reasons of two options, comment; grain month; waves q1 and q2 of
   2026) at the centres north and south, and `courses`, coded only, at north. */
#include "db/audit.h"
#include "db/plans.h"
#include "kiosk/submission.h"

struct temp_store {
    char folder[40];
    struct arena *arena;
    struct problems problems;
    struct store *store;
    struct plans *plans;
    const struct plan_version *version;
    const struct plan_questionnaire *questionnaire; /* relief */
};

#define TEMP_STORE_TODAY ((day_t)20493) /* 2026-02-09 */

extern const struct actor temp_store_actor; /* the command line, on that day */
extern const char temp_store_plan[];

/* An empty folder; the array is its path. False if there is none. */
bool temp_folder_make(char folder[40]);
/* With everything in it. */
void temp_folder_remove(const char *folder);

/* cmocka set-up and tear-down: *state is a struct temp_store. */
int temp_store_set_up(void **state);
/* The same with another plan, which must have these ids. */
int temp_store_set_up_with(void **state, const char *plan);
int temp_store_tear_down(void **state);

/* Closes the store, opens it again. */
bool temp_store_reopen(struct temp_store *temp);

/* Writes a submission of wave q1 at north, by poster, with answers like "430" and an id
   of its own. */
void temp_store_submission(
    const struct temp_store *temp, const char *answers, struct submission *out);
