#pragma once
/* shell.h: what another program says. */
#include "kiosk/text.h"

/* Everything the command prints, terminated and in the arena; *status is its exit status
   (may be NULL). The test fails if it can't be run or prints over 16 MiB. */
struct text shell_run(struct arena *arena, const char *command, int *status);
