/* promise.c: the answer's bytes lie in the worker's seat; another thread sends them while
   the worker stands in recv. Waking it early means ending its input. */
#include "web/http/promise.h"

#include "web/http/promising.h"
#include "web/http/send.h"
#include "web/http/wire.h"

#include <sys/socket.h>

struct promise *promise_make(
    const struct request *request, const struct response *response)
{
    struct promise *promise = request->promise;
    if (promise == NULL || !promise->is_possible)
        return NULL;
    promise->socket = wire_socket();
    promise->len = response_format(response, promise->seat);
    if (promise->socket < 0 || promise->len == 0)
        return NULL;
    atomic_store(&promise->state, PROMISE_MADE);
    return promise;
}

void promise_wait(struct promise *promise)
{
    (void)promise;
    wire_wait();
}

void promise_keep(struct promise *promise)
{
    ssize_t sent = sendto(promise->socket, promise->seat->head, promise->len,
        MSG_NOSIGNAL | MSG_DONTWAIT, NULL, 0);
    if (sent != (ssize_t)promise->len) {
        promise_break_off(promise); /* a client that takes no answers */
        return;
    }
    atomic_store(&promise->state, PROMISE_KEPT);
    atomic_fetch_sub(promise->in_flight, 1);
}

void promise_break_off(struct promise *promise)
{
    atomic_store(&promise->state, PROMISE_BROKEN);
    (void)shutdown(promise->socket, SHUT_RD);
}
