/* selftest.c: five rounds of code, page, form, answer. */
#include "web/selftest.h"

#include "web/app.h"
#include "web/http/client.h"
#include "web/random.h"

#include "db/log.h"
#include "kiosk/limits.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 2 << 20, FORM_BYTES = BODY_BYTES_MAX, NOTHING_NOTED = -2 };

/* A level under way, for the threads that serve it. */
struct round {
    bool is_open;
    struct code code;
    char programme[ID_BYTES_MAX];
    char wave[ID_BYTES_MAX];
    size_t programme_len;
    size_t wave_len;
    int noted; /* the level that was written */
};

struct selftest {
    struct app *app;
    uint32_t ip;
    uint16_t port;
    pthread_mutex_t running; /* held by a run */
    pthread_mutex_t mutex;   /* over the two below */
    struct round round;
    struct selftest_result result;
    pthread_t thread;
    bool has_thread;
    atomic_bool is_closing; /* the server ends: what fails now is nobody's concern */
};

/* What is answered, and where. */
struct course {
    struct selftest *selftest;
    struct arena *arena;
    const struct plan_programme *programme;
    const struct plan_wave *wave;
    const struct plan_questionnaire *questionnaire;
};

enum status selftest_open(struct app *app, struct selftest **out)
{
    struct selftest *selftest = calloc(1, sizeof *selftest);
    if (selftest == NULL)
        return STATUS_NO_MEMORY;
    selftest->app = app;
    (void)pthread_mutex_init(&selftest->mutex, NULL);
    (void)pthread_mutex_init(&selftest->running, NULL);
    *out = selftest;
    return STATUS_OK;
}

void selftest_close(struct selftest *selftest)
{
    if (selftest == NULL)
        return;
    atomic_store(&selftest->is_closing, true);
    if (selftest->has_thread)
        (void)pthread_join(selftest->thread, NULL);
    (void)pthread_mutex_destroy(&selftest->running);
    (void)pthread_mutex_destroy(&selftest->mutex);
    free(selftest);
}

void selftest_listen(struct selftest *selftest, uint32_t ip, uint16_t port)
{
    const uint32_t loopback = UINT32_C(0x7f000001);
    selftest->ip = ip == 0 ? loopback : ip;
    selftest->port = port;
}

/* ---- what the server's threads ask ---- */

bool selftest_find(struct selftest *selftest, const struct code *code,
    struct arena *arena, struct code_grant *out)
{
    (void)pthread_mutex_lock(&selftest->mutex);
    const struct round *round = &selftest->round;
    bool is_it = round->is_open &&
                 memcmp(round->code.letters, code->letters, sizeof code->letters) == 0;
    if (is_it)
        *out = (struct code_grant){
            .programme =
                text_copy(arena, (struct text){round->programme, round->programme_len}),
            .wave = text_copy(arena, (struct text){round->wave, round->wave_len}),
            .centre = TEXT(""),
            .channel = CHANNEL_SLIP,
            .state = CODE_FRESH,
            .hash = code_hash(store_key(selftest->app->store), code),
        };
    (void)pthread_mutex_unlock(&selftest->mutex);
    return is_it && out->programme.ptr != NULL && out->wave.ptr != NULL;
}

void selftest_note(struct selftest *selftest, int level)
{
    (void)pthread_mutex_lock(&selftest->mutex);
    selftest->round.noted = level;
    (void)pthread_mutex_unlock(&selftest->mutex);
}

/* ---- a round ---- */

static struct code begin_round(const struct course *course)
{
    unsigned char random[CODE_RANDOM_BYTES];
    struct round round = {.is_open = true, .noted = NOTHING_NOTED};
    random_fill(random, sizeof random);
    round.code = code_make(random);
    round.programme_len = course->programme->id.len;
    round.wave_len = course->wave->id.len;
    memcpy(round.programme, course->programme->id.ptr, round.programme_len);
    memcpy(round.wave, course->wave->id.ptr, round.wave_len);
    (void)pthread_mutex_lock(&course->selftest->mutex);
    course->selftest->round = round;
    (void)pthread_mutex_unlock(&course->selftest->mutex);
    return round.code;
}

static int end_round(const struct course *course)
{
    (void)pthread_mutex_lock(&course->selftest->mutex);
    int noted = course->selftest->round.noted;
    course->selftest->round.is_open = false;
    (void)pthread_mutex_unlock(&course->selftest->mutex);
    return noted;
}

