/* plans.c: the versions of the plan. The process holds an immutable list of all versions;
   a newer one replaces the list as a whole, and the old lists stay until plans_close, so
   that readers need no lock. */
#include "db/plans.h"

#include "db/log.h"
#include "db/sql.h"
#include "kiosk/plan_change.h"
#include "kiosk/plan_yaml.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* A version with the arena that it lives in. */
struct held {
    struct plan_version version; /* first: what callers see */
    struct arena *arena;
};

struct list {
    struct list *older; /* replaced, still readable */
    size_t count;
    struct held *held[]; /* by version, the newest last */
};

struct plans {
    _Atomic(struct list *) list; /* NULL: no plan was applied yet */
    pthread_mutex_t refresh;     /* one refresh at a time */
};

/* ---- one version ---- */

static void free_held(struct held *held)
{
    if (held == NULL)
        return;
    arena_free(held->arena);
    free(held);
}

/* What plan_parse may need for a text of that size, the text itself, and problems. */
static size_t arena_size(size_t text_size)
{
    return 9 * text_size + 2097152;
}

static enum status parse_held(struct held *held, int64_t version)
{
    struct problems problems;
    problems_init(&problems, held->arena);
    enum status rc =
        plan_parse(held->arena, held->version.text, &problems, &held->version.plan);
    if (rc == STATUS_OK || rc == STATUS_NO_MEMORY)
        return rc;
    log_line(LOG_LEVEL_ERROR, "plan.unreadable",
        text_format(held->arena, "version %lld", (long long)version));
    return STATUS_INTERNAL;
}

/* From a row of SQL_PLAN_LIST. */
static enum status held_from_row(struct sql_statement *row, struct held **out)
{
    struct held *held = calloc(1, sizeof *held);
    if (held == NULL)
        return STATUS_NO_MEMORY;
    struct text text = sql_text(row, 1);
    held->arena = arena_new(arena_size(text.len));
    enum status rc = STATUS_NO_MEMORY;
    if (held->arena != NULL) {
        held->version = (struct plan_version){
            .version = sql_number(row, 0),
            .text = text_copy(held->arena, text),
            .applied_on = (day_t)sql_number(row, 2),
        };
        rc = parse_held(held, held->version.version);
    }
    if (rc != STATUS_OK) {
        free_held(held);
        return rc;
    }
    *out = held;
    return STATUS_OK;
}

/* ---- the list ---- */

/* A new list with one more version; the old one becomes its elder. */
static enum status append(struct list **list, struct held *held)
{
    size_t count = *list == NULL ? 0 : (*list)->count;
    struct list *longer = malloc(sizeof *longer + (count + 1) * sizeof(struct held *));
    if (longer == NULL)
        return STATUS_NO_MEMORY;
    longer->older = *list;
    longer->count = count + 1;
    for (size_t i = 0; i < count; i++)
        longer->held[i] = (*list)->held[i];
    longer->held[count] = held;
    *list = longer;
    return STATUS_OK;
}

static int64_t newest_version(const struct list *list)
{
    return list == NULL ? 0 : list->held[list->count - 1]->version.version;
}

/* Publishes version by version: what was read before a failure is kept. */
static enum status read_newer(struct plans *plans, struct sql *sql)
{
    struct list *list = atomic_load(&plans->list);
    struct sql_statement *rows = sql_use(sql, SQL_PLAN_LIST);
    sql_bind_number(rows, 1, newest_version(list));
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        struct held *held = NULL;
        rc = held_from_row(rows, &held);
        if (rc == STATUS_OK)
            rc = append(&list, held);
        if (rc != STATUS_OK) {
            free_held(held);
            sql_reset(rows);
            return rc;
        }
        atomic_store(&plans->list, list);
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

enum status plans_refresh(struct plans *plans, struct store *store)
{
    struct sql *sql = store_take_reader(store);
    if (sql == NULL)
        return STATUS_BUSY;
    (void)pthread_mutex_lock(&plans->refresh);
    enum status rc = read_newer(plans, sql);
    (void)pthread_mutex_unlock(&plans->refresh);
    store_give_reader(store, sql);
    return rc;
}

enum status plans_open(struct store *store, struct plans **out)
{
    struct plans *plans = calloc(1, sizeof *plans);
    if (plans == NULL)
        return STATUS_NO_MEMORY;
    (void)pthread_mutex_init(&plans->refresh, NULL);
    enum status rc = plans_refresh(plans, store);
    if (rc != STATUS_OK) {
        plans_close(plans);
        return rc;
    }
    *out = plans;
    return STATUS_OK;
}

void plans_close(struct plans *plans)
{
    if (plans == NULL)
        return;
    struct list *list = atomic_load(&plans->list);
    for (size_t i = 0; list != NULL && i < list->count; i++)
        free_held(list->held[i]);
    while (list != NULL) {
        struct list *older = list->older;
        free(list);
        list = older;
    }
    (void)pthread_mutex_destroy(&plans->refresh);
    free(plans);
}

const struct plan_version *plans_current(const struct plans *plans)
{
    const struct list *list = atomic_load(&plans->list);
    return list == NULL ? NULL : &list->held[list->count - 1]->version;
}

const struct plan_version *plans_find(const struct plans *plans, int64_t version)
{
    const struct list *list = atomic_load(&plans->list);
    for (size_t i = 0; list != NULL && i < list->count; i++)
        if (list->held[i]->version.version == version)
            return &list->held[i]->version;
    return NULL;
}

static bool has_programme(
    const struct plan *plan, struct text programme, struct text wave)
{
    const struct plan_programme *found = plan_find_programme(plan, programme);
    return found != NULL && (wave.len == 0 || programme_find_wave(found, wave) != NULL);
}

const struct plan_version *plans_find_programme(
    const struct plans *plans, struct text programme, struct text wave)
{
    const struct list *list = atomic_load(&plans->list);
    for (size_t i = list == NULL ? 0 : list->count; i > 0; i--)
        if (has_programme(list->held[i - 1]->version.plan, programme, wave))
            return &list->held[i - 1]->version;
    return NULL;
}
