#pragma once
/* figures.h: figures in words and signs, the same on every face: percentages from basis
   points, measures and verdicts for people. */
#include "kiosk/report.h"

/* "88.83%", or "–" for NO_COUNT; in the arena. */
struct text figure_percent(struct arena *arena, int64_t bp);
/* The indicator's figure or target as its measure has it: "88.83%", of a score "86.25";
   "–" for NO_COUNT. In the arena. */
struct text figure_value(
    struct arena *arena, const struct plan_indicator *indicator, int64_t bp);
/* A part of a whole in basis points, rounded to the nearest; NO_COUNT of nothing. */
int64_t figure_share(int64_t part, int64_t whole);
/* "87.42–90.10%", or "–". */
struct text figure_range(struct arena *arena, int64_t lo_bp, int64_t hi_bp);
/* A share as a percentage, rounded outwards to two decimals: low down, high up. */
struct text figure_possible(struct arena *arena, struct interval possible);
/* A count, or "–" for NO_COUNT. */
struct text figure_count(struct arena *arena, int64_t count);
/* A day of this year as people say it: 11 月 25 日, 25 November. */
struct text figure_day(struct arena *arena, enum language language, day_t day);

/* What stands on everything that comes from made-up answers, in both languages; static.
 */
struct text figure_demo_mark(void);

/* What counts as satisfied, for people; static. */
const char *figure_measure(enum language language, enum measure measure);
/* The verdict for people, "可能达标（在抽样误差之内，还不能断定）"; static. */
const char *figure_verdict(enum language language, enum verdict verdict, bool is_certain);
/* The channel for people, "slip with a code"; static. */
const char *figure_channel(enum language language, enum channel channel);
/* A shape for the verdict: round at or above the target, square below; filled proven,
   outlined within the error. Static. */
const char *figure_shape(enum verdict verdict);

/* A sealed period with so many bytes of its digest: "visits q1 2026-02-01: 10
   submissions, 1f2e…, sealed on 2026-04-15"; in the arena. */
struct text figure_seal(struct arena *arena, enum language language,
    const struct seal *seal, size_t digest_bytes);
