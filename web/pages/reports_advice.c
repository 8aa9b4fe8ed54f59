/* reports_advice.c: what to do next about an indicator, and how its figure was made. */
#include "web/pages/reports_view.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>
#include <string.h>

static const struct text none = {NULL, 0};

static struct text count_of(const struct reports_making *making, int64_t count)
{
    return figure_count(making->arena, count);
}

static bool is_scored(const struct report_indicator *of)
{
    return of->indicator->measure == MEASURE_SCORE;
}

/* ---- what to do next ---- */

static void add_line(struct reports_action *action, struct text line)
{
    action->lines[action->line_count++] = line;
}

/* What the sentences of the block say about settling, or what helps in general. */
static struct text settling_words(
    const struct reports_making *making, const struct report_indicator *of)
{
    struct reports_block words = {0};
    reports_explain_settling(making, of, &words);
    if (words.sentence_count > 0)
        return words.sentences[0];
    return text_of(tr(making->language,
        N_("Every further answer narrows the interval; please invite more people.")));
}

/* The card's title, where the verdict asks for one, and the line that says what to do. */
static void act_on_verdict(const struct reports_making *making,
    const struct report_indicator *of, struct reports_action *action)
{
    const char *title = NULL;
    struct text line = none;
    if (of->is_withheld)
        return;
    switch (of->verdict) {
    case VERDICT_MISSED:
        title = N_("{1}: below the target");
        line = text_of(tr(making->language,
            N_("See below which waves fall short. The self-evaluation form asks for the "
               "reasons and for what will be improved.")));
        break;
    case VERDICT_LIKELY_MET:
    case VERDICT_LIKELY_MISSED:
        title = N_("{1}: not settled");
        line = settling_words(making, of);
        break;
    case VERDICT_INSUFFICIENT:
    case VERDICT_NO_DATA:
        title = N_("{1}: too few answers");
        line = text_of(tr(making->language,
            N_("Please invite more people: hand out slips, send links, or take answers "
               "by telephone and on paper.")));
        break;
    case VERDICT_MET:
    case VERDICT_COUNT:
        return;
    }
    action->title = reports_format(making, title, action->title, none, none);
    add_line(action, line);
}

/* The card of waves whose people nobody counted; without lines where there is none. */
static void act_on_populations(const struct reports_making *making,
    const struct report_indicator *of, struct reports_action *action)
{
    enum { NAMED_MAX = 6 };
    struct buffer names;
    int64_t missing = 0;
    buffer_init(&names, making->arena, 65536);
    for (size_t i = 0; i < of->strata.count; i++) {
        const struct report_row *row = &of->strata.list[i];
        if (row->population >= 0 || ++missing > NAMED_MAX)
            continue;
        if (names.len > 0)
            buffer_add_string(&names, tr(making->language, N_("; ")));
        buffer_add_text(&names, reports_programme(making, row));
        buffer_add_char(&names, ' ');
        buffer_add_text(&names, row->wave->id);
    }
    if (missing == 0)
        return;
    if (missing > NAMED_MAX)
        buffer_add_string(&names, " …");
    struct text number = count_of(making, missing);
    action->title = tr_format(making->arena, making->language,
        trn(making->language, "{1} wave without a population",
            "{1} waves without a population", missing),
        &number, 1);
    add_line(action,
        reports_format(making,
            N_("{1}. Write the number of people into the plan, so that they count."),
            buffer_text(&names), none, none));
}

/* Said elsewhere on the page in other words. */
static bool is_said(const struct problem *notice)
{
    static const char *const said[] = {
        REPORT_NOTICE_BESIDE, REPORT_NOTICE_HIDDEN, REPORT_NOTICE_WITHHELD};

    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (strcmp(notice->message, said[i]) == 0)
            return true;
    return false;
}

/* Whether a new card with room for that many lines could be made. */
static bool take_card(const struct reports_making *making,
    const struct report_indicator *of, size_t lines, struct reports_action *out)
{
    *out = (struct reports_action){
        .title = tr_wording(making->language, &of->indicator->name),
        .lines = arena_take_array(making->arena, lines, sizeof *out->lines),
    };
    return out->lines != NULL;
}

enum status reports_add_actions(const struct reports_making *making,
    const struct report_indicator *of, struct reports_action *list, size_t *count)
{
    struct reports_action verdict;
    struct reports_action populations;
    if (of->indicator->kind == INDICATOR_APPRAISAL)
        return STATUS_OK;
    if (!take_card(making, of, of->notice_count + 1, &verdict) ||
        !take_card(making, of, 1, &populations))
        return STATUS_NO_MEMORY;
    act_on_verdict(making, of, &verdict);
    for (size_t i = 0; i < of->notice_count; i++)
        if (!is_said(&of->notices[i]))
            add_line(
                &verdict, tr_problem(making->arena, making->language, &of->notices[i]));
    act_on_populations(making, of, &populations);
    if (verdict.line_count > 0)
        list[(*count)++] = verdict;
    if (populations.line_count > 0)
        list[(*count)++] = populations;
    return STATUS_OK;
}

