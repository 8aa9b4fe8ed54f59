/* test_golden.c: every page, byte by byte, as it was looked at and found good
   (golden/NAME.html). MANYI_GOLDEN=write writes them anew: look at what changed. */
#include "tests/support/every_page.h"
#include "tests/support/test.h"

#include "web/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_BYTES_MAX = 262144 };

/* Stands in for web/random.c: ids of forms are the same in each run. */
void random_fill(void *bytes, size_t size)
{
    static unsigned char next = 0x50;
    memset(bytes, next++, size);
}

/* What differs from run to run or with a style sheet: a code's letters, a form's proof,
   an asset's hash, a report's seal. */
static bool is_code(const char *at)
{
    return (strncmp(at, "/t/", 3) == 0 || strncmp(at, "/T/", 3) == 0) &&
           strspn(at + 3, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == 12;
}

static size_t hash_length(const char *at)
{
    return *at == '.' && strspn(at + 1, "0123456789abcdef") == 10 && at[11] == '.' ? 11
                                                                                   : 0;
}

static const char value_before[] = "value=\"";

/* Of a field whose value is 12, 16 or 32 bytes in hexadecimal digits: when a form was
   shown, proofs. */
static size_t random_value_length(const char *at)
{
    if (strncmp(at, value_before, strlen(value_before)) != 0)
        return 0;
    size_t digits = strspn(at + strlen(value_before), "0123456789abcdef");
    return digits == 24 || digits == 32 || digits == 64 ? strlen(value_before) + digits
                                                        : 0;
}

/* The seal of a report in either language: of submissions whose ids are random. */
static size_t seal_length(const char *at)
{
    static const char *const words[] = {"封存值 ", "Seal ", "<code>"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i]);
        if (strncmp(at, words[i], len) == 0 && strspn(at + len, "0123456789abcdef") == 64)
            return len + 64;
    }
    return 0;
}

static struct text steady(struct arena *arena, const char *page)
{
    struct buffer out;
    buffer_init(&out, arena, PAGE_BYTES_MAX);
    for (const char *at = page; *at != '\0'; at++) {
        if (is_code(at)) {
            buffer_add(&out, at, 3);
            buffer_add_string(&out, "CODE");
            at += 14;
        } else if (random_value_length(at) > 0) {
            buffer_add_string(&out, value_before);
            at += random_value_length(at) - 1;
        } else if (seal_length(at) > 0) {
            buffer_add_string(&out, "SEAL");
            at += seal_length(at) - 1;
        } else if (hash_length(at) > 0) {
            at += hash_length(at) - 1;
        } else {
            buffer_add_char(&out, *at);
        }
    }
    assert_false(out.is_full);
    return buffer_text(&out);
}

static struct text read_file(struct arena *arena, const char *path)
{
    char *bytes = arena_take(arena, PAGE_BYTES_MAX);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return (struct text){0};
    size_t len = fread(bytes, 1, PAGE_BYTES_MAX, file);
    (void)fclose(file);
    return (struct text){bytes, len};
}

static void write_file(const char *path, struct text bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

static void every_page_is_as_it_was_found_good(void **state)
{
    struct temp_app *app = *state;
    bool is_written = getenv("MANYI_GOLDEN") != NULL;
    size_t differ = 0;
    for (size_t i = 0; i < every_page_count; i++) {
        struct text page = steady(app->temp->arena, every_page_ask(app, i));
        const char *path = text_format(
            app->temp->arena, SOURCE_DIR "/tests/web/golden/%s.html", every_page_name(i))
                               .ptr;
        if (is_written) {
            write_file(path, page);
        } else if (!text_equals(page, read_file(app->temp->arena, path))) {
            print_error("%s differs; now it is:\n%.*s\n", path, TEXT_ARG(page));
            differ++;
        }
    }
    assert_int_equal(differ, 0);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(
            every_page_is_as_it_was_found_good, temp_app_set_up, temp_app_tear_down),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
