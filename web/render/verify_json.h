#pragma once
/* verify_json.h: what verify found, as JSON. */
#include "db/verify.h"
#include "kiosk/language.h"

/* In the arena; ptr NULL when it does not fit. seal: the report's, empty without one. */
struct text verify_json(struct arena *arena, enum language language,
    const struct verify_result *result, struct text seal,
    const struct problems *problems);
