#pragma once
/* selftest_view.h: what the self-test found, as its template shows it. */
#include "web/pages/console_frame.h"
#include "web/selftest.h"

struct selftest_row {
    struct text level; /* its words */
    struct text found; /* what came of it */
    bool has_passed;
};

struct selftest_view {
    struct console_frame frame;
    struct url action;
    enum selftest_state state;
    struct text at; /* when it ran last */
    struct selftest_row rows[LEVEL_COUNT];
};
