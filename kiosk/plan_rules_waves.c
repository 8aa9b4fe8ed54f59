/* plan_rules_waves.c: the waves of a programme: each opens before it closes, near the
   plan's year, and after the one before has closed. */
#include "kiosk/plan_rules.h"

#include "kiosk/language.h"

static struct text date_text(struct problems *problems, int64_t day)
{
    return day_format(problems->arena, (day_t)day);
}

static bool has_dates(const struct draft_wave *wave)
{
    return rules_is_good(&wave->opens.is) && rules_is_good(&wave->closes.is);
}

static bool is_in_order(const struct draft_wave *wave)
{
    return has_dates(wave) && wave->opens.number <= wave->closes.number;
}

static void check_order(struct problems *problems, const struct draft_wave *wave)
{
    if (!has_dates(wave) || is_in_order(wave))
        return;
    source_report(problems, wave->closes.is.at,
        (struct problem){.field = TEXT("closes"),
            .message =
                N_("This wave closes on {1}, before it opens on {2}. Correct one of "
                   "the two dates."),
            .argument = {date_text(problems, wave->closes.number),
                date_text(problems, wave->opens.number)}});
}

/* A winter wave may begin the year before or end the year after. */
static void check_year(struct problems *problems, const char *key,
    const struct number_value *date, const struct number_value *year)
{
    if (!rules_is_good(&date->is) || !rules_is_good(&year->is))
        return;
    int64_t apart = day_date((day_t)date->number).year - year->number;
    if (apart >= -1 && apart <= 1)
        return;
    source_report(problems, date->is.at,
        (struct problem){.field = text_of(key),
            .message =
                N_("{1} is too far from the plan's year {2}. Waves lie in that year "
                   "or the ones beside it."),
            .argument = {date_text(problems, date->number),
                rules_number(problems, year->number)}});
}

static bool overlap(const struct draft_wave *a, const struct draft_wave *b)
{
    return a->opens.number <= b->closes.number && b->opens.number <= a->closes.number;
}

static void check_overlap(
    struct problems *problems, const struct draft_wave *waves, size_t index)
{
    for (size_t i = 0; i < index && is_in_order(&waves[index]); i++) {
        if (!is_in_order(&waves[i]) || !overlap(&waves[i], &waves[index]))
            continue;
        source_report(problems, waves[index].opens.is.at,
            (struct problem){.field = TEXT("opens"),
                .message = N_("This wave overlaps “{1}”, which is open from {2} to {3}. "
                              "Waves of one programme follow each other."),
                .argument = {waves[i].id.text, date_text(problems, waves[i].opens.number),
                    date_text(problems, waves[i].closes.number)}});
        return;
    }
}

void rules_check_waves(struct problems *problems, const struct draft_plan *draft,
    const struct draft_programme *programme)
{
    const struct draft_wave *waves = programme->waves.entries;
    for (size_t i = 0; i < programme->waves.count; i++) {
        check_order(problems, &waves[i]);
        check_year(problems, "opens", &waves[i].opens, &draft->year);
        check_year(problems, "closes", &waves[i].closes, &draft->year);
        check_overlap(problems, waves, i);
    }
}
