/* test_gate.c: what may come in, rule by rule. */
#include "tests/support/head.h"
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/http/gate.h"

#include <stdio.h>
#include <string.h>

/* A worker's buffer and what civetweb makes of it. */
struct desk {
    char buffer[HEAD_BYTES_MAX + 1];
    struct mg_request_info info;
    struct passage passage;
};

static int set_up(void **state)
{
    static struct desk desk;
    *state = &desk;
    return 0;
}

enum { REFUSED_BY_CIVETWEB = -1 };

static int check_bytes(struct desk *desk, const char *bytes, size_t len)
{
    assert_true(len <= HEAD_BYTES_MAX);
    memset(desk->buffer, 0, sizeof desk->buffer);
    memcpy(desk->buffer, bytes, len);
    if (!head_cut(desk->buffer, HEAD_BYTES_MAX, &desk->info))
        return REFUSED_BY_CIVETWEB;
    return gate_check(&desk->info, (struct text){desk->buffer, len}, &desk->passage);
}

static int check(void **state, const char *request)
{
    return check_bytes(*state, request, strlen(request));
}

static int check_target(void **state, const char *target)
{
    char request[TARGET_BYTES_MAX + 100];
    int len =
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", target);
    return check_bytes(*state, request, (size_t)len);
}

static int check_header(void **state, const char *method, const char *header)
{
    char request[1024];
    int len = snprintf(request, sizeof request, "%s / HTTP/1.1\r\nHost: a\r\n%s\r\n\r\n",
        method, header);
    return check_bytes(*state, request, (size_t)len);
}

static void the_library_is_the_version_whose_holes_are_known(void **state)
{
    (void)state;
    /* Another version parses otherwise: read its parser, then gate.c, wire.c and head.c.
     */
    assert_string_equal(mg_version(), "1.15");
}

static void a_plain_request_passes_with_its_parts(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(check(state, "POST /t/AB?lang=en&x HTTP/1.1\r\nHost: a.cn:80\r\n"
                                  "Content-Length: 12\r\nAccept:\r\nX:  y \r\n\r\n"),
        0);
    assert_int_equal(desk->passage.method, METHOD_POST);
    assert_text_equal(desk->passage.path, "/t/AB");
    assert_text_equal(desk->passage.query, "lang=en&x");
    assert_int_equal(desk->passage.content_length, 12);
    assert_true(desk->passage.may_keep_alive);
    assert_false(desk->passage.expects_continue);
}

static void a_head_that_does_not_begin_the_buffer_is_refused(void **state)
{
    static const char *const prefixes[] = {
        "\r\n", "\n", "\r\n\r\n", " ", "  \r\n", "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"};
    char request[100];

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        (void)snprintf(
            request, sizeof request, "%sGET / HTTP/1.1\r\nHost: a\r\n\r\n", prefixes[i]);
        assert_int_equal(check(state, request), 400);
    }
}

static void an_unknown_buffer_is_refused(void **state)
{
    struct desk *desk = *state;
    assert_int_equal(check_target(state, "/"), 0);

    assert_int_equal(gate_check(&desk->info, (struct text){0}, &desk->passage), 400);
}

