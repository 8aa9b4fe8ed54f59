/* fuzz_headers.c: values of headers that are looked into: cookies, and what encodings a
   client takes. */
#include "tests/fuzz/fuzz.h"

#include "web/http/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text input = fuzz_text(data, size);
    struct field headers[] = {{TEXT("Cookie"), input}, {TEXT("Accept-Encoding"), input}};
    struct request request = {.headers = headers, .header_count = 2};
    struct text cookie = request_cookie(&request, "manyi");
    if (cookie.len > 0)
        assert(cookie.ptr >= input.ptr + 6 &&
               cookie.ptr + cookie.len <= input.ptr + input.len);
    bool takes_both = request_accepts_encoding(&request, "br") &&
                      request_accepts_encoding(&request, "gzip");
    assert(!takes_both || size >= 7); /* "br,gzip" */
    return 0;
}
