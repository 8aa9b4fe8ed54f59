/* publishing.c: two published reports differ by what came in between. If that is the
   answers of fewer than k people, anybody could subtract one from the other. */
#include "web/publishing.h"

#include "web/render/report_json.h"

#include "db/report_load.h"
#include "kiosk/limits.h"

enum status publishing_make(struct store *store, const struct plan_version *version,
    day_t as_of, day_t today, struct arena *arena, struct publishing_draft *out)
{
    out->as_of = as_of;
    enum status status = report_load(store, arena, version, as_of, today, &out->report);
    if (status != STATUS_OK)
        return status;
    out->json = report_json(arena, LANGUAGE_ZH, &out->report, (struct text){0});
    if (out->json.ptr == NULL)
        return STATUS_NO_MEMORY;
    out->digest = published_digest(out->json);
    return published_read(arena, out->json, &out->figures);
}

/* INVALID if the earlier report and the draft together would tell of too few. */
static enum status check_beside(struct store *store, struct arena *arena, int64_t number,
    const struct publishing_draft *draft, struct publishing_result *out)
{
    struct published earlier;
    struct public_report figures;
    enum status status = published_get(store, arena, number, &earlier);
    if (status == STATUS_OK)
        status = published_read(arena, earlier.report, &figures);
    if (status != STATUS_OK)
        return status == STATUS_NO_MEMORY ? status : STATUS_INTERNAL;
    out->revealing =
        public_report_reveals(&figures, &draft->figures, draft->report.plan->k);
    return out->revealing == NULL ? STATUS_OK : STATUS_INVALID;
}

/* *next is the number that the draft gets if nobody publishes in between. */
static enum status check_all(struct store *store, struct arena *arena,
    const struct publishing_draft *draft, struct publishing_result *out, int64_t *next)
{
    struct published *list = NULL;
    size_t count = 0;
    enum status status = published_list(store, arena, &list, &count);
    *next = status == STATUS_OK && count > 0 ? list[0].number + 1 : 1;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (seal_digest_equals(&list[i].digest, &draft->digest)) {
            out->number = list[i].number;
            return STATUS_CONFLICT;
        }
        if (list[i].year == draft->report.plan->year) {
            struct arena *own = arena_new(REPORT_ARENA_BYTES);
            status = own == NULL ? STATUS_NO_MEMORY
                                 : check_beside(store, own, list[i].number, draft, out);
            arena_free(own);
        }
    }
    return status;
}

enum status publishing_do(struct store *store, struct arena *arena,
    const struct actor *actor, const struct publishing_draft *draft,
    struct publishing_result *out)
{
    struct published order = {.plan_version = draft->report.plan_version,
        .year = draft->report.plan->year,
        .as_of = draft->as_of,
        .seal = draft->report.seal,
        .report = draft->json};
    *out = (struct publishing_result){0};
    enum status status = check_all(store, arena, draft, out, &order.number);
    if (status != STATUS_OK)
        return status;
    status = published_add(store, actor, &order);
    out->number = order.number;
    return status;
}
