#pragma once
/* plan_yaml.h: reads a plan's YAML (the format is in deploy/PLAN.md) and reports every
   mistake at once, each with line and column and, for a misspelt word, what was probably
   meant. */
#include "kiosk/plan.h"
#include "kiosk/problems.h"
#include "kiosk/status.h"

/* Reads the whole text of a plan file. OK: *out lives in the arena, as do copies of all
   its texts (the given text may go). INVALID: problems hold at least one mistake, *out is
   untouched. TOO_LARGE: over PLAN_BYTES_MAX (also a problem). NO_MEMORY: the arena is
   full; 8 times the text's size plus 1 MiB is enough. A full-width colon or comma or a
   tab outside quotes is reported and mended in memory, so that the rest of the file is
   read too. */
MUST_CHECK enum status plan_parse(struct arena *arena, struct text yaml,
    struct problems *problems, const struct plan **out);
