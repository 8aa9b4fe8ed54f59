/* test_compress.c: which pages are sent compressed, and that they come out whole. */
#include "tests/support/test.h"

#include "kiosk/limits.h"
#include "web/http/compress.h"

#include <string.h>
#include <zlib.h>

enum { ARENA_BYTES = 1 << 20 };

struct page {
    struct arena *arena;
    struct field accepts;
    struct request request;
    struct response response;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    struct page *page = arena_take(arena, sizeof *page);
    page->arena = arena;
    page->accepts = (struct field){TEXT("Accept-Encoding"), TEXT("gzip, deflate, br")};
    page->request =
        (struct request){.arena = arena, .headers = &page->accepts, .header_count = 1};
    page->response = (struct response){
        .content_type = "text/html; charset=utf-8", .may_compress = true};
    buffer_init(&page->response.body, arena, ARENA_BYTES);
    *state = page;
    return 0;
}

static int tear_down(void **state)
{
    struct page *page = *state;
    arena_free(page->arena);
    return 0;
}

static void fill(struct page *page, size_t size)
{
    while (page->response.body.len < size)
        buffer_add_char(
            &page->response.body, "<p>满意</p>\n"[page->response.body.len % 14]);
}

static void assert_plain(struct page *page)
{
    size_t before = page->response.body.len;
    compress_response(&page->request, &page->response);
    assert_null(page->response.encoding);
    assert_int_equal(page->response.body.len, before);
}

static void a_page_comes_out_whole(void **state)
{
    static unsigned char out[20000];
    struct page *page = *state;
    fill(page, sizeof out);
    struct text before = text_copy(page->arena, buffer_text(&page->response.body));

    compress_response(&page->request, &page->response);

    assert_string_equal(page->response.encoding, "gzip");
    assert_true(page->response.body.len < before.len / 10);
    z_stream stream = {.next_in = (unsigned char *)page->response.body.data,
        .avail_in = (unsigned)page->response.body.len,
        .next_out = out,
        .avail_out = sizeof out};
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(inflateEnd(&stream), Z_OK);
    assert_int_equal(stream.total_out, before.len);
    assert_memory_equal(out, before.ptr, before.len);
}

static void a_page_of_the_least_size_is_compressed_and_a_byte_less_is_not(void **state)
{
    struct page *page = *state;
    fill(page, COMPRESS_BYTES_MIN - 1);
    assert_plain(page);
    fill(page, COMPRESS_BYTES_MIN);
    compress_response(&page->request, &page->response);
    assert_string_equal(page->response.encoding, "gzip");
}

static void who_does_not_take_gzip_gets_it_plain(void **state)
{
    struct page *page = *state;
    fill(page, 4000);
    page->accepts.value = TEXT("br, gzip;q=0");
    assert_plain(page);
    page->request.header_count = 0;
    assert_plain(page);
}

static void a_page_that_may_hold_a_secret_stays_plain(void **state)
{
    struct page *page = *state;
    fill(page, 4000);
    page->response.may_compress = false;
    assert_plain(page);
}

static void what_is_no_page_stays_plain(void **state)
{
    struct page *page = *state;
    fill(page, 4000);
    page->response.content_type = "text/csv; charset=utf-8";
    assert_plain(page);
}

static void a_full_arena_sends_it_plain(void **state)
{
    struct page *page = *state;
    fill(page, 4000);
    while (arena_take(page->arena, 1024) != NULL)
        continue;
    assert_plain(page);
}

#define with_page(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest cases[] = {
        with_page(a_page_comes_out_whole),
        with_page(a_page_of_the_least_size_is_compressed_and_a_byte_less_is_not),
        with_page(who_does_not_take_gzip_gets_it_plain),
        with_page(a_page_that_may_hold_a_secret_stays_plain),
        with_page(what_is_no_page_stays_plain),
        with_page(a_full_arena_sends_it_plain),
    };
    return cmocka_run_group_tests(cases, NULL, NULL);
}
