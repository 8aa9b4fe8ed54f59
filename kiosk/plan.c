/* plan.c: finding things in a plan. Lists are short: each search looks at one after the
   other. */
#include "kiosk/plan.h"

const struct plan_programme *plan_find_programme(const struct plan *plan, struct text id)
{
    for (size_t i = 0; i < plan->programme_count; i++)
        if (text_equals(plan->programmes[i].id, id))
            return &plan->programmes[i];
    return NULL;
}

const struct plan_centre *plan_find_centre(const struct plan *plan, struct text id)
{
    for (size_t i = 0; i < plan->centre_count; i++)
        if (text_equals(plan->centres[i].id, id))
            return &plan->centres[i];
    return NULL;
}

const struct plan_indicator *plan_find_indicator(const struct plan *plan, struct text id)
{
    for (size_t i = 0; i < plan->indicator_count; i++)
        if (text_equals(plan->indicators[i].id, id))
            return &plan->indicators[i];
    return NULL;
}

const struct plan_wave *programme_find_wave(
    const struct plan_programme *programme, struct text id)
{
    for (size_t i = 0; i < programme->wave_count; i++)
        if (text_equals(programme->waves[i].id, id))
            return &programme->waves[i];
    return NULL;
}

size_t questionnaire_find_item(
    const struct plan_questionnaire *questionnaire, struct text id)
{
    for (size_t i = 0; i < questionnaire->item_count; i++)
        if (text_equals(questionnaire->items[i].id, id))
            return i;
    return PLAN_NONE;
}

bool programme_has_centre(
    const struct plan *plan, const struct plan_programme *programme, struct text centre)
{
    for (size_t i = 0; i < programme->centre_count; i++)
        if (text_equals(plan->centres[programme->centres[i]].id, centre))
            return true;
    return false;
}

size_t plan_count_waves(const struct plan *plan)
{
    size_t waves = 0;
    for (size_t i = 0; i < plan->programme_count; i++)
        waves += plan->programmes[i].wave_count;
    return waves;
}

const struct plan_questionnaire *programme_questionnaire(
    const struct plan *plan, const struct plan_programme *programme)
{
    return &plan->questionnaires[programme->questionnaire];
}

/* The first wave that has not closed before today, or NULL. */
static const struct plan_wave *next_to_close(
    const struct plan_programme *programme, day_t today)
{
    for (size_t i = 0; i < programme->wave_count; i++)
        if (programme->waves[i].closes >= today)
            return &programme->waves[i];
    return NULL;
}

const struct plan_wave *programme_wave_open(
    const struct plan_programme *programme, day_t today)
{
    const struct plan_wave *wave = next_to_close(programme, today);
    return wave != NULL && wave->opens <= today ? wave : NULL;
}

const struct plan_wave *programme_wave_nearest(
    const struct plan_programme *programme, day_t today)
{
    const struct plan_wave *wave = next_to_close(programme, today);
    return wave != NULL ? wave : &programme->waves[programme->wave_count - 1];
}

struct text plan_fingerprint_text(struct arena *arena, const struct plan *plan)
{
    return text_hex(arena, plan->fingerprint, PLAN_FINGERPRINT_BYTES);
}
