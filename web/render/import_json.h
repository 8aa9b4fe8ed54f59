#pragma once
/* import_json.h: what `manyi import --format json` prints. */
#include "db/imports.h"

/* {"import", "rows", "stored", "present"}; in the arena, ptr NULL when full. */
struct text import_json(
    struct arena *arena, int64_t id, size_t rows, const struct import_counts *counts);
/* {"import", "withdrawn"}; the same. */
struct text import_withdrawal_json(struct arena *arena, int64_t id, int64_t withdrawn);
