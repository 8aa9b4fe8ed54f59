#pragma once
/* shown.h: when a form was handed out, as a stamp in the form itself: the server keeps
   nothing of it. A stamp is good for the one submission that it was made with, and only
   the holder of the store's key can make one. */
#include "kiosk/code.h"
#include "kiosk/submission.h"

enum {
    SHOWN_LETTERS =
        24, /* the second in eight hexadecimal digits, then 64 bits under the key */
};
/* The name of its field; no item can have it. */
#define SHOWN_FIELD "shown_at"

/* second: of the epoch, until 2106. */
void shown_format(const struct code_key *key, const struct submission_id *id,
    int64_t second, char out[SHOWN_LETTERS + 1]);
/* False for anything but a stamp of this submission under this key; *second is then left
   as it was. */
bool shown_parse(const struct code_key *key, const struct submission_id *id,
    struct text stamp, int64_t *second);
