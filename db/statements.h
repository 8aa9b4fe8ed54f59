#pragma once
/* statements.h: every statement of the product, by name. All are prepared when a
   connection is opened, so that a mistake in one is found at start. */

enum statement {
    SQL_SETTING_GET,
    SQL_SETTING_SET,
    SQL_PLAN_LIST,
    SQL_PLAN_LAST,
    SQL_PLAN_ADD,
    SQL_OPEN_CODE_ADD,
    SQL_OPEN_CODE_GET,
    SQL_CODE_FIND,
    SQL_CODE_ADD,
    SQL_CODE_SPEND,
    SQL_CODE_VOID_BATCH,
    SQL_BATCH_ADD,
    SQL_BATCH_GET,
    SQL_BATCH_VOID,
    SQL_BATCH_ASKED,
    SQL_BATCH_AUDIT,
    SQL_SUBMISSION_HAS,
    SQL_SUBMISSION_ADD,
    SQL_SUBMISSION_COUNT,
    SQL_SUBMISSION_AUDIT,
    SQL_COMMENT_ADD,
    SQL_TALLY_GET,
    SQL_TALLY_HAS_WAVE,
    SQL_TALLY_SET,
    SQL_TALLY_LIST,
    SQL_TALLY_AUDIT,
    SQL_TALLY_REMOVE,
    SQL_IMPORT_IN_FORCE,
    SQL_IMPORT_NEXT,
    SQL_IMPORT_ADD,
    SQL_IMPORT_GET,
    SQL_IMPORT_COUNT,
    SQL_IMPORT_WITHDRAW,
    SQL_IMPORT_SUBMISSIONS,
    SQL_IMPORT_REMOVE_SUBMISSIONS,
    SQL_IMPORT_REMOVE_COMMENTS,
    SQL_IMPORT_AUDIT,
    SQL_IMPORT_STRAYS,
    SQL_STATEMENT_COUNT
};

struct statement_text {
    const char *name; /* for the log */
    const char *sql;
};

extern const struct statement_text statement_texts[SQL_STATEMENT_COUNT];
