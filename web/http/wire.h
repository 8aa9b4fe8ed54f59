#pragma once
/* wire.h: what civetweb neither tells nor bounds about a connection's bytes. wire.c
   stands in front of the C library's poll(), recv() and send() for the whole program and
   passes each call on unchanged, unless a worker thread makes it for its client's socket:
   then a deadline may hold, the bytes received into civetweb's own buffer are watched,
   and poll() receives at once what the recv() after it takes: one call of the kernel
   instead of two (measured: 1.3 us of the 21 us that a page costs).

   Why: a request that begins with blank lines makes civetweb 1.15 parse past what was
   received, into what the worker's previous client sent. Only the place where the
   worker's buffer begins tells such a request from a sound one, and civetweb does not
   give it. Its time limits begin anew with every byte.

   All state belongs to the calling thread. A program into which the linker did not put
   wire.c in front sees no buffer, and the gate then refuses every request. */
#include "kiosk/text.h"

/* A connection begins in this worker: the socket that it next asks for bytes is the
   client's, and they go to the start of the buffer. */
void wire_connection_begins(void);
/* The connection is over: nothing is known any more, no deadline holds. */
void wire_connection_ends(void);

/* The worker's buffer, from its first byte to the end of the last bytes received into it;
   ptr NULL if that is unknown. Of a request that came in one packet with the one before
   it, more may seem to be there than is left; never more than the buffer holds. */
struct text wire_received(void);

/* The worker's connection, -1 if it can't be waited for: its client has sent more
   already, or there is none. */
int wire_socket(void);
/* Waits for the client's next bytes, some seconds at most; the next recv takes them. Only
   where wire_socket gave one. */
void wire_wait(void);

/* So many milliseconds from now, this thread's recv and send for its client begin to fail
   with ETIMEDOUT; 0 lifts the deadline. */
void wire_set_deadline(int milliseconds);
/* True if a deadline is set and has passed. */
bool wire_is_late(void);
