/* client.c: a connection for one request; its end is the answer's end. */
#include "web/http/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int open_connection(uint32_t ip, uint16_t port)
{
    const struct timeval patience = {.tv_sec = CLIENT_SECONDS};
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(ip)};
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client < 0)
        return -1;
    bool is_open =
        setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0 &&
        setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) == 0 &&
        connect(client, (const struct sockaddr *)&address, sizeof address) == 0;
    if (is_open)
        return client;
    (void)close(client);
    return -1;
}

static struct text request_of(
    struct arena *arena, uint16_t port, struct text path, const struct text *form)
{
    if (form == NULL)
        return text_format(arena,
            "GET %.*s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n",
            TEXT_ARG(path), port);
    return text_format(arena,
        "POST %.*s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n"
        "%.*s",
        TEXT_ARG(path), port, form->len, TEXT_ARG(*form));
}

static bool send_all(int client, struct text bytes)
{
    size_t sent = 0;
    while (sent < bytes.len) {
        ssize_t now = send(client, bytes.ptr + sent, bytes.len - sent, MSG_NOSIGNAL);
        if (now <= 0)
            return false;
        sent += (size_t)now;
    }
    return true;
}

/* Until the server closes; false if it does not, or says too much. */
static bool read_all(int client, char *bytes, size_t *len)
{
    ssize_t got = 1;
    *len = 0;
    while (*len < CLIENT_ANSWER_MAX && got > 0) {
        got = recv(client, bytes + *len, CLIENT_ANSWER_MAX - *len, 0);
        if (got > 0)
            *len += (size_t)got;
    }
    return got == 0;
}

static struct text header_of(struct text head, const char *name)
{
    const char *at = strstr(head.ptr, name);
    if (at == NULL)
        return (struct text){0};
    at += strlen(name);
    return (struct text){at, strcspn(at, "\r\n")};
}

/* bytes are terminated. False: it is no answer. */
static bool parse(char *bytes, size_t len, struct client_answer *out)
{
    static const char version[] = "HTTP/1.1 ";
    char *head_end = strstr(bytes, "\r\n\r\n");
    if (strncmp(bytes, version, sizeof version - 1) != 0 || head_end == NULL)
        return false;
    int64_t status = 0;
    struct text number = {bytes + sizeof version - 1, 3};
    if (!text_to_number(number, &status))
        return false;
    *head_end = '\0';
    const char *body = head_end + 4;
    *out = (struct client_answer){.status = (int)status,
        .location =
            header_of((struct text){bytes, (size_t)(head_end - bytes)}, "\r\nLocation: "),
        .body = {body, len - (size_t)(body - bytes)}};
    return true;
}

static enum status exchange(
    int client, struct text request, char *bytes, struct client_answer *out)
{
    size_t len = 0;
    if (!send_all(client, request) || !read_all(client, bytes, &len))
        return STATUS_BUSY;
    bytes[len] = '\0';
    return parse(bytes, len, out) ? STATUS_OK : STATUS_BUSY;
}

enum status client_ask(struct arena *arena, uint32_t ip, uint16_t port, struct text path,
    const struct text *form, struct client_answer *out)
{
    struct text request = request_of(arena, port, path, form);
    char *bytes = arena_take(arena, CLIENT_ANSWER_MAX + 1);
    if (request.ptr == NULL || bytes == NULL)
        return STATUS_NO_MEMORY;
    int client = open_connection(ip, port);
    if (client < 0)
        return STATUS_BUSY;
    enum status rc = exchange(client, request, bytes, out);
    (void)close(client);
    return rc;
}
