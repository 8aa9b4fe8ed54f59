/* admission.c: what a code opens on a day. */
#include "kiosk/admission.h"

static enum admission by_dates(const struct plan_wave *wave, day_t today)
{
    if (today < wave->opens)
        return ADMISSION_NOT_YET;
    return today > wave->closes ? ADMISSION_CLOSED : ADMISSION_OPEN;
}

bool grant_is_walk_in(const struct code_grant *grant)
{
    return grant->is_open || grant->is_rotating;
}

enum admission admission_decide(const struct plan *plan, const struct code_grant *grant,
    day_t today, struct admitted *out)
{
    *out = (struct admitted){0};
    const struct plan_programme *programme = plan_find_programme(plan, grant->programme);
    if (programme == NULL)
        return ADMISSION_UNKNOWN;
    const struct plan_wave *wave = grant_is_walk_in(grant)
                                       ? programme_wave_nearest(programme, today)
                                       : programme_find_wave(programme, grant->wave);
    if (wave == NULL)
        return ADMISSION_UNKNOWN;
    *out = (struct admitted){programme, wave};
    if (grant->state == CODE_SPENT)
        return ADMISSION_USED;
    if (grant->state == CODE_VOID)
        return grant->is_test ? ADMISSION_TEST : ADMISSION_VOID;
    if (grant_is_walk_in(grant) && programme->coded_only)
        return ADMISSION_CODED_ONLY;
    return by_dates(wave, today);
}
