/* test_plan_spell.c: what a misspelt word probably meant. */
#include "tests/support/test.h"

#include "kiosk/plan_spell.h"

static struct text nearest(const char *word)
{
    static const char *const known[] = {
        "id", "kind", "target", "measure", "questionnaire", "top2", "top3"};
    struct spelling spelling = spelling_of(text_of(word));
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        spelling_try(&spelling, text_of(known[i]));
    return spelling.best;
}

static void slips_are_letters_too_many_missing_wrong_or_swapped(void **state)
{
    (void)state;
    assert_int_equal(spelling_slips(TEXT("target"), TEXT("target")), 0);
    assert_int_equal(spelling_slips(TEXT("target"), TEXT("Target")), 0);
    assert_int_equal(spelling_slips(TEXT("target"), TEXT("targget")), 1);
    assert_int_equal(spelling_slips(TEXT("target"), TEXT("taget")), 1);
    assert_int_equal(spelling_slips(TEXT("target"), TEXT("tarqet")), 1);
    assert_int_equal(spelling_slips(TEXT("target"), TEXT("tagret")), 1);
    assert_int_equal(spelling_slips(TEXT(""), TEXT("abc")), 3);
    assert_int_equal(spelling_slips(TEXT("ab"), TEXT("ba")), 1);
}

static void more_slips_are_forgiven_in_longer_words(void **state)
{
    (void)state;
    assert_text_equal(nearest("ik"), "id");
    assert_text_equal(nearest("knd"), "kind");
    assert_text_equal(nearest("kdni"), "");
    assert_text_equal(nearest("mesaur"), "measure");
    assert_text_equal(nearest("mesur"), "measure");
    assert_text_equal(nearest("msr"), "");
    assert_text_equal(nearest("questonaire"), "questionnaire");
    assert_text_equal(nearest("questions"), "");
}

static void of_two_that_are_as_near_the_first_is_meant(void **state)
{
    (void)state;
    assert_text_equal(nearest("top4"), "top2");
    assert_text_equal(nearest("top3"), "top3");
}

static void a_word_of_64_bytes_is_weighed_and_a_longer_one_is_not(void **state)
{
    (void)state;
    char word[66];
    for (size_t i = 0; i < sizeof word; i++)
        word[i] = 'a';
    struct spelling fits = spelling_of((struct text){word, 64});
    spelling_try(&fits, (struct text){word, 63});
    assert_int_equal(fits.best.len, 63);
    struct spelling too_long = spelling_of((struct text){word, 65});
    spelling_try(&too_long, (struct text){word, 64});
    assert_int_equal(too_long.best.len, 0);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(slips_are_letters_too_many_missing_wrong_or_swapped),
        cmocka_unit_test(more_slips_are_forgiven_in_longer_words),
        cmocka_unit_test(of_two_that_are_as_near_the_first_is_meant),
        cmocka_unit_test(a_word_of_64_bytes_is_weighed_and_a_longer_one_is_not),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
