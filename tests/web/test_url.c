/* test_url.c: addresses. */
#include "tests/support/test.h"

#include "web/assets.h"
#include "web/url.h"

static int make_arena(void **state)
{
    *state = arena_new(65536);
    return *state == NULL;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void chinese_is_the_default_and_english_is_carried_along(void **state)
{
    assert_text_equal(url_home(LANGUAGE_ZH).address, "/");
    assert_text_equal(url_home(LANGUAGE_EN).address, "/?lang=en");
    assert_text_equal(url_thanks(LANGUAGE_ZH).address, "/thanks");
    assert_text_equal(url_thanks(LANGUAGE_EN).address, "/thanks?lang=en");
    assert_text_equal(url_code(*state, TEXT("0123ABCDEFGH"), LANGUAGE_ZH, 0).address,
        "/t/0123ABCDEFGH");
    assert_text_equal(
        url_code(*state, TEXT("A"), LANGUAGE_ZH, 12).address, "/t/A?plan=12");
    assert_text_equal(
        url_code(*state, TEXT("A"), LANGUAGE_EN, 12).address, "/t/A?lang=en&plan=12");
}

static void arguments_are_percent_encoded(void **state)
{
    const struct text evil = {"../a?b=c&d#e%f\"<>\0满 ", 22};
    assert_text_equal(url_code(*state, evil, LANGUAGE_ZH, 0).address,
        "/t/..%2Fa%3Fb%3Dc%26d%23e%25f%22%3C%3E%00%E6%BB%A1%20");
}

static void addresses_of_reports_carry_language_and_day(void **state)
{
    day_t day = day_of((struct date){2026, 11, 2});
    assert_text_equal(url_reports(*state, LANGUAGE_ZH, DAY_NONE).address, "/reports");
    assert_text_equal(url_reports(*state, LANGUAGE_EN, day).address,
        "/reports?lang=en&as_of=2026-11-02");
    assert_text_equal(url_report(*state, TEXT("a/b"), LANGUAGE_ZH, day).address,
        "/reports/a%2Fb?as_of=2026-11-02");
    assert_text_equal(url_report_file(*state, "csv", LANGUAGE_EN, DAY_NONE).address,
        "/reports.csv?lang=en");
}

static void an_address_may_stay_on_the_page_at_hand(void **state)
{
    assert_text_equal(url_same_page(LANGUAGE_EN).address, "?lang=en");
    assert_text_equal(url_anchor(*state, TEXT("q-a b")).address, "#q-a%20b");
}

static void an_address_that_does_not_fit_is_empty(void **state)
{
    char letters[2048];
    for (size_t i = 0; i < sizeof letters; i++)
        letters[i] = 'A';
    struct text longest = {letters, sizeof letters - 3};
    assert_int_equal(url_code(*state, longest, LANGUAGE_ZH, 0).address.len, 2048);
    longest.len++;
    assert_int_equal(url_code(*state, longest, LANGUAGE_ZH, 0).address.len, 0);
}

static void the_door_carries_the_place_to_go_on_to(void **state)
{
    struct arena *arena = *state;
    assert_text_equal(
        url_page(arena, "/reports", LANGUAGE_EN).address, "/reports?lang=en");
    assert_text_equal(url_page(arena, "/reports", LANGUAGE_ZH).address, "/reports");
    assert_text_equal(url_signin(arena, LANGUAGE_ZH, TEXT("")).address, "/signin");
    assert_text_equal(url_signin(arena, LANGUAGE_ZH, TEXT("/a?b=c&d")).address,
        "/signin?then=%2Fa%3Fb%3Dc%26d");
    assert_text_equal(
        url_signin(arena, LANGUAGE_EN, TEXT("/a")).address, "/signin?lang=en&then=%2Fa");
    assert_text_equal(
        url_invitation(arena, TEXT("a/b"), LANGUAGE_EN).address, "/signin/a%2Fb?lang=en");
}

static void the_tablets_addresses_name_their_centre(void **state)
{
    assert_text_equal(url_kiosk(*state, TEXT(""), LANGUAGE_ZH).address, "/kiosk");
    assert_text_equal(url_kiosk(*state, TEXT(""), LANGUAGE_EN).address, "/kiosk?lang=en");
    assert_text_equal(url_kiosk(*state, TEXT("a&b"), LANGUAGE_EN).address,
        "/kiosk?centre=a%26b&lang=en");
    assert_text_equal(url_kiosk_thanks(*state, TEXT("north"), LANGUAGE_ZH).address,
        "/thanks?centre=north");
}

static void settings_join_whatever_is_there(void **state)
{
    const struct settings large = {.is_large = true};
    const struct settings both = {true, true};
    struct url plain = url_home(LANGUAGE_ZH);
    assert_text_equal(url_with(*state, plain, (struct settings){0}).address, "/");
    assert_text_equal(url_with(*state, plain, large).address, "/?size=large");
    assert_text_equal(
        url_with(*state, url_home(LANGUAGE_EN), (struct settings){false, true}).address,
        "/?lang=en&contrast=high");
    assert_text_equal(url_with(*state, url_same_page(LANGUAGE_ZH), both).address,
        "?size=large&contrast=high");
}

static void an_asset_is_named_and_comes_with_its_hash(void **state)
{
    (void)state;
    struct text address = url_asset("mark.svg").address;
    assert_true(text_starts_with(address, TEXT("/assets/mark.")));
    assert_ptr_equal(asset_by_path(address), asset_by_name("mark.svg"));
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(chinese_is_the_default_and_english_is_carried_along),
        cmocka_unit_test(arguments_are_percent_encoded),
        cmocka_unit_test(addresses_of_reports_carry_language_and_day),
        cmocka_unit_test(an_address_may_stay_on_the_page_at_hand),
        cmocka_unit_test(an_address_that_does_not_fit_is_empty),
        cmocka_unit_test(the_door_carries_the_place_to_go_on_to),
        cmocka_unit_test_setup_teardown(
            the_tablets_addresses_name_their_centre, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(
            settings_join_whatever_is_there, make_arena, free_arena),
        cmocka_unit_test(an_asset_is_named_and_comes_with_its_hash),
    };
    return cmocka_run_group_tests(cases, make_arena, free_arena);
}
