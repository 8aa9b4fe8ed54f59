/* plans_apply.c: a new version of the plan, with the open codes of what it names. */
#include "db/plans.h"

#include "db/audit.h"
#include "db/log.h"
#include "db/open_codes.h"
#include "db/screens.h"
#include "db/sql.h"
#include "db/tally_store.h"
#include "kiosk/language.h"
#include "kiosk/plan_change.h"
#include "kiosk/plan_yaml.h"
#include "kiosk/submission.h"

#include <stdio.h>

/* One application on its way. */
struct application {
    struct store *store;
    struct sql *sql;
    struct text yaml;
    const struct plan *next;
    day_t today;
    struct problems *problems;
    int64_t version; /* in force; then the new one */
    bool is_new;
};

/* ---- against the plan in force ---- */

/* The plan in force is read into an arena of its own, which does not outlive the check:
   what problems say of it is copied. */
static void keep_texts(struct problems *problems, size_t from)
{
    struct arena *arena = problems->arena;
    for (size_t i = from; i < problems->count; i++) {
        struct problem *problem = &problems->list[i];
        problem->field = text_copy(arena, problem->field);
        problem->did_you_mean = text_copy(arena, problem->did_you_mean);
        for (size_t k = 0; k < PROBLEM_ARGUMENTS_MAX; k++)
            problem->argument[k] = text_copy(arena, problem->argument[k]);
        if (problem->argument[PROBLEM_ARGUMENTS_MAX - 1].ptr == NULL)
            problems->is_incomplete = true;
    }
}

/* OK: the wave has answers. */
static enum status find_answers(struct sql *sql, struct text programme, struct text wave)
{
    struct sql_statement *has = sql_use(sql, SQL_TALLY_HAS_WAVE);
    sql_bind_number(has, 1, TALLY_BY_WAVE);
    sql_bind_text(has, 2, programme);
    sql_bind_text(has, 3, wave);
    enum status rc = sql_step(has);
    if (rc == STATUS_OK)
        sql_reset(has);
    return rc;
}

/* Answers are kept under programme and wave: a wave that is new in this plan may not take
   the id of an older plan's wave that has answers, of whatever year. */
static enum status check_new_waves(
    struct application *application, const struct plan *in_force)
{
    const struct plan *next = application->next;
    for (size_t i = 0; i < next->programme_count; i++) {
        const struct plan_programme *programme = &next->programmes[i];
        const struct plan_programme *before =
            plan_find_programme(in_force, programme->id);
        for (size_t j = 0; j < programme->wave_count; j++) {
            struct text wave = programme->waves[j].id;
            if (before != NULL && programme_find_wave(before, wave) != NULL)
                continue;
            enum status rc = find_answers(application->sql, programme->id, wave);
            if (rc == STATUS_OK)
                problems_add(application->problems,
                    (struct problem){
                        .message =
                            N_("The programme “{1}” had a wave “{2}” with answers in "
                               "an older plan. Give the new wave another id."),
                        .argument = {programme->id, wave},
                    });
            else if (rc != STATUS_NOT_FOUND)
                return rc;
        }
    }
    return STATUS_OK;
}

static enum status check_in_arena(
    struct application *application, struct arena *arena, struct text in_force_text)
{
    struct problems ours;
    problems_init(&ours, arena);
    const struct plan *in_force = NULL;
    enum status rc = plan_parse(arena, in_force_text, &ours, &in_force);
    if (rc == STATUS_NO_MEMORY)
        return rc;
    if (rc != STATUS_OK) {
        log_line(LOG_LEVEL_ERROR, "plan.unreadable", TEXT("the version in force"));
        return STATUS_INTERNAL;
    }
    size_t before = application->problems->count;
    rc = plan_check_change(
        in_force, application->next, application->today, application->problems);
    if (rc == STATUS_OK)
        rc = check_new_waves(application, in_force);
    keep_texts(application->problems, before);
    if (rc == STATUS_OK && application->problems->count > before)
        rc = STATUS_CONFLICT;
    return rc;
}

