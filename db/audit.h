#pragma once
/* audit.h: the log of what operators and commands did: a chain of lines, each written in
   the transaction of the deed itself. */
#include "db/sql.h"
#include "kiosk/seal.h"

struct operator_id;

/* Who does something, and on what day. */
struct actor {
    day_t today;
    const struct operator_id *by; /* NULL: the command line, or a job */
};

/* What there is to do. The words are kept: they are never renamed. */
enum audit_action {
    AUDIT_PLAN_APPLY,       /* subject "plan 3"; its fingerprint */
    AUDIT_CODES_MAKE,       /* "batch 5"; programme, wave, centre, channel, count */
    AUDIT_CODES_VOID,       /* "batch 5"; the reason */
    AUDIT_POSTER_RENEW,     /* "poster"; programme and centre */
    AUDIT_IMPORT,           /* "import 2"; rows, and the file's digest */
    AUDIT_IMPORT_WITHDRAW,  /* "import 2"; the reason */
    AUDIT_OPERATOR_ADD,     /* "operator 0123…": the first one, who chose a password */
    AUDIT_OPERATOR_INVITE,  /* "operator 0123…" */
    AUDIT_OPERATOR_DISABLE, /* "operator 0123…" */
    AUDIT_OPERATOR_RESET,   /* "operator 0123…" */
    AUDIT_SEAL,             /* "seal 7"; its chain value */
    AUDIT_REPORT_PUBLISH,   /* "published 3"; the digest of its report */
    AUDIT_COMMENT_REVIEW,   /* "comment 0123…"; the word of kiosk/review.h */
    AUDIT_ACTION_COUNT
};

/* Static. */
struct text audit_word(enum audit_action action);

/* Adds a line to the log, inside the caller's transaction. */
MUST_CHECK enum status audit_add(struct sql *sql, const struct actor *actor,
    enum audit_action action, struct text subject, struct text detail);
/* The same of something numbered: "plan" 3. */
MUST_CHECK enum status audit_add_numbered(struct sql *sql, const struct actor *actor,
    enum audit_action action, const char *what, int64_t number, struct text detail);
/* The same of an operator. */
MUST_CHECK enum status audit_add_operator(struct sql *sql, const struct actor *actor,
    enum audit_action action, const struct operator_id *id);
