/* openings.c: walks the plan's programmes; there are a handful. */
#include "kiosk/openings.h"

static bool is_walked_into(
    const struct plan *plan, const struct plan_programme *programme, struct text centre)
{
    return !programme->coded_only && programme_has_centre(plan, programme, centre);
}

enum status openings_list(struct arena *arena, const struct plan *plan,
    struct text centre, day_t today, struct opening **out, size_t *count)
{
    struct opening *list = arena_take_array(arena, plan->programme_count, sizeof *list);
    size_t found = 0;
    if (list == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < plan->programme_count; i++) {
        const struct plan_programme *programme = &plan->programmes[i];
        const struct plan_wave *wave = programme_wave_open(programme, today);
        if (wave != NULL && is_walked_into(plan, programme, centre))
            list[found++] = (struct opening){programme, wave};
    }
    *out = list;
    *count = found;
    return STATUS_OK;
}

struct opening openings_next(const struct plan *plan, struct text centre, day_t today)
{
    struct opening next = {0};
    for (size_t i = 0; i < plan->programme_count; i++) {
        const struct plan_programme *programme = &plan->programmes[i];
        for (size_t k = 0; k < programme->wave_count; k++) {
            const struct plan_wave *wave = &programme->waves[k];
            if (wave->opens > today && is_walked_into(plan, programme, centre) &&
                (next.wave == NULL || wave->opens < next.wave->opens))
                next = (struct opening){programme, wave};
        }
    }
    return next;
}
