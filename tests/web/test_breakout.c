/* test_breakout.c: a plan whose every wording tries to leave its place. Each page must
   have the same elements with the same attributes as with a harmless plan. */
#include "tests/support/every_page.h"
#include "tests/support/test.h"

#include <ctype.h>
#include <string.h>

enum { SKELETON_BYTES_MAX = 262144, PLAN_BYTES_MAX = 65536, WORDING_CHARACTERS = 500 };

/* Stands for every wording, in double quotes as YAML has them. */
static const char evil[] =
    "\"</p></title></textarea><script>alert(1)</script><b x='\\\" onclick=\\\"y'>"
    "&lt;&amp;&#60;{{1}} %s \xF0\x9F\x98\x80\xF0\xA0\xAE\xB7<!--\"";

/* The ids and the shape of temp_store_plan; @ is the evil wording, ^ the longest. */
static const char shape[] =
    "manyi: 1\nyear: 2026\norganisation: {zh: @, en: @}\n"
    "hours: 00:00-24:00\n" /* at night too */
    "centres:\n"
    "  - {id: north, name: {zh: @, en: @}}\n"
    "  - {id: south, name: {zh: @, en: @}}\n"
    "questionnaires:\n"
    "  - id: relief\n"
    "    items:\n"
    "      - {id: overall, kind: rating, counts: true, unknown: true,\n"
    "         text: {zh: @, en: @}}\n"
    "      - {id: timely, kind: rating, text: {zh: ^, en: ^}}\n"
    "      - {id: reasons, kind: choice, many: true, when: overall <= 2,\n"
    "         text: {zh: @, en: @}, options: [{id: late, text: {zh: @, en: @}},\n"
    "                                         {id: rude, text: {zh: @, en: @}}]}\n"
    "      - {id: comment, kind: text, max: 200, text: {zh: @, en: @}}\n"
    "indicators:\n"
    "  - {id: relief, name: {zh: @, en: @}, target: 85.00%, measure: top3,\n"
    "     confidence: 95%, points: 10, programmes: [visits, courses]}\n"
    "programmes:\n"
    "  - id: visits\n    name: {zh: @, en: @}\n"
    "    questionnaire: relief\n    group: relief\n    grain: month\n    waves:\n"
    "      - {id: q1, opens: 2026-01-01, closes: 2026-03-31, population: 157}\n"
    "      - {id: q2, opens: 2026-04-01, closes: 2026-06-30}\n"
    "  - id: courses\n    name: {zh: @, en: @}\n"
    "    questionnaire: relief\n    group: relief\n    grain: wave\n"
    "    coded_only: true\n    centres: [north]\n    waves:\n"
    "      - {id: q1, opens: 2026-01-01, closes: 2026-03-31}\n";

/* As many characters as a wording may have, of four bytes each. */
static void add_longest(struct buffer *out)
{
    buffer_add_char(out, '"');
    for (int i = 0; i < WORDING_CHARACTERS; i++)
        buffer_add_string(out, "\xF0\xA0\xAE\xB7");
    buffer_add_char(out, '"');
}

static const char *evil_plan(struct arena *arena)
{
    struct buffer out;
    buffer_init(&out, arena, PLAN_BYTES_MAX);
    for (const char *at = shape; *at != '\0'; at++) {
        if (*at == '@')
            buffer_add_string(&out, evil);
        else if (*at == '^')
            add_longest(&out);
        else
            buffer_add_char(&out, *at);
    }
    return text_to_string(arena, buffer_text(&out));
}

static const char *skip_value(const char *at)
{
    if (*at != '=')
        return at;
    char quote = at[1];
    assert_true(quote == '"' || quote == '\'');
    const char *end = strchr(at + 2, quote);
    assert_non_null(end);
    return end + 1;
}

/* Copies a tag's name and the names of its attributes; at stands behind '<'. */
static const char *add_tag(struct buffer *out, const char *at)
{
    while (*at != '>') {
        assert_true(*at != '\0');
        if (*at == '=')
            at = skip_value(at);
        else
            buffer_add_char(out, isspace((unsigned char)*at) ? ' ' : *at++);
        while (isspace((unsigned char)at[0]) && isspace((unsigned char)at[1]))
            at++;
        if (isspace((unsigned char)*at)) {
            buffer_add_char(out, ' ');
            at++;
        }
    }
    buffer_add_char(out, '\n');
    return at + 1;
}

/* A drawing has an element for each line that its words take. */
static bool is_line_of_words(const char *tag)
{
    return strncmp(tag, "text ", 5) == 0 || strncmp(tag, "/text>", 6) == 0;
}

/* The tags of a page, a line each, without the values of attributes and without text. */
static struct text skeleton(struct arena *arena, const char *page)
{
    struct buffer out;
    buffer_init(&out, arena, SKELETON_BYTES_MAX);
    for (const char *at = strchr(page, '<'); at != NULL; at = strchr(at, '<'))
        at = is_line_of_words(at + 1) ? at + 1 : add_tag(&out, at + 1);
    assert_false(out.is_full);
    return buffer_text(&out);
}

static void no_wording_leaves_its_place_on_any_page(void **state)
{
    struct temp_app *harmless = *state;
    void *evil_state = NULL;
    assert_int_equal(
        temp_app_set_up_with(&evil_state, evil_plan(harmless->temp->arena)), 0);
    struct temp_app *spoilt = evil_state;

    for (size_t i = 0; i < every_page_count; i++) {
        struct text wanted = skeleton(harmless->temp->arena, every_page_ask(harmless, i));
        const char *page = every_page_ask(spoilt, i);
        struct text got = skeleton(spoilt->temp->arena, page);
        if (!text_equals(got, wanted))
            fail_msg("%s has other elements:\n%s", every_page_name(i), page);
        assert_null(strstr(page, "<script>"));
        assert_non_null(strstr(page, "&lt;/title&gt;&lt;/textarea&gt;&lt;script&gt;"));
        assert_true(text_is_utf8(text_of(page)));
    }
    assert_int_equal(temp_app_tear_down(&evil_state), 0);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(
            no_wording_leaves_its_place_on_any_page, temp_app_set_up, temp_app_tear_down),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
