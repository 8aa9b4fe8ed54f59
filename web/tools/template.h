#pragma once
/* template.h: the template compiler as a function: a page with C lines in, C out. A build
   tool in plain C; nothing of it is linked into the program. The language is described in
   README.md. */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct template_error {
    unsigned line;
    unsigned column; /* from 1, in characters */
    char message[256];
};

/* Writes the C file and its header for one template file. `path` appears in #line, so
   that the C compiler's errors point into the page; the C file includes the header by its
   path's last part plus ".h". False: *error holds the first mistake, and what was written
   is of no use. */
bool template_compile(const char *path, const char *source, size_t length, FILE *c,
    FILE *header, struct template_error *error);
