#pragma once
/* folder.h: a store's folder on the disk, without the database in it: the key, the lock
   of the serving process, and the queue of those who want to write. Used only by what
   opens, writes or restores a store. */
#include "kiosk/code.h"
#include "kiosk/problems.h"
#include "kiosk/status.h"

struct folder {
    const char *location; /* as given; borrowed, for messages */
    char *path;           /* the folder; freed by folder_close */
    char *database;       /* manyi.db in it; freed by folder_close */
    struct code_key key;
    const struct code_key *given; /* instead of a new one, where a key is made; or NULL */
    int handle;     /* of the folder itself: to sync it, and to queue on; or -1 */
    int serve_lock; /* or -1 */
};

/* Finds the folder and reads its key; with make, makes both (mode 0700 and 0600) and an
   empty database file if they are not there. The key is never made for a database that
   has something in it. Problems hold one sentence on failure, statuses as store_open.
   The caller has set `given` and closes, also after a failure. */
MUST_CHECK enum status folder_open(
    struct folder *folder, const char *location, bool make, struct problems *problems);
void folder_close(struct folder *folder);

/* Takes the lock of the one serving process until folder_close. CONFLICT: taken. */
MUST_CHECK enum status folder_lock_serve(
    struct folder *folder, struct problems *problems);

/* True if a serving process, also of another version of this program, has that lock. */
bool folder_is_served(const struct folder *folder);

/* Queues for the write lock beside other processes, for as long as SQL_PATIENCE_MS.
   SQLite gives its lock to whoever asks at the right moment, and a busy server leaves
   few: who holds the turn is alone in asking. Only fairness hangs on it, so after the
   patience one goes on without. */
void folder_take_turn(const struct folder *folder);
void folder_give_turn(const struct folder *folder);
