/* test_translations.c: the embedded catalogue, entry by entry. That each message is
   translated and each translation said is checked by web/po/check.sh. */
#include "tests/support/test.h"

#include "web/mo.h"
#include "web/tr.h"

#include <string.h>

/* How often {n} stands in the text. */
static size_t count_placeholder(const char *text, int n)
{
    const char placeholder[] = {'{', (char)n, '}', '\0'};
    size_t count = 0;
    for (const char *at = strstr(text, placeholder); at != NULL;
         at = strstr(at + 1, placeholder))
        count++;
    return count;
}

static void both_sides_have_the_same_placeholders(void **state)
{
    (void)state;
    struct mo mo;
    assert_true(mo_open(tr_catalogue(), &mo));
    size_t wrong = 0;
    for (uint32_t i = 0; i < mo.count; i++) {
        const char *original;
        const char *translation;
        assert_true(mo_pair(&mo, i, &original, &translation));
        for (int n = '1'; n <= '9'; n++)
            if ((count_placeholder(original, n) > 0) !=
                (count_placeholder(translation, n) > 0)) {
                print_error(
                    "{%c} is on one side only: %s / %s\n", n, original, translation);
                wrong++;
            }
    }
    assert_int_equal(wrong, 0);
}

static void translations_are_utf8_and_not_empty(void **state)
{
    (void)state;
    struct mo mo;
    assert_true(mo_open(tr_catalogue(), &mo));
    for (uint32_t i = 0; i < mo.count; i++) {
        const char *original;
        const char *translation;
        assert_true(mo_pair(&mo, i, &original, &translation));
        assert_true(text_is_utf8(text_of(translation)));
        assert_true(*translation != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(both_sides_have_the_same_placeholders),
        cmocka_unit_test(translations_are_utf8_and_not_empty),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
