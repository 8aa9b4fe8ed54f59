#pragma once
/* faults.h: what a test does to the disk and the clock of a server that runs in another
   process: a page of shared memory. The server is the program itself, linked with
   disk.c; it finds the page by the environment. */
#include <stdatomic.h>

#define FAULTS_VARIABLE "MANYI_FAULTS" /* the path of the file with the page */

struct faults {
    /* Set before the server starts: writes of the database and its log stay in memory
       until they are synced, and die with the process. */
    atomic_int is_lossy;
    atomic_int lies; /* with it: a sync says yes and does nothing */

    /* SQLite's codes for each call of that kind on those files; 0: it works. */
    atomic_int read_error;
    atomic_int write_error;
    atomic_int sync_error;
    atomic_int sync_delay_us;

    atomic_llong free_bytes;     /* what the file system says; 0: the truth */
    atomic_llong clock_offset_s; /* added to the time of day */

    atomic_llong syncs; /* counted by the server */
};
