/* stuffing.c: the rules as a table, and what is remembered of open codes: a place by the
   code's hash, of which a few share each. */
#include "kiosk/stuffing.h"

#include <string.h>

enum { MINUTE = 60, MINUTES_OF_DAY = 1440 };
_Static_assert(FLAG_LINKS_MAX % STUFFING_WAYS == 0, "whole places");

struct text stuffing_word(enum stuffing_rule rule)
{
    static const char *const words[STUFFING_RULE_COUNT] = {
        [STUFFING_BURST] = "burst",
        [STUFFING_FAST] = "fast",
        [STUFFING_STREAK] = "streak",
        [STUFFING_NIGHT] = "night",
    };
    return text_of(words[rule]);
}

struct text stuffing_words(struct arena *arena, unsigned flags)
{
    struct text words = TEXT("");
    for (unsigned rule = 0; rule < STUFFING_RULE_COUNT && words.ptr != NULL; rule++)
        if ((flags >> rule & 1) != 0)
            words = text_format(arena, "%.*s%s%.*s", TEXT_ARG(words),
                words.len == 0 ? "" : "+",
                TEXT_ARG(stuffing_word((enum stuffing_rule)rule)));
    return words;
}

/* ---- what is remembered ---- */

/* The places where the code may be remembered: STUFFING_WAYS beside each other. */
static struct stuffing_link *places_of(
    struct stuffing *stuffing, const struct code_hash *code)
{
    enum { PLACES = FLAG_LINKS_MAX / STUFFING_WAYS };
    size_t number = (size_t)code->bytes[0] << 8 | code->bytes[1];
    return &stuffing->links[number % PLACES * STUFFING_WAYS];
}

static bool is_of(const struct stuffing_link *link, const struct code_hash *code)
{
    return link->seen != 0 &&
           memcmp(link->code.bytes, code->bytes, sizeof code->bytes) == 0;
}

/* NULL: nothing is remembered of it. */
static struct stuffing_link *find_link(
    struct stuffing *stuffing, const struct code_hash *code)
{
    struct stuffing_link *places = places_of(stuffing, code);
    for (size_t i = 0; i < STUFFING_WAYS; i++)
        if (is_of(&places[i], code))
            return &places[i];
    return NULL;
}

static struct stuffing_link *take_link(
    struct stuffing *stuffing, const struct code_hash *code, int64_t now)
{
    struct stuffing_link *link = find_link(stuffing, code);
    if (link != NULL)
        return link;
    link = places_of(stuffing, code);
    const struct stuffing_link *end = link + STUFFING_WAYS;
    for (struct stuffing_link *other = link + 1; other < end; other++)
        if (other->seen < link->seen)
            link = other;
    *link = (struct stuffing_link){.code = *code, .seen = now};
    return link;
}

static uint16_t *count_of(struct stuffing_link *link, int64_t minute)
{
    return &link->minutes[minute % FLAG_MINUTES_MAX];
}

/* Empties the minutes that passed since the newest answer. */
static void advance(struct stuffing_link *link, int64_t now)
{
    int64_t from = link->seen / MINUTE + 1;
    int64_t to = now / MINUTE;
    if (to - from >= FLAG_MINUTES_MAX)
        from = to - FLAG_MINUTES_MAX + 1;
    for (int64_t minute = from; minute <= to; minute++)
        *count_of(link, minute) = 0;
}

static uint64_t hash_answers(struct text answers)
{
    uint64_t hash = 14695981039346656037U; /* FNV-1a */
    for (size_t i = 0; i < answers.len; i++)
        hash = (hash ^ (unsigned char)answers.ptr[i]) * 1099511628211U;
    return hash;
}

static void remember(struct stuffing_link *link, struct text answers, int64_t now)
{
    uint64_t hash = hash_answers(answers);
    bool is_same = link->streak > 0 && link->answers == hash &&
                   now - link->seen < STUFFING_PAUSE_SECONDS;
    advance(link, now);
    if (*count_of(link, now / MINUTE) < UINT16_MAX)
        ++*count_of(link, now / MINUTE);
    link->streak = is_same ? link->streak + 1 : 1;
    link->answers = hash;
    link->seen = now;
}

/* ---- the rules ---- */

/* Answers of the running minute and of those before it: never of more time than the plan
   says, so what is under its number is never flagged. */
static bool is_burst(struct stuffing_link *link, const struct plan_flags *flags,
    enum channel channel, int64_t now)
{
    int64_t count = 0;
    for (int64_t back = 0; back < flags->minutes; back++)
        count += *count_of(link, now / MINUTE - back);
    return count > (channel == CHANNEL_KIOSK ? flags->tablet : flags->poster);
}

static int64_t count_answered(
    const struct plan_questionnaire *questionnaire, struct text answers)
{
    int64_t count = 0;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        enum item_kind kind = questionnaire->items[i].kind;
        count += (kind == ITEM_RATING && answers_level(questionnaire, answers, i) >= 0) ||
                 (kind == ITEM_CHOICE && answers_options(questionnaire, answers, i) != 0);
    }
    return count;
}

/* Both seconds are cut off, so that up to one more may have passed: that is given. */
static bool is_fast(const struct plan_flags *flags, const struct stuffing_answer *answer)
{
    if (answer->shown == STUFFING_NOT_SHOWN || answer->shown > answer->now)
        return false;
    int64_t answered = count_answered(answer->questionnaire, answer->submission->answers);
    return answer->now - answer->shown + 1 <= flags->fast * answered;
}

static bool is_night(const struct plan_hours *hours, int64_t now)
{
    enum { SHANGHAI = 8 * 60 };
    int64_t minute = (now / MINUTE + SHANGHAI) % MINUTES_OF_DAY;
    return minute < hours->from || minute >= hours->to;
}

unsigned stuffing_judge(struct stuffing *stuffing, const struct plan *plan,
    const struct stuffing_answer *answer)
{
    bool signs[STUFFING_RULE_COUNT] = {
        [STUFFING_FAST] = is_fast(&plan->flags, answer),
        [STUFFING_NIGHT] = is_night(&plan->hours, answer->now),
    };
    if (answer->link != NULL) {
        struct stuffing_link *link = take_link(stuffing, answer->link, answer->now);
        int64_t now = answer->now > link->seen ? answer->now : link->seen;
        remember(link, answer->submission->answers, now);
        signs[STUFFING_BURST] =
            is_burst(link, &plan->flags, answer->submission->channel, now);
        signs[STUFFING_STREAK] = link->streak >= plan->flags.streak;
    }
    unsigned flags = 0;
    for (unsigned rule = 0; rule < STUFFING_RULE_COUNT; rule++)
        flags |= (unsigned)signs[rule] << rule;
    return flags;
}

void stuffing_take_back(struct stuffing *stuffing, const struct stuffing_answer *answer)
{
    struct stuffing_link *link =
        answer->link == NULL ? NULL : find_link(stuffing, answer->link);
    if (link == NULL)
        return;
    uint16_t *count = count_of(link, answer->now / MINUTE);
    if (*count > 0)
        --*count;
    if (link->streak > 0)
        link->streak--;
}
