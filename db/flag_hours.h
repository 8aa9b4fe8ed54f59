#pragma once
/* flag_hours.h: the hours of the day at which flagged answers came, as counts of a year:
   at which centre, with which flags. Written in lots of k or more answers and never with
   a submission, so that no row and no page of the store joins an hour to one. */
#include "db/store.h"
#include "kiosk/stuffing_hours.h"

struct flag_hour {
    struct text centre; /* may be empty */
    unsigned flags;
    int hour;
    int64_t count;
};

/* Adds a group in a transaction of its own. BUSY: nothing was added. */
MUST_CHECK enum status flag_hours_add(
    struct store *store, const struct stuffing_group *group);
/* All of a plan's year, by centre, flags and hour; in the arena. */
MUST_CHECK enum status flag_hours_list(struct store *store, struct arena *arena, int year,
    struct flag_hour **out, size_t *count);
