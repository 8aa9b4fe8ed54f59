/* replay.c: gives every file of the folders named to the target linked with it, as
   libFuzzer would, with any compiler. */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUT_MAX = 1 << 20 };

/* False if the file can't be read. */
static bool replay_file(const char *path, char *buffer)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    size_t len = fread(buffer, 1, INPUT_MAX, file);
    bool is_read = ferror(file) == 0;
    (void)fclose(file);
    uint8_t *exact = malloc(len == 0 ? 1 : len);
    if (exact == NULL)
        return false;
    memcpy(exact, buffer, len);
    (void)LLVMFuzzerTestOneInput(exact, len);
    free(exact);
    return is_read;
}

/* How many inputs; -1 after a message. */
static long replay_folder(const char *folder, char *buffer)
{
    DIR *entries = opendir(folder);
    const struct dirent *entry;
    long count = entries == NULL ? -1 : 0;
    while (count >= 0 && (entry = readdir(entries)) != NULL) {
        char path[1000];
        if (entry->d_name[0] == '.')
            continue;
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        (void)printf("%s\n", path); /* the last one named is the one that failed */
        (void)fflush(stdout);
        count = replay_file(path, buffer) ? count + 1 : -1;
    }
    if (entries != NULL)
        (void)closedir(entries);
    if (count < 0)
        (void)fprintf(stderr, "%s: can't be read\n", folder);
    return count;
}

int main(int argument_count, char **arguments)
{
    char *buffer = malloc(INPUT_MAX);
    int rc = buffer == NULL || argument_count < 2;
    for (int i = 1; rc == 0 && i < argument_count; i++) {
        long count = replay_folder(arguments[i], buffer);
        rc = count <= 0; /* an empty corpus proves nothing */
        (void)printf("%s: %ld inputs\n", arguments[i], count);
    }
    free(buffer);
    return rc;
}
