#pragma once
/* statements_arrays.h: statements that take an array for each parameter, a row in each
   place. Only for an engine that takes arrays (sql_takes_arrays). */
#include "db/statements.h"

enum array_statement {
    SQL_SUBMISSIONS_HAVE,
    SQL_CODES_SPEND,
    SQL_CODES_STATE,
    SQL_ROTATING_SPEND_MANY,
    SQL_CODES_ADD,
    SQL_SUBMISSIONS_ADD,
    SQL_COMMENTS_ADD,
    SQL_COMMENTS_PUT,
    SQL_TALLIES_GET,
    SQL_TALLIES_SET,
    SQL_ARRAYS_COUNT
};

extern const struct statement_text array_texts[SQL_ARRAYS_COUNT];
