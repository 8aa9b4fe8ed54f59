/* fuzz_listen.c: an address of the command line: as written out it means the same. */
#include "tests/fuzz/fuzz.h"

#include "web/http/listen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = fuzz_arena(size + 1024);
    struct listen_address address;
    struct listen_address again;
    const char *written = text_to_string(arena, fuzz_text(data, size));
    if (written != NULL && listen_parse(written, &address)) {
        assert(listen_parse(address.text, &again));
        assert(again.ip == address.ip && again.port == address.port);
    }
    arena_free(arena);
    return 0;
}
