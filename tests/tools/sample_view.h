#pragma once
/* sample_view.h: what the sample page shows. */
#include "web/html.h"

struct sample_view {
    struct text title;
    const char *guess;
    struct html markup;
    struct url next;
    const struct text *names;
    size_t count;
    size_t chosen;
    bool is_open;
};
