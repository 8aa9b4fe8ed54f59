/* report_notices.c: what a reader of a figure should know, as sentences, the weightiest
   first. The flags say what was computed; these say what it means here. */
#include "kiosk/report_sum.h"

static struct text number(struct arena *arena, int64_t value)
{
    return text_format(arena, "%lld", (long long)value);
}

static void notice(struct report_indicator *out, const char *message, struct text first,
    struct text second)
{
    out->notices[out->notice_count++] =
        (struct problem){.message = message, .argument = {first, second}};
}

static bool is_under_half(const struct report_sum *all, const struct report_indicator *of)
{
    int64_t answered = levels_sum(all->levels) + all->missing;
    return of->population > 0 && answered > 0 && 2 * answered < of->population;
}

/* How many walk-in answers there are would tell of a hidden channel or wave. */
static bool has_hidden(const struct report_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->list[i].is_hidden)
            return true;
    return false;
}

enum { FIGURE_NOTICES = 13 };

/* What there is to say of the figure as a whole; {1} is the number of the row. */
static void notice_figure(struct arena *arena, const struct plan *plan,
    const struct report_sum *all, struct report_indicator *out)
{
    bool is_told = !has_hidden(&out->strata) && !has_hidden(&out->by_channel) &&
                   !out->is_hidden && !out->is_earlier;
    bool is_flagged = out->flagged > 0 && !out->is_hidden;
    bool is_same = out->without_flagged.verdict == out->verdict;
    const struct {
        bool holds;
        const char *message;
        int64_t number;
    } rows[FIGURE_NOTICES] = {
        {out->is_withheld, REPORT_NOTICE_WITHHELD, 0},
        {out->is_hidden && !out->is_withheld, REPORT_NOTICE_HIDDEN, plan->k},
        {(out->figure.flags & FLAG_POP_LT_N) != 0,
            N_("There are more answers than people. Please correct the population."), 0},
        {is_flagged && out->without_flagged.is_shown && !is_same,
            N_("Without the {1} flagged answers the verdict would be another one. Look "
               "at "
               "why they are flagged before you rely on it."),
            out->flagged},
        {is_flagged && out->without_flagged.is_shown && is_same,
            N_("{1} answers are flagged as unusual; without them the verdict is the "
               "same."),
            out->flagged},
        {is_flagged && !out->without_flagged.is_shown,
            N_("{1} answers are flagged as unusual. What the figure is without them is "
               "not shown, since it would tell of too few."),
            out->flagged},
        {out->has_score && out->is_formula_sensitive,
            N_("Sensitive to the measure: by another one the verdict would change."), 0},
        {(out->figure.flags & FLAG_LOW_COVERAGE) != 0,
            N_("Over a fifth of the people are in waves without any answer, so nothing "
               "is "
               "proven."),
            0},
        {is_under_half(all, out),
            N_("Fewer than half of the people answered. The interval covers chance only, "
               "not who chose to answer; the possible range does."),
            0},
        {all->walk_in > 0 && is_told,
            N_("{1} walk-in answers count. Nobody knows who gave them, so the interval "
               "takes no account of how few people there are."),
            all->walk_in},
        {all->walk_in > 0 && !is_told,
            N_("Walk-in answers count. Nobody knows who gave them, so the interval takes "
               "no account of how few people there are."),
            0},
        {all->walk_in_beside > 0 && is_told,
            N_("{1} walk-in answers stand beside the figure: only invited ones count."),
            all->walk_in_beside},
        {all->walk_in_beside > 0 && !is_told,
            N_("Walk-in answers stand beside the figure: only invited ones count."), 0},
    };

    for (size_t i = 0; i < FIGURE_NOTICES; i++)
        if (rows[i].holds)
            notice(out, rows[i].message, number(arena, rows[i].number), (struct text){0});
}

/* Where populations are unknown all answers are in one heap anyhow. */
static void notice_pooled(struct arena *arena, struct report_indicator *out)
{
    int64_t points = printed_high(out->figure.shift);
    if (out->pooled > 0 && (out->figure.flags & FLAG_UNWEIGHTED) == 0)
        notice(out, REPORT_NOTICE_POOLED, number(arena, (int64_t)out->pooled),
            text_format(
                arena, "%lld.%02lld", (long long)points / 100, (long long)points % 100));
}

static void notice_asked(
    struct arena *arena, const struct report_row *row, struct report_indicator *out)
{
    if (row->population >= 0 && row->asked > row->population)
        notice(out, N_("More codes were made for {1} than there are people: {2}."),
            text_format(arena, "%.*s %.*s", TEXT_ARG(row->programme->id),
                TEXT_ARG(row->wave->id)),
            text_format(
                arena, "%lld > %lld", (long long)row->asked, (long long)row->population));
}

/* A wave that stands beside the figure because nobody said how many people it has. */
static void notice_beside(const struct report_row *row, struct report_indicator *out)
{
    if (!row->counts)
        notice(out, REPORT_NOTICE_BESIDE, row->programme->id, row->wave->id);
}

enum status report_add_notices(struct arena *arena, const struct plan *plan,
    const struct report_sum *all, struct report_indicator *out)
{
    size_t room =
        FIGURE_NOTICES + 1 + 2 * out->strata.count; /* nothing is ever left out */
    out->notices = arena_take_array(arena, room, sizeof *out->notices);
    if (out->notices == NULL)
        return STATUS_NO_MEMORY;
    notice_figure(arena, plan, all, out);
    notice_pooled(arena, out);
    for (size_t i = 0; i < out->strata.count; i++)
        notice_asked(arena, &out->strata.list[i], out);
    for (size_t i = 0; i < out->strata.count; i++)
        notice_beside(&out->strata.list[i], out);
    return STATUS_OK;
}
