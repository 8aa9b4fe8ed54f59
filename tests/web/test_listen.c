/* test_listen.c: addresses to listen at. */
#include "tests/support/test.h"

#include "web/http/listen.h"

static void an_address_with_a_port_is_taken_as_written(void **state)
{
    (void)state;
    struct listen_address address;

    assert_true(listen_parse("127.0.0.1:8080", &address));
    assert_string_equal(address.text, "127.0.0.1:8080");
    assert_int_equal(address.ip, 0x7f000001);
    assert_int_equal(address.port, 8080);
    assert_true(listen_parse("255.255.255.255:65535", &address));
    assert_string_equal(address.text, "255.255.255.255:65535");
}

static void a_port_alone_means_every_address(void **state)
{
    (void)state;
    static const char *const written[] = {":8080", "8080", "0.0.0.0:8080"};
    struct listen_address address;

    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        assert_true(listen_parse(written[i], &address));
        assert_string_equal(address.text, "0.0.0.0:8080");
    }
}

static void port_0_is_any_free_one(void **state)
{
    (void)state;
    struct listen_address address;

    assert_true(listen_parse("127.0.0.1:0", &address));
    assert_int_equal(address.port, 0);
}

static void anything_else_is_no_address(void **state)
{
    (void)state;
    static const char *const written[] = {"", ":", ":0x", ":0x50", "host:99999",
        "localhost:80", ":65536", ":080", ": 80", ":80 ", ":+80", ":-1", "80s", "+80",
        "127.0.0.1", "127.0.0.1:", "127.0.0:80", "127.0.0.1.1:80", "127.0.0.256:80",
        "127.0.0.01:80", "127..0.1:80", "[::1]:80", "::1:80", "1.2.3.4:80:90",
        "127.0.0.1:80,8081", "x/tmp/socket"};
    struct listen_address address = {.port = 7};

    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        assert_false(listen_parse(written[i], &address));
    assert_int_equal(address.port, 7);
}

int main(void)
{
    const struct CMUnitTest cases[] = {
        cmocka_unit_test(an_address_with_a_port_is_taken_as_written),
        cmocka_unit_test(a_port_alone_means_every_address),
        cmocka_unit_test(port_0_is_any_free_one),
        cmocka_unit_test(anything_else_is_no_address),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
