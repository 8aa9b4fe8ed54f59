/* template_compiler.c: the command the build runs: template_compiler PAGE C HEADER.
   On a mistake it names the place, as a C compiler does, and leaves no output. */
#include "web/tools/template.h"

#include <stdlib.h>
#include <unistd.h>

enum { PAGE_BYTES_MAX = 1048576 };

/* The whole file; the caller frees. NULL if it cannot be read or is too large. */
static char *read_file(const char *path, size_t *length)
{
    char *bytes = NULL;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    bytes = malloc(PAGE_BYTES_MAX + 1);
    if (bytes != NULL)
        *length = fread(bytes, 1, PAGE_BYTES_MAX + 1, file);
    if (bytes != NULL && (ferror(file) || *length > PAGE_BYTES_MAX)) {
        free(bytes);
        bytes = NULL;
    }
    (void)fclose(file);
    return bytes;
}

static bool close_written(FILE *file)
{
    bool is_whole = !ferror(file);
    return fclose(file) == 0 && is_whole;
}

static bool compile(const char *path, const char *source, size_t length,
    const char *c_path, const char *header_path)
{
    struct template_error error = {0};
    FILE *c = fopen(c_path, "wb");
    FILE *header = fopen(header_path, "wb");
    bool is_good = c != NULL && header != NULL;
    bool is_right = is_good && template_compile(path, source, length, c, header, &error);
    if (c != NULL)
        is_good = close_written(c) && is_good;
    if (header != NULL)
        is_good = close_written(header) && is_good;
    if (!is_good)
        fprintf(stderr, "%s: cannot write %s and %s\n", path, c_path, header_path);
    else if (!is_right)
        fprintf(stderr, "%s:%u:%u: error: %s\n", path, error.line, error.column,
            error.message);
    return is_good && is_right;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: template_compiler PAGE.html OUT.c OUT.h\n");
        return 2;
    }
    size_t length = 0;
    char *source = read_file(argv[1], &length);
    if (source == NULL) {
        fprintf(stderr, "%s: cannot be read, or is over 1 MiB\n", argv[1]);
        return 1;
    }
    bool is_done = compile(argv[1], source, length, argv[2], argv[3]);
    free(source);
    if (!is_done) {
        (void)unlink(argv[2]);
        (void)unlink(argv[3]);
    }
    return is_done ? 0 : 1;
}
