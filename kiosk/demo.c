/* demo.c: deals the answers of the demonstration. Of each wave it is fixed how many gave
   which level; a small generator decides who, where and on which day. */
#include "kiosk/demo.h"

#include "kiosk/demo_story.h"
#include "kiosk/limits.h"

enum {
    SEED = 20261122,
    FIELDS_MAX = QUESTIONNAIRE_ITEMS_MAX + ITEM_OPTIONS_MAX,
    REMARK_USES = 1 /* nobody writes what somebody else wrote */
};

/* The next remark of a programme, of praise and of complaints. */
struct remarks {
    size_t count;
    size_t used;      /* in all waves */
    size_t wave_left; /* that this wave may still have */
};

struct dealing {
    struct arena *arena;
    const struct plan *plan;
    struct demo *out;
    int64_t plan_version;
    day_t last;
    uint64_t state; /* of the generator */
    const struct demo_dealing *told;
    const struct demo_wave *story;
    const struct plan_programme *programme;
    const struct plan_wave *wave;
    const struct plan_questionnaire *questionnaire;
    int *deck; /* levels not dealt yet, shuffled */
    size_t deck_count;
    struct remarks remarks[2]; /* praise, complaints */
};

/* ---- the generator ---- */

/* SplitMix64: integers only, the same everywhere. */
static uint64_t draw(struct dealing *dealing)
{
    dealing->state += 0x9E3779B97F4A7C15U;
    uint64_t z = dealing->state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

/* 0 to count - 1; count fits 32 bits. */
static size_t draw_below(struct dealing *dealing, size_t count)
{
    return (size_t)((draw(dealing) >> 32) * count >> 32);
}

static bool draw_chance(struct dealing *dealing, size_t per_cent)
{
    return draw_below(dealing, 100) < per_cent;
}

/* ---- the deck ---- */

static size_t count_answers(const struct demo_wave *story)
{
    size_t count = 0;
    for (size_t i = 0; i < CHANNEL_COUNT; i++)
        count += story->answers[i];
    return count;
}

static void put(struct dealing *dealing, int level, size_t count)
{
    for (size_t i = 0; i < count; i++)
        dealing->deck[dealing->deck_count++] = level;
}

static void swap(int *a, int *b)
{
    int kept = *a;
    *a = *b;
    *b = kept;
}

static enum status shuffle_deck(struct dealing *dealing)
{
    const struct demo_wave *story = dealing->story;
    size_t count = count_answers(story);
    size_t others = story->very_dissatisfied + story->dissatisfied + story->fairly +
                    story->satisfied + story->unknown;
    dealing->deck = arena_take_array(dealing->arena, count, sizeof *dealing->deck);
    dealing->deck_count = 0;
    if (dealing->deck == NULL || others > count)
        return others > count ? STATUS_INTERNAL : STATUS_NO_MEMORY;
    put(dealing, 0, story->unknown);
    put(dealing, 1, story->very_dissatisfied);
    put(dealing, 2, story->dissatisfied);
    put(dealing, 3, story->fairly);
    put(dealing, 4, story->satisfied);
    put(dealing, 5, count - others);
    for (size_t left = count; left > 1; left--)
        swap(&dealing->deck[left - 1], &dealing->deck[draw_below(dealing, left)]);
    return STATUS_OK;
}

/* At a sore centre two levels are drawn, and the worse one is kept. */
static int deal_level(struct dealing *dealing, bool is_sore)
{
    int *top = &dealing->deck[--dealing->deck_count];
    if (is_sore && dealing->deck_count > 0 && top[-1] > 0 && top[-1] < *top)
        swap(top, top - 1);
    return *top;
}

/* ---- one answer ---- */

struct answer {
    struct field fields[FIELDS_MAX];
    size_t field_count;
    int overall;
};

static void add_field(struct answer *answer, struct text name, struct text value)
{
    answer->fields[answer->field_count++] = (struct field){name, value};
}

static struct text level_text(int level)
{
    static const char *const words[] = {"unknown", "1", "2", "3", "4", "5"};
    return text_of(words[level]);
}

/* Near the overall level, one worse where it hurts, and now and then left blank. */
static void rate_item(
    struct dealing *dealing, const struct plan_item *item, struct answer *answer)
{
    static const int steps[] = {-1, -1, 0, 0, 0, 0, 0, 1, 1};
    const char *sore = dealing->story->sore_item;
    int level = answer->overall == 0 ? 4 : answer->overall;
    level += steps[draw_below(dealing, sizeof steps / sizeof *steps)];
    if (text_equals(item->id, text_of(sore)) && draw_chance(dealing, 45))
        level--;
    level = level < LEVEL_MIN ? LEVEL_MIN : level > LEVEL_MAX ? LEVEL_MAX : level;
    size_t luck = draw_below(dealing, 100);
    if (luck < 2 && item->unknown)
        level = 0;
    if (luck < 96)
        add_field(answer, item->id, level_text(level));
}

static void choose_options(
    struct dealing *dealing, const struct plan_item *item, struct answer *answer)
{
    struct text sore = text_of(dealing->story->sore_reason);
    size_t second = draw_below(dealing, item->option_count);
    bool has_sore = draw_chance(dealing, 55);
    bool has_second = !has_sore || draw_chance(dealing, 30);
    if (answer->overall > item->when_level || answer->overall == 0)
        return;
    for (size_t i = 0; i < item->option_count; i++) {
        struct text id = item->options[i].id;
        if ((has_sore && text_equals(id, sore)) || (has_second && i == second))
            add_field(answer, item->id, id);
    }
}

static const char *find_words(const struct dealing *dealing, bool complains, size_t at)
{
    for (size_t i = 0; i < demo_remark_count; i++)
        if (demo_remarks[i].is_complaint == complains &&
            text_equals(text_of(demo_remarks[i].programme), dealing->programme->id) &&
            at-- == 0)
            return demo_remarks[i].words;
    return NULL;
}

static void write_words(
    struct dealing *dealing, const struct plan_item *item, struct answer *answer)
{
    bool complains = answer->overall == 1 || answer->overall == 2;
    struct remarks *remarks = &dealing->remarks[complains];
    bool has_words = draw_chance(dealing, complains ? 40 : 9);
    if (!has_words || remarks->wave_left == 0 || answer->overall == 0 ||
        answer->overall == 3)
        return;
    remarks->wave_left--;
    const char *words = find_words(dealing, complains, remarks->used++ % remarks->count);
    add_field(answer, item->id, text_of(words));
}

static void fill_in(struct dealing *dealing, struct answer *answer)
{
    const struct plan_questionnaire *questionnaire = dealing->questionnaire;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct plan_item *item = &questionnaire->items[i];
        if (i == questionnaire->overall)
            add_field(answer, item->id, level_text(answer->overall));
        else if (item->kind == ITEM_RATING)
            rate_item(dealing, item, answer);
        else if (item->kind == ITEM_CHOICE)
            choose_options(dealing, item, answer);
        else
            write_words(dealing, item, answer);
    }
}

