/* fuzz_mo.c: a catalogue of translations, damaged anyhow. */
#include "tests/fuzz/fuzz.h"

#include "web/mo.h"

#include <string.h>

static void check_pairs(const struct mo *mo)
{
    enum { PAIRS_MAX = 100 };
    const char *original;
    const char *translation;
    for (uint32_t n = 0; n < PAIRS_MAX && mo_pair(mo, n, &original, &translation); n++) {
        assert(strlen(original) < mo->file.len);
        assert(strlen(translation) < mo->file.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mo mo;
    if (!mo_open(fuzz_text(data, size), &mo))
        return 0;
    check_pairs(&mo);
    const char *found = mo_find(&mo, "b");
    assert(found == NULL || (found[0] != '\0' && strlen(found) < size));
    assert(mo_find(&mo, "") == NULL);
    return 0;
}
