/* shell.c: popen, read to the end. */
#include "tests/support/shell.h"

#include "tests/support/test.h"

#include <stdio.h>
#include <sys/wait.h>

enum { OUTPUT_BYTES_MAX = 16 * 1024 * 1024 };

struct text shell_run(struct arena *arena, const char *command, int *status)
{
    char chunk[4096];
    size_t len;
    struct buffer out;
    buffer_init(&out, arena, OUTPUT_BYTES_MAX);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    while ((len = fread(chunk, 1, sizeof chunk, pipe)) > 0)
        buffer_add(&out, chunk, len);
    int result = pclose(pipe);
    if (status != NULL)
        *status = WIFEXITED(result) ? WEXITSTATUS(result) : -1;
    buffer_add_char(&out, '\0');
    assert_false(out.is_full);
    return (struct text){out.data, out.len - 1};
}
