/* status.c: words for the results of status.h. */
#include "kiosk/status.h"

const char *status_words(enum status status)
{
    static const char *const words[STATUS_COUNT] = {
#define X(name, text) [STATUS_##name] = (text),
        STATUS_LIST(X)
#undef X
    };

    return status >= 0 && status < STATUS_COUNT ? words[status] : "unknown status";
}
