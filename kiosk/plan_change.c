/* plan_change.c: what is frozen, as tables: each row says a thing in words, once of the
   plan in force and once of the next one; if the words differ, the message tells both.
   What is written in a plan is short, so comparing words is cheap and cannot miss what it
   reports. */
#include "kiosk/plan_change.h"

#include "kiosk/language.h"

enum { WORDS_BYTES_MAX = 16384 }; /* 200 programmes with ids of 40 letters fit */

struct comparison {
    const struct plan *in_force;
    const struct plan *next;
    struct problems *problems;
    struct text since; /* the day from which the indicator at hand is frozen */
    bool is_full;
};

/* ---- things in words ---- */

static struct text say_percent(struct arena *arena, int bp)
{
    return text_format(arena, "%d.%02d%%", bp / 100, bp % 100);
}

static struct text say_kind(
    struct arena *arena, const struct plan *plan, const struct plan_indicator *indicator)
{
    (void)plan;
    return text_format(
        arena, "%s", indicator->kind == INDICATOR_RATING ? "rating" : "appraisal");
}

static struct text say_measure(
    struct arena *arena, const struct plan *plan, const struct plan_indicator *indicator)
{
    static const char *const words[] = {"top2", "top3", "score"};

    (void)plan;
    return text_format(arena, "%s", words[indicator->measure]);
}

static struct text say_target(
    struct arena *arena, const struct plan *plan, const struct plan_indicator *indicator)
{
    (void)plan;
    return say_percent(arena, indicator->target_bp);
}

static struct text say_confidence(
    struct arena *arena, const struct plan *plan, const struct plan_indicator *indicator)
{
    (void)plan;
    return say_percent(arena, indicator->confidence_bp);
}

static struct text say_weights(
    struct arena *arena, const struct plan *plan, const struct plan_indicator *indicator)
{
    const int *weights = indicator->weights;
    (void)plan;
    return text_format(arena, "%d, %d, %d, %d, %d", weights[0], weights[1], weights[2],
        weights[3], weights[4]);
}

static struct text say_programmes(
    struct arena *arena, const struct plan *plan, const struct plan_indicator *indicator)
{
    struct buffer words;
    buffer_init(&words, arena, WORDS_BYTES_MAX);
    for (size_t i = 0; i < indicator->programme_count; i++) {
        buffer_add_string(&words, i == 0 ? "" : ", ");
        buffer_add_text(&words, plan->programmes[indicator->programmes[i]].id);
    }
    return words.is_full ? ((struct text){0}) : buffer_text(&words);
}

static struct text say_answers(
    struct arena *arena, const struct plan *plan, const struct plan_programme *programme)
{
    (void)plan;
    return text_format(
        arena, "%s", programme->answers == ANSWERS_ALL ? "all" : "invited");
}

static struct text say_grain(
    struct arena *arena, const struct plan *plan, const struct plan_programme *programme)
{
    static const char *const words[GRAIN_COUNT] = {"wave", "month", "week", "day"};

    (void)plan;
    return text_format(arena, "%s", words[programme->grain]);
}

static struct text say_group(
    struct arena *arena, const struct plan *plan, const struct plan_programme *programme)
{
    (void)plan;
    return text_format(arena, "%.*s", TEXT_ARG(programme->group));
}

static struct text say_items(
    struct arena *arena, const struct plan *plan, const struct plan_programme *programme)
{
    const struct plan_questionnaire *questionnaire =
        programme_questionnaire(plan, programme);
    struct buffer words;
    buffer_init(&words, arena, WORDS_BYTES_MAX);
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        buffer_add_string(&words, i == 0 ? "" : ", ");
        buffer_add_text(&words, questionnaire->items[i].id);
    }
    return words.is_full ? ((struct text){0}) : buffer_text(&words);
}

static struct text say_overall(
    struct arena *arena, const struct plan *plan, const struct plan_programme *programme)
{
    const struct plan_questionnaire *questionnaire =
        programme_questionnaire(plan, programme);
    struct text id = questionnaire->items[questionnaire->overall].id;
    return text_format(arena, "%.*s", TEXT_ARG(id));
}

/* "rating", or "choice: late, short". */
static struct text say_item(struct arena *arena, const struct plan_item *item)
{
    static const char *const words[] = {"rating", "choice", "text"};
    struct buffer buffer;

    buffer_init(&buffer, arena, WORDS_BYTES_MAX);
    buffer_add_string(&buffer, words[item->kind]);
    for (size_t i = 0; i < item->option_count; i++) {
        buffer_add_string(&buffer, i == 0 ? ": " : ", ");
        buffer_add_text(&buffer, item->options[i].id);
    }
    return buffer.is_full ? ((struct text){0}) : buffer_text(&buffer);
}

/* ---- what is frozen ---- */

