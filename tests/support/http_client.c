/* http_client.c: raw sockets for tests. */
#include "tests/support/http_client.h"

#include "tests/support/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int http_connect(int port)
{
    int client = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    assert_true(client >= 0);
    assert_int_equal(
        connect(client, (const struct sockaddr *)&address, sizeof address), 0);
    return client;
}

bool http_send(int client, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(client, bytes, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        len -= (size_t)sent;
    }
    return true;
}

bool http_send_string(int client, const char *bytes)
{
    return http_send(client, bytes, strlen(bytes));
}

/* Reads once; false when the connection is closed or the time is over. */
static bool read_more(int client, struct http_answer *answer, int64_t until)
{
    int64_t left = until - now_ms();
    struct pollfd ready = {.fd = client, .events = POLLIN};
    if (left <= 0 || answer->len >= HTTP_ANSWER_MAX || poll(&ready, 1, (int)left) <= 0)
        return false;
    ssize_t count =
        recv(client, answer->bytes + answer->len, HTTP_ANSWER_MAX - answer->len, 0);
    answer->is_closed = count <= 0;
    if (count <= 0)
        return false;
    answer->len += (size_t)count;
    return true;
}

void http_clear(struct http_answer *answer)
{
    answer->len = 0;
    answer->body = (struct text){0};
}

static const char *find_head_end(const struct http_answer *answer)
{
    for (size_t i = 0; i + 4 <= answer->len; i++)
        if (memcmp(answer->bytes + i, "\r\n\r\n", 4) == 0)
            return answer->bytes + i + 4;
    return NULL;
}

/* Bytes behind the answer read last, moved to the front. */
static void keep_rest(struct http_answer *answer)
{
    size_t used = answer->body.ptr == NULL
                      ? 0
                      : (size_t)(answer->body.ptr + answer->body.len - answer->bytes);
    answer->len = used > answer->len ? 0 : answer->len - used;
    memmove(answer->bytes, answer->bytes + used, answer->len);
}

void http_read(int client, struct http_answer *answer, bool is_head, int timeout_ms)
{
    int64_t until = now_ms() + timeout_ms;
    const char *head_end;
    keep_rest(answer);
    answer->status = 0;
    answer->head[0] = '\0';
    answer->body = (struct text){0};
    answer->is_closed = false;
    while ((head_end = find_head_end(answer)) == NULL)
        if (!read_more(client, answer, until))
            return;

    size_t head_len = (size_t)(head_end - answer->bytes);
    assert_true(head_len < sizeof answer->head);
    memcpy(answer->head, answer->bytes, head_len);
    answer->head[head_len] = '\0';
    if (memcmp(answer->head, "HTTP/1.", 7) == 0)
        answer->status = (int)strtol(answer->head + 9, NULL, 10);
    struct text length = http_header(answer, "Content-Length");
    int64_t body_len = 0;
    if (!is_head && length.len > 0)
        assert_true(text_to_number(length, &body_len));
    while (answer->len < head_len + (size_t)body_len)
        if (!read_more(client, answer, until))
            break;
    size_t have = answer->len - head_len;
    answer->body = (struct text){
        answer->bytes + head_len, have < (size_t)body_len ? have : (size_t)body_len};
}

void http_exchange(int port, const char *bytes, struct http_answer *answer)
{
    int client = http_connect(port);
    http_clear(answer);
    http_send_string(client, bytes);
    http_read(client, answer, strncmp(bytes, "HEAD ", 5) == 0, 8000);
    close(client);
}

struct text http_header(const struct http_answer *answer, const char *name)
{
    size_t name_len = strlen(name);
    const char *line = strstr(answer->head, "\r\n");
    while (line != NULL && line[2] != '\r' && line[2] != '\0') {
        line += 2;
        const char *end = strstr(line, "\r\n");
        if (end == NULL)
            break;
        if (strncasecmp(line, name, name_len) == 0 && line[name_len] == ':')
            return text_trim(
                (struct text){line + name_len + 1, (size_t)(end - line) - name_len - 1});
        line = end;
    }
    return (struct text){0};
}

bool http_is_closed(int client, int timeout_ms)
{
    int64_t until = now_ms() + timeout_ms;
    char rest[4096];
    struct pollfd ready = {.fd = client, .events = POLLIN};
    while (now_ms() < until)
        if (poll(&ready, 1, (int)(until - now_ms())) > 0 &&
            recv(client, rest, sizeof rest, 0) <= 0)
            return true;
    return false;
}
