#pragma once
/* counted.h: what a node of a database on a server has counted: its tallies' cells and
   its periods' sets, as its last commit left them. Nobody else writes rows under its
   number, so that they need not be read again for each batch. Used by one thread. */
#include "db/cells.h"
#include "db/sets.h"

struct counted;

struct counted *counted_new(void);          /* NULL without memory; the caller frees */
void counted_free(struct counted *counted); /* accepts NULL */
/* Forgets all: once it may be that it is not what the database has. */
void counted_forget(struct counted *counted);

/* NULL: not known; it must be read. Borrowed until the next note. */
const struct cell *counted_cell(struct counted *counted, const struct tally_key *key);
/* How the cell is now. One that is known is always noted; a new one only while there is
   room for its key (COUNTED_BYTES_MAX in all, some hundreds of cells): once there is
   none, all is forgotten at the next counted_make_room. */
void counted_note_cell(struct counted *counted, const struct tally_key *key,
    const struct plan_questionnaire *questionnaire, const int64_t *counters);

/* The same of a period's set. False: not known. */
bool counted_set(
    struct counted *counted, const struct set_key *key, struct period_set *out);
void counted_note_set(
    struct counted *counted, const struct set_key *key, const struct period_set *set);

/* The same of how many seals a period has. These are not the node's own: whether nobody
   has sealed since is to be asked in each transaction that goes by them. */
bool counted_seals(struct counted *counted, const struct set_key *key, int64_t *out);
void counted_note_seals(
    struct counted *counted, const struct set_key *key, int64_t seals);
/* newest: the number of the newest seal; 0: there is none. False: it is another than when
   what is known was noted; all is forgotten then. */
bool counted_seals_hold(struct counted *counted, int64_t newest);

/* Between two transactions. */
void counted_make_room(struct counted *counted);
