#pragma once
/* client.h: asks a server of this machine one thing and reads the whole answer: for the
   self-test, which answers as a phone would. */
#include "kiosk/arena.h"
#include "kiosk/status.h"
#include "kiosk/text.h"

#include <stdint.h>

enum { CLIENT_ANSWER_MAX = 262144, CLIENT_SECONDS = 5 };

struct client_answer {
    int status;           /* 200 … */
    struct text location; /* of a 303; else empty */
    struct text body;
};

/* GET, or POST where form is not NULL (an encoded body), of a path at ip (host order) and
   port. The answer is in the arena. BUSY: nobody listens there, or no whole answer came
   within CLIENT_SECONDS of silence or CLIENT_ANSWER_MAX bytes. NO_MEMORY. */
MUST_CHECK enum status client_ask(struct arena *arena, uint32_t ip, uint16_t port,
    struct text path, const struct text *form, struct client_answer *out);
