/* test_stamped.c: pages that differ in one place, plain and compressed. */
#include "tests/support/test.h"

#include "web/http/stamped.h"

#include <string.h>
#include <zlib.h>

enum { ARENA_BYTES = 1 << 20, PAGE_BYTES = 12000 };

static const char stamp_one[] = "00005041-aaaa-8bbb-8ccc-0123456789ab";
static const char stamp_two[] = "00005041-ffff-8eee-9ddd-ba9876543210";

struct showing {
    struct arena *arena;
    struct field accepts;
    struct request request;
    struct response response;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    struct showing *showing = arena_take(arena, sizeof *showing);
    showing->arena = arena;
    showing->accepts = (struct field){TEXT("Accept-Encoding"), TEXT("gzip, deflate")};
    showing->request =
        (struct request){.arena = arena, .headers = &showing->accepts, .header_count = 1};
    buffer_init(&showing->response.body, arena, ARENA_BYTES);
    *state = showing;
    return 0;
}

static int tear_down(void **state)
{
    struct showing *showing = *state;
    arena_free(showing->arena);
    return 0;
}

/* So many bytes of text, then the stamp, then the rest. */
static struct text page_with(struct showing *showing, const char *stamp, size_t before)
{
    static const char head[] = "<p id=\"q-1\">满意</p>\n";
    static const char tail[] = "<b name=\"q-2\">评价</b>\n";
    struct buffer page;
    buffer_init(&page, showing->arena, PAGE_BYTES);
    while (page.len < before)
        buffer_add_char(&page, head[page.len % (sizeof head - 1)]);
    buffer_add_string(&page, stamp);
    while (page.len < PAGE_BYTES - 36)
        buffer_add_char(&page, tail[page.len % (sizeof tail - 1)]);
    return buffer_text(&page);
}

static struct text show(
    struct showing *showing, const struct stamped *stamped, const char *stamp)
{
    showing->response.encoding = NULL;
    buffer_init(&showing->response.body, showing->arena, ARENA_BYTES);
    stamped_show(stamped, &showing->request, text_of(stamp), &showing->response);
    return buffer_text(&showing->response.body);
}

/* inflate() compares the checksum and the length of the trailer. */
static void assert_unpacks_to(struct text packed, struct text page)
{
    static unsigned char out[PAGE_BYTES + 1];
    z_stream stream = {.next_out = out, .avail_out = sizeof out};
    static unsigned char in[PAGE_BYTES];
    memcpy(in, packed.ptr, packed.len);
    stream.next_in = in;
    stream.avail_in = (unsigned)packed.len;
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(inflateEnd(&stream), Z_OK);
    assert_int_equal(stream.avail_in, 0);
    assert_int_equal(stream.total_out, page.len);
    assert_memory_equal(out, page.ptr, page.len);
}

static void each_copy_carries_a_stamp_of_its_own(void **state)
{
    struct showing *showing = *state;
    struct text one = page_with(showing, stamp_one, 5000);
    struct text two = page_with(showing, stamp_two, 5000);
    struct stamped *stamped = stamped_new(one, text_of(stamp_one));
    assert_non_null(stamped);
    showing->request.header_count = 0;

    struct text shown_two = show(showing, stamped, stamp_two);
    struct text shown_one = show(showing, stamped, stamp_one);

    assert_true(text_equals(shown_two, two));
    assert_true(text_equals(shown_one, one));
    assert_null(showing->response.encoding);
    stamped_release(stamped);
}

static void a_compressed_copy_comes_out_whole_with_its_own_stamp(void **state)
{
    struct showing *showing = *state;
    struct stamped *stamped =
        stamped_new(page_with(showing, stamp_one, 5000), text_of(stamp_one));
    assert_non_null(stamped);

    struct text packed = show(showing, stamped, stamp_two);

    assert_string_equal(showing->response.encoding, "gzip");
    assert_true(packed.len < PAGE_BYTES / 10);
    assert_unpacks_to(packed, page_with(showing, stamp_two, 5000));
    assert_unpacks_to(
        show(showing, stamped, stamp_one), page_with(showing, stamp_one, 5000));
    stamped_release(stamped);
}

static void the_stamp_may_be_the_first_or_the_last_of_the_page(void **state)
{
    struct showing *showing = *state;
    struct text rest = page_with(showing, "", PAGE_BYTES - 36);
    struct text first = text_format(showing->arena, "%s%.*s", stamp_one, TEXT_ARG(rest));
    struct text last = text_format(showing->arena, "%.*s%s", TEXT_ARG(rest), stamp_one);
    struct stamped *at_first = stamped_new(first, text_of(stamp_one));
    struct stamped *at_last = stamped_new(last, text_of(stamp_one));

    struct text shown = show(showing, at_first, stamp_two);
    assert_unpacks_to(
        shown, text_format(showing->arena, "%s%.*s", stamp_two, TEXT_ARG(rest)));
    shown = show(showing, at_last, stamp_two);
    assert_unpacks_to(
        shown, text_format(showing->arena, "%.*s%s", TEXT_ARG(rest), stamp_two));

    stamped_release(at_first);
    stamped_release(at_last);
}

static void a_page_whose_stamp_stands_twice_or_never_is_not_kept(void **state)
{
    struct showing *showing = *state;
    struct text page = page_with(showing, stamp_one, 5000);
    struct text twice = text_format(showing->arena, "%s%.*s", stamp_one, TEXT_ARG(page));

    assert_null(stamped_new(twice, text_of(stamp_one)));
    assert_null(stamped_new(page, text_of(stamp_two)));
}

static void a_full_arena_shows_in_the_body(void **state)
{
    struct showing *showing = *state;
    struct stamped *stamped =
        stamped_new(page_with(showing, stamp_one, 5000), text_of(stamp_one));
    while (arena_take(showing->arena, 64) != NULL)
        continue;

    (void)show(showing, stamped, stamp_two);

    assert_true(showing->response.body.is_full);
    stamped_release(stamped);
}

#define with_page(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_page(each_copy_carries_a_stamp_of_its_own),
        with_page(a_compressed_copy_comes_out_whole_with_its_own_stamp),
        with_page(the_stamp_may_be_the_first_or_the_last_of_the_page),
        with_page(a_page_whose_stamp_stands_twice_or_never_is_not_kept),
        with_page(a_full_arena_shows_in_the_body),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
