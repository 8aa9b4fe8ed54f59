#pragma once
/* thread.h: how a thread takes the processor. */

/* From now on the calling thread, when it is woken, does not take the processor from
   whoever runs: it waits for its turn, at most the few milliseconds of the others' turns
   (SCHED_BATCH). For threads that are woken once for each request of a crowd: what they
   wait for comes in one go then, without two switches for each. If the system refuses,
   nothing changes. */
void thread_give_way(void);
/* Lets those run first who wait for the processor now. */
void thread_pass_on(void);
