/* reports_words.c: the sentences of the reports' pages. They never say more than the
   data: a verdict's words come from figure_verdict alone, a likely one is never without
   "within the sampling error", and no number of a hidden group is asked for. */
#include "web/pages/reports_view.h"

#include "web/render/figures.h"
#include "web/tr.h"

#include <math.h>
#include <string.h>

static const struct text none = {NULL, 0};

struct text reports_format(const struct reports_making *making, const char *message,
    struct text first, struct text second, struct text third)
{
    const struct text arguments[] = {first, second, third};
    return tr_format(making->arena, making->language, message, arguments, 3);
}

struct text reports_value(const struct reports_making *making, int64_t bp)
{
    if (bp == NO_COUNT)
        return none;
    return text_format(
        making->arena, "%lld.%02lld", (long long)bp / 100, (long long)bp % 100);
}

static struct text count_of(const struct reports_making *making, int64_t count)
{
    return figure_count(making->arena, count);
}

static bool is_scored(const struct report_indicator *of)
{
    return of->indicator->measure == MEASURE_SCORE;
}

/* ---- verdicts ---- */

void reports_verdict_words(const struct reports_making *making, enum verdict verdict,
    bool is_certain, struct text *words, struct text *caution)
{
    static const char *const openings[LANGUAGE_COUNT] = {"（", " ("};
    static const char *const closings[LANGUAGE_COUNT] = {"）", ")"};

    const char *phrase = figure_verdict(making->language, verdict, is_certain);
    const char *opening = strstr(phrase, openings[making->language]);
    *words = text_of(phrase);
    *caution = none;
    if (opening == NULL)
        return;
    *words = (struct text){phrase, (size_t)(opening - phrase)};
    *caution = text_of(opening + strlen(openings[making->language]));
    size_t closing = strlen(closings[making->language]);
    if (caution->len >= closing)
        caution->len -= closing;
}

void reports_indicator_words(const struct reports_making *making,
    const struct report_indicator *of, struct text *words, struct text *caution)
{
    reports_verdict_words(making, of->verdict, of->figure.certain, words, caution);
    if (of->is_hidden)
        *words = text_of(tr(making->language, N_("not shown")));
}

void reports_tally_add(struct reports_tally *tally, enum verdict verdict, bool is_certain)
{
    if (is_certain && verdict == VERDICT_MET)
        tally->certain_met++;
    else if (is_certain && verdict == VERDICT_MISSED)
        tally->certain_missed++;
    else
        tally->verdicts[verdict]++;
}

static void add_part(
    const struct reports_making *making, struct buffer *out, struct text part)
{
    if (out->len > 0)
        buffer_add_string(out, tr(making->language, N_(", ")));
    buffer_add_text(out, part);
}

static struct text counted(
    const struct reports_making *making, int64_t count, struct text words)
{
    return reports_format(making, N_("{1} {2}"), count_of(making, count), words, none);
}

static void add_counted(const struct reports_making *making, struct buffer *out,
    int64_t count, const char *words)
{
    if (count > 0)
        add_part(making, out, counted(making, count, text_of(words)));
}

static void add_verdict(const struct reports_making *making, struct buffer *out,
    int64_t count, enum verdict verdict, bool is_certain)
{
    add_counted(
        making, out, count, figure_verdict(making->language, verdict, is_certain));
}

/* What is likely is within the error; where both are, that is said once for the two. */
static void add_likely(
    const struct reports_making *making, struct buffer *out, int64_t met, int64_t missed)
{
    struct text words, caution;
    if (met == 0 || missed == 0) {
        add_verdict(making, out, met, VERDICT_LIKELY_MET, false);
        add_verdict(making, out, missed, VERDICT_LIKELY_MISSED, false);
        return;
    }
    reports_verdict_words(making, VERDICT_LIKELY_MET, false, &words, &caution);
    struct text second = counted(making, missed,
        text_of(figure_verdict(making->language, VERDICT_LIKELY_MISSED, false)));
    add_part(making, out,
        reports_format(
            making, N_("{1} and {2}"), counted(making, met, words), second, none));
}

