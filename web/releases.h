#pragma once
/* releases.h: takes what has come into the figures (db/releases.h) while serving: a job
   does it, and whoever looks at a report. Once it has, it rests for a minute, so that
   nobody can watch single answers come. */
#include "web/app.h"

struct releasing;

MUST_CHECK enum status releasing_open(struct releasing **out);
void releasing_close(struct releasing *releasing); /* accepts NULL */

/* By any thread. Anything but OK: what was released before is shown meanwhile. */
MUST_CHECK enum status releases_refresh(const struct app *app);
