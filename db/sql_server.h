#pragma once
/* sql_server.h: a database on a PostgreSQL server: what is wrong with it, the locks that
   programs on several machines share in it. */
#include "db/sql.h"

#include "kiosk/arena.h"

enum { SERVER_VERSION_MIN = 13 };

enum sql_refusal {
    SQL_REFUSED_NOT,
    SQL_REFUSED_ADDRESS,     /* no address of a server */
    SQL_REFUSED_UNREACHABLE, /* detail: the server's or the system's words */
    SQL_REFUSED_OLD,         /* detail: its version */
    SQL_REFUSED_ENCODING,    /* detail: the database's */
    SQL_REFUSED_READ_ONLY,   /* a standby, or set so */
    SQL_REFUSED_RIGHTS,      /* detail: the schema or table */
    SQL_REFUSED_FOREIGN,     /* another program's tables */
    SQL_REFUSED_ELSE         /* logged */
};

struct sql_why {
    enum sql_refusal refusal;
    char detail[200];
};

/* As sql_open, and says why not. */
MUST_CHECK enum status sql_server_open(
    const char *address, enum sql_use use, struct sql **out, struct sql_why *why);

/* The address as it may be shown: without password and options. In the arena; other
   locations as they are. */
struct text sql_location_name(struct arena *arena, struct text location);
