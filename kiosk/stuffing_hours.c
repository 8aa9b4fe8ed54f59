/* stuffing_hours.c: groups in a list; few centres have any. */
#include "kiosk/stuffing_hours.h"

#include <string.h>

int stuffing_hour_at(int64_t unix_seconds)
{
    enum { HOUR = 3600, SHANGHAI = 8 };
    return (int)((unix_seconds / HOUR + SHANGHAI) % HOURS_OF_DAY);
}

static bool is_same(const struct stuffing_group *a, const struct stuffing_group *b)
{
    return a->year == b->year && a->flags == b->flags && a->centre_len == b->centre_len &&
           memcmp(a->centre, b->centre, a->centre_len) == 0;
}

void stuffing_hours_put_back(
    struct stuffing_hours *hours, const struct stuffing_group *group)
{
    size_t at = 0;
    while (at < hours->count && !is_same(&hours->groups[at], group))
        at++;
    if (at == FLAG_GROUPS_MAX)
        return;
    struct stuffing_group *into = &hours->groups[at];
    if (at == hours->count) {
        hours->count++;
        *into = *group;
        return;
    }
    into->count += group->count;
    for (size_t i = 0; i < HOURS_OF_DAY; i++)
        into->hours[i] += group->hours[i];
}

void stuffing_hours_add(
    struct stuffing_hours *hours, int year, struct text centre, unsigned flags, int hour)
{
    struct stuffing_group one = {.year = year, .flags = flags, .count = 1};
    one.centre_len = centre.len < ID_BYTES_MAX ? centre.len : ID_BYTES_MAX;
    if (one.centre_len > 0)
        memcpy(one.centre, centre.ptr, one.centre_len);
    one.hours[hour] = 1;
    stuffing_hours_put_back(hours, &one);
}

bool stuffing_hours_take(
    struct stuffing_hours *hours, int64_t k, struct stuffing_group *out)
{
    for (size_t i = 0; i < hours->count; i++)
        if (hours->groups[i].count >= k) {
            *out = hours->groups[i];
            hours->groups[i] = hours->groups[--hours->count];
            return true;
        }
    return false;
}
