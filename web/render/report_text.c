/* report_text.c: a heading, then a block an indicator: the figure, its verdict, what
   would settle it, what to know, and a table by programme and wave. Columns line up in a
   terminal, where Chinese takes two columns a character. */
#include "web/render/report_text.h"

#include "web/render/figures.h"
#include "web/render/report_comments.h"
#include "web/tr.h"

enum {
    REPORT_TEXT_MAX = 1048576,
    NAME_COLUMNS = 40,
    COUNT_COLUMNS = 9,
    RANGE_COLUMNS = 16
};

struct printing {
    struct arena *arena;
    enum language language;
    struct buffer *out;
};

/* ---- small pieces ---- */

static void pad(struct printing *printing, size_t used, size_t columns)
{
    for (size_t at = used; at < columns; at++)
        buffer_add_char(printing->out, ' ');
}

static void add_left(struct printing *printing, struct text text, size_t columns)
{
    buffer_add_text(printing->out, text);
    pad(printing, text_columns(text), columns);
}

static void add_right(struct printing *printing, struct text text, size_t columns)
{
    pad(printing, text_columns(text), columns);
    buffer_add_text(printing->out, text);
}

static void add_head(struct printing *printing, const char *word, size_t columns)
{
    add_right(printing, text_of(tr(printing->language, word)), columns);
}

static void add_line(struct printing *printing, const char *message, struct text first,
    struct text second, struct text third)
{
    const struct text arguments[] = {first, second, third};
    buffer_add_string(printing->out, "  ");
    buffer_add_text(printing->out,
        tr_format(printing->arena, printing->language, message, arguments, 3));
    buffer_add_char(printing->out, '\n');
}

/* ---- the table beneath ---- */

static void add_table_head(struct printing *printing)
{
    buffer_add_char(printing->out, '\n');
    add_left(printing, TEXT(""), NAME_COLUMNS);
    add_head(printing, N_("population"), COUNT_COLUMNS + 2);
    add_head(printing, N_("asked"), COUNT_COLUMNS);
    add_head(printing, N_("received"), COUNT_COLUMNS);
    add_head(printing, N_("valid"), COUNT_COLUMNS);
    add_head(printing, N_("rate"), COUNT_COLUMNS);
    add_head(printing, N_("interval"), RANGE_COLUMNS);
    buffer_add_char(printing->out, '\n');
}

static void add_row(struct printing *printing, const struct report_row *row)
{
    struct arena *arena = printing->arena;
    struct text name = text_format(arena, "  %.*s %.*s",
        TEXT_ARG(row->programme->name.in[printing->language]), TEXT_ARG(row->wave->id));
    add_left(printing, name, NAME_COLUMNS);
    if (text_columns(name) > NAME_COLUMNS) {
        buffer_add_char(printing->out, '\n');
        pad(printing, 0, NAME_COLUMNS);
    }
    add_right(printing, figure_count(arena, row->population), COUNT_COLUMNS + 2);
    add_right(printing, figure_count(arena, row->asked), COUNT_COLUMNS);
    add_right(printing, figure_count(arena, row->received), COUNT_COLUMNS);
    if (row->is_hidden) {
        add_right(printing, TEXT("＊"), COUNT_COLUMNS);
        buffer_add_char(printing->out, '\n');
        return;
    }
    add_right(printing, figure_count(arena, row->n), COUNT_COLUMNS);
    add_right(printing, figure_percent(arena, row->rate.rate_bp), COUNT_COLUMNS);
    add_right(printing,
        row->n == 0 ? TEXT("–") : figure_range(arena, row->rate.lo_bp, row->rate.hi_bp),
        RANGE_COLUMNS);
    buffer_add_format(printing->out, "  %s %s%s\n", figure_shape(row->rate.verdict),
        figure_verdict(printing->language, row->rate.verdict, row->rate.certain),
        row->counts ? "" : tr(printing->language, " (beside the figure)"));
}

static void add_rows(struct printing *printing, const struct report_indicator *of)
{
    if (of->strata.count == 0)
        return;
    add_table_head(printing);
    for (size_t i = 0; i < of->strata.count; i++)
        add_row(printing, &of->strata.list[i]);
}

/* ---- the figure ---- */

