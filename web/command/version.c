/* version.c: `manyi version`. */
#include "web/command/commands.h"

#include <stdio.h>

enum exit_code command_version(const struct invocation *call)
{
    (void)call;
    printf("manyi %s\n", MANYI_VERSION);
    return EXIT_DONE;
}