static enum status check_against(struct application *application, struct text in_force)
{
    struct arena *arena = arena_new(9 * in_force.len + 2097152);
    if (arena == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = check_in_arena(application, arena, in_force);
    arena_free(arena);
    return rc;
}

/* Leaves the version in force in the application; it is not new if the text is the same.
 */
static enum status compare(struct application *application)
{
    struct sql_statement *last = sql_use(application->sql, SQL_PLAN_LAST);
    enum status rc = sql_step(last);
    if (rc != STATUS_OK) {
        application->is_new = rc == STATUS_NOT_FOUND;
        return application->is_new ? STATUS_OK : rc;
    }
    application->version = sql_number(last, 0);
    struct text in_force = sql_text(last, 1);
    application->is_new = !text_equals(in_force, application->yaml);
    rc = application->is_new ? check_against(application, in_force) : STATUS_OK;
    sql_reset(last);
    return rc;
}

/* ---- storing ---- */

static enum status add_version(struct application *application)
{
    struct sql_statement *add = sql_use(application->sql, SQL_PLAN_ADD);
    sql_bind_number(add, 1, ++application->version);
    sql_bind_text(add, 2, application->yaml);
    sql_bind_bytes(add, 3, application->next->fingerprint, PLAN_FINGERPRINT_BYTES);
    sql_bind_number(add, 4, application->today);
    return sql_run(add);
}

static enum status note(struct application *application)
{
    char fingerprint[2 * PLAN_FINGERPRINT_BYTES + 1];
    for (size_t i = 0; i < PLAN_FINGERPRINT_BYTES; i++)
        (void)snprintf(fingerprint + 2 * i, 3, "%02x", application->next->fingerprint[i]);
    const struct actor actor = {.today = application->today};
    return audit_add_numbered(application->sql, &actor, AUDIT_PLAN_APPLY, "plan",
        application->version, text_of(fingerprint));
}

/* Its counter, which begins at 0. */
static enum status ensure_counter(struct sql *sql, struct open_code *wanted)
{
    struct sql_statement *add = sql_use(sql, SQL_OPEN_CODE_ADD);
    sql_bind_text(add, 1, wanted->programme);
    sql_bind_text(add, 2, wanted->centre);
    sql_bind_number(add, 3, wanted->channel);
    enum status rc = sql_run(add);
    if (rc != STATUS_OK)
        return rc;
    struct sql_statement *get = sql_use(sql, SQL_OPEN_CODE_GET);
    sql_bind_text(get, 1, wanted->programme);
    sql_bind_text(get, 2, wanted->centre);
    sql_bind_number(get, 3, wanted->channel);
    rc = sql_step(get);
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? STATUS_INTERNAL : rc;
    wanted->counter = (uint32_t)sql_number(get, 0);
    sql_reset(get);
    return STATUS_OK;
}

static enum status ensure_open_code(
    struct application *application, struct open_code wanted)
{
    enum status rc = ensure_counter(application->sql, &wanted);
    return rc == STATUS_OK
               ? open_code_add(application->sql, store_key(application->store), &wanted)
               : rc;
}

static enum status ensure_both(
    struct application *application, struct text programme, struct text centre)
{
    struct open_code code = {programme, centre, CHANNEL_POSTER, 0};
    enum status rc = ensure_open_code(application, code);
    code.channel = CHANNEL_KIOSK;
    if (rc == STATUS_OK)
        rc = ensure_open_code(application, code);
    return rc == STATUS_OK ? screen_ensure(application->sql, programme, centre) : rc;
}

/* Programmes that take coded answers only have them as well: their page says so kindly,
   where no row would be an unknown code. */
static enum status ensure_codes_of_programmes(struct application *application)
{
    const struct plan *plan = application->next;
    for (size_t i = 0; i < plan->programme_count; i++) {
        const struct plan_programme *programme = &plan->programmes[i];
        for (size_t k = 0; k < programme->centre_count; k++) {
            struct text centre = plan->centres[programme->centres[k]].id;
            enum status rc = ensure_both(application, programme->id, centre);
            if (rc != STATUS_OK)
                return rc;
        }
    }
    return STATUS_OK;
}

static enum status ensure_codes_of_centres(struct application *application)
{
    const struct plan *plan = application->next;
    for (size_t i = 0; i < plan->centre_count; i++) {
        struct open_code own = {TEXT(""), plan->centres[i].id, CHANNEL_POSTER, 0};
        enum status rc = ensure_open_code(application, own);
        if (rc == STATUS_OK)
            rc = screen_ensure(application->sql, own.programme, own.centre);
        if (rc != STATUS_OK)
            return rc;
    }
    return STATUS_OK;
}

static enum status ensure_open_codes(struct application *application)
{
    enum status rc = ensure_codes_of_programmes(application);
    return rc == STATUS_OK ? ensure_codes_of_centres(application) : rc;
}

/* Also for a text that is in force already: a store that an older program made lacks the
   codes that this one knows. */
static enum status apply(struct application *application)
{
    enum status rc = compare(application);
    if (rc == STATUS_OK && application->is_new)
        rc = add_version(application);
    if (rc == STATUS_OK && application->is_new)
        rc = note(application);
    return rc == STATUS_OK ? ensure_open_codes(application) : rc;
}

/* NOLINTNEXTLINE(readability-function-size): two of the parameters are results */
enum status plans_apply(struct store *store, struct arena *arena, struct text yaml,
    day_t today, struct problems *problems, int64_t *out_version, bool *is_new)
{
    struct application application = {
        .store = store, .yaml = yaml, .today = today, .problems = problems};
    enum status rc = plan_parse(arena, yaml, problems, &application.next);
    if (rc != STATUS_OK)
        return rc;
    rc = store_begin(store, &application.sql);
    if (rc != STATUS_OK)
        return rc;
    rc = store_end(store, application.sql, apply(&application));
    if (rc != STATUS_OK)
        return rc;
    *out_version = application.version;
    *is_new = application.is_new;
    return STATUS_OK;
}