/* ---- the method ---- */

static void tell(struct reports_detail *out, struct text sentence)
{
    if (out->method_count < REPORTS_METHOD_MAX)
        out->method[out->method_count++] = sentence;
}

static void tell_interval(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out)
{
    struct text confidence =
        text_format(making->arena, "%d%%", of->indicator->confidence_bp / 100);
    const char *message =
        N_("Each wave weighs as much as it has people. The {1} interval is Wilson's, "
           "with an effective sample of {2}.");
    if (is_scored(of))
        message = N_("The {1} interval of the mean score is Student's.");
    else if ((of->figure.flags & FLAG_UNWEIGHTED) != 0)
        message = N_("No wave has a population, so all answers are put together. The {1} "
                     "interval is exact (Clopper–Pearson).");
    else if (of->figure.is_single && of->figure.single.k_lo == NO_COUNT)
        message =
            N_("The {1} interval is exact (Clopper–Pearson); it takes no account of "
               "how many people there are.");
    else if (of->figure.is_single)
        message = N_("One population. The {1} interval is exact and knows how many "
                     "people there are.");
    struct text sample = isfinite(of->figure.n_eff) ? text_format(making->arena, "%lld",
                                                          llround(of->figure.n_eff))
                                                    : count_of(making, of->n);
    tell(out, reports_format(making, message, confidence, sample, none));
}

/* A chance as a percentage with two decimals, rounded up. */
static struct text chance(const struct reports_making *making, double share)
{
    return figure_percent(making->arena, printed_high(share));
}

static void tell_pool(const struct reports_making *making, struct reports_detail *out)
{
    tell(out,
        text_of(tr(making->language,
            N_("Waves that are not shown are one group in the figure: their people, "
               "their answers and their satisfied are added up before they are weighted. "
               "As these few answers may be spread otherwise than the people are, the "
               "interval is wider on both sides by the most that this could change."))));
}

static void tell_chance(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out)
{
    if (!of->figure.is_single || of->k_req == NO_COUNT || of->figure.certain ||
        is_scored(of))
        return;
    const struct rate *single = &of->figure.single;
    struct text needed = count_of(making, of->k_req);
    struct text all = count_of(making, of->population);
    if (of->verdict == VERDICT_MET && isfinite(single->p_met))
        tell(
            out, reports_format(making,
                     N_("If fewer than {1} of {2} were satisfied, the chance of a result "
                        "this good would be {3} at most."),
                     needed, all, chance(making, single->p_met)));
    if (of->verdict == VERDICT_MISSED && isfinite(single->p_missed))
        tell(out, reports_format(making,
                      N_("If {1} of {2} were satisfied, the chance of a result this bad "
                         "would be {3} at most."),
                      needed, all, chance(making, single->p_missed)));
}

void reports_method(const struct reports_making *making,
    const struct report_indicator *of, struct reports_detail *out)
{
    const struct plan *plan = making->report->plan;
    bool has_figure = !of->is_hidden && of->n > 0;
    tell(out, reports_format(making,
                  N_("What counts as satisfied: {1}. Answers left blank or “can't say” "
                     "are not in the figure."),
                  text_of(figure_measure(making->language, of->indicator->measure)), none,
                  none));
    if (has_figure)
        tell_interval(making, of, out);
    if (has_figure && of->pooled > 0 && (of->figure.flags & FLAG_UNWEIGHTED) == 0)
        tell_pool(making, out);
    if (has_figure)
        tell_chance(making, of, out);
    if (has_figure && of->population != NO_COUNT && !is_scored(of))
        tell(out, reports_format(making,
                      N_("Possible range, if all who did not answer were dissatisfied or "
                         "satisfied: {1}."),
                      figure_possible(making->arena, of->figure.bound), none, none));
    tell(out, reports_format(making,
                  N_("Groups of fewer than {1} answers are not shown, nor others from "
                     "which they could be computed."),
                  count_of(making, plan->k), none, none));
    tell(out, reports_format(making,
                  N_("Waves that had opened by {1} are in the report, with the answers "
                     "there are now."),
                  day_format(making->arena, making->report->as_of), none, none));
    if (of->is_earlier)
        tell(out, text_of(tr(making->language,
                      N_("Of an earlier day only what today's report tells too is shown; "
                         "else the two could be subtracted from each other."))));
}
