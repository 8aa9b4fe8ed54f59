#pragma once
/* stuffing_hours.h: at which hours of the day flagged answers came, counted until so many
   with the same flags at one centre are together that a count tells of none of them. Kept
   in memory alone until then. Not thread-safe. */
#include "kiosk/limits.h"
#include "kiosk/text.h"

enum { HOURS_OF_DAY = 24 };

/* The flagged answers of one centre with the same flags in a plan's year; each answer is
   in one group. */
struct stuffing_group {
    int year;
    unsigned flags;
    char centre[ID_BYTES_MAX];
    size_t centre_len; /* 0: no centre */
    int64_t count;     /* the sum of the hours */
    int64_t hours[HOURS_OF_DAY];
};

struct stuffing_hours {
    size_t count;
    struct stuffing_group groups[FLAG_GROUPS_MAX];
};

/* The hour of the day in Asia/Shanghai. */
int stuffing_hour_at(int64_t unix_seconds);
/* One answer more. What is of a group beyond FLAG_GROUPS_MAX is not counted. */
void stuffing_hours_add(
    struct stuffing_hours *hours, int year, struct text centre, unsigned flags, int hour);
/* Takes a group of k or more out; false if there is none. */
bool stuffing_hours_take(
    struct stuffing_hours *hours, int64_t k, struct stuffing_group *out);
/* Puts back what was taken out and could not be kept. */
void stuffing_hours_put_back(
    struct stuffing_hours *hours, const struct stuffing_group *group);
