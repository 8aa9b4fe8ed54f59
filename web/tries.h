#pragma once
/* tries.h: remembers tries to sign in, so that a name waits after SIGNIN_TRIES_MAX wrong
   ones in SIGNIN_TRIES_MINUTES, whoever made them and from wherever: a hall shares one
   address. Other names are not held up. Nothing is written to the disk, and no name is
   kept, only what it hashes to. */
#include "kiosk/calendar.h"
#include "kiosk/status.h"

struct tries;

MUST_CHECK enum status tries_open(struct tries **out);
void tries_close(struct tries *tries); /* accepts NULL */

/* Before the password is looked at: counts a try for the name, as folded. 0: go on; else
   how many minutes the name has to wait, and nothing was counted. */
int tries_begin(struct tries *tries, struct text folded, minute_t now);
/* The password was right: the name's tries are forgotten. */
void tries_forget(struct tries *tries, struct text folded);
/* It could not be looked at: the last try is not held against the name. */
void tries_take_back(struct tries *tries, struct text folded);
