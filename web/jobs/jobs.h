#pragma once
/* jobs.h: what a serving process does by itself, now and then: one table, one thread. */
#include "kiosk/status.h"

struct app;
struct jobs;

/* Starts the thread. app must outlive it. */
MUST_CHECK enum status jobs_open(struct app *app, struct jobs **out);
/* Lets the job under way finish, then ends the thread. Accepts NULL. */
void jobs_close(struct jobs *jobs);