/* What stands behind a mark, up to a quote, with &amp; as &; empty without. */
static struct text cut(struct arena *arena, struct text page, const char *mark)
{
    struct buffer out;
    const char *at = strstr(page.ptr, mark);
    buffer_init(&out, arena, TARGET_BYTES_MAX);
    for (at = at == NULL ? "" : at + strlen(mark); *at != '\0' && *at != '"'; at++) {
        buffer_add_char(&out, *at);
        if (strncmp(at, "&amp;", 5) == 0)
            at += 4;
    }
    return buffer_text(&out);
}

static size_t count_in(struct text page, struct text words)
{
    size_t count = 0;
    for (const char *at = page.ptr; (at = strstr(at, words.ptr)) != NULL; at += words.len)
        count++;
    return count;
}

/* Each level is one row to be tapped once, of the one class that all have. */
static bool has_level(
    const struct course *course, struct text page, struct text item, int level)
{
    struct text row = text_format(course->arena,
        "<label class=\"row\">\n<input type=\"radio\" name=\"%.*s\" value=\"%d\"",
        TEXT_ARG(item), level);
    struct text input =
        text_format(course->arena, "name=\"%.*s\" value=\"%d\"", TEXT_ARG(item), level);
    return row.ptr != NULL && input.ptr != NULL && count_in(page, row) == 1 &&
           count_in(page, input) == 1;
}

static bool has_all_levels(const struct course *course, struct text page)
{
    for (size_t i = 0; i < course->questionnaire->item_count; i++) {
        const struct plan_item *item = &course->questionnaire->items[i];
        for (int level = LEVEL_MIN; item->kind == ITEM_RATING && level <= LEVEL_MAX;
             level++)
            if (!has_level(course, page, item->id, level))
                return false;
    }
    return true;
}

/* One level everywhere, and no more than what is asked for. */
static void fill_item(const struct plan_item *item, int level, struct buffer *form)
{
    if (item->kind == ITEM_RATING)
        buffer_add_format(form, "&%.*s=%d", TEXT_ARG(item->id), level);
    else if (item->required && item->kind == ITEM_CHOICE)
        buffer_add_format(
            form, "&%.*s=%.*s", TEXT_ARG(item->id), TEXT_ARG(item->options[0].id));
    else if (item->required)
        buffer_add_format(form, "&%.*s=test", TEXT_ARG(item->id));
}

static struct text fill_in(const struct course *course, struct text page, int level)
{
    struct buffer form;
    buffer_init(&form, course->arena, FORM_BYTES);
    buffer_add_string(&form, "submission=");
    buffer_add_text(&form, cut(course->arena, page, "name=\"submission\" value=\""));
    for (size_t i = 0; i < course->questionnaire->item_count; i++)
        fill_item(&course->questionnaire->items[i], level, &form);
    return buffer_text(&form);
}

static bool ask(const struct course *course, struct text path, const struct text *form,
    struct client_answer *out)
{
    const struct selftest *selftest = course->selftest;
    *out = (struct client_answer){0};
    return path.len > 0 && client_ask(course->arena, selftest->ip, selftest->port, path,
                               form, out) == STATUS_OK;
}

/* Where it failed; what was answered there in *http_status. */
static enum selftest_step answer(
    const struct course *course, const struct code *code, int level, int *http_status)
{
    struct client_answer got;
    struct text path = text_format(course->arena, "/t/%s", code->letters);
    if (!ask(course, path, NULL, &got))
        return SELFTEST_UNREACHED;
    *http_status = got.status;
    if (got.status != 200)
        return SELFTEST_PAGE;
    struct text action =
        cut(course->arena, got.body, "<form id=\"form\" method=\"post\" action=\"");
    if (action.len == 0 || !has_all_levels(course, got.body))
        return SELFTEST_FORM;
    struct text form = fill_in(course, got.body, level);
    *http_status = 0;
    if (!ask(course, action, &form, &got))
        return SELFTEST_UNREACHED;
    *http_status = got.status;
    return got.status == 303 ? SELFTEST_PASSED : SELFTEST_SENT;
}

