/* test_request.c: what handlers ask of a request. */
#include "tests/support/test.h"

#include "web/http/request.h"

static bool accepts(const char *header, const char *encoding)
{
    struct field headers[] = {
        {TEXT("Host"), TEXT("x")}, {TEXT("accept-ENCODING"), text_of(header)}};
    struct request request = {.headers = headers, .header_count = 2};
    return request_accepts_encoding(&request, encoding);
}

static void an_encoding_is_accepted_where_it_is_named(void **state)
{
    (void)state;
    assert_true(accepts("gzip, deflate, br", "br"));
    assert_true(accepts("br;q=0.5,gzip", "br"));
    assert_true(accepts(" GZIP ;q=1.0", "gzip"));
    assert_false(accepts("gzip, deflate", "br"));
    assert_false(accepts("", "br"));
    assert_false(accepts("xbr, brx", "br"));
}

static void a_weight_of_zero_refuses_an_encoding(void **state)
{
    (void)state;
    assert_false(accepts("br;q=0, gzip", "br"));
    assert_false(accepts("br; q=0.000", "br"));
    assert_true(accepts("br;q=0.001", "br"));
}

static void a_header_is_found_in_any_case_and_absent_is_empty(void **state)
{
    (void)state;
    struct field headers[] = {{TEXT("Cookie"), TEXT("a=1")}, {TEXT("cookie"), TEXT("b")}};
    struct request request = {.headers = headers, .header_count = 2};

    assert_text_equal(request_header(&request, "COOKIE"), "a=1");
    assert_int_equal(request_header(&request, "Accept").len, 0);
}

static struct text cookie(const char *header)
{
    struct field headers[] = {{TEXT("Cookie"), text_of(header)}};
    struct request request = {.headers = headers, .header_count = 1};
    return request_cookie(&request, "manyi");
}

static void a_cookie_is_found_by_its_whole_name(void **state)
{
    (void)state;
    assert_text_equal(cookie("manyi=a1"), "a1");
    assert_text_equal(cookie("x=1; manyi=a1;y=2"), "a1");
    assert_text_equal(cookie(" manyi=a=b ; manyi=c"), "a=b");
    assert_text_equal(cookie("manyi="), "");
    assert_int_equal(cookie("xmanyi=1; manyix=2; MANYI=3; manyi; =manyi; ;;").len, 0);
    assert_int_equal(cookie("").len, 0);
}

static void the_first_form_field_of_a_name_is_found(void **state)
{
    (void)state;
    struct field form[] = {{TEXT("a"), TEXT("1")}, {TEXT("a"), TEXT("2")}};
    struct request request = {.form = form, .form_count = 2};
    struct text found;

    assert_true(request_form(&request, "a", &found));
    assert_text_equal(found, "1");
    assert_false(request_form(&request, "A", &found));
}

static void a_query_key_is_decoded_and_a_broken_one_is_not_there(void **state)
{
    (void)state;
    struct arena *arena = arena_new(4096);
    struct request request = {.arena = arena, .query = TEXT("a=%E5%85%AC+1&b=%zz")};
    struct text found;

    assert_true(request_query(&request, "a", &found));
    assert_text_equal(found, "公 1");
    assert_false(request_query(&request, "b", &found));
    assert_false(request_query(&request, "c", &found));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(an_encoding_is_accepted_where_it_is_named),
        cmocka_unit_test(a_weight_of_zero_refuses_an_encoding),
        cmocka_unit_test(a_header_is_found_in_any_case_and_absent_is_empty),
        cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
        cmocka_unit_test(the_first_form_field_of_a_name_is_found),
        cmocka_unit_test(a_query_key_is_decoded_and_a_broken_one_is_not_there),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
