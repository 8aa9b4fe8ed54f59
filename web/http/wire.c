/* wire.c: recv() and send() as civetweb's worker threads call them: watched, and with a
   deadline. See wire.h for the reasons. */
#include "web/http/wire.h"

#include "kiosk/limits.h"

#include <errno.h>
#include <sys/socket.h>
#include <time.h>

struct wire {
    const char *start; /* of the worker's buffer of HEAD_BYTES_MAX bytes; NULL: unknown */
    size_t len;        /* received into it */
    bool is_new;       /* the next recv goes to the start of the buffer */
    int64_t deadline;  /* milliseconds of the monotonic clock; 0: none */
};

/* The one thing here that changes: what a worker knows of the connection it serves. */
static _Thread_local struct wire wire;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void wire_connection_begins(void)
{
    wire = (struct wire){.is_new = true};
}

void wire_connection_ends(void)
{
    wire = (struct wire){0};
}

struct text wire_received(void)
{
    return (struct text){wire.start, wire.len};
}

void wire_set_deadline(int milliseconds)
{
    wire.deadline = milliseconds == 0 ? 0 : now_ms() + milliseconds;
}

bool wire_is_late(void)
{
    return wire.deadline != 0 && now_ms() >= wire.deadline;
}

/* Remembers bytes received into the worker's buffer; a body goes elsewhere. */
static void watch(const char *bytes, size_t count)
{
    if (wire.is_new) {
        wire.start = bytes;
        wire.is_new = false;
    }
    if (wire.start == NULL || bytes < wire.start)
        return;
    size_t end = (size_t)(bytes - wire.start) + count;
    if (end <= HEAD_BYTES_MAX)
        wire.len = end;
}

/* In front of the C library's: recvfrom and sendto without an address are the same. */
ssize_t recv(int socket, void *bytes, size_t size, int flags)
{
    if (wire_is_late()) {
        errno = ETIMEDOUT;
        return -1;
    }
    ssize_t count = recvfrom(socket, bytes, size, flags, NULL, NULL);
    if (count > 0)
        watch(bytes, (size_t)count);
    return count;
}

ssize_t send(int socket, const void *bytes, size_t size, int flags)
{
    if (wire_is_late()) {
        errno = ETIMEDOUT;
        return -1;
    }
    return sendto(socket, bytes, size, flags, NULL, 0);
}