static void a_head_longer_than_what_was_received_is_refused(void **state)
{
    struct desk *desk = *state;
    assert_int_equal(check_target(state, "/"), 0);
    size_t whole = strlen("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

    for (size_t len = 0; len < whole; len++)
        assert_int_equal(
            gate_check(&desk->info, (struct text){desk->buffer, len}, &desk->passage),
            400);
    assert_int_equal(
        gate_check(&desk->info, (struct text){desk->buffer, whole}, &desk->passage), 0);
}

static void a_request_line_has_single_spaces(void **state)
{
    assert_int_equal(check(state, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    assert_int_equal(check(state, "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    assert_int_equal(check(state, "GET \r\n/ HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
}

static void a_line_ends_with_cr_and_lf(void **state)
{
    assert_int_equal(check(state, "GET / HTTP/1.1\nHost: a\r\n\r\n"), 400);
    assert_int_equal(check(state, "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n"), 400);
    assert_int_equal(check(state, "GET / HTTP/1.1\r\nHost: a\r\nX: y\n\n"), 400);
}

static void a_header_where_civetweb_stops_silently_is_refused(void **state)
{
    assert_int_equal(check_header(state, "GET", "X: a\r\n folded"), 400);
    assert_int_equal(check_header(state, "GET", "X: a\r\n\tfolded"),
        REFUSED_BY_CIVETWEB); /* a tab is a control character to it */
    assert_int_equal(check_header(state, "POST", "\xe5: a\r\nContent-Length: 3"), 400);
    assert_int_equal(check_header(state, "GET", "X: a\r\n\rY: b"), 400);
    assert_int_equal(check(state, "GET / HTTP/1.0\r\n\xe5: a\r\n\r\n"), 400);
    assert_int_equal(check(state, "GET / HTTP/1.1\r\n \r\nHost: a\r\n\r\n"), 400);
}

static void a_header_name_is_a_token_with_its_colon_behind_it(void **state)
{
    assert_int_equal(check_header(state, "POST", "Content-Length : 3"), 400);
    assert_int_equal(check_header(state, "GET", "X : "), 400);
    assert_int_equal(check_header(state, "GET", "X(y): z"), 400);
    assert_int_equal(check_header(state, "GET", ": z"), 400);
    assert_int_equal(check_header(state, "GET", "X!#$%&'*+-.^_`|~9: z"), 0);
}

static void a_header_value_may_hold_other_than_ascii(void **state)
{
    assert_int_equal(check_header(state, "GET", "User-Agent: 满意 \xff"), 0);
}

static void one_header_under_the_limit_passes_and_the_limit_does_not(void **state)
{
    char request[4096];
    for (int headers = HEADERS_MAX - 1; headers <= 70; headers++) {
        size_t len =
            (size_t)snprintf(request, sizeof request, "GET / HTTP/1.1\r\nHost: a\r\n");
        for (int i = 1; i < headers; i++)
            len += (size_t)snprintf(request + len, sizeof request - len, "X: y\r\n");
        (void)snprintf(request + len, sizeof request - len, "\r\n");

        assert_int_equal(check(state, request), headers < HEADERS_MAX ? 0 : 431);
    }
}

static void a_target_at_its_limit_passes_and_one_byte_more_does_not(void **state)
{
    char target[TARGET_BYTES_MAX + 2];
    memset(target, 'a', sizeof target);
    target[0] = '/';
    target[100] = '?';
    target[TARGET_BYTES_MAX] = '\0';
    assert_int_equal(check_target(state, target), 0);

    target[TARGET_BYTES_MAX] = 'a';
    target[TARGET_BYTES_MAX + 1] = '\0';
    assert_int_equal(check_target(state, target), 414);
}

static void a_target_is_a_path_of_this_server(void **state)
{
    assert_int_equal(check_target(state, "http://a/"), 400);
    assert_int_equal(check_target(state, "*"), 400);
    assert_int_equal(check_target(state, "a"), 400);
    assert_int_equal(check_target(state, "?a"), 400);
}

static void a_path_that_is_not_canonical_does_not_exist(void **state)
{
    static const char *const paths[] = {"/%41", "/a%2fb", "//", "//a", "/a//b", "/a//",
        "/.", "/..", "/./a", "/../a", "/a/.", "/a/..", "/a/./b", "/a/../b", "/a\\b",
        "/a\"b", "/a<b", "/a#b", "/a|b", "/{a}"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_int_equal(check_target(state, paths[i]), 404);

    static const char *const others[] = {
        "/", "/a/", "/.a", "/...", "/a.b/..c", "/A-Z_~!$&'()*+,;=:@9", "/?a//b/../%zz"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(check_target(state, others[i]), 0);
}

static void a_control_or_foreign_byte_in_the_target_is_refused_by_civetweb(void **state)
{
    assert_int_equal(check_target(state, "/\x01"), REFUSED_BY_CIVETWEB);
    assert_int_equal(check_target(state, "/\x7f"), REFUSED_BY_CIVETWEB);
    assert_int_equal(check_target(state, "/公"), REFUSED_BY_CIVETWEB);
}

static void host_comes_once_and_looks_like_one(void **state)
{
    static const char *const refused[] = {"", "Host:", "Host: a\r\nHost: a",
        "Host: a\r\nhost: b", "Host: a b", "Host: a/b", "Host: a@b", "Host: a,b",
        "Host: \xe5", "Hosts: a"};
    static const char *const taken[] = {"Host: a", "HOST:a.b-c_d:8080", "Host: [::1]:80"};
    char request[200];

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        (void)snprintf(request, sizeof request, "GET / HTTP/1.1\r\n%s%s\r\n", refused[i],
            refused[i][0] == '\0' ? "" : "\r\n");
        assert_int_equal(check(state, request), 400);
    }
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        (void)snprintf(request, sizeof request, "GET / HTTP/1.1\r\n%s\r\n\r\n", taken[i]);
        assert_int_equal(check(state, request), 0);
    }
}

static void http_1_0_may_come_without_host_and_is_closed(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(check(state, "GET / HTTP/1.0\r\n\r\n"), 0);
    assert_false(desk->passage.may_keep_alive);
    assert_int_equal(check(state, "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"), 400);
}

static void any_transfer_encoding_is_a_411(void **state)
{
    assert_int_equal(check_header(state, "POST", "Transfer-Encoding: chunked"), 411);
    assert_int_equal(check_header(state, "POST", "transfer-encoding: identity"), 411);
    assert_int_equal(check_header(state, "GET", "Transfer-Encoding:"), 411);
    assert_int_equal(
        check_header(state, "POST", "Content-Length: 5\r\nTransfer-Encoding: chunked"),
        411);
}

static void content_length_is_one_plain_number(void **state)
{
    static const char *const refused[] = {"+5", "-1", "1e3", "", "5 ", "5 5", "5,5",
        "0x5", "5.0", "00000000005", "12345678901", "99999999999999999999"};
    char header[80];
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        (void)snprintf(header, sizeof header, "Content-Length: %s", refused[i]);
        assert_int_equal(check_header(state, "POST", header), 400);
    }

    assert_int_equal(
        check_header(state, "POST", "Content-Length: 5\r\nContent-Length: 5"), 400);
    assert_int_equal(check_header(state, "POST", "Content-Length: 0"), 0);
    assert_int_equal(check_header(state, "POST", "Content-Length: 0000000005"), 0);
}

static void a_body_no_route_could_want_is_a_413(void **state)
{
    assert_int_equal(check_header(state, "POST", "Content-Length: 524288"), 0);
    assert_int_equal(check_header(state, "POST", "Content-Length: 524289"), 413);
    assert_int_equal(check_header(state, "POST", "Content-Length: 9999999999"), 413);
}

static void get_and_head_carry_no_body(void **state)
{
    assert_int_equal(check_header(state, "GET", "Content-Length: 1"), 400);
    assert_int_equal(check_header(state, "HEAD", "Content-Length: 1"), 400);
    assert_int_equal(check_header(state, "GET", "Content-Length: 0"), 0);
}

static void a_method_without_routes_passes_nameless(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(check_header(state, "DELETE", "Content-Length: 3"), 0);
    assert_int_equal(desk->passage.method, METHOD_COUNT);
    assert_int_equal(check_header(state, "get", "X: y"), 0);
    assert_int_equal(desk->passage.method, METHOD_COUNT);
}

static void only_100_continue_may_be_expected(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(check_header(state, "POST", "Expect: 100-Continue"), 0);
    assert_true(desk->passage.expects_continue);
    assert_int_equal(check_header(state, "POST", "Expect: tea"), 417);
    assert_int_equal(
        check_header(state, "POST", "Expect: 100-continue\r\nExpect: x"), 417);
}

static void a_connection_is_kept_only_for_a_plain_wish(void **state)
{
    struct desk *desk = *state;
    static const char *const closing[] = {"Connection: close", "Connection: upgrade",
        "Connection: keep-alive, upgrade",
        "Connection:", "Connection: keep-alive\r\nConnection: close"};

    assert_int_equal(check_header(state, "GET", "Connection: Keep-Alive"), 0);
    assert_true(desk->passage.may_keep_alive);
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++) {
        assert_int_equal(check_header(state, "GET", closing[i]), 0);
        assert_false(desk->passage.may_keep_alive);
    }
}

static int check_body(const char *media_type, size_t length, enum body_kind kind)
{
    struct passage passage = {.content_length = length, .media_type = media_type};
    struct route route = {.method = METHOD_POST, .body_max = 10, .body = kind};
    return gate_check_body(&passage, &route);
}

static void a_body_at_the_routes_limit_passes_and_one_byte_more_does_not(void **state)
{
    (void)state;
    assert_int_equal(check_body(NULL, 10, BODY_FORM), 0);
    assert_int_equal(check_body(NULL, 11, BODY_FORM), 413);
}

static void a_form_is_urlencoded_or_nameless(void **state)
{
    (void)state;
    assert_int_equal(check_body("application/x-www-form-urlencoded", 5, BODY_FORM), 0);
    assert_int_equal(
        check_body("Application/X-WWW-Form-Urlencoded ; charset=utf-8", 5, BODY_FORM), 0);
    assert_int_equal(check_body("multipart/form-data; boundary=x", 5, BODY_FORM), 415);
    assert_int_equal(check_body("application/x-www-form-urlencodedx", 5, BODY_FORM), 415);
    assert_int_equal(check_body("", 5, BODY_FORM), 415);
    assert_int_equal(check_body("application/json", 5, BODY_RAW), 0);
}

static void what_civetweb_refuses_gets_a_status_of_ours(void **state)
{
    struct desk *desk = *state;
    struct mg_request_info nothing = {0};
    struct text some = {desk->buffer, 10};
    struct text full = {desk->buffer, HEAD_BYTES_MAX};

    assert_int_equal(gate_translate(&nothing, some, 400), 400);
    assert_int_equal(gate_translate(&nothing, some, 411), 400); /* odd Content-Length */
    assert_int_equal(gate_translate(&nothing, some, 505), 505);
    memset(desk->buffer, 'a', HEAD_BYTES_MAX);
    assert_int_equal(gate_translate(&nothing, full, 400), 414);
    desk->buffer[80] = '\n';
    assert_int_equal(gate_translate(&nothing, full, 400), 431);
    assert_int_equal(gate_translate(&nothing, (struct text){0}, 400), 400);
    (void)check_header(state, "POST", "Transfer-Encoding: gzip");
    assert_int_equal(
        gate_translate(&desk->info, (struct text){desk->buffer, 100}, 400), 411);
}

/* A small generator of our own: the same bytes every time. */
static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static size_t mutate(char *bytes, size_t len, uint32_t *seed)
{
    static const char spice[] = "\r\n\r\n :%/?\t\0\xff,;=+-09aHC";
    for (uint32_t times = next_random(seed) % 4 + 1; times > 0; times--) {
        size_t at = next_random(seed) % len;
        switch (next_random(seed) % 3) {
        case 0:
            bytes[at] = spice[next_random(seed) % sizeof spice];
            break;
        case 1: /* leave a byte out */
            memmove(bytes + at, bytes + at + 1, len - at - 1);
            len--;
            break;
        default: /* double a piece */
            if (len + 8 < 1024 && at + 8 < len) {
                memmove(bytes + at + 8, bytes + at, len - at);
                len += 8;
            }
        }
    }
    return len;
}

static void mutated_requests_pass_only_when_every_byte_is_accounted_for(void **state)
{
    static const char sound[] = "POST /t/ABCD?lang=en HTTP/1.1\r\nHost: a.cn\r\n"
                                "Accept: */*\r\nContent-Length: 7\r\n\r\na=1&b=2";
    struct desk *desk = *state;
    uint32_t seed = 20261122;
    int passed = 0;

    for (int i = 0; i < 20000; i++) {
        char bytes[1024];
        memcpy(bytes, sound, sizeof sound - 1);
        size_t len = mutate(bytes, sizeof sound - 1, &seed);
        if (check_bytes(desk, bytes, len) != 0)
            continue;
        passed++;
        assert_memory_equal(
            bytes, desk->info.request_method, strlen(desk->info.request_method));
        assert_int_equal(desk->passage.path.ptr[0], '/');
        assert_true(memchr(desk->passage.path.ptr, '%', desk->passage.path.len) == NULL);
        assert_true(desk->passage.content_length <= RAW_BODY_BYTES_MAX);
    }
    assert_in_range(passed, 1000, 19000);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(the_library_is_the_version_whose_holes_are_known),
        cmocka_unit_test(a_plain_request_passes_with_its_parts),
        cmocka_unit_test(a_head_that_does_not_begin_the_buffer_is_refused),
        cmocka_unit_test(an_unknown_buffer_is_refused),
        cmocka_unit_test(a_head_longer_than_what_was_received_is_refused),
        cmocka_unit_test(a_request_line_has_single_spaces),
        cmocka_unit_test(a_line_ends_with_cr_and_lf),
        cmocka_unit_test(a_header_where_civetweb_stops_silently_is_refused),
        cmocka_unit_test(a_header_name_is_a_token_with_its_colon_behind_it),
        cmocka_unit_test(a_header_value_may_hold_other_than_ascii),
        cmocka_unit_test(one_header_under_the_limit_passes_and_the_limit_does_not),
        cmocka_unit_test(a_target_at_its_limit_passes_and_one_byte_more_does_not),
        cmocka_unit_test(a_target_is_a_path_of_this_server),
        cmocka_unit_test(a_path_that_is_not_canonical_does_not_exist),
        cmocka_unit_test(a_control_or_foreign_byte_in_the_target_is_refused_by_civetweb),
        cmocka_unit_test(host_comes_once_and_looks_like_one),
        cmocka_unit_test(http_1_0_may_come_without_host_and_is_closed),
        cmocka_unit_test(any_transfer_encoding_is_a_411),
        cmocka_unit_test(content_length_is_one_plain_number),
        cmocka_unit_test(a_body_no_route_could_want_is_a_413),
        cmocka_unit_test(get_and_head_carry_no_body),
        cmocka_unit_test(a_method_without_routes_passes_nameless),
        cmocka_unit_test(only_100_continue_may_be_expected),
        cmocka_unit_test(a_connection_is_kept_only_for_a_plain_wish),
        cmocka_unit_test(a_body_at_the_routes_limit_passes_and_one_byte_more_does_not),
        cmocka_unit_test(a_form_is_urlencoded_or_nameless),
        cmocka_unit_test(what_civetweb_refuses_gets_a_status_of_ours),
        cmocka_unit_test(mutated_requests_pass_only_when_every_byte_is_accounted_for),
    };
    return cmocka_run_group_tests(cases, set_up, NULL);
}
