#pragma once
/* sql_file.h: a database as a whole file: copied while it is in use, checked to the last
   page, laid to rest. Each call has connections of its own, so that it may take long
   beside the store's. */
#include "kiosk/status.h"
#include "kiosk/text.h"

/* Copies the database, as of one moment, into the file at `to`, which must be there and
   empty, in one step: a copy by pieces never ends while others write. The copy needs no
   file beside it; syncing it is the caller's. INTERNAL, logged: one of them can't be read
   or written. */
MUST_CHECK enum status sql_file_copy(const char *from, const char *to);

/* Reads every page and index. INVALID: it is damaged, or no database. */
MUST_CHECK enum status sql_file_check(const char *path);

/* Copies the log into the database and removes it. BUSY: somebody has it open. INVALID:
   it is too damaged for that. */
MUST_CHECK enum status sql_file_settle(const char *path);
