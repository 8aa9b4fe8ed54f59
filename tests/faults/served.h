#pragma once
/* served.h: a real server over a store of its own, in a process that can be killed and
   whose disk and clock can be made to fail; a crowd that answers over HTTP; and a ledger
   of what the server said to each. */
#include "tests/faults/faults.h"
#include "tests/support/http_client.h"
#include "tests/support/temp_store.h"

#include <pthread.h>
#include <sys/types.h>

enum { SLIPS = 20000, CROWD_MAX = 64 };

enum said {
    SAID_NOTHING,   /* no answer came */
    SAID_THANKS,    /* 303: from now on it must be there, once */
    SAID_TRY_AGAIN, /* 503 */
    SAID_ANOTHER    /* anything else */
};

struct entry {
    struct submission_id id;
    const struct code *code;
    bool has_slip;
    enum said said;
};

struct served {
    struct temp_store *temp; /* its store is closed while the server runs */
    char page_path[60];
    struct faults *faults;
    const char *today; /* MANYI_TODAY of the server; NULL: by its clock */
    pid_t process;     /* 0: none */
    int port;
    struct code poster;
    struct code *slips;

    struct entry *ledger; /* in the order of asking */
    size_t ledger_max;
    atomic_size_t asked;
    atomic_size_t thanked;
    atomic_size_t slip_count;

    pthread_t crowd[CROWD_MAX];
    size_t crowd_size;
    atomic_bool is_over;
};

/* cmocka set-up and tear-down: *state is a struct served without a server. */
int served_set_up(void **state);
int served_tear_down(void **state);

/* True in the long form, `./run faults`. */
bool is_long(void);
/* One of two numbers, by the form. */
int in_form(int in_short, int in_long);
void sleep_ms(int ms);

/* Starts the server, waits for its address. */
void served_start(struct served *served);
/* Sends the signal and waits for the end; the status as waitpid gives it. */
int served_end(struct served *served, int signal_number);

/* Sends the form of an entry on a connection (-1: makes one) and notes what was said. On
   failure the connection is closed and -1. */
void served_ask(struct served *served, int *connection, struct entry *entry);
/* A fresh entry at the ledger's end, by slip or poster; NULL when the ledger is full. */
struct entry *served_next(struct served *served, bool has_slip);

/* So many threads that send fresh forms one after another, half of them by slip, until
   crowd_stop or until the server is gone. */
void crowd_start(struct served *served, size_t size);
void crowd_stop(struct served *served);
/* Waits until so many more were thanked, at most 60 seconds. */
void crowd_wait(struct served *served, size_t more);

/* Sends all that were not thanked once more: each is then. */
void served_send_again(struct served *served);

/* Opens the store (no server runs) and checks that all who were thanked are in it, none
   twice; that spent codes, rows and tallies agree. With all: nobody else is in it. */
void served_check(struct served *served, bool all);
/* How many of those who were thanked are not in the store. */
size_t served_lost(struct served *served);
