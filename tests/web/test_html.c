/* test_html.c: escaping by place, and that no bytes whatever break out of theirs. */
#include "tests/support/test.h"

#include "web/html.h"

#include <string.h>

enum { ARENA_BYTES = 65536 };

static int make_arena(void **state)
{
    *state = arena_new(ARENA_BYTES);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static struct buffer new_page(void **state)
{
    struct buffer out;
    arena_reset(*state);
    buffer_init(&out, *state, ARENA_BYTES);
    return out;
}

static void every_byte_is_escaped_for_its_place(void **state)
{
    static const struct {
        struct text value;
        const char *text;
        const char *attribute;
        const char *json;
    } rows[] = {
        {{"", 0}, "", "", "\"\""},
        {{NULL, 0}, "", "", "\"\""},
        {{"plain", 5}, "plain", "plain", "\"plain\""},
        {{"a&b", 3}, "a&amp;b", "a&amp;b", "\"a\\u0026b\""},
        {{"<i>", 3}, "&lt;i&gt;", "&lt;i&gt;", "\"\\u003ci\\u003e\""},
        {{"\"'", 2}, "\"'", "&#34;&#39;", "\"\\u0022\\u0027\""},
        {{"</script>", 9}, "&lt;/script&gt;", "&lt;/script&gt;",
            "\"\\u003c/script\\u003e\""},
        {{"<!--", 4}, "&lt;!--", "&lt;!--", "\"\\u003c!--\""},
        {{"a\0b", 3},
            "a\xEF\xBF\xBD"
            "b",
            "a\xEF\xBF\xBD"
            "b",
            "\"a\xEF\xBF\xBD"
            "b\""},
        {{"\\", 1}, "\\", "\\", "\"\\u005c\""},
        {{"\t\n\r", 3}, "\t\n&#13;", "\t\n&#13;", "\"\\u0009\\u000a\\u000d\""},
        {{"\x01\x1f\x7f", 3}, "\x01\x1f\x7f", "\x01\x1f\x7f",
            "\"\\u0001\\u001f\\u007f\""},
        {{"满意 😀", 11}, "满意 😀", "满意 😀", "\"满意 😀\""},
        {{"\xff", 1}, "\xEF\xBF\xBD", "\xEF\xBF\xBD", "\"\xEF\xBF\xBD\""},
        {{"\xe6\xbb<", 3}, "\xEF\xBF\xBD\xEF\xBF\xBD&lt;", "\xEF\xBF\xBD\xEF\xBF\xBD&lt;",
            "\"\xEF\xBF\xBD\xEF\xBF\xBD\\u003c\""},
        {{"\xc0\xbc", 2}, "\xEF\xBF\xBD\xEF\xBF\xBD", "\xEF\xBF\xBD\xEF\xBF\xBD",
            "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer text = new_page(state);
        html_add_text(&text, rows[i].value);
        assert_text_equal(buffer_text(&text), rows[i].text);
        struct buffer attribute = new_page(state);
        html_add_attribute(&attribute, rows[i].value);
        assert_text_equal(buffer_text(&attribute), rows[i].attribute);
        struct buffer json = new_page(state);
        html_add_json(&json, rows[i].value);
        assert_text_equal(buffer_text(&json), rows[i].json);
    }
}

static void numbers_strings_and_truths_are_picked_by_their_type(void **state)
{
    struct buffer out = new_page(state);
    const char *nothing = NULL;
    char letters[] = "<b>";
    const bool truth = true;
    html_add_text(&out, -7);
    html_add_text(&out, (size_t)SIZE_MAX);
    html_add_text(&out, (int64_t)INT64_MIN);
    html_add_text(&out, (unsigned char)200);
    html_add_text(&out, nothing);
    html_add_text(&out, letters);
    html_add_attribute(&out, "\"");
    html_add_json(&out, truth);
    html_add_json(&out, (short)-1);
    html_add_text(&out, ((struct html){TEXT("<hr>")}));
    assert_text_equal(buffer_text(&out),
        "-718446744073709551615-9223372036854775808200&lt;b&gt;&#34;true-1<hr>");
}

static void an_address_is_escaped_like_a_value(void **state)
{
    struct buffer out = new_page(state);
    html_add_url(&out, (struct url){TEXT("/t/A?a=1&b=\"<")});
    assert_text_equal(buffer_text(&out), "/t/A?a=1&amp;b=&#34;&lt;");
}

static void a_message_and_its_arguments_are_both_escaped(void **state)
{
    const struct html_value arguments[] = {
        html_text_value("<a>"),
        html_text_value(((struct html){TEXT("<b>")})),
        html_text_value(3),
    };
    struct buffer out = new_page(state);
    html_add_text_message(&out, "<{1}> & {2}{3} {1} {4} {0} {1 {} {", arguments, 3);
    assert_text_equal(
        buffer_text(&out), "&lt;&lt;a&gt;&gt; &amp; <b>3 &lt;a&gt; {4} {0} {1 {} {");

    struct buffer attribute = new_page(state);
    html_add_attribute_message(&attribute, "\"{1}\"", arguments, 1);
    assert_text_equal(buffer_text(&attribute), "&#34;&lt;a&gt;&#34;");

    struct buffer json = new_page(state);
    html_add_json_message(&json, "\"{1}\" {3}", arguments, 3);
    assert_text_equal(buffer_text(&json), "\"\\u0022\\u003ca\\u003e\\u0022 3\"");
}

/* ---- random bytes, read back by a reader of each place ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Bytes that matter more often than others. */
static size_t random_bytes(uint32_t *seed, char *out, size_t max)
{
    static const char *const pieces[] = {"<", ">", "&", "\"", "'", "</script>", "<!--",
        "]]>", "\\", "\\u003c", "&lt;", "&#34;", "{1}", "\r", "\n", "满", "😀", "\xe6\xbb",
        "\xf0\x9f", "\x80", "\xed\xa0\x80", "javascript:"};
    size_t len = 0;
    size_t wanted = next_random(seed) % 20;
    for (size_t i = 0; i < wanted; i++) {
        const char *piece = pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)];
        size_t piece_len = strlen(piece);
        if (next_random(seed) % 3 == 0 || len + piece_len > max) {
            if (len < max)
                out[len++] = (char)(next_random(seed) & 255);
            continue;
        }
        memcpy(out + len, piece, piece_len);
        len += piece_len;
    }
    return len;
}

