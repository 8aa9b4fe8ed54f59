/* submission.c: words and ids of a submission. Checking is in submission_check.c, reading
   answers back in answers.c. */
#include "kiosk/submission.h"

#include <string.h>

static const struct text channel_words[CHANNEL_COUNT] = {
    [CHANNEL_KIOSK] = {"kiosk", 5},
    [CHANNEL_POSTER] = {"poster", 6},
    [CHANNEL_SLIP] = {"slip", 4},
    [CHANNEL_LINK] = {"link", 4},
    [CHANNEL_PAPER] = {"paper", 5},
    [CHANNEL_PHONE] = {"phone", 5},
};

static const struct text mode_words[MODE_COUNT] = {
    [MODE_SELF] = {"self", 4},
    [MODE_ASSISTED] = {"assisted", 8},
};

struct text channel_word(enum channel channel)
{
    return channel_words[channel];
}

struct text mode_word(enum mode mode)
{
    return mode_words[mode];
}

bool channel_parse(struct text word, enum channel *out)
{
    for (int i = 0; i < CHANNEL_COUNT; i++) {
        if (text_equals(word, channel_words[i])) {
            *out = (enum channel)i;
            return true;
        }
    }
    return false;
}

bool mode_parse(struct text word, enum mode *out)
{
    for (int i = 0; i < MODE_COUNT; i++) {
        if (text_equals(word, mode_words[i])) {
            *out = (enum mode)i;
            return true;
        }
    }
    return false;
}

/* RFC 9562: the version stands in the high bits of byte 6, the variant in those of
 * byte 8. */
struct submission_id submission_id_make(
    day_t period, const unsigned char random[SUBMISSION_RANDOM_BYTES])
{
    struct submission_id id;
    memcpy(id.bytes, random, sizeof id.bytes);
    uint32_t days = (uint32_t)period; /* two's complement for days before 1970 */
    for (unsigned i = 0; i < 4; i++)
        id.bytes[i] = (unsigned char)(days >> (24 - 8 * i));
    id.bytes[6] = (unsigned char)(0x80 | (id.bytes[6] & 0x0f));
    id.bytes[8] = (unsigned char)(0x80 | (id.bytes[8] & 0x3f));
    return id;
}

static bool is_dash_place(size_t place)
{
    return place == 8 || place == 13 || place == 18 || place == 23;
}

enum status submission_uuid_parse(struct text text, struct submission_id *out)
{
    struct submission_id id = {0};
    size_t digits = 0;
    if (text.len != SUBMISSION_ID_LETTERS)
        return STATUS_INVALID;
    for (size_t i = 0; i < text.len; i++) {
        if (is_dash_place(i)) {
            if (text.ptr[i] != '-')
                return STATUS_INVALID;
            continue;
        }
        int value = text_hex_digit(text.ptr[i]);
        if (value < 0)
            return STATUS_INVALID;
        id.bytes[digits / 2] = (unsigned char)(id.bytes[digits / 2] << 4 | value);
        digits++;
    }
    *out = id;
    return STATUS_OK;
}

bool submission_id_is_ours(const struct submission_id *id)
{
    return id->bytes[6] >> 4 == 8 && id->bytes[8] >> 6 == 2;
}

enum status submission_id_parse(struct text text, struct submission_id *out)
{
    struct submission_id id;
    enum status rc = submission_uuid_parse(text, &id);
    if (rc == STATUS_OK && !submission_id_is_ours(&id))
        rc = STATUS_INVALID;
    if (rc == STATUS_OK)
        *out = id;
    return rc;
}

void submission_id_format(
    const struct submission_id *id, char out[SUBMISSION_ID_LETTERS + 1])
{
    static const char digits[] = "0123456789abcdef";
    size_t digit = 0;
    for (size_t i = 0; i < SUBMISSION_ID_LETTERS; i++) {
        if (is_dash_place(i)) {
            out[i] = '-';
            continue;
        }
        unsigned char byte = id->bytes[digit / 2];
        out[i] = digits[digit % 2 == 0 ? byte >> 4 : byte & 15];
        digit++;
    }
    out[SUBMISSION_ID_LETTERS] = '\0';
}

day_t submission_id_period(const struct submission_id *id)
{
    uint32_t days = 0;
    for (unsigned i = 0; i < 4; i++)
        days = days << 8 | id->bytes[i];
    return (day_t)days;
}
