/* published_words.c: figures as printed, and the sentences of a comparison. A difference
   is stated as a fact; whether it is more than chance is another question, which the
   sentences leave alone. */
#include "web/render/published_words.h"

#include "web/render/figures.h"
#include "web/tr.h"

static struct text decimal(struct arena *arena, int64_t hundredths)
{
    return text_format(
        arena, "%lld.%02lld", (long long)hundredths / 100, (long long)hundredths % 100);
}

static bool is_scored(const struct public_indicator *of)
{
    return of->measure == MEASURE_SCORE;
}

struct text public_value(struct arena *arena, const struct public_indicator *of)
{
    if (!of->is_rated)
        return TEXT("–");
    if (of->is_hidden)
        return TEXT("＊");
    if (of->rate_bp == NO_COUNT || !is_scored(of))
        return figure_percent(arena, of->rate_bp);
    return decimal(arena, of->rate_bp);
}

struct text public_range(struct arena *arena, const struct public_indicator *of)
{
    return figure_range(arena, of->lo_bp, of->hi_bp);
}

struct text public_target(struct arena *arena, const struct public_indicator *of)
{
    if (!of->is_rated)
        return TEXT("");
    return text_format(arena, "≥%.*s%s", TEXT_ARG(decimal(arena, of->target_bp)),
        is_scored(of) ? "" : "%");
}

struct text public_verdict(enum language language, const struct public_indicator *of)
{
    if (!of->is_rated)
        return text_of(tr(language, N_("not collected yet")));
    return text_of(figure_verdict(language, of->verdict, of->is_certain));
}

struct text public_counts(struct arena *arena, const struct public_indicator *of)
{
    struct text n = of->is_hidden ? TEXT("＊") : figure_count(arena, of->n);
    return text_format(
        arena, "%.*s / %.*s", TEXT_ARG(n), TEXT_ARG(figure_count(arena, of->population)));
}

/* ---- comparing ---- */

struct comparing {
    struct arena *arena;
    enum language language;
    const struct public_indicator *then;
    const struct public_indicator *now;
    struct public_difference *out;
};

static void tell(struct comparing *comparing, const char *message, struct text first,
    struct text second, struct text third)
{
    const struct text arguments[] = {first, second, third};
    struct public_difference *out = comparing->out;
    if (out->count < PUBLIC_DIFFERENCES_MAX)
        out->sentences[out->count++] =
            tr_format(comparing->arena, comparing->language, message, arguments, 3);
}

static void compare_terms(struct comparing *comparing)
{
    const struct public_indicator *then = comparing->then;
    const struct public_indicator *now = comparing->now;
    struct arena *arena = comparing->arena;
    if (then->target_bp != now->target_bp || then->measure != now->measure)
        tell(comparing, N_("The target was {1} and is {2}."), public_target(arena, then),
            public_target(arena, now), TEXT(""));
    if (then->measure != now->measure)
        tell(comparing, N_("What counts as satisfied was “{1}” and is “{2}”."),
            text_of(figure_measure(comparing->language, then->measure)),
            text_of(figure_measure(comparing->language, now->measure)), TEXT(""));
    if (then->population != now->population)
        tell(comparing, N_("The population was {1} and is {2}."),
            figure_count(arena, then->population), figure_count(arena, now->population),
            TEXT(""));
}

static void compare_value(struct comparing *comparing)
{
    const struct public_indicator *then = comparing->then;
    const struct public_indicator *now = comparing->now;
    struct arena *arena = comparing->arena;
    int64_t step = now->rate_bp - then->rate_bp;
    bool has_both = then->rate_bp != NO_COUNT && now->rate_bp != NO_COUNT &&
                    then->measure == now->measure && !is_scored(now);
    if (then->rate_bp == now->rate_bp && then->is_hidden == now->is_hidden)
        return;
    if (!has_both)
        tell(comparing, N_("The figure was {1} and is {2}."), public_value(arena, then),
            public_value(arena, now), TEXT(""));
    else if (step > 0)
        tell(comparing, N_("The figure was {1} and is {2}: {3} points higher."),
            public_value(arena, then), public_value(arena, now), decimal(arena, step));
    else if (step < 0)
        tell(comparing, N_("The figure was {1} and is {2}: {3} points lower."),
            public_value(arena, then), public_value(arena, now), decimal(arena, -step));
}

static void compare_answers(struct comparing *comparing)
{
    const struct public_indicator *then = comparing->then;
    const struct public_indicator *now = comparing->now;
    if (then->received != now->received)
        tell(comparing, N_("{1} answers had been received, and {2} are now."),
            figure_count(comparing->arena, then->received),
            figure_count(comparing->arena, now->received), TEXT(""));
    if (then->n != now->n)
        tell(comparing, N_("{1} valid answers counted, and {2} do now."),
            then->is_hidden ? TEXT("＊") : figure_count(comparing->arena, then->n),
            now->is_hidden ? TEXT("＊") : figure_count(comparing->arena, now->n),
            TEXT(""));
    if (then->verdict != now->verdict || then->is_certain != now->is_certain)
        tell(comparing, N_("The verdict was “{1}” and is “{2}”."),
            public_verdict(comparing->language, then),
            public_verdict(comparing->language, now), TEXT(""));
}

struct public_difference public_compare(struct arena *arena, enum language language,
    const struct public_indicator *then, const struct public_indicator *now)
{
    struct public_difference out = {.count = 0};
    struct comparing comparing = {arena, language, then, now, &out};
    if (then == NULL)
        tell(&comparing, N_("It was not in that report."), TEXT(""), TEXT(""), TEXT(""));
    else if (now == NULL)
        tell(&comparing, N_("It is not in the report any more."), TEXT(""), TEXT(""),
            TEXT(""));
    else if (then->is_rated && now->is_rated) {
        compare_terms(&comparing);
        compare_value(&comparing);
        compare_answers(&comparing);
        if (out.count == 0 && (then->lo_bp != now->lo_bp || then->hi_bp != now->hi_bp))
            tell(&comparing, N_("The interval was {1} and is {2}."),
                public_range(arena, then), public_range(arena, now), TEXT(""));
    }
    out.is_different = out.count > 0;
    if (!out.is_different)
        tell(&comparing, N_("Nothing has changed."), TEXT(""), TEXT(""), TEXT(""));
    return out;
}
