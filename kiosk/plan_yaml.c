/* plan_yaml.c: a plan file's way: bytes → UTF-8 (plan_encoding.c) → mended text
   (plan_repair.c) → YAML tree (plan_syntax.c) → draft (plan_walk.c by the tables of
   plan_shapes.c) → checks (plan_rules.c) → plan (plan_build.c). Each step reports all it
   finds, and the way goes on as long as there is something to read. */
#include "kiosk/plan_yaml.h"

#include "kiosk/limits.h"
#include "kiosk/plan_draft.h"
#include "kiosk/plan_syntax.h"
#include "kiosk/plan_walk.h"

#include <sodium.h>

static struct text number(struct problems *problems, size_t value)
{
    return text_format(problems->arena, "%zu", value);
}

static enum status refuse_size(struct problems *problems, size_t size)
{
    problems_add(problems,
        (struct problem){.message = N_("The file has {1} bytes; at most {2} are read. Is "
                                       "it the right file?"),
            .argument = {number(problems, size), number(problems, PLAN_BYTES_MAX)}});
    return STATUS_TOO_LARGE;
}

/* The draft of a file; problems tell whether it may be trusted. */
static enum status read_draft(struct arena *arena, struct text file,
    struct problems *problems, struct draft_plan *draft)
{
    struct text decoded;
    struct plan_source source;
    struct yaml_document_s *document = NULL;
    struct value_reader reader = {.arena = arena, .problems = problems};
    enum status status = source_decode(arena, file, problems, &decoded);
    if (status == STATUS_OK)
        status = source_repair(arena, decoded, problems, &source);
    if (status == STATUS_OK)
        status = syntax_load(&source, problems, &document);
    if (status != STATUS_OK)
        return status;
    walk_document(&reader, &source, document, &draft_plan_shape, draft);
    syntax_free(document);
    if (reader.is_full)
        return STATUS_NO_MEMORY;
    draft_check(draft, problems);
    return STATUS_OK;
}

enum status plan_parse(struct arena *arena, struct text yaml, struct problems *problems,
    const struct plan **out)
{
    size_t before = problems->count;
    struct draft_plan draft = {0};
    if (yaml.len > PLAN_BYTES_MAX)
        return refuse_size(problems, yaml.len);
    enum status status = read_draft(arena, yaml, problems, &draft);
    bool has_problems = problems->count > before || problems->is_incomplete;
    if (has_problems) {
        /* A full arena ends the search early; what was found is worth telling. */
        problems->is_incomplete |= status == STATUS_NO_MEMORY;
        problems_sort(problems);
        return STATUS_INVALID;
    }
    struct plan *plan = status == STATUS_OK ? draft_build(arena, &draft) : NULL;
    if (plan == NULL)
        return STATUS_NO_MEMORY;
    (void)crypto_generichash(plan->fingerprint, PLAN_FINGERPRINT_BYTES,
        (const unsigned char *)yaml.ptr, yaml.len, NULL, 0);
    *out = plan;
    return STATUS_OK;
}
