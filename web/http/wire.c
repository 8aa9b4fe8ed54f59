/* wire.c: recv() and send() as civetweb's worker threads call them: watched, and with a
   deadline. See wire.h for the reasons. */
#include "web/http/wire.h"

#include "kiosk/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

/* A form with its head takes some 1.3 KB; what does not fit is received as ever. It
   lies beside the worker's stack and takes from it. */
enum { EARLY_BYTES_MAX = 2048 };

struct wire {
    const char *start; /* of the worker's buffer of HEAD_BYTES_MAX bytes; NULL: unknown */
    size_t len;        /* received into it */
    bool is_new;       /* the next recv goes to the start of the buffer */
    int64_t deadline;  /* milliseconds of the monotonic clock; 0: none */
    bool is_connected; /* this is a worker, and it has a connection … */
    int socket;        /* … of this socket; -1: it has not asked for its bytes yet */
    int timeout_ms;    /* of the connection's socket; 0: it does not block */
    bool has_early;    /* recv's next answer is known: … */
    int early_error;   /* … this failure, if not 0 … */
    size_t early_at;   /* … or these bytes; none: the client has closed */
    size_t early_end;
    char early[EARLY_BYTES_MAX];
};

/* The one thing here that changes: what a worker knows of the connection it serves. */
static _Thread_local struct wire wire = {.socket = -1};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* All but the bytes received early, which count for nothing then. */
static void forget(void)
{
    memset(&wire, 0, offsetof(struct wire, early));
    wire.socket = -1;
}

/* A worker has other sockets too, those of a database's server. */
static bool is_client(int socket)
{
    return wire.is_connected && wire.socket == socket;
}

/* The first socket whose bytes are wanted is the client's: no handler has run then. */
static bool asks_client(int socket)
{
    if (wire.socket < 0)
        wire.socket = socket;
    return is_client(socket);
}

void wire_connection_begins(void)
{
    forget();
    wire.is_new = true;
    wire.is_connected = true;
}

void wire_connection_ends(void)
{
    forget();
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

/* ---- waiting ---- */

/* The C library declares that poll only writes to its first argument, and the compiler
   believes it of ours too: hence another name for the same symbol. */
int wire_poll(struct pollfd *sockets, nfds_t count, int timeout_ms) __asm__("poll");

static int poll_really(struct pollfd *sockets, nfds_t count, int timeout_ms)
{
    struct timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
    return ppoll(sockets, count, timeout_ms < 0 ? NULL : &timeout, NULL);
}

/* recv waits on the socket for so long, and no longer. */
static bool make_wait(int socket, int timeout_ms)
{
    if (wire.timeout_ms == timeout_ms)
        return true;
    struct timeval timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000};
    int flags = fcntl(socket, F_GETFL);
    if (setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout) != 0 ||
        flags < 0 || fcntl(socket, F_SETFL, flags & ~O_NONBLOCK) != 0)
        return false;
    wire.timeout_ms = timeout_ms;
    return true;
}

/* What poll answers for the connection's socket; recv finds out at once why. */
static int receive_early(void)
{
    ssize_t count = recvfrom(wire.socket, wire.early, sizeof wire.early, 0, NULL, NULL);
    if (count < 0 && errno == EAGAIN)
        return 0;
    if (count < 0 && errno == EINTR)
        return -1;
    wire.has_early = true;
    wire.early_error = count < 0 ? errno : 0;
    wire.early_at = 0;
    wire.early_end = count < 0 ? 0 : (size_t)count;
    return 1;
}

/* A worker waits for its client in poll and then calls recv: here the first does the work
   of both, in one call of the kernel. */
int wire_poll(struct pollfd *sockets, nfds_t count, int timeout_ms)
{
    bool waits = count == 1 && timeout_ms > 0 && (sockets->events & POLLIN) != 0;
    if (!waits || !asks_client(sockets->fd) || !make_wait(sockets->fd, timeout_ms))
        return poll_really(sockets, count, timeout_ms);
    int result = wire.has_early ? 1 : receive_early();
    sockets->revents = result > 0 ? POLLIN : 0;
    return result;
}

int wire_socket(void)
{
    bool can_wait = wire.is_connected && wire.timeout_ms > 0 && !wire.has_early;
    return can_wait ? wire.socket : -1;
}

void wire_wait(void)
{
    (void)receive_early(); /* whatever it finds, the next poll tells it */
}

static ssize_t take_early(char *bytes, size_t size)
{
    size_t left = wire.early_end - wire.early_at;
    size_t count = left < size ? left : size;
    if (wire.early_error != 0) {
        errno = wire.early_error;
        wire.has_early = false;
        return -1;
    }
    memcpy(bytes, wire.early + wire.early_at, count);
    wire.early_at += count;
    wire.has_early = count < left;
    return (ssize_t)count;
}

/* ---- receiving and sending ---- */

/* In front of the C library's: recvfrom and sendto without an address are the same. */
ssize_t recv(int socket, void *bytes, size_t size, int flags)
{
    if (!asks_client(socket))
        return recvfrom(socket, bytes, size, flags, NULL, NULL);
    if (wire_is_late()) {
        errno = ETIMEDOUT;
        return -1;
    }
    ssize_t count = wire.has_early ? take_early(bytes, size)
                                   : recvfrom(socket, bytes, size, flags, NULL, NULL);
    if (count > 0)
        watch(bytes, (size_t)count);
    return count;
}

/* The socket may block now; civetweb expects that sending does not. */
ssize_t send(int socket, const void *bytes, size_t size, int flags)
{
    if (!is_client(socket))
        return sendto(socket, bytes, size, flags, NULL, 0);
    if (wire_is_late()) {
        errno = ETIMEDOUT;
        return -1;
    }
    int patience = wire.timeout_ms > 0 ? MSG_DONTWAIT : 0;
    return sendto(socket, bytes, size, flags | patience, NULL, 0);
}
