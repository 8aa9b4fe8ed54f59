/* report_comments.c: sentences about comments. */
#include "web/render/report_comments.h"

#include "web/render/figures.h"
#include "web/tr.h"

const char *report_review_words(enum language language, enum review review)
{
    static const char *const words[REVIEW_COUNT] = {
        [REVIEW_NEW] = N_("not released yet"),
        [REVIEW_WAITS] = N_("waits to be read"),
        [REVIEW_SHOWN] = N_("may be shown"),
        [REVIEW_NAMES] = N_("identifies somebody"),
        [REVIEW_INSULT] = N_("insults"),
        [REVIEW_EMPTY] = N_("says nothing"),
        [REVIEW_OTHER] = N_("another reason"),
    };
    return tr(language, words[review]);
}

struct text report_comments_counts(
    struct arena *arena, enum language language, const struct report_comments *comments)
{
    const struct text arguments[] = {figure_count(arena, comments->received),
        figure_count(arena, comments->shown), figure_count(arena, comments->held),
        figure_count(arena, comments->waiting)};
    if (comments->received == 0)
        return text_of(
            tr(language, N_("Nobody wrote anything in the waves that are shown.")));
    return tr_format(arena, language,
        N_("Comments in the waves that are shown: {1}. Of these may be shown: {2}; held "
           "back: {3}; waiting to be read: {4}."),
        arguments, 4);
}

struct text report_comments_reasons(
    struct arena *arena, enum language language, const struct report_comments *comments)
{
    enum { WORDS_MAX = 1024 };
    struct buffer out;
    if (comments->held == 0)
        return (struct text){0};
    if (comments->reasons[0] == NO_COUNT)
        return text_of(
            tr(language, N_("Why they are held back is not told: some of the reasons "
                            "would be of too few people.")));
    buffer_init(&out, arena, WORDS_MAX);
    for (int i = 0; i < REVIEW_REASONS; i++) {
        if (comments->reasons[i] == 0)
            continue;
        if (out.len > 0)
            buffer_add_string(&out, tr(language, N_(", ")));
        buffer_add_format(
            &out, "%s ", report_review_words(language, (enum review)(REVIEW_NAMES + i)));
        buffer_add_text(&out, figure_count(arena, comments->reasons[i]));
    }
    const struct text list = buffer_text(&out);
    return tr_format(arena, language, N_("Held back because: {1}."), &list, 1);
}

struct text report_comments_chosen(
    struct arena *arena, enum language language, const struct report_comments *comments)
{
    const struct text arguments[] = {figure_count(arena, (int64_t)comments->quote_count),
        figure_count(arena, comments->shown)};
    if ((int64_t)comments->quote_count >= comments->shown)
        return (struct text){0};
    return tr_format(arena, language,
        N_("Here are {1} of the {2} that may be shown, chosen at random."), arguments, 2);
}
