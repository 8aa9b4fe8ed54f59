/* report_notices.c: what a reader of a figure should know, as sentences. The words of
   STATISTICS' flags say what was computed; these say what it means here. */
#include "kiosk/report_sum.h"

static struct text number(struct arena *arena, int64_t value)
{
    return text_format(arena, "%lld", (long long)value);
}

static void notice(struct report_indicator *out, const char *message, struct text first,
    struct text second)
{
    if (out->notice_count < REPORT_NOTICES_MAX)
        out->notices[out->notice_count++] =
            (struct problem){.message = message, .argument = {first, second}};
}

static void notice_walk_ins(
    struct arena *arena, const struct report_sum *all, struct report_indicator *out)
{
    if (all->walk_in > 0)
        notice(out,
            N_("{1} walk-in answers count. Nobody knows who gave them, so the interval "
               "takes no account of how few people there are."),
            number(arena, all->walk_in), (struct text){0});
    if (all->walk_in_beside > 0)
        notice(out,
            N_("{1} walk-in answers stand beside the figure: only invited ones count."),
            number(arena, all->walk_in_beside), (struct text){0});
}

/* Waves that stand beside the figure because nobody said how many people they have. */
static void notice_beside(struct report_indicator *out)
{
    for (size_t i = 0; i < out->strata.count; i++) {
        const struct report_row *row = &out->strata.list[i];
        if (!row->counts)
            notice(out,
                N_("Not counted, since its population is not filled in: {1}, {2}."),
                row->programme->id, row->wave->id);
    }
}

static void notice_asked(struct arena *arena, struct report_indicator *out)
{
    for (size_t i = 0; i < out->strata.count; i++) {
        const struct report_row *row = &out->strata.list[i];
        if (row->population >= 0 && row->asked > row->population)
            notice(out, N_("More codes were made for {1} than there are people: {2}."),
                text_format(arena, "%.*s %.*s", TEXT_ARG(row->programme->id),
                    TEXT_ARG(row->wave->id)),
                text_format(arena, "%lld > %lld", (long long)row->asked,
                    (long long)row->population));
    }
}

void report_add_notices(const struct report_input *input, struct arena *arena,
    const struct report_sum *all, struct report_indicator *out)
{
    (void)input;
    int64_t answered = levels_sum(all->levels) + all->missing;
    notice_beside(out);
    notice_walk_ins(arena, all, out);
    notice_asked(arena, out);
    if (out->is_hidden)
        notice(out,
            N_("Fewer than {1} answers: the figure is not shown, so that nobody can "
               "be recognised."),
            number(arena, input->plan->k), (struct text){0});
    if (out->population > 0 && answered > 0 && 2 * answered < out->population)
        notice(out,
            N_("Fewer than half of the people answered. The interval covers chance only, "
               "not "
               "who chose to answer; the possible range does."),
            (struct text){0}, (struct text){0});
    if ((out->figure.flags & FLAG_LOW_COVERAGE) != 0)
        notice(out,
            N_("Over a fifth of the people are in waves without any answer, so nothing "
               "is "
               "proven."),
            (struct text){0}, (struct text){0});
    if ((out->figure.flags & FLAG_POP_LT_N) != 0)
        notice(out,
            N_("There are more answers than people. Please correct the population."),
            (struct text){0}, (struct text){0});
    if (out->has_score && out->is_formula_sensitive)
        notice(out,
            N_("Sensitive to the measure: by another one the verdict would change."),
            (struct text){0}, (struct text){0});
}