/* What a reader should see: bad bytes and NUL as U+FFFD. */
static struct text expected(struct arena *arena, struct text value)
{
    struct buffer out;
    buffer_init(&out, arena, ARENA_BYTES);
    for (size_t at = 0; at < value.len;) {
        size_t n = 1;
        while (n <= 4 && at + n <= value.len &&
               !text_is_utf8((struct text){value.ptr + at, n}))
            n++;
        bool is_good = n <= 4 && at + n <= value.len && value.ptr[at] != '\0';
        if (is_good)
            buffer_add(&out, value.ptr + at, n);
        else
            buffer_add_string(&out, "\xEF\xBF\xBD");
        at += is_good ? n : 1;
    }
    return (struct text){out.data == NULL ? "" : out.data, out.len};
}

/* Reads text or a value as a browser would; fails on anything that would end it. */
static struct text read_markup(struct arena *arena, struct text html, const char *ends)
{
    static const struct {
        const char *name;
        char means;
    } references[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&#34;", '"'},
        {"&#39;", '\''}, {"&#13;", '\r'}};
    struct buffer out;
    buffer_init(&out, arena, ARENA_BYTES);
    for (size_t at = 0; at < html.len;) {
        char c = html.ptr[at];
        assert_true(c != '\0' && c != '\r' && strchr(ends, c) == NULL);
        size_t len = 1;
        for (size_t i = 0; c == '&' && i < sizeof references / sizeof *references; i++)
            if (text_starts_with((struct text){html.ptr + at, html.len - at},
                    text_of(references[i].name))) {
                c = references[i].means;
                len = strlen(references[i].name);
            }
        assert_true(html.ptr[at] != '&' || len > 1);
        buffer_add_char(&out, c);
        at += len;
    }
    return (struct text){out.data == NULL ? "" : out.data, out.len};
}

