/* listen.c: reads a listening address and finds out why it can't be had. */
#include "web/http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A decimal number up to max without sign or needless zeros. */
static bool parse_number(struct text text, int64_t max, int64_t *out)
{
    bool has_needless_zero = text.len > 1 && text.ptr[0] == '0';
    return text.len <= 5 && !has_needless_zero && text_to_number(text, out) &&
           *out <= max;
}

static bool parse_ip(struct text text, uint32_t *out)
{
    uint32_t ip = 0;
    for (int part = 0; part < 4; part++) {
        const char *dot = text.len == 0 ? NULL : memchr(text.ptr, '.', text.len);
        if ((dot == NULL) != (part == 3))
            return false;
        size_t len = dot == NULL ? text.len : (size_t)(dot - text.ptr);
        int64_t number;
        if (!parse_number((struct text){text.ptr, len}, 255, &number))
            return false;
        ip = ip << 8 | (uint32_t)number;
        if (dot != NULL)
            text = (struct text){dot + 1, text.len - len - 1};
    }
    *out = ip;
    return true;
}

bool listen_parse(const char *written, struct listen_address *out)
{
    const char *colon = strchr(written, ':');
    struct text host = {written, colon == NULL ? 0 : (size_t)(colon - written)};
    struct listen_address address = {0};
    int64_t port;
    if (!parse_number(text_of(colon == NULL ? written : colon + 1), 65535, &port))
        return false;
    if (host.len > 0 && !parse_ip(host, &address.ip))
        return false;
    address.port = (uint16_t)port;
    (void)snprintf(address.text, sizeof address.text, "%u.%u.%u.%u:%u", address.ip >> 24,
        address.ip >> 16 & 255, address.ip >> 8 & 255, address.ip & 255,
        (unsigned)address.port);
    *out = address;
    return true;
}

int listen_obstacle(const struct listen_address *address)
{
    int obstacle = 0;
    int yes = 1;
    struct sockaddr_in name = {.sin_family = AF_INET,
        .sin_port = htons(address->port),
        .sin_addr.s_addr = htonl(address->ip)};
    int probe = socket(AF_INET, SOCK_STREAM, 0);
    if (probe < 0)
        return errno;
    /* As civetweb does: an address is not taken by connections that are ending. */
    if (setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(probe, (const struct sockaddr *)&name, sizeof name) != 0 ||
        listen(probe, 1) != 0)
        obstacle = errno;
    close(probe);
    return obstacle;
}
