/* operator.c: rules for names and passwords of operators. */
#include "kiosk/operator.h"

#include "kiosk/language.h"
#include "kiosk/limits.h"

#include <string.h>

/* most is what {1} of the message says. */
static enum status refuse(
    struct problems *problems, struct text field, const char *message, int most)
{
    problems_add(problems, (struct problem){
                               .field = field,
                               .message = message,
                               .argument = {text_format(problems->arena, "%d", most)},
                           });
    return STATUS_INVALID;
}

enum status operator_name_check(struct arena *arena, struct text typed, struct text field,
    struct problems *problems, struct operator_name *out)
{
    struct operator_name name = {.shown = {0}};
    bool is_full = false;
    if (!text_clean(arena, typed, &name.shown, &is_full))
        return is_full
                   ? STATUS_NO_MEMORY
                   : refuse(problems, field,
                         N_("That name has characters that can't be kept. Please type "
                            "it again."),
                         0);
    if (name.shown.len > 0 && (memchr(name.shown.ptr, '\n', name.shown.len) != NULL ||
                                  memchr(name.shown.ptr, '\t', name.shown.len) != NULL))
        return refuse(
            problems, field, N_("A name is one line. Please type it again."), 0);
    if (!text_fold(arena, name.shown, &name.folded))
        return STATUS_NO_MEMORY;
    if (name.folded.len == 0)
        return refuse(problems, field, N_("Please type a name."), 0);
    if (text_count_characters(name.shown) > OPERATOR_NAME_CHARACTERS_MAX ||
        name.shown.len > OPERATOR_NAME_BYTES_MAX ||
        name.folded.len > OPERATOR_NAME_BYTES_MAX)
        return refuse(problems, field,
            N_("That name is too long. Please use at most {1} characters."),
            OPERATOR_NAME_CHARACTERS_MAX);
    *out = name;
    return STATUS_OK;
}

bool password_clean(struct arena *arena, struct text typed, struct text *out)
{
    bool is_full;
    return text_clean(arena, typed, out, &is_full);
}

/* The commonest of at least PASSWORD_CHARACTERS_MIN characters, in lower case. */
static bool is_common(struct text folded)
{
    static const char *const common[] = {"0123456789", "0987654321", "1020304050",
        "1029384756", "11223344556677889900", "1122334455", "1212121212", "1231231231",
        "123123123123", "1234512345", "12345678900", "1234567890", "12345678910",
        "1234567891", "123456789a", "123456789q", "1234567890a", "1234567890q",
        "1357924680", "147258369a", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc",
        "5201314520", "5845201314", "7894561230", "9876543210", "a123456789",
        "a1234567890", "aa123456789", "abc1234567", "abc123456789", "abcd123456",
        "abcd1234567", "abcd12345678", "abcdefghij", "abcdefghijk", "admin12345",
        "admin123456", "administrator", "asdfghjkl;", "asdfghjkl123", "changeme123",
        "iloveyou12", "iloveyou123", "letmein123", "manyimanyi", "manyi12345",
        "manyi123456", "p@ssw0rd123", "password10", "password12", "password123",
        "password1234", "password12345", "q123456789", "q1w2e3r4t5", "q1w2e3r4t5y6",
        "qazwsxedcrfv", "qq123456789", "qwer123456", "qwer12345678", "qwerty1234",
        "qwerty12345", "qwerty123456", "qwertyuiop", "qwertyuiop[]", "welcome123",
        "woaini1314", "woaini1314520", "woaini520520", "woaini521521", "zaq12wsxcde3",
        "zxcvbnm123", "zxcvbnm,./"};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (text_equals(folded, text_of(common[i])))
            return true;
    return false;
}

/* "aaaaaaaaaa", "满满满满满满满满满满". */
static bool is_one_character(struct text folded)
{
    size_t first = 1;
    while (first < folded.len && ((unsigned char)folded.ptr[first] & 0xc0) == 0x80)
        first++;
    for (size_t i = first; i < folded.len; i++)
        if (folded.ptr[i] != folded.ptr[i - first])
            return false;
    return true;
}

enum status password_check(struct arena *arena, struct text typed,
    const struct operator_name *name, struct text field, struct problems *problems,
    struct text *out)
{
    struct text clean = {0};
    struct text folded = {0};
    if (!password_clean(arena, typed, &clean))
        return refuse(problems, field,
            N_("That password has characters that can't be kept. Please type it again."),
            0);
    int64_t count = text_count_characters(clean);
    if (count < PASSWORD_CHARACTERS_MIN)
        return refuse(problems, field,
            N_("That password is too short. Please use at least {1} characters."),
            PASSWORD_CHARACTERS_MIN);
    if (count > PASSWORD_CHARACTERS_MAX)
        return refuse(problems, field,
            N_("That password is too long. Please use at most {1} characters."),
            PASSWORD_CHARACTERS_MAX);
    if (!text_fold(arena, clean, &folded))
        return STATUS_NO_MEMORY;
    if (text_equals(folded, name->folded))
        return refuse(problems, field,
            N_("The password can't be your name. Please choose another."), 0);
    if (is_common(folded) || is_one_character(folded))
        return refuse(problems, field,
            N_("Too many people use that password; it is tried first. Please choose "
               "another."),
            0);
    *out = clean;
    return STATUS_OK;
}