static void add_figure(struct printing *printing, const struct report_indicator *of)
{
    const struct strata *figure = &of->figure;
    struct arena *arena = printing->arena;
    bool is_score = of->indicator->measure == MEASURE_SCORE;
    if (of->is_hidden || of->n == 0)
        return;
    buffer_add_format(printing->out, "  %.*s",
        TEXT_ARG(figure_value(arena, of->indicator, of->rate_bp)));
    if (!is_score) {
        struct text confidence =
            text_format(arena, "%d%%", of->indicator->confidence_bp / 100);
        const struct text arguments[] = {
            confidence, figure_range(arena, figure->lo_bp, figure->hi_bp)};
        buffer_add_string(printing->out, "   ");
        buffer_add_text(printing->out,
            tr_format(arena, printing->language, N_("{1} interval {2}"), arguments, 2));
    }
    buffer_add_string(printing->out, "   ");
}

static void add_counts(struct printing *printing, const struct report_indicator *of)
{
    struct arena *arena = printing->arena;
    add_line(printing, N_("Valid answers {1}, satisfied {2}, left open {3}."),
        figure_count(arena, of->n), figure_count(arena, of->x),
        figure_count(arena, of->missing));
    add_line(printing, N_("Population {1}, asked {2}, received {3}."),
        figure_count(arena, of->population), figure_count(arena, of->asked),
        figure_count(arena, of->received));
    if (of->population != NO_COUNT && of->indicator->measure != MEASURE_SCORE)
        add_line(printing, N_("Whatever the others think: {1}."),
            figure_possible(arena, of->figure.bound), (struct text){0}, (struct text){0});
}

/* A rate of some answers: "Walk-in: 20 answers, 85.00%." */
static void add_group(
    struct printing *printing, const char *message, const struct report_row *row)
{
    if (row->received == 0)
        return;
    add_line(printing, message, figure_count(printing->arena, row->received),
        row->is_hidden ? TEXT("＊") : figure_count(printing->arena, row->n),
        row->is_hidden ? TEXT("＊") : figure_percent(printing->arena, row->rate.rate_bp));
}

static void add_answered(struct printing *printing, const struct report_indicator *of)
{
    struct arena *arena = printing->arena;
    if (of->asked > 0)
        add_line(printing, N_("Of {1} asked, {2} answered with their code: {3}."),
            figure_count(arena, of->asked), figure_count(arena, of->answered),
            figure_percent(arena, figure_share(of->answered, of->asked)));
    add_group(printing, N_("Invited: received {1}, valid {2}, rate {3}."), &of->invited);
    add_group(printing, N_("Walk-in: received {1}, valid {2}, rate {3}."), &of->walk_in);
}

static void add_without(struct printing *printing, const struct report_indicator *of)
{
    const struct report_without *without = &of->without_flagged;
    if (of->flagged == 0 || !without->is_shown)
        return;
    add_line(printing, N_("Without {1} flagged answers: {2}, {3}."),
        figure_count(printing->arena, of->flagged),
        figure_value(printing->arena, of->indicator, without->rate_bp),
        text_of(figure_verdict(printing->language, without->verdict, false)));
}

static void add_points(struct printing *printing, const struct report_indicator *of)
{
    struct arena *arena = printing->arena;
    if (!of->has_points)
        return;
    long long earned = of->points.score_cp;
    long long full = of->indicator->points_cp;
    add_line(printing, N_("Self-evaluation: {1} of {2} points, {3} of the target."),
        text_format(arena, "%lld.%02lld", earned / 100, earned % 100),
        text_format(arena, "%lld.%02lld", full / 100, full % 100),
        figure_percent(arena, of->points.completion_bp));
}

static void add_verdict(struct printing *printing, const struct report_indicator *of)
{
    add_figure(printing, of);
    buffer_add_format(printing->out, "%s%s %s\n", of->is_hidden || of->n == 0 ? "  " : "",
        figure_shape(of->verdict),
        of->is_hidden
            ? tr(printing->language, N_("not shown"))
            : figure_verdict(printing->language, of->verdict, of->figure.certain));
    if (!of->is_hidden)
        add_counts(printing, of);
    add_answered(printing, of);
    add_without(printing, of);
    if (of->to_decide != NO_COUNT)
        add_line(printing, N_("{1} more answers like these would decide it."),
            figure_count(printing->arena, of->to_decide), (struct text){0},
            (struct text){0});
    if (of->to_settle != NO_COUNT)
        add_line(printing,
            N_("{1} more satisfied answers would make it certain ({2} of {3})."),
            figure_count(printing->arena, of->to_settle),
            figure_count(printing->arena, of->k_req),
            figure_count(printing->arena, of->population));
    add_points(printing, of);
}

