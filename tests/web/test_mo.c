/* test_mo.c: the reader of .mo files, on whole and on damaged ones. Damaged files are
   copied into blocks of their exact size, so that the address sanitizer sees any step
   outside. */
#include "tests/support/test.h"

#include "web/mo.h"
#include "web/tr.h"

#include <stdlib.h>
#include <string.h>

#define KNOWN "Did you mean “{1}”?"

static void a_message_is_found_and_an_unknown_one_is_not(void **state)
{
    (void)state;
    struct mo mo;
    assert_true(mo_open(tr_catalogue(), &mo));
    assert_string_equal(mo_find(&mo, KNOWN), "您是不是想写“{1}”？");
    assert_null(mo_find(&mo, "Nobody says this."));
    assert_null(mo_find(&mo, "\x01"));
    assert_null(mo_find(&mo, "\xff"));
}

static void every_message_is_found_by_its_original(void **state)
{
    (void)state;
    struct mo mo;
    assert_true(mo_open(tr_catalogue(), &mo));
    const char *original;
    const char *translation;
    assert_true(mo_pair(&mo, 0, &original, &translation));
    assert_string_equal(original, ""); /* the header */
    uint32_t n = 1;
    for (; mo_pair(&mo, n, &original, &translation); n++)
        assert_ptr_equal(mo_find(&mo, original), translation);
    assert_int_equal(n, mo.count);
    assert_true(n > 1);
}

/* Asks everything of a file that may be damaged. */
static void read_all(struct text file)
{
    struct mo mo;
    if (!mo_open(file, &mo))
        return;
    (void)mo_find(&mo, "");
    (void)mo_find(&mo, KNOWN);
    (void)mo_find(&mo, "zzz");
    const char *original;
    const char *translation;
    for (uint32_t n = 0; n < 100; n++)
        if (mo_pair(&mo, n, &original, &translation)) {
            (void)strlen(original);
            (void)strlen(translation);
        }
}

static void a_file_cut_at_any_byte_is_read_safely(void **state)
{
    (void)state;
    struct text whole = tr_catalogue();
    for (size_t len = 0; len < whole.len; len++) {
        char *cut = malloc(len == 0 ? 1 : len);
        assert_non_null(cut);
        memcpy(cut, whole.ptr, len);
        struct mo mo;
        if (len < 28)
            assert_false(mo_open((struct text){cut, len}, &mo));
        read_all((struct text){cut, len});
        free(cut);
    }
}

static void a_file_with_any_byte_changed_is_read_safely(void **state)
{
    (void)state;
    static const unsigned char changes[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
    struct text whole = tr_catalogue();
    char *copy = malloc(whole.len);
    assert_non_null(copy);
    memcpy(copy, whole.ptr, whole.len);
    for (size_t at = 0; at < whole.len; at++)
        for (size_t i = 0; i < sizeof changes; i++) {
            copy[at] = (char)(whole.ptr[at] ^ changes[i]);
            read_all((struct text){copy, whole.len});
            copy[at] = whole.ptr[at];
        }
    free(copy);
}

static void another_magic_or_revision_is_refused(void **state)
{
    (void)state;
    char header[28] = {(char)0xde, 0x12, 0x04, (char)0x95};
    struct mo mo;
    assert_true(mo_open((struct text){header, sizeof header}, &mo));
    assert_null(mo_find(&mo, "a"));
    header[6] = 1;
    assert_false(mo_open((struct text){header, sizeof header}, &mo));
    header[6] = 0;
    header[0] = 0;
    assert_false(mo_open((struct text){header, sizeof header}, &mo));
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_message_is_found_and_an_unknown_one_is_not),
        cmocka_unit_test(every_message_is_found_by_its_original),
        cmocka_unit_test(a_file_cut_at_any_byte_is_read_safely),
        cmocka_unit_test(a_file_with_any_byte_changed_is_read_safely),
        cmocka_unit_test(another_magic_or_revision_is_refused),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
