/* body.c: bodies with a deadline. mg_read returns what it has when the wire's deadline
   makes recv fail; by itself it goes on as long as a byte comes every three seconds. */
#include "web/http/body.h"

#include "kiosk/limits.h"
#include "web/http/wire.h"

#include <civetweb.h>

static enum body_result read_all(
    struct mg_connection *connection, char *bytes, size_t length)
{
    size_t have = 0;
    while (have < length) {
        int count = mg_read(connection, bytes + have, length - have);
        if (count > 0)
            have += (size_t)count;
        else if (wire_is_late())
            return BODY_LATE;
        else if (count < 0)
            return BODY_GONE;
        /* 0: silent for a while, but not yet too long */
    }
    return BODY_WHOLE;
}

enum body_result body_read(struct mg_connection *connection, struct arena *arena,
    size_t length, struct text *out)
{
    char *bytes = arena_take(arena, length);
    if (bytes == NULL)
        return BODY_TOO_LARGE_FOR_ARENA;
    wire_set_deadline(BODY_DEADLINE_MS);
    enum body_result result = read_all(connection, bytes, length);
    wire_set_deadline(0);
    *out = (struct text){bytes, length};
    return result;
}

void body_discard(struct mg_connection *connection)
{
    char bytes[4096];
    size_t seen = 0;
    wire_set_deadline(DISCARD_DEADLINE_MS);
    while (seen < DISCARD_BYTES_MAX && !wire_is_late()) {
        int count = mg_read(connection, bytes, sizeof bytes);
        if (count <= 0)
            break;
        seen += (size_t)count;
    }
    wire_set_deadline(0);
}
