/* fuzz_code.c: a code as typed: what is taken is taken again as printed. */
#include "tests/fuzz/fuzz.h"

#include "kiosk/code.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct code code;
    struct code again;
    char printed[CODE_LETTERS + 3];
    if (code_parse(fuzz_text(data, size), &code) != STATUS_OK)
        return 0;
    code_group(&code, printed);
    assert(strlen(code.letters) == CODE_LETTERS);
    assert(code_parse(text_of(printed), &again) == STATUS_OK);
    assert(strcmp(code.letters, again.letters) == 0);
    return 0;
}
