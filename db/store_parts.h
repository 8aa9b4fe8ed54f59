#pragma once
/* store_parts.h: inside a store: its connections, as the files that open it
   (store_open.c) and hand them out (store.c) share them. */
#include "db/store.h"

#include "db/folder.h"
#include "db/room.h"
#include "kiosk/limits.h"

#include <pthread.h>
#include <stdatomic.h>

/* The writer, handed on in the order of asking: a mutex alone would let the intake thread
   take it again and again while a manager's page waits. */
struct writer {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    uint64_t last_ticket;
    uint64_t served;
    struct sql *sql; /* NULL after the disk failed, until it opens again */
    int64_t node;    /* of that connection; 0: writes alone */
};

/* A server that is gone is not asked by every request: after a failure nobody tries for a
   while, which doubles with each. */
struct back_off {
    atomic_llong next_ms;
    atomic_llong pause_ms;
};

struct readers {
    pthread_mutex_t mutex;
    pthread_cond_t given;
    struct sql *idle[READERS_MAX];
    size_t idle_count;
    size_t taken_count;
};

struct store {
    struct folder folder;
    struct writer writer;
    struct readers readers;
    struct room room;
    struct back_off back_off;
    struct code_cache *code_cache;
    enum store_use use;
    bool is_file;
    bool is_cluster;
    bool is_new;
    atomic_llong commits;
    atomic_llong log_bytes;
    atomic_llong emptied_at; /* commits when the log was emptied last; -1: never */
};
