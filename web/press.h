#pragma once
/* press.h: prints for server threads, whose stacks are too small for drawing: one print
   at a time on a thread of its own with an ordinary stack, while the server's waits. */
#include "kiosk/status.h"

struct press;

typedef enum status (*press_work_fn)(void *work);

MUST_CHECK enum status press_open(struct press **out);
/* Nobody may wait in press_run any more. Accepts NULL. */
void press_close(struct press *press);

/* Runs the work and returns what it returned. BUSY: PRESS_QUEUE_MAX wait already, or
   there is no thread to be had. */
MUST_CHECK enum status press_run(struct press *press, press_work_fn run, void *work);