/* ---- a submission ---- */

static struct submission_id draw_id(struct dealing *dealing, day_t period)
{
    unsigned char random[SUBMISSION_RANDOM_BYTES];
    for (size_t i = 0; i < sizeof random; i += 8) {
        uint64_t bits = draw(dealing);
        for (size_t j = 0; j < 8; j++)
            random[i + j] = (unsigned char)(bits >> 8 * j);
    }
    return submission_id_make(period, random);
}

static day_t draw_period(struct dealing *dealing)
{
    const struct plan_wave *wave = dealing->wave;
    day_t last = wave->closes < dealing->last ? wave->closes : dealing->last;
    size_t days = (size_t)(last - wave->opens) + 1;
    day_t day = wave->opens + (day_t)draw_below(dealing, days);
    return period_start(dealing->programme->grain, wave->opens, day);
}

static enum mode draw_mode(struct dealing *dealing, enum channel channel)
{
    static const size_t assisted[CHANNEL_COUNT] = {
        [CHANNEL_KIOSK] = 12, [CHANNEL_PAPER] = 35, [CHANNEL_PHONE] = 100};
    return draw_chance(dealing, assisted[channel]) ? MODE_ASSISTED : MODE_SELF;
}

/* What is dealt is checked like what people send. */
static enum status deal_submission(
    struct dealing *dealing, const struct demo_group *group, bool is_sore)
{
    struct answer answer = {.overall = deal_level(dealing, is_sore)};
    struct problems problems;
    day_t period = draw_period(dealing);
    struct submission *out = &dealing->out->submissions[dealing->out->submission_count++];
    *out = (struct submission){
        .id = draw_id(dealing, period),
        .programme = dealing->programme->id,
        .wave = dealing->wave->id,
        .centre = group->centre,
        .channel = group->channel,
        .mode = draw_mode(dealing, group->channel),
        .plan_version = dealing->plan_version,
        .period = period,
    };
    fill_in(dealing, &answer);
    problems_init(&problems, dealing->arena);
    return submission_check(dealing->arena, dealing->questionnaire, answer.fields,
        answer.field_count, &problems, out);
}

/* ---- a wave ---- */

/* Of the first places together: 100, 184, 252, … */
static size_t weight_of(size_t places)
{
    enum { LARGEST = 100, STEP = 16 };
    size_t weight = 0;
    for (size_t i = 0; i < places; i++)
        weight += i * STEP < LARGEST - STEP ? LARGEST - i * STEP : STEP;
    return weight;
}

/* What of a total falls to the centre at a place: the first ones are larger. */
static size_t share_of(size_t total, size_t place, size_t places)
{
    size_t all = weight_of(places);
    return total * weight_of(place + 1) / all - total * weight_of(place) / all;
}

