#pragma once
/* password.h: hashes passwords (argon2id, 64 MiB each) on PASSWORDS_AT_ONCE threads of
   its own, whose stacks and memory a request thread does not have. At most
   PASSWORD_QUEUE_MAX calls wait; more are asked to come back. A thread that calls waits
   for its turn and the hash, a quarter of a second each. */
#include "kiosk/status.h"
#include "kiosk/text.h"

struct passwords;

enum { PASSWORD_HASH_LETTERS = 127 };

/* Starts the threads. */
MUST_CHECK enum status passwords_open(struct passwords **out);
/* Lets the calls under way finish. Accepts NULL. */
void passwords_close(struct passwords *passwords);

/* The text to keep for a password, terminated. BUSY: too many wait. NO_MEMORY: the system
   has no 64 MiB. */
MUST_CHECK enum status password_hash(struct passwords *passwords, struct text password,
    char out[PASSWORD_HASH_LETTERS + 1]);

/* OK: it is the password that was hashed. INVALID: it is not, or hash is empty, as for a
   name that nobody has: that takes as long. Else as above. */
MUST_CHECK enum status password_verify(
    struct passwords *passwords, struct text password, struct text hash);
