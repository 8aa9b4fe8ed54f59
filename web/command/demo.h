#pragma once
/* demo.h: what `serve --demo` does besides serving: a folder of its own, the shipped plan
   and made-up answers in it, and addresses to begin with. */
#include "web/command/session.h"

enum { DEMO_FOLDER_BYTES = 4096 };

/* Makes an empty folder under $TMPDIR or /tmp. False after a message. */
bool demo_folder_make(const struct invocation *call, char path[DEMO_FOLDER_BYTES]);
/* Removes it with what a store leaves in it. */
void demo_folder_remove(const char *path);

/* Fills the session's store if it was made just now; does nothing to one that is a
   demonstration already. Anything but OK comes after a message: CONFLICT a real store,
   INVALID a demonstration that was broken off. */
MUST_CHECK enum status demo_prepare(
    const struct invocation *call, struct session *session);

/* Prints where to begin: the phone page and the kiosk with addresses that start with
   base, and where managers sign in; ends says that Ctrl-C removes the store. */
void demo_announce(const struct invocation *call, const struct session *session,
    struct text base, struct text sign_in, bool ends);
