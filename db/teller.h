#pragma once
/* teller.h: tells those who wait for the intake how it ended, on a thread of its own: an
   answer costs a call of the kernel, and the writer has the next batch to write. */
#include "db/batch.h"

#include <semaphore.h>

/* Somebody who waits, on its thread's stack: in the queue, then with the writer, then
   with the teller; after its semaphore was posted nobody but its own thread may touch it.
 */
struct waiter {
    struct batch_item item;
    struct seal_part part; /* the item's: worked out on the thread that waits */
    struct waiter
        *next; /* in the queue, in the teller's list, then in a chain of waking */
    sem_t wake;
};

struct teller;

/* Starts the thread. The caller closes. */
MUST_CHECK enum status teller_open(struct teller **out);
/* Tells whoever was handed over, then ends the thread. Accepts NULL. */
void teller_close(struct teller *teller);

/* Tells a list of answered waiters, count of them, linked by next: a handful here and
   now, since handing over would take as long, more on the teller's thread. */
void teller_tell(struct teller *teller, struct waiter *first, size_t count);

/* By whoever was woken: wakes the next of its chain. */
void teller_pass_on(struct waiter *waiter);
