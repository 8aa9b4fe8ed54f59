/* report_text.c: a heading, then a block an indicator with a line a programme and wave.
 */
#include "web/render/report_text.h"

#include "web/tr.h"

#include "kiosk/limits.h"

enum { REPORT_TEXT_MAX = 1048576, NAME_COLUMNS = 44 };

static void add_padded(struct buffer *out, struct text text, size_t columns)
{
    buffer_add_text(out, text);
    for (size_t at = text_columns(text); at < columns; at++)
        buffer_add_char(out, ' ');
}

static void add_count(struct buffer *out, int64_t count)
{
    if (count < 0)
        buffer_add_format(out, " %10s", "-");
    else
        buffer_add_format(out, " %10lld", (long long)count);
}

static void add_row(struct buffer *out, struct text name, int64_t population,
    int64_t asked, int64_t received)
{
    add_padded(out, name, NAME_COLUMNS);
    add_count(out, population);
    add_count(out, asked);
    add_count(out, received);
    buffer_add_char(out, '\n');
}

/* A right-aligned column head; Chinese words are two columns a character. */
static void add_head(struct buffer *out, const char *word)
{
    struct text text = text_of(word);
    for (size_t at = text_columns(text); at < 11; at++)
        buffer_add_char(out, ' ');
    buffer_add_text(out, text);
}

static void add_strata(struct arena *arena, enum language language, struct buffer *out,
    const struct report_indicator *of)
{
    for (size_t i = 0; i < of->stratum_count; i++) {
        const struct report_stratum *stratum = &of->strata[i];
        struct text name = text_format(arena, "  %.*s %.*s",
            TEXT_ARG(stratum->programme->name.in[language]), TEXT_ARG(stratum->wave->id));
        add_row(out, name, stratum->wave->population, stratum->asked, stratum->received);
    }
}

static void add_indicator(struct arena *arena, enum language language, struct buffer *out,
    const struct report_indicator *of)
{
    const struct plan_indicator *indicator = of->indicator;
    buffer_add_char(out, '\n');
    if (indicator->kind == INDICATOR_APPRAISAL) {
        buffer_add_format(out, "%.*s\n  %s\n", TEXT_ARG(indicator->name.in[language]),
            tr(language, "Not yet collected."));
        return;
    }
    add_row(out, indicator->name.in[language], of->population, of->asked, of->received);
    add_strata(arena, language, out, of);
}

struct text report_text(struct arena *arena, enum language language,
    const struct report *report, struct text only)
{
    const struct plan *plan = report->plan;
    struct buffer out;
    buffer_init(&out, arena, REPORT_TEXT_MAX);
    struct text as_of = day_format(arena, report->as_of);
    buffer_add_format(&out, "%.*s  %d  (%.*s)\n%s %lld  %.16s…\n\n",
        TEXT_ARG(plan->organisation.in[language]), plan->year, TEXT_ARG(as_of),
        tr(language, "Plan version"), (long long)report->plan_version,
        plan_fingerprint_text(arena, plan).ptr);
    add_padded(&out, (struct text){0}, NAME_COLUMNS);
    add_head(&out, tr(language, "population"));
    add_head(&out, tr(language, "asked"));
    add_head(&out, tr(language, "received"));
    buffer_add_char(&out, '\n');
    for (size_t i = 0; i < plan->indicator_count; i++)
        if (only.len == 0 || text_equals(only, plan->indicators[i].id))
            add_indicator(arena, language, &out, &report->indicators[i]);
    return out.is_full ? ((struct text){0}) : buffer_text(&out);
}
