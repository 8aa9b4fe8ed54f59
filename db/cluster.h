#pragma once
/* cluster.h: a store on a PostgreSQL server, but for the tables in it: its address, and
   the key, which lies outside the database in a file of each node's: MANYI_KEY names it,
   else it is the systemd credential manyi-key. Used by store_open.c only. */
#include "db/folder.h"
#include "db/sql.h"

/* Opens the writing connection and reads the key into the folder, whose location becomes
   the address without its password. With make the key is made too, but only for a
   database that has nothing in it. Problems hold one sentence on failure, statuses as
   store_open. The caller closes both, also after a failure. */
MUST_CHECK enum status cluster_open(struct folder *folder, const char *address, bool make,
    struct problems *problems, struct sql **out);

/* Keeps a check value of the key in the database, or compares the key with it: codes that
   one node makes must be known by the others. INVALID: it is another key; problems say
   so.
 */
MUST_CHECK enum status cluster_check_key(
    const struct folder *folder, struct sql *writer, struct problems *problems);
