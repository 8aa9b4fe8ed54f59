/* test_tally.c: reading answers back, and counting them. */
#include "tests/support/sample.h"
#include "tests/support/test.h"

#include "kiosk/tally.h"

static void answers_read_back_item_by_item(void **state)
{
    (void)state;
    struct plan_questionnaire asked = sample_questionnaire();
    struct text answers = TEXT("2-121");
    assert_int_equal(answers_length(&asked), 5);
    assert_int_equal(answers_level(&asked, answers, SAMPLE_OVERALL), 2);
    assert_int_equal(answers_level(&asked, answers, SAMPLE_TIMELY), -1);
    assert_int_equal(answers_options(&asked, answers, SAMPLE_REASONS), 1 | 2 << 5);
    assert_int_equal(answers_options(&asked, answers, SAMPLE_PAID), 1);
}

static void answers_fit_only_if_every_character_is_possible(void **state)
{
    (void)state;
    struct plan_questionnaire asked = sample_questionnaire();
    assert_true(answers_fit(&asked, TEXT("5-000")));
    assert_true(answers_fit(&asked, TEXT("05v33")));
    const char *bad[] = {
        "5-00", "5-0000", "6-000", "x-000", "5-w00", "5-040", "5-004", "5-00-"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(answers_fit(&asked, text_of(bad[i])));
}

static void a_cell_counts_submissions_levels_blanks_and_options(void **state)
{
    (void)state;
    struct plan_questionnaire asked = sample_questionnaire();
    int64_t counters[64] = {0};
    assert_int_equal(tally_size(&asked), 1 + 7 + 7 + 8 + 3);

    tally_add(&asked, TEXT("5-000"), counters);
    tally_add(&asked, TEXT("20122"), counters);

    const int64_t *overall = counters + tally_offset(&asked, SAMPLE_OVERALL);
    const int64_t *timely = counters + tally_offset(&asked, SAMPLE_TIMELY);
    const int64_t *reasons = counters + tally_offset(&asked, SAMPLE_REASONS);
    const int64_t *paid = counters + tally_offset(&asked, SAMPLE_PAID);
    assert_int_equal(counters[0], 2);
    assert_int_equal(overall[TALLY_LEVEL_1 + 4], 1);
    assert_int_equal(overall[TALLY_LEVEL_1 + 1], 1);
    assert_int_equal(timely[TALLY_BLANK], 1);
    assert_int_equal(timely[TALLY_UNKNOWN], 1);
    assert_int_equal(reasons[0], 1);
    assert_int_equal(reasons[1 + 0], 1);
    assert_int_equal(reasons[1 + 6], 1);
    assert_int_equal(paid[0], 1);
    assert_int_equal(paid[1 + 1], 1);
}

static void packed_counters_read_back_up_to_four_thousand_million(void **state)
{
    (void)state;
    const int64_t counters[] = {0, 1, 258, UINT32_MAX};
    unsigned char bytes[16];
    int64_t again[4];
    assert_true(tally_pack(counters, 4, bytes));
    assert_true(tally_unpack(bytes, sizeof bytes, again, 4));
    assert_memory_equal(again, counters, sizeof counters);
}

static void a_counter_that_does_not_fit_is_refused(void **state)
{
    (void)state;
    const int64_t too_large = (int64_t)UINT32_MAX + 1, negative = -1;
    unsigned char bytes[4] = {0};
    int64_t counter;
    assert_false(tally_pack(&too_large, 1, bytes));
    assert_false(tally_pack(&negative, 1, bytes));
    assert_false(tally_unpack(bytes, 3, &counter, 1));
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(answers_read_back_item_by_item),
        cmocka_unit_test(answers_fit_only_if_every_character_is_possible),
        cmocka_unit_test(a_cell_counts_submissions_levels_blanks_and_options),
        cmocka_unit_test(packed_counters_read_back_up_to_four_thousand_million),
        cmocka_unit_test(a_counter_that_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
