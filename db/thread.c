/* thread.c: Linux's own word for it. */
#include "db/thread.h"

#include <sched.h>

void thread_give_way(void)
{
    const struct sched_param none = {0};
    int ignored = sched_setscheduler(0, SCHED_BATCH, &none);
    (void)ignored; /* as fast as before, then */
}

void thread_pass_on(void)
{
    (void)sched_yield();
}