struct text reports_tally_words(
    const struct reports_making *making, const struct reports_tally *tally)
{
    enum language language = making->language;
    const int64_t *verdicts = tally->verdicts;
    struct buffer out;
    buffer_init(&out, making->arena, 4096);
    add_verdict(making, &out, tally->certain_met, VERDICT_MET, true);
    add_verdict(making, &out, verdicts[VERDICT_MET], VERDICT_MET, false);
    add_likely(
        making, &out, verdicts[VERDICT_LIKELY_MET], verdicts[VERDICT_LIKELY_MISSED]);
    add_verdict(making, &out, tally->certain_missed, VERDICT_MISSED, true);
    add_verdict(making, &out, verdicts[VERDICT_MISSED], VERDICT_MISSED, false);
    add_verdict(
        making, &out, verdicts[VERDICT_INSUFFICIENT], VERDICT_INSUFFICIENT, false);
    add_verdict(making, &out, verdicts[VERDICT_NO_DATA], VERDICT_NO_DATA, false);
    add_counted(making, &out, tally->hidden, tr(language, N_("not shown")));
    add_counted(making, &out, tally->appraisals, tr(language, N_("not collected yet")));
    return out.is_full ? none : buffer_text(&out);
}

/* ---- why, and what would settle it ---- */

static void say(struct reports_block *out, struct text sentence)
{
    if (out->sentence_count < REPORTS_SENTENCES_MAX)
        out->sentences[out->sentence_count++] = sentence;
}

static void explain_certain(const struct reports_making *making,
    const struct report_indicator *of, struct reports_block *out)
{
    bool is_met = of->verdict == VERDICT_MET;
    if (!of->figure.is_single || of->k_req == NO_COUNT || of->n > of->population) {
        say(out,
            reports_format(making, N_("Whatever the others say, the verdict stands."),
                none, none, none));
        return;
    }
    int64_t rest = of->population - of->n;
    const char *message = is_met
                              ? N_("{1} are satisfied, {2} were needed; the other {3} "
                                   "cannot change it.")
                              : N_("{1} are satisfied, {2} were needed; even the other "
                                   "{3} cannot make up for it.");
    if (rest == 0)
        message = N_("Everyone answered: {1} are satisfied, {2} were needed.");
    say(out, reports_format(making, message, count_of(making, of->x),
                 count_of(making, of->k_req), count_of(making, rest)));
}

bool reports_interval(const struct report_indicator *of, int64_t *lo, int64_t *hi)
{
    const struct mean_figure *mean = &of->figure.mean;
    if (!is_scored(of)) {
        *lo = of->figure.lo_bp;
        *hi = of->figure.hi_bp;
        return *lo != NO_COUNT && *hi != NO_COUNT;
    }
    if (isnan(mean->lo) || isnan(mean->hi))
        return false;
    *lo = printed_low(mean->lo / 100);
    *hi = printed_high(mean->hi / 100);
    return true;
}

/* "88.83%", of a score "88.83". */
static struct text measured(
    const struct reports_making *making, const struct report_indicator *of, int64_t bp)
{
    return is_scored(of) ? reports_value(making, bp) : figure_percent(making->arena, bp);
}

