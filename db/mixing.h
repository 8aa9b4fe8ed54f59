#pragma once
/* mixing.h: takes out of the store's bytes what a commit put there beside its rows: which
   code was spent, and which comment came, with which submission. Submissions and comments
   that lie where they came are settled among the others, then codes and comments are
   rewritten in the order of their keys, in transactions of their own, so that where they
   lie tells nothing but what they are; then the write-ahead log is emptied. Promised is
   no more than that: who had copies of the files from between two mixings can still see
   the group that came between them, which is why a mixing waits for k codes. */
#include "db/plans.h"

struct mixing; /* used by one thread */

/* NULL without memory. The store and the plans must outlive it; the caller closes. */
struct mixing *mixing_new(struct store *store, const struct plans *plans);
void mixing_free(struct mixing *mixing); /* accepts NULL */

/* Mixes if k new codes were spent since the last time (k of the plan in force), or as
   many comments came without codes, or whatever came once a wave is over; settles
   submissions of a file each time, however few; then empties the log, also where nothing
   was due. A step takes about half a second, in which others
   write and read as well; *more: the next step goes on from here. BUSY: somebody still
   reads the log, or the store can't write now; the next step tries again. CONFLICT or
   INTERNAL at the end: all is mixed but rows that somebody put there past the program
   and that can't be settled, and those that came after them; verify names them. */
MUST_CHECK enum status mixing_step(struct mixing *mixing, day_t today, bool *more);
