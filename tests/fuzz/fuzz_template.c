/* fuzz_template.c: a page for the template compiler: it ends, and tells a mistake with a
   place in the page. */
#include "tests/fuzz/fuzz.h"

#include "web/tools/template.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *code = NULL;
    char *names = NULL;
    size_t code_size = 0;
    size_t names_size = 0;
    FILE *c = open_memstream(&code, &code_size);
    FILE *header = open_memstream(&names, &names_size);
    assert(c != NULL && header != NULL);
    struct template_error error = {0};
    bool is_compiled = template_compile(
        "web/pages/p.html", size == 0 ? "" : (const char *)data, size, c, header, &error);
    (void)fclose(c);
    (void)fclose(header);
    assert(is_compiled || (error.line >= 1 && error.message[0] != '\0'));
    assert(is_compiled || text_is_utf8(text_of(error.message)));
    free(code);
    free(names);
    return 0;
}
