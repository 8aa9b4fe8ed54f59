/* figures.c: the words and signs of figures, once for all faces. */
#include "web/render/figures.h"

#include "web/tr.h"

#include <math.h>

static struct text dash(void)
{
    return TEXT("–");
}

struct text figure_percent(struct arena *arena, int64_t bp)
{
    if (bp == NO_COUNT)
        return dash();
    return text_format(arena, "%lld.%02lld%%", (long long)bp / 100, (long long)bp % 100);
}

struct text figure_value(
    struct arena *arena, const struct plan_indicator *indicator, int64_t bp)
{
    if (bp == NO_COUNT || indicator->measure != MEASURE_SCORE)
        return figure_percent(arena, bp);
    return text_format(arena, "%lld.%02lld", (long long)bp / 100, (long long)bp % 100);
}

int64_t figure_share(int64_t part, int64_t whole)
{
    return whole <= 0 ? NO_COUNT : (part * 20000 + whole) / (2 * whole);
}

struct text figure_range(struct arena *arena, int64_t lo_bp, int64_t hi_bp)
{
    if (lo_bp == NO_COUNT || hi_bp == NO_COUNT)
        return dash();
    return text_format(arena, "%lld.%02lld–%lld.%02lld%%", (long long)lo_bp / 100,
        (long long)lo_bp % 100, (long long)hi_bp / 100, (long long)hi_bp % 100);
}

struct text figure_possible(struct arena *arena, struct interval possible)
{
    if (isnan(possible.lo) || isnan(possible.hi))
        return dash();
    return figure_range(arena, printed_low(possible.lo), printed_high(possible.hi));
}

struct text figure_count(struct arena *arena, int64_t count)
{
    return count == NO_COUNT ? dash() : text_format(arena, "%lld", (long long)count);
}

struct text figure_demo_mark(void)
{
    return TEXT("演示数据 · Demo data");
}

const char *figure_measure(enum language language, enum measure measure)
{
    static const char *const words[] = {
        [MEASURE_TOP2] = N_("satisfied or very satisfied"),
        [MEASURE_TOP3] = N_("fairly satisfied or better"),
        [MEASURE_SCORE] = N_("mean score of 100"),
    };

    return tr(language, words[measure]);
}

const char *figure_verdict(enum language language, enum verdict verdict, bool is_certain)
{
    return tr(language, verdict_phrase(verdict, is_certain));
}

const char *figure_channel(enum language language, enum channel channel)
{
    static const char *const words[CHANNEL_COUNT] = {
        [CHANNEL_KIOSK] = N_("tablet"),
        [CHANNEL_POSTER] = N_("poster"),
        [CHANNEL_SLIP] = N_("slip with a code"),
        [CHANNEL_LINK] = N_("link in a message"),
        [CHANNEL_PAPER] = N_("on paper"),
        [CHANNEL_PHONE] = N_("by telephone"),
    };

    return tr(language, words[channel]);
}

const char *figure_shape(enum verdict verdict)
{
    static const char *const shapes[VERDICT_COUNT] = {
        [VERDICT_NO_DATA] = "–",
        [VERDICT_MISSED] = "■",
        [VERDICT_LIKELY_MISSED] = "□",
        [VERDICT_INSUFFICIENT] = "…",
        [VERDICT_LIKELY_MET] = "○",
        [VERDICT_MET] = "●",
    };

    return shapes[verdict];
}

struct text figure_seal(struct arena *arena, enum language language,
    const struct seal *seal, size_t digest_bytes)
{
    struct text digest = seal_digest_text(arena, &seal->digest);
    bool is_cut = digest.len > 2 * digest_bytes;
    if (is_cut)
        digest.len = 2 * digest_bytes;
    const struct text arguments[] = {
        text_format(arena, "%.*s %.*s %.*s", TEXT_ARG(seal->programme),
            TEXT_ARG(seal->wave), TEXT_ARG(day_format(arena, seal->period))),
        figure_count(arena, seal->count),
        text_format(arena, "%.*s%s", TEXT_ARG(digest), is_cut ? "…" : ""),
        day_format(arena, seal->sealed_on),
    };
    return tr_format(arena, language,
        seal->is_supplement ? N_("{1}: {2} submissions, {3}, sealed again on {4}")
                            : N_("{1}: {2} submissions, {3}, sealed on {4}"),
        arguments, 4);
}

struct text figure_day(struct arena *arena, enum language language, day_t day)
{
    static const char *const months[] = {"January", "February", "March", "April", "May",
        "June", "July", "August", "September", "October", "November", "December"};

    struct date date = day_date(day);
    if (language == LANGUAGE_ZH)
        return text_format(arena, "%d 月 %d 日", date.month, date.day);
    return text_format(arena, "%d %s", date.day, months[date.month - 1]);
}
