#pragma once
/* rotation.h: what the tablets of each centre show just now. A centre has one row of
   numbers in each slot of time, and whatever shows a code takes the next: two tablets
   never show the same one, and none ends another's. Remembered is only how many were
   shown, and which of them a phone has opened; not who showed or opened them. Of codes
   that a process before this one showed all are taken for shown, as long as they would be
   good. Bounded by ROTATING_CENTRES_MAX, however many pages are asked for. Thread-safe;
   seconds are those of clock_seconds. */
#include "kiosk/rotating.h"

struct rotation;

/* seconds: now. NO_MEMORY. */
MUST_CHECK enum status rotation_open(int64_t seconds, struct rotation **out);
void rotation_close(struct rotation *rotation); /* accepts NULL */

/* The next code to show of a centre, by the number of the centre's own screen, which the
   turn names too. After ROTATING_NUMBERS in one slot it begins again with those that no
   phone has opened. BUSY: too many centres at once. */
MUST_CHECK enum status rotation_show(
    struct rotation *rotation, uint32_t centre_screen, int64_t seconds, struct turn *out);

/* True while there is no reason to show another: its slot is not over, and nobody has
   opened it. */
bool rotation_is_fresh(
    struct rotation *rotation, const struct turn *shown, int64_t seconds);

/* True if the code of that turn is good: it was shown, and left the screen no more than
   ROTATING_VALID_SECONDS ago. It is opened by that: screens go on to the next. */
bool rotation_opens(struct rotation *rotation, const struct turn *shown, int64_t seconds);

/* Seconds since the code left the screen; negative while it may still be there. */
int64_t rotation_age(const struct turn *shown, int64_t seconds);