static struct selftest_level try_level(const struct course *course, int level)
{
    struct selftest_level tried = {.level = level};
    arena_reset(course->arena);
    struct code code = begin_round(course);
    tried.step = answer(course, &code, level, &tried.http_status);
    int noted = end_round(course);
    if (tried.step == SELFTEST_PASSED && noted != level)
        tried.step = SELFTEST_KEPT;
    return tried;
}

/* ---- a run ---- */

/* The first programme that can be answered today; where none can, the first one, in its
   nearest wave: the door lets a test in on any day. */
static bool choose(struct course *course)
{
    const struct app *app = course->selftest->app;
    const struct plan_version *version = plans_current(app->plans);
    const day_t today = clock_today(&app->clock);
    for (size_t i = 0; version != NULL && i < version->plan->programme_count; i++) {
        const struct plan_programme *programme = &version->plan->programmes[i];
        const struct plan_wave *wave = programme_wave_nearest(programme, today);
        if (wave == NULL)
            continue;
        bool is_open = wave->opens <= today && today <= wave->closes;
        if (course->programme == NULL || is_open) {
            course->programme = programme;
            course->wave = wave;
            course->questionnaire = programme_questionnaire(version->plan, programme);
        }
        if (is_open)
            break;
    }
    return course->programme != NULL;
}

static void complain(const struct selftest_level *tried)
{
    static const char *const steps[SELFTEST_STEP_COUNT] = {
        [SELFTEST_UNREACHED] = "no answer came",
        [SELFTEST_PAGE] = "the page was answered with",
        [SELFTEST_FORM] =
            "the page has the levels unlike each other, it was answered with",
        [SELFTEST_SENT] = "the form was answered with",
        [SELFTEST_KEPT] = "another level was written, the form was answered with",
    };
    char detail[120];
    struct buffer words = {
        .data = detail, .capacity = sizeof detail, .max = sizeof detail};
    buffer_add_format(
        &words, "level %d: %s %d", tried->level, steps[tried->step], tried->http_status);
    log_line(LOG_LEVEL_ERROR, "selftest.failed", buffer_text(&words));
}

/* Where nobody answers one level, the others are not waited for. */
static enum selftest_state try_all(
    const struct course *course, struct selftest_level levels[LEVEL_COUNT])
{
    const struct selftest_level *failed = NULL;
    for (int i = 0; i < LEVEL_COUNT; i++) {
        bool is_lost = failed != NULL && failed->step == SELFTEST_UNREACHED;
        levels[i] = is_lost ? (struct selftest_level){LEVEL_MAX - i, failed->step, 0}
                            : try_level(course, LEVEL_MAX - i);
        if (atomic_load(&course->selftest->is_closing))
            return SELFTEST_NEVER;
        if (failed == NULL && levels[i].step != SELFTEST_PASSED)
            failed = &levels[i];
    }
    if (failed != NULL)
        complain(failed);
    return failed == NULL ? SELFTEST_GOOD : SELFTEST_BAD;
}

static struct selftest_result run(struct selftest *selftest)
{
    struct selftest_result result = {.state = SELFTEST_NOTHING, .at = clock_minute()};
    struct course course = {.selftest = selftest, .arena = arena_new(ARENA_BYTES)};
    if (course.arena == NULL)
        result.state = SELFTEST_NEVER;
    else if (choose(&course))
        result.state = try_all(&course, result.levels);
    arena_free(course.arena);
    return result;
}

void selftest_read(struct selftest *selftest, struct selftest_result *out)
{
    (void)pthread_mutex_lock(&selftest->mutex);
    *out = selftest->result;
    (void)pthread_mutex_unlock(&selftest->mutex);
}

void selftest_run(struct selftest *selftest, struct selftest_result *out)
{
    bool is_mine = pthread_mutex_trylock(&selftest->running) == 0;
    if (is_mine) {
        struct selftest_result result = run(selftest);
        (void)pthread_mutex_lock(&selftest->mutex);
        selftest->result = result;
        (void)pthread_mutex_unlock(&selftest->mutex);
    } else {
        (void)pthread_mutex_lock(&selftest->running);
    }
    (void)pthread_mutex_unlock(&selftest->running);
    selftest_read(selftest, out);
}

static void *run_alone(void *context)
{
    struct selftest_result ignored;
    selftest_run(context, &ignored);
    return NULL;
}

void selftest_start(struct selftest *selftest)
{
    selftest->has_thread =
        pthread_create(&selftest->thread, NULL, run_alone, selftest) == 0;
}
