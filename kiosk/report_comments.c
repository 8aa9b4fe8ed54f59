/* report_comments.c: what people wrote, as far as somebody read it and lets it be shown.

   A comment is one person's, so it stands only among k answers or more: those of a wave
   that is shown, with k valid answers in it. It carries no centre, no level and no day,
   and stands under its programme in the order of its id, which is random: when it came,
   and from which wave, is not told. How many there are is told of these waves alone, and
   is no secret, as what came in is none; why they are held back is told as one sum where
   a reason is of few. */
#include "kiosk/report_sum.h"

#include "kiosk/limits.h"
#include "kiosk/suppress.h"

#include <stdlib.h>
#include <string.h>

/* ---- which waves ---- */

struct key {
    struct text programme;
    struct text wave;
};

static int compare_key(const void *a, const void *b)
{
    const struct key *key = a;
    const struct report_comment_wave *wave = b;
    int order = text_compare(key->programme, wave->programme);
    return order != 0 ? order : text_compare(key->wave, wave->wave);
}

static bool is_large_enough(
    const struct report_input *input, const struct report_row *row)
{
    return !row->is_hidden && row->n >= input->plan->k;
}

/* The comments of a stratum that may be told of; NULL: it may not, or has none. */
static const struct report_comment_wave *find_wave(
    const struct report_input *input, const struct report_row *row)
{
    const struct key key = {row->programme->id, row->wave->id};
    if (!is_large_enough(input, row) || input->comments->wave_count == 0)
        return NULL;
    return bsearch(&key, input->comments->waves, input->comments->wave_count,
        sizeof *input->comments->waves, compare_key);
}

static bool has_large_stratum(
    const struct report_input *input, const struct report_indicator *of)
{
    for (size_t i = 0; i < of->strata.count; i++)
        if (is_large_enough(input, &of->strata.list[i]))
            return true;
    return false;
}

/* ---- counts ---- */

/* How many texts there are of these waves. */
static size_t count(const struct report_input *input, const struct report_indicator *of,
    struct report_comments *out)
{
    int64_t all[REVIEW_COUNT] = {0};
    size_t texts = 0;
    bool is_small = false;
    for (size_t i = 0; i < of->strata.count; i++) {
        const struct report_comment_wave *wave = find_wave(input, &of->strata.list[i]);
        for (int review = REVIEW_WAITS; wave != NULL && review < REVIEW_COUNT; review++)
            all[review] += wave->counts[review];
        texts += wave == NULL ? 0 : wave->text_count;
    }
    out->waiting = all[REVIEW_WAITS];
    out->shown = all[REVIEW_SHOWN];
    for (int i = 0; i < REVIEW_REASONS; i++) {
        out->held += all[REVIEW_NAMES + i];
        is_small |= group_is_small(all[REVIEW_NAMES + i], input->plan->k);
    }
    out->received = out->waiting + out->shown + out->held;
    for (int i = 0; i < REVIEW_REASONS; i++)
        out->reasons[i] = is_small ? NO_COUNT : all[REVIEW_NAMES + i];
    return texts;
}

/* ---- texts ---- */

static int compare_ids(const void *a, const void *b)
{
    const struct report_comment *left = a;
    const struct report_comment *right = b;
    return memcmp(left->id, right->id, sizeof left->id);
}

/* The first of a programme, up to REPORT_COMMENTS_MAX; false once the indicator's share
   of bytes is used up. */
static bool add_quotes(struct report_comment *found, size_t found_count, size_t *room,
    const struct plan_programme *programme, struct report_comments *out)
{
    if (found_count > 0)
        qsort(found, found_count, sizeof *found, compare_ids);
    for (size_t i = 0; i < found_count && i < REPORT_COMMENTS_MAX; i++) {
        if (found[i].text.len > *room)
            return false;
        *room -= found[i].text.len;
        out->quotes[out->quote_count++] = (struct report_quote){programme, found[i].text};
    }
    return true;
}

/* Besides the one at hand. */
static size_t other_indicators(const struct plan *plan, const struct plan_indicator *of)
{
    size_t rated = 0;
    for (size_t i = 0; i < plan->indicator_count; i++)
        rated +=
            &plan->indicators[i] != of && plan->indicators[i].kind == INDICATOR_RATING;
    return rated;
}

/* Strata of one programme stand together. */
static enum status quote(struct arena *arena, const struct report_input *input,
    const struct report_indicator *of, size_t texts, struct report_comments *out)
{
    const struct report_rows *strata = &of->strata;
    size_t room =
        REPORT_COMMENT_BYTES_MAX / (1 + other_indicators(input->plan, of->indicator));
    struct report_comment *found = arena_take_array(arena, texts, sizeof *found);
    out->quotes = arena_take_array(arena, texts, sizeof *out->quotes);
    if (found == NULL || out->quotes == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0, next; i < strata->count; i = next) {
        const struct plan_programme *programme = strata->list[i].programme;
        size_t count = 0;
        for (next = i; next < strata->count && strata->list[next].programme == programme;
             next++) {
            const struct report_comment_wave *wave =
                find_wave(input, &strata->list[next]);
            for (size_t at = 0; wave != NULL && at < wave->text_count; at++)
                found[count++] = wave->texts[at];
        }
        if (!add_quotes(found, count, &room, programme, out))
            break;
    }
    return STATUS_OK;
}

enum status report_add_comments(
    struct arena *arena, const struct report_input *input, struct report_indicator *of)
{
    of->comments = (struct report_comments){0};
    if (input->comments == NULL || of->is_hidden || !has_large_stratum(input, of))
        return STATUS_OK;
    of->comments.is_told = true;
    size_t texts = count(input, of, &of->comments);
    return quote(arena, input, of, texts, &of->comments);
}
