#pragma once
/* operator_row.h: what the files about operators share within this folder: a row of
   OPERATOR_COLUMNS (statements.c), and statements that take an operator's id alone. */
#include "db/operators.h"
#include "db/secret.h"
#include "db/sql.h"

/* The columns by number; what a statement reads besides begins at the count. */
enum {
    OPERATOR_ROW_ID,
    OPERATOR_ROW_NAME,
    OPERATOR_ROW_FOLDED,
    OPERATOR_ROW_PASSWORD,
    OPERATOR_ROW_DUTIES,
    OPERATOR_ROW_IS_DISABLED,
    OPERATOR_ROW_MADE_ON,
    OPERATOR_ROW_COLUMNS
};

/* NO_MEMORY: the arena is full. */
MUST_CHECK enum status operator_from_row(
    struct sql_statement *row, struct arena *arena, struct operator_account *out);

MUST_CHECK enum status operator_run(
    struct sql *sql, enum statement statement, const struct operator_id *id);

/* Within a transaction. */
MUST_CHECK enum status session_add(struct sql *sql, const struct secret_hash *hash,
    const struct operator_id *id, minute_t now);
