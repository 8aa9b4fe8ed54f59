/* fuzz_uuid.c: an id as sent or imported: it is written again the same, but for case. */
#include "tests/fuzz/fuzz.h"

#include "kiosk/submission.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text input = fuzz_text(data, size);
    struct submission_id id;
    struct submission_id any;
    char written[SUBMISSION_ID_LETTERS + 1];
    bool is_any = submission_uuid_parse(input, &any) == STATUS_OK;
    if (submission_id_parse(input, &id) == STATUS_OK)
        assert(is_any && submission_id_is_ours(&any));
    if (!is_any)
        return 0;
    submission_id_format(&any, written);
    assert(text_equals_ignoring_case(text_of(written), input));
    return 0;
}
