#pragma once
/* operator.h: what somebody who may see the console (工作人员) may be called, and choose
   as a password. Hashing and keeping are elsewhere. */
#include "kiosk/problems.h"
#include "kiosk/status.h"

/* What an operator may do is a bitmask, so that duties can be told apart later; until
   then everybody has them all. */
#define DUTIES_ALL ((int64_t)0x7fffffff)

/* A name as it is kept and shown, and as it is compared: two operators may not differ in
   case, width or blanks alone. */
struct operator_name {
    struct text shown;
    struct text folded;
};

/* INVALID, with a problem for that field: empty, over OPERATOR_NAME_CHARACTERS_MAX, more
   than one line, or characters that no name has. NO_MEMORY: the arena is full. *out lives
   in the arena. */
MUST_CHECK enum status operator_name_check(struct arena *arena, struct text typed,
    struct text field, struct problems *problems, struct operator_name *out);

/* A password as it is hashed: NFC, without blanks at its ends (they come from copying).
   False for what can be none. In the arena. */
bool password_clean(struct arena *arena, struct text typed, struct text *out);

/* A new password, for the operator of that name: PASSWORD_CHARACTERS_MIN to _MAX
   characters, not the name, not one of the commonest, not one character again and again;
   no rule of composition. INVALID, with a problem for that field. *out lives in the
   arena.
 */
MUST_CHECK enum status password_check(struct arena *arena, struct text typed,
    const struct operator_name *name, struct text field, struct problems *problems,
    struct text *out);
