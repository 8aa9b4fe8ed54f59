/* fill.c: a year of answers for ./run bench.
       fill STORE COUNT    puts COUNT submissions into a store with a plan
   Every wave of the plan, every centre, both channels of posters and paper and every
   period get their share, as db/batch.c stores it, in large transactions. Rows are made
   in the order of their ids, so that ten million take minutes and not hours. fill STORE
   prints how many milliseconds a report takes: reading the tallies, the figures, the
   JSON; the median of 21 times */
#include "db/batch.h"
#include "db/plans.h"
#include "db/report_load.h"
#include "db/store.h"
#include "kiosk/limits.h"
#include "tests/support/random.h"
#include "web/render/report_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 20000, ROUNDS = 21, ANSWERS_BYTES = 256 };

static const enum channel channels[] = {CHANNEL_POSTER, CHANNEL_PAPER};
enum { CHANNELS = sizeof channels / sizeof *channels };

/* One place where answers come from: a wave's period at a centre through a channel. */
struct source {
    const struct plan_programme *programme;
    const struct plan_questionnaire *questionnaire;
    const struct plan_wave *wave;
    day_t period;
    struct text centre;
    enum channel channel;
};

struct fill {
    struct store *store;
    struct plans *plans;
    const struct plan_version *version;
    struct arena *arena;
    struct source *sources; /* in the order of their periods */
    size_t source_count;
    struct random random;
    struct batch *batch;
    struct batch_item *items;
    struct batch_item **pointers;
    struct intake_entry *entries;
    struct submission *submissions;
    char (*answers)[ANSWERS_BYTES];
    size_t waiting;
};

/* ---- where answers come from ---- */

static size_t count_days(const struct plan *plan)
{
    size_t days = 0;
    for (size_t p = 0; p < plan->programme_count; p++)
        for (size_t w = 0; w < plan->programmes[p].wave_count; w++) {
            const struct plan_wave *wave = &plan->programmes[p].waves[w];
            days += (size_t)(wave->closes - wave->opens) + 1;
        }
    return days;
}

static void add_period(struct fill *fill, const struct plan_programme *programme,
    const struct plan_wave *wave, day_t period)
{
    const struct plan *plan = fill->version->plan;
    for (size_t i = 0; i < programme->centre_count * CHANNELS; i++)
        fill->sources[fill->source_count++] = (struct source){
            .programme = programme,
            .questionnaire = programme_questionnaire(plan, programme),
            .wave = wave,
            .period = period,
            .centre = plan->centres[programme->centres[i / CHANNELS]].id,
            .channel = channels[i % CHANNELS],
        };
}

static void add_wave(struct fill *fill, const struct plan_programme *programme,
    const struct plan_wave *wave)
{
    day_t last = DAY_NONE;
    for (day_t day = wave->opens; day <= wave->closes; day++) {
        day_t period = period_start(programme->grain, wave->opens, day);
        if (period != last)
            add_period(fill, programme, wave, period);
        last = period;
    }
}

static int compare_sources(const void *a, const void *b)
{
    const struct source *left = a;
    const struct source *right = b;
    return (left->period > right->period) - (left->period < right->period);
}

static bool list_sources(struct fill *fill)
{
    const struct plan *plan = fill->version->plan;
    size_t most = count_days(plan) * PLAN_CENTRES_MAX * CHANNELS;
    if (most == 0)
        return false;
    fill->sources = calloc(most, sizeof *fill->sources);
    if (fill->sources == NULL)
        return false;
    for (size_t p = 0; p < plan->programme_count; p++)
        for (size_t w = 0; w < plan->programmes[p].wave_count; w++)
            add_wave(fill, &plan->programmes[p], &plan->programmes[p].waves[w]);
    qsort(fill->sources, fill->source_count, sizeof *fill->sources, compare_sources);
    return fill->source_count > 0;
}

/* ---- making rows ---- */

/* Ratings drawn, choices blank. */
static struct text draw_answers(
    struct fill *fill, const struct plan_questionnaire *questionnaire, char *out)
{
    static const char levels[] = "5555544432";
    size_t len = 0;
    for (size_t i = 0; i < questionnaire->item_count; i++) {
        const struct plan_item *item = &questionnaire->items[i];
        if (item->kind == ITEM_RATING)
            out[len++] = levels[random_bits(&fill->random) % (sizeof levels - 1)];
        for (size_t digit = 0;
             item->kind == ITEM_CHOICE && digit < (item->option_count + 4) / 5; digit++)
            out[len++] = '0';
    }
    return (struct text){out, len};
}

/* The random part begins with the row's place among those of its period. */
static struct submission_id make_id(
    struct fill *fill, day_t period, uint64_t place, uint64_t count)
{
    unsigned char bytes[SUBMISSION_RANDOM_BYTES] = {0};
    uint64_t order = (place << 28) / count;
    uint64_t rest = random_bits(&fill->random);
    bytes[4] = (unsigned char)(order >> 20);
    bytes[5] = (unsigned char)(order >> 12);
    bytes[6] = (unsigned char)(order >> 8 & 15);
    bytes[7] = (unsigned char)order;
    for (size_t i = 8; i < sizeof bytes; i++, rest >>= 8)
        bytes[i] = (unsigned char)rest;
    return submission_id_make(period, bytes);
}

