/* load_client.c: requests and answers of one connection. Only as much of HTTP as our own
   servers speak: Content-Length, never chunks. */
#include "tests/bench/load_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static bool parse_address(struct text host, struct text port, struct sockaddr_in *out)
{
    char name[INET_ADDRSTRLEN];
    int64_t number;
    if (host.len >= sizeof name || !text_to_number(port, &number) || number < 1 ||
        number > 65535)
        return false;
    memcpy(name, host.ptr, host.len);
    name[host.len] = '\0';
    *out =
        (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)number)};
    return inet_pton(AF_INET, name, &out->sin_addr) == 1 &&
           ntohl(out->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

bool load_target_parse(struct text url, struct load_target *out)
{
    struct text scheme = TEXT("http://");
    if (!text_starts_with(url, scheme))
        return false;
    struct text rest = {url.ptr + scheme.len, url.len - scheme.len};
    const char *colon = rest.len == 0 ? NULL : memchr(rest.ptr, ':', rest.len);
    if (colon == NULL)
        return false;
    const char *end = rest.ptr + rest.len;
    const char *slash = memchr(colon, '/', (size_t)(end - colon));
    const char *port_end = slash == NULL ? end : slash;
    struct load_target target = {
        .host = {rest.ptr, (size_t)(port_end - rest.ptr)},
        .path = slash == NULL ? TEXT("/") : (struct text){slash, (size_t)(end - slash)},
    };
    struct text host = {rest.ptr, (size_t)(colon - rest.ptr)};
    struct text port = {colon + 1, (size_t)(port_end - colon - 1)};
    if (!parse_address(host, port, &target.address))
        return false;
    *out = target;
    return true;
}

bool load_client_connect(struct load_client *client, const struct load_target *target)
{
    const struct sockaddr *address = (const struct sockaddr *)&target->address;
    int one = 1;
    client->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (client->socket < 0)
        return false;
    if (connect(client->socket, address, sizeof target->address) == 0 &&
        setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) == 0 &&
        fcntl(client->socket, F_SETFL, O_NONBLOCK) == 0)
        return true;
    load_client_close(client);
    return false;
}

void load_client_close(struct load_client *client)
{
    if (client->socket >= 0)
        (void)close(client->socket);
    client->socket = -1;
}

bool load_client_send(
    struct load_client *client, const char *request, size_t len, int64_t now_us)
{
    client->sent_at_us = now_us;
    client->received = 0;
    client->expected = 0;
    client->status = 0;
    client->is_closing = false;
    return send(client->socket, request, len, MSG_NOSIGNAL) == (ssize_t)len;
}

/* The value of a header, up to the end of its line; empty without it. */
static struct text header_value(struct text head, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = head.ptr; at != NULL && at < head.ptr + head.len;) {
        const char *line_end = memchr(at, '\r', (size_t)(head.ptr + head.len - at));
        if (line_end == NULL)
            break;
        if ((size_t)(line_end - at) > len && at[len] == ':' &&
            strncasecmp(at, name, len) == 0)
            return text_trim(
                (struct text){at + len + 1, (size_t)(line_end - at) - len - 1});
        at = line_end + 2;
    }
    return (struct text){0};
}

static const char *find_end(const char *bytes, size_t len)
{
    for (size_t i = 0; i + 4 <= len; i++) {
        const char *at = memchr(bytes + i, '\r', len - i);
        if (at == NULL || (size_t)(bytes + len - at) < 4)
            return NULL;
        if (memcmp(at, "\r\n\r\n", 4) == 0)
            return at;
        i = (size_t)(at - bytes);
    }
    return NULL;
}

/* False if it is no head of an answer that says its length. */
static bool read_head(struct load_client *client, struct text head)
{
    int64_t status, length;
    if (head.len < 12 || memcmp(head.ptr, "HTTP/1.1 ", 9) != 0 ||
        !text_to_number((struct text){head.ptr + 9, 3}, &status) ||
        !text_to_number(header_value(head, "Content-Length"), &length))
        return false;
    client->status = (int)status;
    client->expected = head.len + 2 + (size_t)length;
    client->is_closing =
        text_equals_ignoring_case(header_value(head, "Connection"), TEXT("close"));
    return client->expected <= LOAD_ANSWER_MAX;
}

enum load_step load_client_receive(struct load_client *client)
{
    size_t at = client->received;
    ssize_t count = recv(client->socket, client->bytes + at, LOAD_ANSWER_MAX - at, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return LOAD_WAITING;
    if (count <= 0)
        return LOAD_BROKEN;
    client->received += (size_t)count;
    if (client->expected == 0) {
        const char *end = find_end(client->bytes, client->received);
        if (end == NULL)
            return client->received < LOAD_ANSWER_MAX ? LOAD_WAITING : LOAD_BROKEN;
        struct text head = {client->bytes, (size_t)(end - client->bytes) + 2};
        if (!read_head(client, head))
            return LOAD_BROKEN;
    }
    if (client->received < client->expected)
        return LOAD_WAITING;
    return client->received == client->expected ? LOAD_DONE : LOAD_BROKEN;
}
