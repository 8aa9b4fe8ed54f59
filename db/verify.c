/* verify.c: reads everything in one view of the data, so that it holds beside a serving
   store, and in one pass over each table. */
#include "db/verify.h"

#include "db/evidence.h"
#include "db/sql.h"
#include "db/verify_parts.h"
#include "kiosk/language.h"

void verify_tell(struct problems *problems, const char *message, struct text first,
    struct text second, struct text third)
{
    problems_add(problems,
        (struct problem){.message = message, .argument = {first, second, third}});
}

struct text verify_number(struct problems *problems, int64_t number)
{
    return text_format(problems->arena, "%lld", (long long)number);
}

struct text verify_name_period(
    struct problems *problems, struct text programme, struct text wave, int64_t period)
{
    return text_format(problems->arena, "%.*s %.*s %.*s", TEXT_ARG(programme),
        TEXT_ARG(wave), TEXT_ARG(day_format(problems->arena, (day_t)period)));
}

static enum status verify_all(struct verification *verification, struct store *store,
    const struct verify_listener *listener)
{
    typedef enum status (*part_fn)(struct verification * verification);
    static const part_fn parts[] = {verify_sets, verify_tallies, verify_hours,
        verify_batches, verify_imports, verify_chains, verify_published, verify_comments};

    enum status rc = verify_rows(verification, store, listener);
    for (size_t i = 0; rc == STATUS_OK && i < sizeof parts / sizeof *parts; i++)
        rc = parts[i](verification);
    sql_rollback(verification->sql); /* nothing was written: this only ends the view */
    return rc;
}

static enum status with_reader(struct verification *verification, struct store *store,
    const struct verify_listener *listener)
{
    verification->sql = store_take_reader(store);
    if (verification->sql == NULL)
        return STATUS_BUSY;
    enum status rc = verify_all(verification, store, listener);
    store_give_reader(store, verification->sql);
    return rc;
}

enum status verify_store(struct store *store, const struct plans *plans,
    struct problems *problems, struct verify_result *out,
    void (*progress)(void *context, int64_t done, int64_t total), void *context)
{
    size_t before = problems->count;
    struct verification *verification = arena_take(problems->arena, sizeof *verification);
    if (verification == NULL)
        return STATUS_NO_MEMORY;
    struct text program;
    enum status rc = evidence_get(store, EVIDENCE_PROGRAM, problems->arena, &program);
    if (rc != STATUS_OK && rc != STATUS_NOT_FOUND)
        return rc;
    verification->has_no_codes = rc == STATUS_OK && store_is_file(store);
    verification->plans = plans;
    verification->problems = problems;
    verification->cells = cells_new();
    verification->sets = cells_new();
    rc = STATUS_NO_MEMORY;
    if (verification->cells != NULL && verification->sets != NULL)
        rc = with_reader(
            verification, store, &(struct verify_listener){progress, context});
    cells_free(verification->cells);
    cells_free(verification->sets);
    if (rc != STATUS_OK)
        return rc;
    *out = verification->result;
    return problems->count > before || problems->is_incomplete ? STATUS_INVALID
                                                               : STATUS_OK;
}
