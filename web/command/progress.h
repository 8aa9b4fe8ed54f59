#pragma once
/* progress.h: a bar on stderr for what takes longer than a second, drawn over itself, and
   only on a terminal: whoever reads stderr as a program gets messages and nothing else.
 */
#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool is_terminal;
    bool is_drawn;
    int64_t next_ms; /* when it may be drawn next, by the clock that never jumps */
};

void progress_begin(struct progress *progress);
/* Draws how much is done, if it is time. The first parameter is a struct progress, so
   that this fits where work reports how far it is. */
void progress_show(void *progress, int64_t done, int64_t total);
/* Ends the bar's line, so that messages begin on one of their own. */
void progress_end(struct progress *progress);
