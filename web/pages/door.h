#pragma once
/* door.h: what stands behind a code in an address on this day: found, looked up in the
 * plan, decided. */
#include "db/codes.h"
#include "db/plans.h"
#include "web/http/request.h"

struct door {
    enum admission admission;
    struct code_grant grant;            /* if a code was found */
    const struct plan_version *version; /* NULL if the code is unknown */
    struct admitted admitted;
    const struct plan_questionnaire *questionnaire; /* NULL if unknown */
    const struct plan_centre *menu; /* a centre's own code: what it shows; else NULL */
    struct text proof; /* of a rotating code: that its form was handed out in time, for
                          the addresses of the page; else empty */
    bool is_trial;     /* of the self-test: whatever is sent is taken back */
    day_t today;
};

/* True if the page is on the centre's tablet, not on somebody's phone. */
bool door_is_on_tablet(const struct door *door);

/* Looks at the code in the request's path. An unknown code is ADMISSION_UNKNOWN, not an
   error. BUSY or INTERNAL when the store can't be asked. */
MUST_CHECK enum status door_open(const struct request *request, struct door *out);
