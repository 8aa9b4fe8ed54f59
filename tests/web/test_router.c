/* test_router.c: finding the row of a path and a method. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/http/router.h"

static enum status handler(struct request *request, struct response *response)
{
    (void)request;
    (void)response;
    return STATUS_OK;
}

static const struct route table[] = {
    {.method = METHOD_GET, .pattern = "/", .handler = handler},
    {.method = METHOD_GET, .pattern = "/t/help", .handler = handler},
    {.method = METHOD_GET, .pattern = "/t/{code}", .handler = handler},
    {.method = METHOD_POST, .pattern = "/t/{code}", .handler = handler, .body_max = 9},
    {.method = METHOD_POST, .pattern = "/only/post", .handler = handler},
    {.method = METHOD_GET, .pattern = "/r/{id}/all", .handler = handler},
};

static struct route_choice find(enum method method, const char *path)
{
    return router_find(table, sizeof table / sizeof *table, method, text_of(path));
}

static void a_path_and_a_method_find_their_row(void **state)
{
    (void)state;
    struct route_choice choice = find(METHOD_POST, "/t/ABC");

    assert_int_equal(choice.status, 0);
    assert_ptr_equal(choice.route, &table[3]);
    assert_text_equal(choice.parameter, "ABC");
}

static void the_parameter_is_what_stands_for_the_braces(void **state)
{
    (void)state;
    assert_text_equal(find(METHOD_GET, "/r/x-1/all").parameter, "x-1");
    assert_int_equal(find(METHOD_GET, "/").parameter.len, 0);
}

static void an_earlier_literal_row_wins(void **state)
{
    (void)state;
    assert_ptr_equal(find(METHOD_GET, "/t/help").route, &table[1]);
    assert_ptr_equal(find(METHOD_POST, "/t/help").route, &table[3]);
}

static void head_takes_the_row_of_get(void **state)
{
    (void)state;
    assert_ptr_equal(find(METHOD_HEAD, "/t/ABC").route, &table[2]);
}

static void an_unknown_path_is_a_404(void **state)
{
    (void)state;
    static const char *const paths[] = {"/T/ABC", "/t/", "/t", "/t/A/B", "/t/ABC/", "/x",
        "/r//all", "/r/all", "/r/1/2/all", "/r/1/al", "", "//"};

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_int_equal(find(METHOD_GET, paths[i]).status, 404);
}

static void a_wrong_method_is_a_405_that_names_the_right_ones(void **state)
{
    (void)state;
    assert_int_equal(find(METHOD_POST, "/").status, 405);
    assert_string_equal(find(METHOD_POST, "/").allow, "GET, HEAD");
    assert_string_equal(find(METHOD_GET, "/only/post").allow, "POST");
    assert_string_equal(find(METHOD_HEAD, "/only/post").allow, "POST");
    assert_string_equal(find(METHOD_COUNT, "/t/ABC").allow, "GET, HEAD, POST");
}

static bool is_sound(struct route route)
{
    const struct route rows[] = {
        {.method = METHOD_GET, .pattern = "/a", .handler = handler}, route};
    return router_is_sound(rows, 2);
}

static struct route row(const char *pattern)
{
    return (struct route){.method = METHOD_GET, .pattern = pattern, .handler = handler};
}

static void a_sound_table_is_accepted(void **state)
{
    (void)state;
    assert_true(router_is_sound(table, sizeof table / sizeof *table));
    assert_true(router_is_sound(NULL, 0));
}

static void a_pattern_has_one_whole_segment_in_braces_at_most(void **state)
{
    (void)state;
    assert_true(is_sound(row("/b/{id}")));
    assert_false(is_sound(row("b")));
    assert_false(is_sound(row(NULL)));
    assert_false(is_sound(row("/b/x{id}")));
    assert_false(is_sound(row("/b/{id}.csv")));
    assert_false(is_sound(row("/b/{id}/{id}")));
    assert_false(is_sound(row("/b/{id")));
    assert_false(is_sound(row("/b/}")));
}

static void a_row_twice_is_refused(void **state)
{
    (void)state;
    struct route post = row("/a");
    post.method = METHOD_POST;

    assert_false(is_sound(row("/a")));
    assert_true(is_sound(post));
}

static void a_row_without_handler_or_with_a_wrong_body_is_refused(void **state)
{
    (void)state;
    struct route no_handler = row("/b");
    struct route get_with_body = row("/b");
    struct route post = row("/b");
    no_handler.handler = NULL;
    get_with_body.body_max = 1;
    post.method = METHOD_POST;
    post.body_max = RAW_BODY_BYTES_MAX;

    assert_false(is_sound(no_handler));
    assert_false(is_sound(get_with_body));
    assert_true(is_sound(post));
    post.body_max++;
    assert_false(is_sound(post));
    post.method = METHOD_HEAD;
    post.body_max = 0;
    assert_false(is_sound(post));
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(a_path_and_a_method_find_their_row),
        cmocka_unit_test(the_parameter_is_what_stands_for_the_braces),
        cmocka_unit_test(an_earlier_literal_row_wins),
        cmocka_unit_test(head_takes_the_row_of_get),
        cmocka_unit_test(an_unknown_path_is_a_404),
        cmocka_unit_test(a_wrong_method_is_a_405_that_names_the_right_ones),
        cmocka_unit_test(a_sound_table_is_accepted),
        cmocka_unit_test(a_pattern_has_one_whole_segment_in_braces_at_most),
        cmocka_unit_test(a_row_twice_is_refused),
        cmocka_unit_test(a_row_without_handler_or_with_a_wrong_body_is_refused),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
