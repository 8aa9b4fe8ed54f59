/* test_assets.c: embedded files and their table, made from tests/web/assets. */
#include "tests/support/test.h"

#include "web/assets.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static void an_asset_is_the_file_byte_for_byte(void **state)
{
    (void)state;
    char bytes[4096];
    FILE *file = fopen(SOURCE_DIR "/tests/web/assets/page.css", "rb");
    assert_non_null(file);
    size_t len = fread(bytes, 1, sizeof bytes, file);
    assert_int_equal(fclose(file), 0);
    const struct asset *asset = asset_by_name("page.css");
    assert_non_null(asset);
    assert_true(text_equals(asset->plain, (struct text){bytes, len}));
    assert_string_equal(asset->content_type, "text/css; charset=utf-8");
}

static void the_address_has_ten_digits_of_the_hash_before_the_extension(void **state)
{
    (void)state;
    const char *path = asset_by_name("dot.min.svg")->path;
    const char *digits = path + strlen("/assets/dot.min.");
    assert_int_equal(strncmp(path, "/assets/dot.min.", 16), 0);
    for (int i = 0; i < 10; i++)
        assert_true(isxdigit((unsigned char)digits[i]));
    assert_string_equal(digits + 10, ".svg");
    assert_string_equal(asset_by_name("dot.min.svg")->content_type, "image/svg+xml");
}

static void an_asset_is_found_by_its_whole_address_only(void **state)
{
    (void)state;
    const struct asset *asset = asset_by_name("page.css");
    struct text path = text_of(asset->path);
    assert_ptr_equal(asset_by_path(path), asset);
    assert_null(asset_by_path((struct text){path.ptr, path.len - 1}));
    assert_null(asset_by_path(TEXT("/assets/page.css")));
    assert_null(asset_by_path((struct text){0}));
    assert_null(asset_by_name("page"));
}

/* gzip ends with the length of what it holds, lowest byte first. */
static void compressed_forms_are_smaller_and_of_the_same_file(void **state)
{
    (void)state;
    const struct asset *asset = asset_by_name("page.css");
    const unsigned char *gzip = (const unsigned char *)asset->gzip.ptr;
    size_t len = asset->gzip.len;
    assert_in_range(len, 20, asset->plain.len - 1);
    assert_int_equal(gzip[0], 0x1f);
    assert_int_equal(gzip[1], 0x8b);
    assert_int_equal(gzip[len - 4] | gzip[len - 3] << 8, asset->plain.len);
    assert_in_range(asset->brotli.len, 1, len - 1);
}

static void a_form_that_saves_nothing_is_left_out(void **state)
{
    (void)state;
    const struct asset *asset = asset_by_name("dot.min.svg");
    assert_int_equal(asset->gzip.len, 0);
    assert_int_equal(asset_count, 2);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(an_asset_is_the_file_byte_for_byte),
        cmocka_unit_test(the_address_has_ten_digits_of_the_hash_before_the_extension),
        cmocka_unit_test(an_asset_is_found_by_its_whole_address_only),
        cmocka_unit_test(compressed_forms_are_smaller_and_of_the_same_file),
        cmocka_unit_test(a_form_that_saves_nothing_is_left_out),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
