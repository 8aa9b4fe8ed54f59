/* rehearsal.c: from the truth to those who answer. */
#include "kiosk/rehearsal.h"

#include "kiosk/limits.h"

enum { SEED = 20270101, WHOLE_BP = 10000 };

static void tell(struct problems *problems, const struct rehearsal_truth *truth,
    const char *message, struct text first, struct text second)
{
    problems_add_quoted(problems,
        (struct problem){
            .line = truth->line, .message = message, .argument = {first, second}});
}

/* Half up. */
static int64_t share_of(int64_t total, int64_t bp)
{
    return (2 * total * bp + WHOLE_BP) / (2 * WHOLE_BP);
}

/* ---- drawing without putting back ---- */

/* SplitMix64, as the demonstration's. */
static uint64_t draw(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15U;
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

/* 0 to count − 1; count ≤ WAVE_POPULATION_MAX. */
static int64_t draw_below(uint64_t *state, int64_t count)
{
    return (int64_t)((draw(state) >> 32) * (uint64_t)count >> 32);
}

/* The level of the next person who answers, taken out of those who have not. */
static size_t draw_person(uint64_t *state, int64_t left[LEVEL_COUNT], int64_t people)
{
    int64_t at = draw_below(state, people);
    size_t level = 0;
    while (at >= left[level]) {
        at -= left[level];
        level++;
    }
    left[level]--;
    return level;
}

/* ---- a wave ---- */

/* The satisfied and the others, spread over their levels. */
static void spread(struct rehearsal_wave *wave, enum measure measure)
{
    size_t good = measure == MEASURE_TOP3 ? 3 : 2;
    int64_t rest = wave->people - wave->satisfied;
    for (size_t i = 0; i < good; i++)
        wave->levels[i] = wave->satisfied / (int64_t)good;
    wave->levels[0] += wave->satisfied % (int64_t)good;
    for (size_t i = good; i < LEVEL_COUNT; i++)
        wave->levels[i] = rest / (int64_t)(LEVEL_COUNT - good);
    wave->levels[good] += rest % (int64_t)(LEVEL_COUNT - good);
}

static void let_answer(
    struct rehearsal_wave *wave, const struct rehearsal_truth *truth, uint64_t *state)
{
    int64_t left[LEVEL_COUNT];
    size_t counts[LEVEL_COUNT] = {0};
    int64_t answers = share_of(wave->people, truth->response_bp);
    int64_t walk_in =
        wave->programme->coded_only ? 0 : share_of(answers, truth->walk_in_bp);
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        left[i] = wave->levels[i];
    for (int64_t i = 0; i < answers; i++)
        counts[draw_person(state, left, wave->people - i)]++;
    wave->story = (struct demo_wave){
        .answers = {[CHANNEL_SLIP] = (size_t)(answers - walk_in),
            [CHANNEL_POSTER] = (size_t)walk_in},
        .codes = (size_t)(answers - walk_in),
        .satisfied = counts[1],
        .fairly = counts[2],
        .dissatisfied = counts[3],
        .very_dissatisfied = counts[4],
        .sore_centre = PLAN_NONE,
    };
}

static bool is_played(const struct rehearsal *rehearsal, const struct plan_wave *wave)
{
    for (size_t i = 0; i < rehearsal->wave_count; i++)
        if (rehearsal->waves[i].wave == wave)
            return true;
    return false;
}

/* ---- the rows ---- */

struct making {
    struct arena *arena;
    const struct plan *plan;
    struct problems *problems;
    struct rehearsal *out;
    uint64_t state;
    int64_t answers;
};

static enum status add_wave(struct making *making, const struct rehearsal_truth *truth,
    const struct plan_programme *programme, const struct plan_wave *wave)
{
    const struct plan_indicator *indicator =
        &making->plan->indicators[programme->indicator];
    struct rehearsal_wave *out = &making->out->waves[making->out->wave_count];
    *out = (struct rehearsal_wave){programme, wave,
        wave->population >= 0 ? wave->population : truth->people, 0, {0}, {0}};
    if (is_played(making->out, wave)) {
        tell(making->problems, truth, N_("{1} {2} stands in the file twice."),
            programme->id, wave->id);
        return STATUS_OK;
    }
    if (out->people < 0) {
        tell(making->problems, truth,
            N_("The plan has no population for {1} {2}. Say in the column “people” how "
               "many there are."),
            programme->id, wave->id);
        return STATUS_OK;
    }
    making->answers += share_of(out->people, truth->response_bp);
    if (making->answers > REHEARSAL_ANSWERS_MAX) {
        tell(making->problems, truth,
            N_("From here on there are more than {1} answers. Let fewer people answer."),
            text_format(making->arena, "%d", REHEARSAL_ANSWERS_MAX), TEXT(""));
        return STATUS_TOO_LARGE;
    }
    out->satisfied = share_of(out->people, truth->satisfied_bp);
    spread(out, indicator->measure);
    let_answer(out, truth, &making->state);
    out->story.programme = text_to_string(making->arena, programme->id);
    out->story.wave = text_to_string(making->arena, wave->id);
    if (out->story.programme == NULL || out->story.wave == NULL)
        return STATUS_NO_MEMORY;
    if (making->out->wave_count++ == 0 || wave->closes > making->out->last)
        making->out->last = wave->closes;
    return STATUS_OK;
}

static enum status add_truth(struct making *making, const struct rehearsal_truth *truth)
{
    const struct plan_programme *programme =
        plan_find_programme(making->plan, truth->programme);
    if (programme == NULL) {
        tell(making->problems, truth, N_("The plan has no programme \"{1}\"."),
            truth->programme, TEXT(""));
        return STATUS_OK;
    }
    if (truth->wave.len > 0) {
        const struct plan_wave *wave = programme_find_wave(programme, truth->wave);
        if (wave != NULL)
            return add_wave(making, truth, programme, wave);
        tell(making->problems, truth, N_("The programme {2} has no wave \"{1}\"."),
            truth->wave, truth->programme);
        return STATUS_OK;
    }
    enum status status = STATUS_OK;
    for (size_t i = 0; i < programme->wave_count && status == STATUS_OK; i++)
        status = add_wave(making, truth, programme, &programme->waves[i]);
    return status;
}

enum status rehearsal_make(struct arena *arena, const struct plan *plan,
    const struct rehearsal_truth *truths, size_t count, struct problems *problems,
    struct rehearsal *out)
{
    size_t before = problems->count;
    struct making making = {arena, plan, problems, out, SEED, 0};
    *out = (struct rehearsal){
        .waves = arena_take_array(arena, plan_count_waves(plan) + 1, sizeof *out->waves)};
    if (out->waves == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        enum status status = add_truth(&making, &truths[i]);
        if (status != STATUS_OK)
            return status == STATUS_TOO_LARGE ? STATUS_INVALID : status;
    }
    return problems->count > before || problems->is_incomplete ? STATUS_INVALID
                                                               : STATUS_OK;
}

enum status rehearsal_deal(struct arena *arena, const struct plan *plan,
    int64_t plan_version, const struct rehearsal *rehearsal, struct demo *out)
{
    struct demo_wave *stories =
        arena_take_array(arena, rehearsal->wave_count, sizeof *stories);
    if (stories == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < rehearsal->wave_count; i++)
        stories[i] = rehearsal->waves[i].story;
    return demo_deal(arena, plan, plan_version,
        &(struct demo_dealing){.waves = stories,
            .wave_count = rehearsal->wave_count,
            .last = rehearsal->last,
            .seed = SEED},
        out);
}
