/* main.c: the program's start: libraries that must be initialised once, then the command
 * line. */
#include "web/command/command.h"

#include <malloc.h>
#include <sodium.h>
#include <stdio.h>

/* What is larger goes back to the system as soon as it is freed. */
enum { LARGE_BYTES = 1 << 18 };

int main(int argument_count, char **arguments)
{
    /* One pool of memory for all threads: each more keeps what it was given back. */
    (void)mallopt(M_ARENA_MAX, 1);
    (void)mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
    /* Seeded by the kernel once a thread, not asked for each number: a page takes one. */
    (void)randombytes_set_implementation(&randombytes_internal_implementation);
    if (sodium_init() < 0) {
        (void)fputs("manyi: the system gives no random numbers\n", stderr);
        return EXIT_FAILED;
    }
    return (int)command_line(argument_count, arguments);
}
