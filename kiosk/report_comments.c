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

static bool is_large_enough(const struct report_row *row, int64_t k)
{
    return !row->is_hidden && row->n >= k;
}

/* The stratum that the comments of a programme and wave belong to, if they may be told
   of; NULL if not. */
static const struct report_row *find_stratum(const struct report_input *input,
    const struct report_indicator *of, struct text programme, struct text wave)
{
    for (size_t i = 0; i < of->strata.count; i++) {
        const struct report_row *row = &of->strata.list[i];
        if (text_equals(row->programme->id, programme) &&
            text_equals(row->wave->id, wave))
            return is_large_enough(row, input->plan->k) ? row : NULL;
    }
    return NULL;
}

static bool has_large_stratum(
    const struct report_input *input, const struct report_indicator *of)
{
    for (size_t i = 0; i < of->strata.count; i++)
        if (is_large_enough(&of->strata.list[i], input->plan->k))
            return true;
    return false;
}

/* ---- counts ---- */

static void count(const struct report_input *input, const struct report_indicator *of,
    struct report_comments *out)
{
    int64_t all[REVIEW_COUNT] = {0};
    bool is_small = false;
    for (size_t i = 0; i < input->comments->wave_count; i++) {
        const struct report_comment_wave *wave = &input->comments->waves[i];
        if (find_stratum(input, of, wave->programme, wave->wave) == NULL)
            continue;
        for (int review = REVIEW_WAITS; review < REVIEW_COUNT; review++)
            all[review] += wave->counts[review];
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
}

/* ---- texts ---- */

static int compare_ids(const void *a, const void *b)
{
    const struct report_comment *left = a;
    const struct report_comment *right = b;
    return memcmp(left->id, right->id, sizeof left->id);
}

/* Adds the first of a programme, up to REPORT_COMMENTS_MAX; false once the indicator's
   share of bytes is used up. */
static bool add_quotes(struct report_comment *found, size_t found_count, size_t *room,
    const struct plan_programme *programme, struct report_comments *out)
{
    qsort(found, found_count, sizeof *found, compare_ids);
    for (size_t i = 0; i < found_count && i < REPORT_COMMENTS_MAX; i++) {
        if (found[i].text.len > *room)
            return false;
        *room -= found[i].text.len;
        out->quotes[out->quote_count++] = (struct report_quote){programme, found[i].text};
    }
    return true;
}

static size_t rated_indicators(const struct plan *plan)
{
    size_t rated = 0;
    for (size_t i = 0; i < plan->indicator_count; i++)
        rated += plan->indicators[i].kind == INDICATOR_RATING;
    return rated;
}

static enum status quote(struct arena *arena, const struct report_input *input,
    const struct report_indicator *of, struct report_comments *out)
{
    const struct report_comments_input *comments = input->comments;
    struct report_comment *found =
        arena_take_array(arena, comments->text_count, sizeof *found);
    size_t room = REPORT_COMMENT_BYTES_MAX / rated_indicators(input->plan);
    out->quotes = arena_take_array(arena, comments->text_count, sizeof *out->quotes);
    if (found == NULL || out->quotes == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < of->indicator->programme_count; i++) {
        const struct plan_programme *programme =
            &input->plan->programmes[of->indicator->programmes[i]];
        size_t found_count = 0;
        for (size_t at = 0; at < comments->text_count; at++) {
            const struct report_comment *comment = &comments->texts[at];
            if (text_equals(comment->programme, programme->id) &&
                find_stratum(input, of, comment->programme, comment->wave) != NULL)
                found[found_count++] = *comment;
        }
        if (!add_quotes(found, found_count, &room, programme, out))
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
    count(input, of, &of->comments);
    return quote(arena, input, of, &of->comments);
}