/* Reads one JSON string of which only \u00XX escapes are expected; fails on a byte that
   would end it, or the script element around it. */
static struct text read_json(struct arena *arena, struct text json)
{
    static const char digits[] = "0123456789abcdef";
    struct buffer out;
    buffer_init(&out, arena, ARENA_BYTES);
    assert_true(json.len >= 2 && json.ptr[0] == '"' && json.ptr[json.len - 1] == '"');
    for (size_t at = 1; at < json.len - 1; at++) {
        char c = json.ptr[at];
        assert_true((unsigned char)c >= 0x20 && strchr("\"<>&", c) == NULL);
        if (c == '\\') {
            assert_true(at + 6 < json.len && memcmp(json.ptr + at, "\\u00", 4) == 0);
            const char *high = strchr(digits, json.ptr[at + 4]);
            const char *low = strchr(digits, json.ptr[at + 5]);
            assert_true(high != NULL && low != NULL);
            c = (char)((high - digits) * 16 + (low - digits));
            at += 5;
        }
        buffer_add_char(&out, c);
    }
    return (struct text){out.data == NULL ? "" : out.data, out.len};
}

static void no_bytes_whatever_break_out_of_their_place(void **state)
{
    uint32_t seed = 20260101;
    for (int round = 0; round < 20000; round++) {
        char bytes[128];
        struct text value = {bytes, random_bytes(&seed, bytes, sizeof bytes)};
        struct buffer text = new_page(state);
        struct text wanted = expected(*state, value);
        html_add_text(&text, value);
        assert_true(text_equals(read_markup(*state, buffer_text(&text), "<>"), wanted));
        struct buffer attribute;
        buffer_init(&attribute, *state, ARENA_BYTES);
        html_add_attribute(&attribute, value);
        assert_true(
            text_equals(read_markup(*state, buffer_text(&attribute), "<>\"'"), wanted));
        struct buffer json;
        buffer_init(&json, *state, ARENA_BYTES);
        html_add_json(&json, value);
        assert_true(text_equals(read_json(*state, buffer_text(&json)), wanted));
    }
}

static void random_messages_and_arguments_stay_in_their_place(void **state)
{
    uint32_t seed = 7;
    for (int round = 0; round < 5000; round++) {
        char bytes[128];
        char message[129] = "";
        struct text value = {bytes, random_bytes(&seed, bytes, sizeof bytes)};
        size_t len = random_bytes(&seed, message, sizeof message - 1);
        message[len] = '\0';
        const struct html_value arguments[] = {html_attribute_value(value)};
        struct buffer out = new_page(state);
        html_add_attribute_message(&out, message, arguments, 1);
        (void)read_markup(*state, buffer_text(&out), "<>\"'");
        struct buffer json;
        buffer_init(&json, *state, ARENA_BYTES);
        html_add_json_message(&json, message, arguments, 1);
        (void)read_json(*state, buffer_text(&json));
    }
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(every_byte_is_escaped_for_its_place),
        cmocka_unit_test(numbers_strings_and_truths_are_picked_by_their_type),
        cmocka_unit_test(an_address_is_escaped_like_a_value),
        cmocka_unit_test(a_message_and_its_arguments_are_both_escaped),
        cmocka_unit_test(no_bytes_whatever_break_out_of_their_place),
        cmocka_unit_test(random_messages_and_arguments_stay_in_their_place),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
