/* statements_arrays.c: the SQL of a batch on an engine that takes arrays (PostgreSQL):
   what a table of statements.c says of one row, said of many at once. Rows are given in
   the order of their key, and locked in it, so that two nodes never wait for each other.
 */
#include "db/statements_arrays.h"

#define CODE_COLUMNS "hash, programme, wave, centre, channel, batch, is_open, state"
#define SUBMISSION_COLUMNS                                                               \
    "id, programme, wave, centre, channel, mode, plan_version, period, answers,\n"       \
    "    import, late, digest, flags"
#define COMMENT_COLUMNS "id, programme, wave, centre, overall, item, text, import"
#define TALLY_KEY "slice, programme, wave, period, centre, channel, mode, flags, node"
#define SET_KEY "programme, wave, period, node"
#define ADD_CODES                                                                        \
    "INSERT INTO code (" CODE_COLUMNS ")\n"                                              \
    "SELECT *\n"                                                                         \
    "FROM unnest(CAST($1 AS BYTEA[]), CAST($2 AS TEXT[]), CAST($3 AS TEXT[]),\n"         \
    "    CAST($4 AS TEXT[]), CAST($5 AS BIGINT[]), CAST($6 AS BIGINT[]),\n"              \
    "    CAST($7 AS BIGINT[]), CAST($8 AS BIGINT[]))\n"

const struct statement_text array_texts[SQL_ARRAYS_COUNT] = {
    /* Which of these ids are there. */
    [SQL_SUBMISSIONS_HAVE] = {"submissions_have", "SELECT id\n"
                                                  "FROM submission\n"
                                                  "WHERE id = ANY(CAST($1 AS BYTEA[]))"},
    /* Gives back those that are spent by this. Whom another transaction holds is waited
       for, and looked at again. */
    [SQL_CODES_SPEND] = {"codes_spend",
        "WITH held AS (\n"
        "    SELECT hash\n"
        "    FROM code\n"
        "    WHERE hash = ANY(CAST($1 AS BYTEA[])) AND state = 0 AND is_open = 0\n"
        "    ORDER BY hash\n"
        "    FOR UPDATE)\n"
        "UPDATE code\n"
        "SET state = 1\n"
        "FROM held\n"
        "WHERE code.hash = held.hash\n"
        "RETURNING code.hash"},
    [SQL_CODES_STATE] = {"codes_state", "SELECT hash, state\n"
                                        "FROM code\n"
                                        "WHERE hash = ANY(CAST($1 AS BYTEA[]))"},
    /* The same of codes that tablets showed, which are not there until they are spent. */
    [SQL_ROTATING_SPEND_MANY] = {"rotating_spend_many",
        "INSERT INTO rotating_spent (hash, shown_on)\n"
        "SELECT *\n"
        "FROM unnest(CAST($1 AS BYTEA[]), CAST($2 AS BIGINT[]))\n"
        "ON CONFLICT (hash) DO NOTHING\n"
        "RETURNING hash"},
    /* Gives back those that were not there. */
    [SQL_CODES_ADD] = {"codes_add", ADD_CODES "ON CONFLICT (hash) DO NOTHING\n"
                                              "RETURNING hash"},
    /* A version that isn't kept is none, which the table refuses: looked up once, where a
       foreign key would look for each row (a tenth of what a batch costs the server). */
    [SQL_SUBMISSIONS_ADD] = {"submissions_add",
        "INSERT INTO submission (" SUBMISSION_COLUMNS ")\n"
        "SELECT id, programme, wave, centre, channel, mode,\n"
        "    CASE WHEN plan_version IN (SELECT version FROM plan) THEN plan_version "
        "END,\n"
        "    period, answers, import, late, digest, flags\n"
        "FROM unnest(CAST($1 AS BYTEA[]), CAST($2 AS TEXT[]), CAST($3 AS TEXT[]),\n"
        "    CAST($4 AS TEXT[]), CAST($5 AS BIGINT[]), CAST($6 AS BIGINT[]),\n"
        "    CAST($7 AS BIGINT[]), CAST($8 AS BIGINT[]), CAST($9 AS TEXT[]),\n"
        "    CAST($10 AS BIGINT[]), CAST($11 AS BIGINT[]), CAST($12 AS BYTEA[]),\n"
        "    CAST($13 AS BIGINT[]))\n"
        "    AS given (" SUBMISSION_COLUMNS ")\n"
        "ON CONFLICT (id) DO NOTHING\n"
        "RETURNING id"},
    [SQL_COMMENTS_ADD] = {"comments_add",
        "INSERT INTO comment_arrival (" COMMENT_COLUMNS ")\n"
        "SELECT *\n"
        "FROM unnest(CAST($1 AS BYTEA[]), CAST($2 AS TEXT[]), CAST($3 AS TEXT[]),\n"
        "    CAST($4 AS TEXT[]), CAST($5 AS BIGINT[]), CAST($6 AS TEXT[]),\n"
        "    CAST($7 AS TEXT[]), CAST($8 AS BIGINT[]))"},
    /* As they were, with what became of them. */
    [SQL_COMMENTS_PUT] = {"comments_put",
        "INSERT INTO comment (" COMMENT_COLUMNS ", state)\n"
        "SELECT *\n"
        "FROM unnest(CAST($1 AS BYTEA[]), CAST($2 AS TEXT[]), CAST($3 AS TEXT[]),\n"
        "    CAST($4 AS TEXT[]), CAST($5 AS BIGINT[]), CAST($6 AS TEXT[]),\n"
        "    CAST($7 AS TEXT[]), CAST($8 AS BIGINT[]), CAST($9 AS BIGINT[]))"},
    /* The place of each in the arrays, from 1, and its cell; in the order of places. */
    [SQL_TALLIES_GET] = {"tallies_get",
        "SELECT given.place, tally.cell\n"
        "FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS TEXT[]), CAST($3 AS TEXT[]),\n"
        "    CAST($4 AS BIGINT[]), CAST($5 AS TEXT[]), CAST($6 AS BIGINT[]),\n"
        "    CAST($7 AS BIGINT[]), CAST($8 AS BIGINT[]), CAST($9 AS BIGINT[]))\n"
        "    WITH ORDINALITY\n"
        "    AS given (" TALLY_KEY ", place)\n"
        "JOIN tally USING (" TALLY_KEY ")\n"
        "ORDER BY given.place"},
    [SQL_TALLIES_SET] = {"tallies_set",
        "INSERT INTO tally (" TALLY_KEY ", cell)\n"
        "SELECT *\n"
        "FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS TEXT[]), CAST($3 AS TEXT[]),\n"
        "    CAST($4 AS BIGINT[]), CAST($5 AS TEXT[]), CAST($6 AS BIGINT[]),\n"
        "    CAST($7 AS BIGINT[]), CAST($8 AS BIGINT[]), CAST($9 AS BIGINT[]),\n"
        "    CAST($10 AS BYTEA[]))\n"
        "ON CONFLICT (" TALLY_KEY ") DO UPDATE SET cell = excluded.cell"},
};
