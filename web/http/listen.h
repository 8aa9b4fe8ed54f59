#pragma once
/* listen.h: the address a server listens on, as written on the command line. */
#include "kiosk/text.h"

#include <stdint.h>

enum { LISTEN_LETTERS_MAX = 21 }; /* "255.255.255.255:65535" */

struct listen_address {
    char text[LISTEN_LETTERS_MAX + 1]; /* "127.0.0.1:8080", terminated */
    uint32_t ip;                       /* host order; 0 is every address */
    uint16_t port;                     /* 0: any free one */
};

/* "127.0.0.1:8080", ":8080" or "8080" (both: every address). False for anything else,
   host names and IPv6 too (a proxy in front serves those); out untouched. */
bool listen_parse(const char *written, struct listen_address *out);

/* Why nobody can listen there now: the errno of trying to; 0 if one could. */
int listen_obstacle(const struct listen_address *address);
