/* report_pdf_parts.c: an indicator on paper: sentences, and tables under drawings. */
#include "web/render/report_pdf_parts.h"

#include "web/render/figures.h"
#include "web/render/report_comments.h"
#include "web/tr.h"

static const struct text none = {NULL, 0};

static struct text count_of(const struct paper *paper, int64_t count)
{
    return figure_count(paper->arena, count);
}

static bool is_scored(const struct report_indicator *of)
{
    return of->indicator->measure == MEASURE_SCORE;
}

static struct text say(const struct paper *paper, const char *message)
{
    return text_of(tr(paper->pdf->language, message));
}

/* ---- sentences ---- */

struct sentences {
    const struct paper *paper;
    struct buffer out;
};

static void tell(struct sentences *sentences, const char *message, struct text first,
    struct text second, struct text third)
{
    if (sentences->out.len > 0 && sentences->paper->pdf->language == LANGUAGE_EN)
        buffer_add_char(&sentences->out, ' ');
    buffer_add_text(
        &sentences->out, paper_words(sentences->paper, message, first, second, third));
}

static void tell_counts(struct sentences *sentences, const struct report_indicator *of)
{
    const struct paper *paper = sentences->paper;
    tell(sentences, N_("Valid answers {1}, satisfied {2}, left open {3}."),
        count_of(paper, of->n), count_of(paper, of->x), count_of(paper, of->missing));
    tell(sentences, N_("Population {1}, asked {2}, received {3}."),
        count_of(paper, of->population), count_of(paper, of->asked),
        count_of(paper, of->received));
    if (of->population != NO_COUNT && !is_scored(of) && of->n > 0)
        tell(sentences, N_("Whatever the others think: {1}."),
            figure_possible(paper->arena, of->figure.bound), none, none);
    if (of->to_decide != NO_COUNT)
        tell(sentences, N_("{1} more answers like these would decide it."),
            count_of(paper, of->to_decide), none, none);
    if (of->to_settle != NO_COUNT)
        tell(sentences,
            N_("{1} more satisfied answers would make it certain ({2} of {3})."),
            count_of(paper, of->to_settle), count_of(paper, of->k_req),
            count_of(paper, of->population));
}

/* "Target 85.00%: fairly satisfied or better. Actual 88.83%, 95% interval …: met." */
static void tell_figure(struct sentences *sentences, const struct report_indicator *of)
{
    const struct paper *paper = sentences->paper;
    enum language language = paper->pdf->language;
    struct arena *arena = paper->arena;
    tell(sentences, N_("Target {1}: {2}."),
        is_scored(of) ? text_format(arena, "%d.%02d", of->indicator->target_bp / 100,
                            of->indicator->target_bp % 100)
                      : figure_percent(arena, of->indicator->target_bp),
        text_of(figure_measure(language, of->indicator->measure)), none);
    if (!of->is_hidden && of->n > 0 && !is_scored(of))
        tell(sentences, N_("Actual {1}, {2} interval {3}."),
            paper_value(paper, of, of->rate_bp),
            text_format(arena, "%d%%", of->indicator->confidence_bp / 100),
            figure_range(arena, of->figure.lo_bp, of->figure.hi_bp));
    else if (!of->is_hidden && of->n > 0)
        tell(sentences, N_("Actual mean score {1}."), paper_value(paper, of, of->rate_bp),
            none, none);
    tell(sentences, N_("Verdict: {1}."),
        text_of(figure_verdict(language, of->verdict, of->figure.certain)), none, none);
}

/* A group beside the others: "Walk-in: received 20, valid 20, rate 85.00%." */
static void tell_group(
    struct sentences *sentences, const char *message, const struct report_row *row)
{
    const struct paper *paper = sentences->paper;
    const struct text star = TEXT("＊");
    if (row->received == 0)
        return;
    tell(sentences, message, count_of(paper, row->received),
        row->is_hidden ? star : count_of(paper, row->n),
        row->is_hidden ? star : figure_percent(paper->arena, row->rate.rate_bp));
}

static void tell_answered(struct sentences *sentences, const struct report_indicator *of)
{
    const struct paper *paper = sentences->paper;
    if (of->asked > 0)
        tell(sentences, N_("Of {1} asked, {2} answered with their code: {3}."),
            count_of(paper, of->asked), count_of(paper, of->answered),
            figure_percent(paper->arena, figure_share(of->answered, of->asked)));
    tell_group(
        sentences, N_("Invited: received {1}, valid {2}, rate {3}."), &of->invited);
    tell_group(
        sentences, N_("Walk-in: received {1}, valid {2}, rate {3}."), &of->walk_in);
}