static const struct {
    struct text (*say)(
        struct arena *arena, const struct plan *plan, const struct plan_indicator *of);
    const char *message;
} indicator_things[] = {
    {say_kind, N_("The kind of the indicator “{1}” is {2} since its first wave opened on "
                  "{4}; it cannot become {3} this year. Put the change into next year's "
                  "plan.")},
    {say_measure, N_("The measure of the indicator “{1}” is {2} since its first wave "
                     "opened on {4}; it cannot become {3} this year. Put the change into "
                     "next year's plan.")},
    {say_target,
        N_("The target of the indicator “{1}” is {2} since its first wave opened "
           "on {4}; it cannot become {3} this year. Put the change into next "
           "year's plan.")},
    {say_confidence, N_("The confidence of the indicator “{1}” is {2} since its first "
                        "wave opened on {4}; it cannot become {3} this year. Put the "
                        "change into next year's plan.")},
    {say_weights, N_("The weights of the indicator “{1}” are {2} since its first wave "
                     "opened on {4}; they cannot become {3} this year. Put the change "
                     "into next year's plan.")},
    {say_programmes, N_("The programmes of the indicator “{1}” are {2} since its first "
                        "wave opened on {4}; they cannot become {3} this year. Put the "
                        "change into next year's plan.")},
};

static const struct {
    struct text (*say)(
        struct arena *arena, const struct plan *plan, const struct plan_programme *of);
    const char *message;
} programme_things[] = {
    {say_answers,
        N_("The answers that count for the programme “{1}” are “{2}” since {4}; "
           "they cannot become “{3}” this year. Put the change into next year's "
           "plan.")},
    {say_grain, N_("The grain of the programme “{1}” is {2} since {4}; it cannot become "
                   "{3} this year. Put the change into next year's plan.")},
    {say_group,
        N_("The group of the programme “{1}” is “{2}” since {4}; it cannot become "
           "“{3}” this year. Put the change into next year's plan.")},
    {say_items, N_("The items of the programme “{1}” are {2} since {4}; they cannot "
                   "become {3} this year. Words may change, items may not.")},
    {say_overall,
        N_("The item that counts for the programme “{1}” is “{2}” since {4}; it "
           "cannot become “{3}” this year. Put the change into next year's "
           "plan.")},
};

static void report(struct comparison *comparison, const char *message, struct text name,
    struct text is, struct text would_be)
{
    problems_add(
        comparison->problems, (struct problem){.message = message,
                                  .argument = {name, is, would_be, comparison->since}});
}

/* Tells both if they differ. A text without place means that the arena was full. */
static bool compare(struct comparison *comparison, const char *message, struct text name,
    struct text is, struct text would_be)
{
    comparison->is_full |= is.ptr == NULL || would_be.ptr == NULL;
    bool is_same = text_equals(is, would_be);
    if (!is_same)
        report(comparison, message, name, is, would_be);
    return is_same;
}

/* ---- programmes ---- */

static void compare_options(struct comparison *comparison, struct text programme,
    const struct plan_questionnaire *is, const struct plan_questionnaire *would_be)
{
    struct arena *arena = comparison->problems->arena;
    for (size_t i = 0; i < is->item_count; i++) {
        struct text name = text_format(
            arena, "%.*s / %.*s", TEXT_ARG(programme), TEXT_ARG(is->items[i].id));
        (void)compare(comparison,
            N_("The item “{1}” is {2} since {4}; it cannot become {3} this year. Words "
               "may "
               "change, kinds and options may not."),
            name, say_item(arena, &is->items[i]), say_item(arena, &would_be->items[i]));
    }
}

static void compare_waves(struct comparison *comparison, day_t today,
    const struct plan_programme *is, const struct plan_programme *would_be)
{
    struct arena *arena = comparison->problems->arena;
    for (size_t i = 0; i < is->wave_count && is->waves[i].opens <= today; i++) {
        const struct plan_wave *wave = &is->waves[i];
        const struct plan_wave *next = programme_find_wave(would_be, wave->id);
        struct text name =
            text_format(arena, "%.*s / %.*s", TEXT_ARG(is->id), TEXT_ARG(wave->id));
        if (next == NULL)
            report(comparison,
                N_("The wave “{1}” opened on {2} and cannot vanish or get another id. "
                   "Put "
                   "it back."),
                name, day_format(arena, wave->opens), (struct text){0});
        else
            (void)compare(comparison,
                N_("The wave “{1}” opened on {2}; that day cannot become {3}. Put it "
                   "back."),
                name, day_format(arena, wave->opens), day_format(arena, next->opens));
    }
}

