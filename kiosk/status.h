#pragma once
/* status.h: the one set of results that fallible functions return. A user's mistake
   carries its details as data (problems.h); this says only what a caller must do
   differently. */

#define STATUS_LIST(X)                                                                   \
    X(OK, "ok")                                                                          \
    X(INVALID, "invalid")     /* user data breaks a rule; problems say which */          \
    X(NOT_FOUND, "not found") /* no such row, code, id */                                \
    X(CONFLICT, "conflict")   /* it was there before: a spent code, a frozen plan */     \
    X(CLOSED, "closed")       /* outside its dates, or void */                           \
    X(TOO_LARGE, "too large") /* over a limit of limits.h */                             \
    X(BUSY, "busy")           /* try again: full queue, locked or failing store */       \
    X(NO_MEMORY, "no memory") /* the arena is full */                                    \
    X(INTERNAL, "internal error")

enum status {
#define X(name, words) STATUS_##name,
    STATUS_LIST(X)
#undef X
        STATUS_COUNT
};

/* The compiler makes the caller look at a status. */
#define MUST_CHECK __attribute__((warn_unused_result))

/* Short English words for logs; static, never NULL. */
const char *status_words(enum status status);