static bool commit(struct fill *fill)
{
    struct sql *sql = NULL;
    enum status rc = store_begin(fill->store, &sql);
    if (rc == STATUS_OK)
        rc = store_end(fill->store, sql,
            batch_write(fill->batch, sql, fill->pointers, fill->waiting));
    fill->waiting = 0;
    return rc == STATUS_OK && store_restart_log(fill->store, 1000) == STATUS_OK;
}

static bool add_row(
    struct fill *fill, const struct source *source, uint64_t place, uint64_t count)
{
    size_t at = fill->waiting++;
    fill->submissions[at] = (struct submission){
        .id = make_id(fill, source->period, place, count),
        .programme = source->programme->id,
        .wave = source->wave->id,
        .centre = source->centre,
        .channel = source->channel,
        .mode = MODE_SELF,
        .plan_version = fill->version->version,
        .period = source->period,
        .answers = draw_answers(fill, source->questionnaire, fill->answers[at]),
    };
    fill->submissions[at].overall = answers_level(source->questionnaire,
        fill->submissions[at].answers, source->questionnaire->overall);
    fill->entries[at] = (struct intake_entry){
        .submission = &fill->submissions[at], .questionnaire = source->questionnaire};
    fill->items[at] = (struct batch_item){.entry = &fill->entries[at]};
    fill->pointers[at] = &fill->items[at];
    return fill->waiting < CHUNK || commit(fill);
}

/* The sources from first to end have one period and share its rows in turn. */
static bool fill_period(struct fill *fill, size_t first, size_t end, uint64_t count)
{
    for (uint64_t place = 0; place < count; place++)
        if (!add_row(fill, &fill->sources[first + place % (end - first)], place, count))
            return false;
    return true;
}

static bool fill_all(struct fill *fill, uint64_t count)
{
    size_t end;
    for (size_t first = 0; first < fill->source_count; first = end) {
        for (end = first; end < fill->source_count &&
                          fill->sources[end].period == fill->sources[first].period;)
            end++;
        uint64_t before = count * first / fill->source_count;
        uint64_t after = count * end / fill->source_count;
        if (!fill_period(fill, first, end, after - before))
            return false;
        if (isatty(STDERR_FILENO))
            (void)fprintf(stderr, "\r%3d %%", (int)(100 * end / fill->source_count));
    }
    return fill->waiting == 0 || commit(fill);
}

static bool make_room(struct fill *fill)
{
    fill->batch = batch_new(CHUNK);
    fill->items = calloc(CHUNK, sizeof *fill->items);
    fill->pointers = calloc(CHUNK, sizeof(struct batch_item *));
    fill->entries = calloc(CHUNK, sizeof *fill->entries);
    fill->submissions = calloc(CHUNK, sizeof *fill->submissions);
    fill->answers = calloc(CHUNK, sizeof *fill->answers);
    return fill->batch != NULL && fill->items != NULL && fill->pointers != NULL &&
           fill->entries != NULL && fill->submissions != NULL && fill->answers != NULL &&
           list_sources(fill);
}

/* ---- reading reports ---- */

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare_times(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static bool time_report(struct fill *fill)
{
    double times[ROUNDS];
    struct report report;
    day_t last_day = day_of((struct date){2026, 12, 31});
    for (size_t i = 0; i < ROUNDS; i++) {
        double start = now_ms();
        arena_reset(fill->arena);
        if (report_load(fill->store, fill->arena, fill->version, last_day, last_day,
                &report) != STATUS_OK ||
            report_json(fill->arena, LANGUAGE_ZH, &report, (struct text){0}).len == 0)
            return false;
        times[i] = now_ms() - start;
    }
    qsort(times, ROUNDS, sizeof *times, compare_times);
    (void)printf("%.2f\n", times[ROUNDS / 2]);
    return true;
}

/* ---- life ---- */

static bool open_store(struct fill *fill, const char *folder)
{
    struct problems problems;
    fill->arena = arena_new(REPORT_ARENA_BYTES);
    if (fill->arena == NULL)
        return false;
    problems_init(&problems, fill->arena);
    if (store_open(folder, STORE_CHANGE, &problems, &fill->store) != STATUS_OK ||
        plans_open(fill->store, &fill->plans) != STATUS_OK)
        return false;
    fill->version = plans_current(fill->plans);
    return fill->version != NULL;
}

static void tear_down(struct fill *fill)
{
    batch_free(fill->batch);
    free(fill->items);
    free(fill->pointers);
    free(fill->entries);
    free(fill->submissions);
    free(fill->answers);
    free(fill->sources);
    plans_close(fill->plans);
    store_close(fill->store);
    arena_free(fill->arena);
}

int main(int argc, char **argv)
{
    struct fill fill = {.random = {1}};
    int64_t count = 0;
    if (argc < 2 || argc > 3 ||
        (argc == 3 && !text_to_number(text_of(argv[2]), &count))) {
        (void)fprintf(stderr, "fill STORE [COUNT]\n");
        return 2;
    }
    bool is_done = open_store(&fill, argv[1]);
    if (is_done)
        is_done = argc == 3 ? make_room(&fill) && fill_all(&fill, (uint64_t)count)
                            : time_report(&fill);
    tear_down(&fill);
    return is_done ? 0 : 1;
}