static void add_notices(struct printing *printing, const struct report_indicator *of)
{
    for (size_t i = 0; i < of->notice_count; i++)
        buffer_add_format(printing->out, "  ! %.*s\n",
            TEXT_ARG(tr_problem(printing->arena, printing->language, &of->notices[i])));
}

static void add_sentence(struct printing *printing, struct text words)
{
    if (words.len > 0)
        buffer_add_format(printing->out, "  %.*s\n", TEXT_ARG(words));
}

/* A line for each, whatever lines it was written in. */
static void add_quote(struct printing *printing, struct text text)
{
    buffer_add_string(printing->out, "    · ");
    for (size_t i = 0; i < text.len; i++)
        buffer_add_char(printing->out, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
    buffer_add_char(printing->out, '\n');
}

static void add_comments(struct printing *printing, const struct report_indicator *of)
{
    const struct report_comments *comments = &of->comments;
    const struct plan_programme *last = NULL;
    if (!comments->is_told)
        return;
    add_sentence(
        printing, report_comments_counts(printing->arena, printing->language, comments));
    add_sentence(
        printing, report_comments_reasons(printing->arena, printing->language, comments));
    add_sentence(
        printing, report_comments_chosen(printing->arena, printing->language, comments));
    for (size_t i = 0; i < comments->quote_count; i++) {
        const struct report_quote *quote = &comments->quotes[i];
        if (quote->programme != last)
            add_sentence(
                printing, tr_wording(printing->language, &quote->programme->name));
        last = quote->programme;
        add_quote(printing, quote->text);
    }
}

static void add_title(struct printing *printing, const struct plan_indicator *indicator)
{
    buffer_add_format(
        printing->out, "\n%.*s\n", TEXT_ARG(indicator->name.in[printing->language]));
    if (indicator->kind == INDICATOR_APPRAISAL)
        return;
    add_line(printing, N_("Target {1}: {2}."),
        figure_value(printing->arena, indicator, indicator->target_bp),
        text_of(figure_measure(printing->language, indicator->measure)),
        (struct text){0});
}

static void add_indicator(struct printing *printing, const struct report_indicator *of)
{
    add_title(printing, of->indicator);
    if (of->indicator->kind == INDICATOR_APPRAISAL) {
        add_line(printing, N_("The appraisal is not collected yet."), (struct text){0},
            (struct text){0}, (struct text){0});
        return;
    }
    add_verdict(printing, of);
    add_notices(printing, of);
    add_rows(printing, of);
    add_comments(printing, of);
}

/* ---- seals ---- */

/* Of each closed period as it was sealed, shortened: the JSON and CSV have it whole. */
static void add_seals(struct printing *printing, const struct report *report)
{
    if (report->seal_count == 0)
        return;
    buffer_add_format(printing->out, "\n%s\n", tr(printing->language, "Sealed periods"));
    for (size_t i = 0; i < report->seal_count; i++) {
        enum { SHOWN_BYTES = 8 };
        buffer_add_string(printing->out, "  ");
        buffer_add_text(printing->out, figure_seal(printing->arena, printing->language,
                                           &report->seals[i], SHOWN_BYTES));
        buffer_add_char(printing->out, '\n');
    }
}

struct text report_text(struct arena *arena, enum language language,
    const struct report *report, struct text only)
{
    const struct plan *plan = report->plan;
    struct buffer out;
    struct printing printing = {arena, language, &out};
    buffer_init(&out, arena, REPORT_TEXT_MAX);
    if (report->is_demo)
        buffer_add_format(&out, "%.*s\n", TEXT_ARG(figure_demo_mark()));
    buffer_add_format(&out, "%.*s  %d  (%.*s)\n%s %lld  %.16s…\n",
        TEXT_ARG(plan->organisation.in[language]), plan->year,
        TEXT_ARG(day_format(arena, report->as_of)), tr(language, "Plan version"),
        (long long)report->plan_version, plan_fingerprint_text(arena, plan).ptr);
    buffer_add_format(&out, "%s %.*s\n", tr(language, "Seal"),
        TEXT_ARG(seal_digest_text(arena, &report->seal)));
    for (size_t i = 0; i < plan->indicator_count; i++)
        if (only.len == 0 || text_equals(only, plan->indicators[i].id))
            add_indicator(&printing, &report->indicators[i]);
    add_seals(&printing, report);
    return out.is_full ? ((struct text){0}) : buffer_text(&out);
}
