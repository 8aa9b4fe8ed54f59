/* fuzz_head.c: a request's head, cut up as civetweb does, before the gate: what passes
   has a path that no rule of the gate forbids. */
#include "tests/fuzz/fuzz.h"
#include "tests/support/head.h"

#include "kiosk/limits.h"
#include "web/http/gate.h"

#include <stdlib.h>
#include <string.h>

static void check_passage(const struct passage *passage, struct text received)
{
    assert(passage->path.len >= 1 && passage->path.ptr[0] == '/');
    assert(passage->path.len + passage->query.len <= TARGET_BYTES_MAX);
    assert(memchr(passage->path.ptr, '%', passage->path.len) == NULL);
    assert(passage->content_length <= RAW_BODY_BYTES_MAX);
    assert(passage->content_length == 0 || passage->method == METHOD_POST ||
           passage->method == METHOD_COUNT);
    assert(received.len > 0 && received.ptr[0] != '\r');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > HEAD_BYTES_MAX)
        return 0;
    char *buffer = calloc(1, HEAD_BYTES_MAX + 1);
    assert(buffer != NULL);
    if (size > 0)
        memcpy(buffer, data, size);
    struct mg_request_info info;
    struct passage passage = {0};
    struct text received = {buffer, size};
    memset(&info, 0, sizeof info);
    if (head_cut(buffer, HEAD_BYTES_MAX, &info)) {
        int status = gate_check(&info, received, &passage);
        assert(status == 0 || (status >= 400 && status < 600));
        if (status == 0)
            check_passage(&passage, received);
    }
    free(buffer);
    return 0;
}
