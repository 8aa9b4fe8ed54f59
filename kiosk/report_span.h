#pragma once
/* report_span.h: inside the report: may a further number be shown? Every number is the
   sum of some answers, so it is a direction in the space of all places where answers can
   be; what readers can compute is all that the shown directions span. Some directions are
   guarded: few people. A number is let through unless it makes a guarded one computable.
   Directions are drawn at random into fewer dimensions, as many as there are numbers:
   that changes nothing but with a chance of one in the prime (residues.h). */
#include "kiosk/arena.h"
#include "kiosk/residues.h"
#include "kiosk/status.h"

#include <stdbool.h>

enum { SPAN_VECTORS_MAX = 512 }; /* numbers of one indicator: some 0.1 s at the limit */

struct span {
    size_t width;    /* residues of a direction */
    uint32_t *basis; /* shown so far, each leads with a 1 */
    size_t *leads;   /* of each, the column */
    size_t basis_count;
    uint32_t *guarded; /* what is left of each beside the shown ones */
    size_t guarded_count;
};

/* For so many numbers in all. TOO_LARGE: over SPAN_VECTORS_MAX. NO_MEMORY. */
MUST_CHECK enum status span_make(struct arena *arena, size_t vectors, struct span *out);
/* The direction of one place alone, and adding it to that of a number; all of
   span->width residues. */
void span_place(const struct span *span, size_t place, uint32_t *out);
void span_add(const struct span *span, const uint32_t *place, uint32_t *direction);
/* What is there is missing instead. */
void span_negate(const struct span *span, uint32_t *place);
/* Directions are used up by these calls. What must not follow; one that follows already
   is given up. */
void span_guard(struct span *span, uint32_t *direction);
/* What is shown anyhow. */
void span_show(struct span *span, uint32_t *direction);
/* What may be shown if it is safe: true if it is; it is then taken as shown. */
bool span_admit(struct span *span, uint32_t *direction);
/* True if it can be computed from what is shown. */
bool span_follows(const struct span *span, uint32_t *direction);
