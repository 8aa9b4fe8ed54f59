#pragma once
/* qr.h: the QR symbol of an address, as modules; how it is drawn is the faces' business.
   The only file that knows libqrencode. */
#include "kiosk/code.h"

struct qr {
    unsigned size; /* modules a side, without the quiet zone: 21, 25, 29 … */
    const unsigned char *modules; /* size × size, row by row; 1 is dark */
};

enum { QR_QUIET_MODULES = 4 }; /* of light around the symbol, for whoever draws it */

/* The address that symbols carry for a code under the public address: the scheme in lower
   case (some scanners take HTTPS:// for text), host and code in upper case, which the
   symbol's alphanumeric mode makes smaller. A path in the public address stays as it is.
   In the arena; ptr NULL when full. */
struct text qr_address(
    struct arena *arena, struct text public_url, const struct code *code);

/* The symbol with error correction M (15 %), in the arena; the same for the same content.
   TOO_LARGE: no symbol holds it; INVALID: empty or with a NUL; NO_MEMORY. */
MUST_CHECK enum status qr_make(struct arena *arena, struct text content, struct qr *out);
