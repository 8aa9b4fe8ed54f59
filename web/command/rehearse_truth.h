#pragma once
/* rehearse_truth.h: the file that says what is true in a rehearsal: a table with the
   columns programme, satisfied, response, and as one likes wave, walk_in, people. */
#include "kiosk/rehearsal.h"

enum { TRUTHS_MAX = 2000 };

/* In the arena. INVALID, NOT_FOUND, TOO_LARGE: problems name file, line and column. */
MUST_CHECK enum status rehearse_truth_read(struct arena *arena, const char *path,
    struct problems *problems, struct rehearsal_truth **out, size_t *count);