static void tell_flagged(struct sentences *sentences, const struct report_indicator *of)
{
    const struct paper *paper = sentences->paper;
    const struct report_without *without = &of->without_flagged;
    if (of->flagged == 0)
        return;
    tell(sentences,
        N_("{1} of the answers that count look unusual and are flagged. They count like "
           "any other; nothing is removed."),
        count_of(paper, of->flagged), none, none);
    if (without->is_shown)
        tell(sentences, N_("Without {1} flagged answers: {2}, {3}."),
            count_of(paper, of->flagged), paper_value(paper, of, without->rate_bp),
            text_of(figure_verdict(paper->pdf->language, without->verdict, false)));
    else if (!of->is_hidden)
        tell(sentences,
            N_("What the figure is without them is not shown, since it would tell of too "
               "few people."),
            none, none, none);
}

typedef void (*tell_fn)(struct sentences *sentences, const struct report_indicator *of);

/* A paragraph, if there is anything to tell. */
static void add_paragraph(
    const struct paper *paper, const struct report_indicator *of, tell_fn tell_of)
{
    struct sentences sentences = {.paper = paper};
    buffer_init(&sentences.out, paper->arena, 16384);
    tell_of(&sentences, of);
    if (sentences.out.len > 0)
        document_paragraph(paper->document, buffer_text(&sentences.out));
}

static void add_sentences(const struct paper *paper, const struct report_indicator *of)
{
    add_paragraph(paper, of, tell_figure);
    if (!of->is_hidden)
        add_paragraph(paper, of, tell_counts);
    add_paragraph(paper, of, tell_answered);
    add_paragraph(paper, of, tell_flagged);
    for (size_t i = 0; i < of->notice_count; i++)
        document_paragraph(paper->document,
            tr_problem(paper->arena, paper->pdf->language, &of->notices[i]));
}

/* ---- tables ---- */

typedef struct text (*name_fn)(const struct paper *paper, const struct report_row *row);

static struct text wave_name(const struct paper *paper, const struct report_row *row)
{
    struct text name = text_format(paper->arena, "%.*s %.*s",
        TEXT_ARG(tr_wording(paper->pdf->language, &row->programme->name)),
        TEXT_ARG(row->wave->id));
    return row->counts ? name
                       : paper_words(paper, N_("{1} (not counted)"), name, none, none);
}

static struct text centre_name(const struct paper *paper, const struct report_row *row)
{
    const struct report_telling telling = paper_telling(paper);
    return report_centre_name(&telling, row->centre);
}

static struct text quarter_name(const struct paper *paper, const struct report_row *row)
{
    return paper_quarter(paper, row->period);
}

static struct text item_name(const struct paper *paper, const struct report_row *row)
{
    struct text words = tr_wording(paper->pdf->language, &row->item->text);
    if (row->item->supports.len == 0)
        return words;
    return text_format(paper->arena, "%.*s %.*s", TEXT_ARG(words),
        TEXT_ARG(paper_words(
            paper, N_("(evidence for: {1})"), row->item->supports, none, none)));
}

struct listing {
    const struct report_rows *rows;
    const char *title;
    name_fn name;
    bool is_waves;                /* with population and verdict */
    enum report_chart_kind chart; /* above it; REPORT_CHART_COUNT: none */
};

enum { WAVE_COLUMNS = 8, PLAIN_COLUMNS = 6 };

static void fill_row(const struct paper *paper, const struct report_indicator *of,
    const struct listing *listing, const struct report_row *row, struct text *cells)
{
    struct arena *arena = paper->arena;
    const struct text star = TEXT("＊");
    bool is_hidden = row->is_hidden;
    size_t at = 0;
    cells[at++] = listing->name(paper, row);
    if (listing->is_waves)
        cells[at++] = count_of(paper, row->population);
    cells[at++] = count_of(paper, row->received);
    cells[at++] = is_hidden ? star : count_of(paper, row->n);
    cells[at++] = is_hidden ? star : count_of(paper, row->x);
    cells[at++] = is_hidden ? star : figure_percent(arena, row->rate.rate_bp);
    cells[at++] =
        is_hidden ? star : figure_range(arena, row->rate.lo_bp, row->rate.hi_bp);
    if (!listing->is_waves)
        return;
    cells[at] = text_format(arena, "%s %s", figure_shape(row->rate.verdict),
        figure_verdict(paper->pdf->language, row->rate.verdict, row->rate.certain));
    if (is_hidden || is_scored(of))
        cells[at] = is_hidden ? star : TEXT("–");
}