/* What the story says of answers that look unusual; nothing else of them is special. */
static void flag_group(struct dealing *dealing, struct demo_group *group, size_t place)
{
    for (size_t i = 0; i < dealing->told->flagged_count; i++) {
        const struct demo_flagged *flagged = &dealing->told->flagged[i];
        if (!text_equals(text_of(flagged->programme), group->programme->id) ||
            !text_equals(text_of(flagged->wave), group->wave->id) ||
            flagged->channel != group->channel || flagged->centre != place)
            continue;
        group->flagged = flagged->count < group->count ? flagged->count : group->count;
        group->flagged_hour = flagged->hour;
        for (size_t at = 0; at < group->flagged; at++)
            dealing->out->submissions[group->first + at].flags = flagged->flags;
    }
}

static enum status deal_group(struct dealing *dealing, enum channel channel, size_t place)
{
    const struct demo_wave *story = dealing->story;
    const struct plan_programme *programme = dealing->programme;
    bool has_codes = channel == CHANNEL_SLIP || channel == CHANNEL_LINK;
    struct demo_group *group = &dealing->out->groups[dealing->out->group_count];
    *group = (struct demo_group){
        .programme = programme,
        .wave = dealing->wave,
        .questionnaire = dealing->questionnaire,
        .centre = dealing->plan->centres[programme->centres[place]].id,
        .channel = channel,
        .code_count =
            has_codes ? share_of(story->codes, place, programme->centre_count) : 0,
        .first = dealing->out->submission_count,
        .count = share_of(story->answers[channel], place, programme->centre_count),
    };
    dealing->out->group_count++;
    if (has_codes && group->code_count < group->count) /* shares are rounded */
        group->code_count = group->count;
    for (size_t i = 0; i < group->count; i++) {
        enum status status = deal_submission(dealing, group, place == story->sore_centre);
        if (status != STATUS_OK)
            return status;
    }
    flag_group(dealing, group, place);
    return STATUS_OK;
}

/* A new programme begins its remarks; a wave gets its part of them. */
static void share_remarks(struct dealing *dealing, bool is_new)
{
    for (size_t kind = 0; kind < 2; kind++) {
        struct remarks *remarks = &dealing->remarks[kind];
        if (is_new) {
            *remarks = (struct remarks){0};
            while (find_words(dealing, kind == 1, remarks->count) != NULL)
                remarks->count++;
        }
        size_t waves = dealing->programme->wave_count;
        size_t part = (REMARK_USES * remarks->count + waves - 1) / waves;
        size_t left = REMARK_USES * remarks->count - remarks->used;
        remarks->wave_left = part > remarks->count ? remarks->count : part;
        if (remarks->wave_left > left)
            remarks->wave_left = left;
    }
}

static enum status deal_wave(struct dealing *dealing, const struct demo_wave *story)
{
    const struct plan *plan = dealing->plan;
    const struct plan_programme *before = dealing->programme;
    dealing->story = story;
    dealing->programme = plan_find_programme(plan, text_of(story->programme));
    if (dealing->programme == NULL)
        return STATUS_INVALID;
    dealing->wave = programme_find_wave(dealing->programme, text_of(story->wave));
    if (dealing->wave == NULL)
        return STATUS_INVALID;
    dealing->questionnaire = programme_questionnaire(plan, dealing->programme);
    share_remarks(dealing, dealing->programme != before);
    enum status status = shuffle_deck(dealing);
    for (int channel = 0; channel < CHANNEL_COUNT; channel++)
        for (size_t place = 0;
             place < dealing->programme->centre_count && status == STATUS_OK; place++)
            if (story->answers[channel] > 0)
                status = deal_group(dealing, (enum channel)channel, place);
    return status;
}

enum status demo_deal(struct arena *arena, const struct plan *plan, int64_t plan_version,
    const struct demo_dealing *story, struct demo *out)
{
    struct demo demo = {0};
    size_t answers = 0;
    for (size_t i = 0; i < story->wave_count; i++)
        answers += count_answers(&story->waves[i]);
    demo.submissions = arena_take_array(arena, answers, sizeof *demo.submissions);
    demo.groups = arena_take_array(arena,
        story->wave_count * CHANNEL_COUNT * plan->centre_count, sizeof *demo.groups);
    if (demo.submissions == NULL || demo.groups == NULL)
        return STATUS_NO_MEMORY;
    struct dealing dealing = {.arena = arena,
        .plan = plan,
        .out = &demo,
        .plan_version = plan_version,
        .last = story->last,
        .state = story->seed,
        .told = story};
    for (size_t i = 0; i < story->wave_count; i++) {
        enum status status = deal_wave(&dealing, &story->waves[i]);
        if (status != STATUS_OK)
            return status;
    }
    *out = demo;
    return STATUS_OK;
}

enum status demo_make(
    struct arena *arena, const struct plan *plan, int64_t plan_version, struct demo *out)
{
    const struct demo_dealing story = {
        demo_waves, demo_wave_count, demo_flagged, demo_flagged_count, DEMO_TODAY, SEED};
    return demo_deal(arena, plan, plan_version, &story, out);
}

enum review demo_review(struct text programme, struct text words)
{
    for (size_t i = 0; i < demo_remark_count; i++)
        if (text_equals(text_of(demo_remarks[i].programme), programme) &&
            text_equals(text_of(demo_remarks[i].words), words))
            return demo_remarks[i].review;
    return REVIEW_WAITS;
}
