/* figure.c: tables of words, and rounding that never flatters. */
#include "kiosk/figure.h"

#include "kiosk/language.h"

#include <assert.h>
#include <math.h>

/* Between neighbouring basis points of doubles that were computed. */
static const double guard = 1e-7;

static const struct {
    const char *word;
    const char *phrase;
    const char *certain;
} verdict_rows[VERDICT_COUNT] = {
    [VERDICT_NO_DATA] = {"no_data", N_("no data yet"), N_("no data yet")},
    [VERDICT_MISSED] = {"missed", N_("missed"), N_("certainly missed")},
    [VERDICT_LIKELY_MISSED] = {"likely_missed",
        N_("likely missed (within the sampling error, can't be decided yet)"),
        N_("likely missed (within the sampling error, can't be decided yet)")},
    [VERDICT_INSUFFICIENT] = {"insufficient", N_("too few answers to tell"),
        N_("too few answers to tell")},
    [VERDICT_LIKELY_MET] = {"likely_met",
        N_("likely met (within the sampling error, can't be decided yet)"),
        N_("likely met (within the sampling error, can't be decided yet)")},
    [VERDICT_MET] = {"met", N_("met"), N_("certainly met")},
};

/* In the order of the bits. */
static const char *const flag_words[FLAG_COUNT] = {"CENSUS", "POP_UNKNOWN", "POP_LT_N",
    "NO_DATA", "SMALL_N", "DEGENERATE", "NET_DEGENERATE", "NO_VARIANCE", "COLLAPSED",
    "EMPTY_STRATUM", "SINGLE_EXACT", "LOW_COVERAGE", "UNWEIGHTED", "MEAN_DEGENERATE"};

const char *verdict_word(enum verdict verdict)
{
    assert(verdict < VERDICT_COUNT);
    return verdict_rows[verdict].word;
}

const char *verdict_phrase(enum verdict verdict, bool is_certain)
{
    assert(verdict < VERDICT_COUNT);
    return is_certain ? verdict_rows[verdict].certain : verdict_rows[verdict].phrase;
}

enum verdict verdict_weakened(enum verdict verdict)
{
    if (verdict == VERDICT_MET)
        return VERDICT_LIKELY_MET;
    return verdict == VERDICT_MISSED ? VERDICT_LIKELY_MISSED : verdict;
}

const char *figure_flag_word(size_t index)
{
    assert(index < FLAG_COUNT);
    return flag_words[index];
}

struct text figure_flags_text(struct arena *arena, unsigned flags)
{
    struct buffer out;
    buffer_init(&out, arena, 256); /* all words together are under 200 bytes */
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if ((flags & 1U << i) == 0)
            continue;
        if (out.len > 0)
            buffer_add_char(&out, '|');
        buffer_add_string(&out, flag_words[i]);
    }
    if (out.is_full)
        return (struct text){NULL, 0};
    return out.len == 0 ? TEXT("") : buffer_text(&out);
}

bool figure_reaches(double value, double target)
{
    return value >= target - 1e-12;
}

/* Without the products, which need not fit: whole parts decide, or else the remainders,
   turned upside down. */
int shares_compare(int64_t x, int64_t n, int64_t y, int64_t m)
{
    for (int sign = 1;; sign = -sign) {
        if (x / n != y / m)
            return x / n < y / m ? -sign : sign;
        int64_t left = x % n, right = y % m;
        if (left == 0 || right == 0)
            return sign * ((left > 0) - (right > 0));
        x = n;
        n = left;
        y = m;
        m = right;
    }
}

/* ---- basis points ---- */

static int64_t kept_below(int64_t bp, bool is_below, int target_bp)
{
    return is_below && bp >= target_bp ? target_bp - 1 : bp;
}

int64_t printed_share(int64_t x, int64_t n, int target_bp)
{
    return kept_below((20000 * x + n) / (2 * n), 10000 * x < target_bp * n, target_bp);
}

int64_t printed_rate(double share, int target_bp)
{
    int64_t bp = (int64_t)floor(share * 10000 + 0.5 + guard);
    return kept_below(bp, !figure_reaches(share, target_bp / 10000.), target_bp);
}

int64_t printed_low(double share)
{
    return (int64_t)floor(share * 10000 + guard);
}

int64_t printed_high(double share)
{
    return (int64_t)ceil(share * 10000 - guard);
}

int64_t printed_low_share(int64_t x, int64_t n)
{
    return 10000 * x / n;
}

int64_t printed_high_share(int64_t x, int64_t n)
{
    return (10000 * x + n - 1) / n;
}
