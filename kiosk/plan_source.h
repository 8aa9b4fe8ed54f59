#pragma once
/* plan_source.h: the text of a plan file on its way to the YAML library: decoded
   (plan_encoding.c), then mended where a Chinese keyboard or a tab has slipped into the
   syntax (plan_repair.c). What was mended was also reported; places are always those of
   the file as the person has it. Used by plan_yaml.c alone. */
#include "kiosk/problems.h"
#include "kiosk/status.h"

struct place {
    unsigned line;   /* from 1; 0: none */
    unsigned column; /* from 1, in characters */
};

/* Where mending made a line one character longer. */
struct plan_shift {
    unsigned line;   /* from 0 */
    unsigned column; /* of the extra character in the mended line, from 0 */
};

struct plan_source {
    struct text yaml; /* UTF-8 without control characters, syntax mended */
    struct plan_shift *shifts;
    size_t shift_count;
};

/* Flow brackets or block levels that may stand in each other; a plan needs eight. */
enum { PLAN_NESTING_MAX = 32 };

/* Strips a byte order mark; reports bytes that are not UTF-8 (once a line) and control
   characters, and puts a ? or a space in their place. INVALID: the file is UTF-16 or GBK,
   which is reported; *out is untouched. NO_MEMORY. *out lives in the arena. */
MUST_CHECK enum status source_decode(
    struct arena *arena, struct text file, struct problems *problems, struct text *out);

/* Reports and mends full-width signs, missing spaces after a colon and tabs where they
   stand as syntax; texts, quoted or not, keep theirs. NO_MEMORY. *out lives in the arena.
 */
MUST_CHECK enum status source_repair(struct arena *arena, struct text decoded,
    struct problems *problems, struct plan_source *out);

/* The place in the person's file of a line and column (from 0) of the mended text. */
struct place source_place(const struct plan_source *source, size_t line, size_t column);

/* Adds a problem at a place, with copies of its arguments and suggestion: what they were
   taken from may go. Its field must live on. */
void source_report(struct problems *problems, struct place at, struct problem problem);
