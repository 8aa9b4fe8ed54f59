/* reports_comments.c: what people wrote, on the page of an indicator: how many, and those
   that may be shown, under their programmes. */
#include "web/pages/reports_view.h"

#include "web/render/report_comments.h"
#include "web/tr.h"

static void say(struct reports_comments *out, struct text sentence)
{
    if (sentence.len > 0)
        out->sentences[out->sentence_count++] = sentence;
}

/* Quotes of one programme stand together. */
static enum status group(const struct reports_making *making,
    const struct report_comments *comments, struct reports_comments *out)
{
    const struct plan_programme *last = NULL;
    out->voices =
        arena_take_array(making->arena, comments->quote_count, sizeof *out->voices);
    if (out->voices == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < comments->quote_count; i++) {
        const struct report_quote *quote = &comments->quotes[i];
        if (quote->programme != last)
            out->voices[out->voices_count++] = (struct reports_voices){
                .programme = tr_wording(making->language, &quote->programme->name),
                .quotes = quote};
        last = quote->programme;
        out->voices[out->voices_count - 1].count++;
    }
    return STATUS_OK;
}

enum status reports_comments(const struct reports_making *making,
    const struct report_indicator *of, struct reports_comments *out)
{
    const struct report_comments *comments = &of->comments;
    *out = (struct reports_comments){0};
    if (!comments->is_told)
        return STATUS_OK;
    say(out, report_comments_counts(making->arena, making->language, comments));
    say(out, report_comments_reasons(making->arena, making->language, comments));
    say(out, report_comments_chosen(making->arena, making->language, comments));
    out->page = url_comments(
        making->arena, &(struct comments_address){.programme = {0}}, making->language);
    return group(making, comments, out);
}
