#pragma once
/* key_file.h: the file with the key under which codes are hashed: 32 bytes, for its owner
   alone. Names are relative to a folder's handle, or AT_FDCWD, or absolute. */
#include "kiosk/code.h"
#include "kiosk/status.h"

/* NOT_FOUND, INVALID (not a key), INTERNAL (errno says why). */
MUST_CHECK enum status key_file_read(int folder, const char *name, struct code_key *out);
/* Puts a key, one that is given or (NULL) a new one, into a new file, on the disk before
   this returns. The file is written whole under another name and then linked: of two
   processes that make it at once one is first, and the other reads that one's key.
   INTERNAL: errno says why. */
MUST_CHECK enum status key_file_make(
    int folder, const char *name, const struct code_key *given, struct code_key *out);
