#pragma once
/* temp_store.h: a store in a folder of its own under /tmp, with a small plan applied, for
   tests of db/ and web/. With MANYI_TEST_SERVER (the folder of a server's socket) it is a
   database of its own on that server instead, and the folder holds the key. The plan:
   programme `visits` (questionnaire `relief`: overall with 说不清, timely, reasons of two
   options, comment; grain month; waves q1 and q2 of 2026) at the centres north and south,
   and `courses`, coded only, at north. */
#include "db/audit.h"
#include "db/plans.h"
#include "kiosk/submission.h"

struct temp_store {
    char folder[40];
    char location[120]; /* for store_open: the folder, or the database's address */
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

/* True if test stores are databases on a server. What is SQLite's alone (files, the log,
   pragmas) is then not asked for: tests of it stand in a list of their own. */
bool temp_store_is_cluster(void);
/* An empty folder, and where a store may be made: that folder, or a new database whose
   key is to be in it. False if there is none. */
bool temp_place_make(char folder[40], char location[120]);
void temp_place_remove(const char *folder, const char *location);

/* cmocka set-up and tear-down: *state is a struct temp_store. */
int temp_store_set_up(void **state);
/* The same with another plan, which must have these ids. */
int temp_store_set_up_with(void **state, const char *plan);
int temp_store_tear_down(void **state);

/* Runs a script as someone with the database at hand would, past foreign keys. */
enum status temp_store_tamper(struct temp_store *temp, const char *script);

/* Puts submissions that lie where they came to the others. */
void temp_store_settle(struct temp_store *temp);
/* In SQL, instead of a table: submissions wherever they lie. */
#define EVERY_SUBMISSION                                                                 \
    "(SELECT id, wave, centre, channel, answers, import, late, flags FROM submission"    \
    " UNION ALL SELECT id, wave, centre, channel, answers, import, late, flags"          \
    " FROM submission_arrival) AS submission"

/* Closes the store, opens it again. */
bool temp_store_reopen(struct temp_store *temp);

/* Writes a submission of wave q1 at north, by poster, with answers like "430" and an id
   of its own. */
void temp_store_submission(
    const struct temp_store *temp, const char *answers, struct submission *out);
