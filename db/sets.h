#pragma once
/* sets.h: the submissions of a period as a set: how many, and the lanes of their digests.
   One row a period and node, changed only in the transaction that adds or removes the
   submissions. */
#include "db/sql.h"
#include "kiosk/seal.h"

/* Which period; texts borrowed. */
struct set_key {
    struct text programme;
    struct text wave;
    int64_t period;
};

struct period_set {
    int64_t count;
    struct seal_lanes lanes;
};

/* In the order of the table: negative, 0, positive. */
int set_key_compare(const struct set_key *a, const struct set_key *b);
/* $1 to $3. */
void set_key_bind(struct sql_statement *statement, const struct set_key *key);

/* Asks for a node's set, which set_take waits for: before any other set is asked for or
   written. The key's texts must last until then. */
MUST_CHECK enum status set_ask(
    struct sql *sql, const struct set_key *key, int64_t node, struct sql_statement **out);
/* What was asked for; all zeros if there is none. INTERNAL: what is stored is no set. */
MUST_CHECK enum status set_take(
    struct sql_statement *asked, const struct set_key *key, struct period_set *out);
/* Both. */
MUST_CHECK enum status set_get(
    struct sql *sql, const struct set_key *key, int64_t node, struct period_set *out);
/* Stores it. INTERNAL: it holds less than nothing. */
MUST_CHECK enum status set_put(struct sql *sql, const struct set_key *key, int64_t node,
    const struct period_set *set);
/* Adds other to the set of TALLY_NODE, or takes it out of it: by who writes alone. */
MUST_CHECK enum status set_join(
    struct sql *sql, const struct set_key *key, const struct period_set *other);
MUST_CHECK enum status set_part(
    struct sql *sql, const struct set_key *key, const struct period_set *other);

/* A row of SQL_SET_LIST or SQL_SET_AUDIT; texts live until the next step. False if it is
   no set. */
bool set_from_row(struct sql_statement *row, struct set_key *key, struct period_set *out);

/* Count and lanes, from that column on. INTERNAL, logged: it is no set. */
MUST_CHECK enum status set_read(struct sql_statement *row, int column,
    const struct set_key *key, struct period_set *out);

/* The periods of a programme that hold something, with their digests, summed over the
 * nodes, in the arena. */
MUST_CHECK enum status sets_list(struct sql *sql, struct arena *arena,
    struct text programme, struct seal_period **out, size_t *out_count);