static void explain_proven(const struct reports_making *making,
    const struct report_indicator *of, struct reports_block *out)
{
    static const char *const messages[2][3] = {
        {N_("With {1} confidence the rate is between {2} and {3}, all above {4}."),
            N_("With {1} confidence the rate is between {2} and {3}, none of it below "
               "{4}."),
            N_("With {1} confidence the rate is between {2} and {3}, all below {4}.")},
        {N_("With {1} confidence the mean score is between {2} and {3}, all above {4}."),
            N_("With {1} confidence the mean score is between {2} and {3}, none of it "
               "below {4}."),
            N_("With {1} confidence the mean score is between {2} and {3}, all below "
               "{4}.")}};

    int64_t lo, hi, target = of->indicator->target_bp;
    if (!reports_interval(of, &lo, &hi))
        return;
    size_t which = of->verdict == VERDICT_MISSED ? 2 : lo > target ? 0 : 1;
    const struct text arguments[] = {
        text_format(making->arena, "%d%%", of->indicator->confidence_bp / 100),
        measured(making, of, lo), measured(making, of, hi), measured(making, of, target)};
    say(out, tr_format(making->arena, making->language, messages[is_scored(of)][which],
                 arguments, 4));
}

static void explain_likely(const struct reports_making *making,
    const struct report_indicator *of, struct reports_block *out)
{
    int64_t gap = of->rate_bp - of->indicator->target_bp;
    struct text target = measured(making, of, of->indicator->target_bp);
    struct text distance = reports_value(making, gap < 0 ? -gap : gap);
    const char *message =
        gap < 0 ? N_("{2} points below {1}, within the sampling error: not settled.")
                : N_("{2} points above {1}, within the sampling error: not settled.");
    if (gap == 0)
        message = N_("Exactly {1}, within the sampling error: not settled.");
    else if (is_scored(of))
        message = gap < 0 ? N_("{2} below the score of {1}, within the sampling error: "
                               "not settled.")
                          : N_("{2} above the score of {1}, within the sampling error: "
                               "not settled.");
    say(out, reports_format(making, message, target, distance, none));
}

/* True if it is worth saying at once how many would make it certain: it is not met yet,
   and no more are needed than have answered. The page of the indicator says it always. */
static bool is_settling_near(const struct report_indicator *of)
{
    return of->to_settle != NO_COUNT && of->verdict != VERDICT_MET &&
           of->to_settle <= of->n;
}

void reports_explain_settling(const struct reports_making *making,
    const struct report_indicator *of, struct reports_block *out)
{
    if (of->to_decide != NO_COUNT)
        say(out,
            reports_format(making, N_("{1} more answers like these would decide it."),
                count_of(making, of->to_decide), none, none));
    if (is_settling_near(of))
        say(out, reports_format(making,
                     N_("{1} more satisfied answers would make it certain ({2} of {3})."),
                     count_of(making, of->to_settle), count_of(making, of->k_req),
                     count_of(making, of->population)));
}

void reports_explain(const struct reports_making *making,
    const struct report_indicator *of, struct reports_block *out)
{
    if (of->is_withheld) {
        say(out, text_of(tr(making->language, REPORT_NOTICE_WITHHELD)));
        return;
    }
    if (of->is_hidden) {
        say(out, reports_format(making, REPORT_NOTICE_HIDDEN,
                     count_of(making, making->report->plan->k), none, none));
        return;
    }
    switch (of->verdict) {
    case VERDICT_NO_DATA:
        say(out, text_of(tr(making->language, N_("No answers that count yet."))));
        break;
    case VERDICT_INSUFFICIENT:
        say(out, reports_format(making, N_("Fewer than {1} answers prove nothing."),
                     count_of(making, FIGURE_SMALL), none, none));
        break;
    case VERDICT_LIKELY_MET:
    case VERDICT_LIKELY_MISSED:
        explain_likely(making, of, out);
        break;
    case VERDICT_MET:
    case VERDICT_MISSED:
    case VERDICT_COUNT:
        if (of->figure.certain && !is_scored(of))
            explain_certain(making, of, out);
        else
            explain_proven(making, of, out);
        break;
    }
    if (of->flagged > 0 && of->without_flagged.is_shown &&
        of->without_flagged.verdict != of->verdict)
        say(out, reports_format(making,
                     N_("Without {1} flagged answers the verdict would be another one."),
                     count_of(making, of->flagged), none, none));
    reports_explain_settling(making, of, out);
}
