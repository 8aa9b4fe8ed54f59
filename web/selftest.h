#pragma once
/* selftest.h: shows that a low rating gets in as a high one does. For each level, from 5
   to 1, a form is fetched from this very server, read, filled in and sent, as a phone
   would; it is written and taken back (db/trial.h), so that nothing is counted. The codes
   are drawn for each level, known to this process alone and forgotten at once.
   Thread-safe. */
#include "kiosk/admission.h"
#include "kiosk/calendar.h"
#include "kiosk/submission.h"

#include <stdint.h>

struct app;
struct selftest;

enum selftest_step {
    SELFTEST_PASSED,
    SELFTEST_UNREACHED, /* no answer came */
    SELFTEST_PAGE,      /* the page was answered with another status than 200 */
    SELFTEST_FORM,      /* the page has no such level, or has it unlike the others */
    SELFTEST_SENT,      /* the form was answered with another status than 303 */
    SELFTEST_KEPT,      /* it was thanked for, but another level was written, or none */
    SELFTEST_STEP_COUNT
};

enum selftest_state {
    SELFTEST_NEVER,   /* not run yet */
    SELFTEST_NOTHING, /* there is no plan, so there is nothing to answer */
    SELFTEST_GOOD,    /* five ticks */
    SELFTEST_BAD
};

struct selftest_level {
    int level;
    enum selftest_step step; /* where it failed */
    int http_status;         /* what was answered there; 0: nothing */
};

struct selftest_result {
    enum selftest_state state;
    minute_t at;                               /* when it ran last */
    struct selftest_level levels[LEVEL_COUNT]; /* 5 first; of GOOD and BAD */
};

MUST_CHECK enum status selftest_open(struct app *app, struct selftest **out);
/* Waits for a run in the background. Accepts NULL. */
void selftest_close(struct selftest *selftest);

/* Where the server listens (host order; 0: every address). Before any run. */
void selftest_listen(struct selftest *selftest, uint32_t ip, uint16_t port);

/* Runs it now; one that is under way is waited for and taken for this one. BAD leaves one
   line on stderr. */
void selftest_run(struct selftest *selftest, struct selftest_result *out);
/* The same in the background: nobody waits for it. */
void selftest_start(struct selftest *selftest);
/* What the last run found. */
void selftest_read(struct selftest *selftest, struct selftest_result *out);

/* True if the code is the one of the level under way: what it grants, in the arena. */
bool selftest_find(struct selftest *selftest, const struct code *code,
    struct arena *arena, struct code_grant *out);
/* What was written for it, by the level of the item that counts. */
void selftest_note(struct selftest *selftest, int level);
