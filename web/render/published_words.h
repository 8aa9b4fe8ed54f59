#pragma once
/* published_words.h: public figures in words, and what differs between two reports. */
#include "web/render/published_read.h"

/* "89.35%", of a score "86.25"; "＊" if it is hidden, "–" if there is none. */
struct text public_value(struct arena *arena, const struct public_indicator *of);
/* "87.53–90.94%", or "–". */
struct text public_range(struct arena *arena, const struct public_indicator *of);
/* "≥85.00%", of a score "≥80.00"; empty for an appraisal. */
struct text public_target(struct arena *arena, const struct public_indicator *of);
/* The verdict for people; of an appraisal that it is not collected. */
struct text public_verdict(enum language language, const struct public_indicator *of);
/* How many answered of how many: "1300 / 8500". */
struct text public_counts(struct arena *arena, const struct public_indicator *of);

enum { PUBLIC_DIFFERENCES_MAX = 8 };
struct public_difference {
    struct text sentences[PUBLIC_DIFFERENCES_MAX]; /* one at least */
    size_t count;
    bool is_different;
};
/* What changed from one report to a later one; then or now may be NULL, not both. */
struct public_difference public_compare(struct arena *arena, enum language language,
    const struct public_indicator *then, const struct public_indicator *now);