static void add_table(const struct paper *paper, const struct report_indicator *of,
    const struct listing *listing)
{
    const struct document_column columns[] = {
        {say(paper, listing->title), 27, SHEET_LEFT},
        {say(paper, N_("population")), 16, SHEET_RIGHT},
        {say(paper, N_("received")), 14, SHEET_RIGHT},
        {say(paper, N_("valid")), 10, SHEET_RIGHT},
        {say(paper, N_("satisfied")), 14, SHEET_RIGHT},
        {say(paper, N_("rate")), 13, SHEET_RIGHT},
        {say(paper, N_("interval")), 20, SHEET_CENTRE},
        {say(paper, N_("verdict")), 19, SHEET_LEFT},
    };
    struct document_column plain[PLAIN_COLUMNS] = {
        columns[0], columns[2], columns[3], columns[4], columns[5], columns[6]};
    size_t width = listing->is_waves ? WAVE_COLUMNS : PLAIN_COLUMNS;
    size_t count =
        listing->rows->count < PAPER_ROWS_MAX ? listing->rows->count : PAPER_ROWS_MAX;
    struct text *cells = arena_take_array(paper->arena, count * width, sizeof *cells);
    if (cells == NULL)
        document_fail(paper->document, STATUS_NO_MEMORY);
    for (size_t i = 0; i < count && cells != NULL; i++)
        fill_row(paper, of, listing, &listing->rows->list[i], &cells[i * width]);
    document_table(
        paper->document, &(struct document_table){listing->is_waves ? columns : plain,
                             width, cells, cells == NULL ? 0 : count, true});
    paper_cut(paper, listing->rows->count);
}

/* ---- what people wrote ---- */

static void add_words(const struct paper *paper, struct text words)
{
    if (words.len > 0)
        document_paragraph(paper->document, words);
}

static void add_comments(const struct paper *paper, const struct report_indicator *of)
{
    enum { COMPANY = 60 };
    enum language language = paper->pdf->language;
    const struct report_comments *comments = &of->comments;
    const struct plan_programme *last = NULL;
    if (!comments->is_told)
        return;
    document_caption(paper->document, say(paper, N_("What people wrote")), COMPANY);
    add_words(paper, report_comments_counts(paper->arena, language, comments));
    add_words(paper, report_comments_reasons(paper->arena, language, comments));
    add_words(paper, report_comments_chosen(paper->arena, language, comments));
    for (size_t i = 0; i < comments->quote_count; i++) {
        const struct report_quote *quote = &comments->quotes[i];
        if (quote->programme != last)
            document_caption(
                paper->document, tr_wording(language, &quote->programme->name), COMPANY);
        last = quote->programme;
        document_quote(paper->document, quote->text);
    }
}

void paper_indicator(const struct paper *paper, const struct report_indicator *of)
{
    const struct listing listings[] = {
        {&of->strata, N_("programme and wave"), wave_name, true, REPORT_CHART_WAVES},
        {&of->by_quarter, N_("quarter"), quarter_name, false, REPORT_CHART_QUARTERS},
        {&of->by_centre, N_("centre"), centre_name, false, REPORT_CHART_COUNT},
        {&of->items, N_("question"), item_name, false, REPORT_CHART_COUNT},
    };
    document_subheading(
        paper->document, tr_wording(paper->pdf->language, &of->indicator->name));
    if (of->indicator->kind == INDICATOR_APPRAISAL) {
        document_paragraph(
            paper->document, say(paper, N_("The appraisal is not collected yet.")));
        return;
    }
    add_sentences(paper, of);
    for (size_t i = 0; i < sizeof listings / sizeof *listings; i++) {
        if (listings[i].chart != REPORT_CHART_COUNT)
            paper_draw_rows(paper, of, listings[i].chart);
        add_table(paper, of, &listings[i]);
        if (listings[i].rows == &of->by_centre)
            paper_heat(paper, of);
    }
    paper_weeks(paper, of);
    add_comments(paper, of);
}

/* ---- the method ---- */

static void add_paragraphs(
    const struct paper *paper, const char *const *messages, size_t count)
{
    for (size_t i = 0; i < count; i++)
        document_paragraph(paper->document,
            paper_words(paper, messages[i], count_of(paper, paper->pdf->report->plan->k),
                document_day(
                    paper->arena, paper->pdf->language, paper->pdf->report->as_of),
                none));
}

void paper_method(const struct paper *paper)
{
    static const char *const method[] = {
        N_("Everybody who was served may answer, without a name and without pressure; a "
           "low rating is as easy to give as a high one. Answers left blank or “can't "
           "say” are not in the figure."),
        N_("A rate is the share of satisfied answers among valid ones. Where an "
           "indicator "
           "has several waves, each weighs as much as it has people. The interval says "
           "between which limits the rate of all people lies; it takes account of how "
           "many people there are."),
        N_("The target is met if the whole interval reaches it, and missed if none of it "
           "does; in between it is probable, and not decided. It is certain if nothing "
           "that the others think can change it."),
        N_("Points follow from the printed rate: all of them at the target, else in "
           "proportion, and never all of them below it."),
    };
    static const char *const limits[] = {
        N_("The interval speaks of chance alone. Who did not answer may think "
           "differently; how far that could go, the possible range says."),
        N_("Groups of fewer than {1} answers are not shown, nor others from which they "
           "could be computed; ＊ stands there instead."),
        N_("The report has the waves that had opened by {2}. Answers that come later "
           "change later reports, never a published one."),
    };
    document_heading(paper->document, say(paper, N_("3. Method")));
    add_paragraphs(paper, method, sizeof method / sizeof *method);
    document_heading(paper->document, say(paper, N_("4. Limits")));
    add_paragraphs(paper, limits, sizeof limits / sizeof *limits);
}
