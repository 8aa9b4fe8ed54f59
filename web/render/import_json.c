/* import_json.c: the result of an import or of its withdrawal as JSON. */
#include "web/render/import_json.h"

#include "web/render/json.h"

struct text import_json(
    struct arena *arena, int64_t id, size_t rows, const struct import_counts *counts)
{
    return json_finish(
        arena, json_pack("{s:I, s:I, s:I, s:I}", "import", (json_int_t)id, "rows",
                   (json_int_t)rows, "stored", (json_int_t)counts->stored, "present",
                   (json_int_t)counts->present));
}

struct text import_withdrawal_json(struct arena *arena, int64_t id, int64_t withdrawn)
{
    return json_finish(arena, json_pack("{s:I, s:I}", "import", (json_int_t)id,
                                  "withdrawn", (json_int_t)withdrawn));
}