static void compare_programme(
    struct comparison *comparison, day_t today, const struct plan_programme *is)
{
    struct arena *arena = comparison->problems->arena;
    const struct plan_programme *would_be = plan_find_programme(comparison->next, is->id);
    if (would_be == NULL) /* the indicator's list has changed: reported there */
        return;
    bool are_items_same = true;
    for (size_t i = 0; i < sizeof programme_things / sizeof *programme_things; i++) {
        bool is_same = compare(comparison, programme_things[i].message, is->id,
            programme_things[i].say(arena, comparison->in_force, is),
            programme_things[i].say(arena, comparison->next, would_be));
        if (programme_things[i].say == say_items)
            are_items_same = is_same;
    }
    if (are_items_same)
        compare_options(comparison, is->id,
            programme_questionnaire(comparison->in_force, is),
            programme_questionnaire(comparison->next, would_be));
    compare_waves(comparison, today, is, would_be);
}

/* ---- indicators ---- */

static void compare_indicator(
    struct comparison *comparison, day_t today, const struct plan_indicator *is)
{
    struct arena *arena = comparison->problems->arena;
    const struct plan_indicator *would_be = plan_find_indicator(comparison->next, is->id);
    if (would_be == NULL) {
        report(comparison,
            N_("The indicator “{1}” is measured since its first wave opened on {4} and "
               "cannot vanish this year. Put it back."),
            is->id, (struct text){0}, (struct text){0});
        return;
    }
    for (size_t i = 0; i < sizeof indicator_things / sizeof *indicator_things; i++)
        (void)compare(comparison, indicator_things[i].message, is->id,
            indicator_things[i].say(arena, comparison->in_force, is),
            indicator_things[i].say(arena, comparison->next, would_be));
    for (size_t i = 0; i < is->programme_count; i++)
        compare_programme(
            comparison, today, &comparison->in_force->programmes[is->programmes[i]]);
}

struct span {
    day_t first_opens;
    day_t last_closes;
};

static struct span waves_span(
    const struct plan *plan, const struct plan_indicator *indicator)
{
    struct span span = {INT32_MAX, DAY_NONE};
    for (size_t i = 0; i < indicator->programme_count; i++) {
        const struct plan_programme *programme =
            &plan->programmes[indicator->programmes[i]];
        const struct plan_wave *last = &programme->waves[programme->wave_count - 1];
        if (programme->waves[0].opens < span.first_opens)
            span.first_opens = programme->waves[0].opens;
        if (last->closes > span.last_closes)
            span.last_closes = last->closes;
    }
    return span;
}

/* From the first opening until the plan's year ends and the last wave has closed. */
static bool is_frozen(const struct plan *plan, struct span span, day_t today)
{
    day_t year_end = day_of((struct date){plan->year, 12, 31});
    return span.first_opens <= today && (today <= year_end || today <= span.last_closes);
}

/* ---- across indicators ---- */

/* Answers name the centre where they were given: its name is still needed. */
static void compare_centres(struct comparison *comparison, day_t today)
{
    const struct plan *plan = comparison->in_force;
    for (size_t i = 0; i < plan->programme_count; i++) {
        const struct plan_programme *programme = &plan->programmes[i];
        if (programme->waves[0].opens > today)
            continue;
        for (size_t j = 0; j < programme->centre_count; j++) {
            struct text centre = plan->centres[programme->centres[j]].id;
            if (plan_find_centre(comparison->next, centre) == NULL)
                report(comparison,
                    N_("The centre “{1}” may have answers for the programme “{2}” and "
                       "cannot vanish. Leave it in “centres”; a programme may leave it "
                       "out of its own."),
                    centre, programme->id, (struct text){0});
        }
    }
}

/* Answers are kept under programme and wave: last year's ids are taken. */
static void compare_years(struct comparison *comparison)
{
    const struct plan *next = comparison->next;
    for (size_t i = 0; i < next->programme_count; i++) {
        const struct plan_programme *programme = &next->programmes[i];
        const struct plan_programme *before =
            plan_find_programme(comparison->in_force, programme->id);
        for (size_t j = 0; before != NULL && j < programme->wave_count; j++)
            if (programme_find_wave(before, programme->waves[j].id) != NULL)
                report(comparison,
                    N_("The programme “{1}” had a wave “{2}” in another year's plan. "
                       "Give "
                       "the new wave another id."),
                    programme->id, programme->waves[j].id, (struct text){0});
    }
}

enum status plan_check_change(const struct plan *in_force, const struct plan *next,
    day_t today, struct problems *problems)
{
    struct comparison comparison = {in_force, next, problems, {0}, false};
    size_t before = problems->count;
    if (in_force->year != next->year)
        compare_years(&comparison);
    for (size_t i = 0; in_force->year == next->year && i < in_force->indicator_count;
         i++) {
        struct span span = waves_span(in_force, &in_force->indicators[i]);
        if (!is_frozen(in_force, span, today))
            continue;
        comparison.since = day_format(problems->arena, span.first_opens);
        compare_indicator(&comparison, today, &in_force->indicators[i]);
    }
    if (in_force->year == next->year)
        compare_centres(&comparison, today);
    if (comparison.is_full)
        return STATUS_NO_MEMORY;
    return problems->count > before ? STATUS_CONFLICT : STATUS_OK;
}
