/* seal.c: digests of rows, of sets and of chains. The lanes are simple loops over fixed
   counts, which compilers turn into vector instructions; ChaCha20 makes the lanes, since
   it is five times as fast as a hash with a counter. */
#include "kiosk/seal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* ---- fields into a digest ---- */

/* A row fits into the buffer, and one call digests it. What is longer goes in by parts.
 */
struct encoder {
    unsigned char bytes[512];
    size_t len;
    bool is_begun;
    crypto_generichash_state state;
};

static void flush(struct encoder *encoder)
{
    if (!encoder->is_begun)
        (void)crypto_generichash_init(&encoder->state, NULL, 0, SEAL_DIGEST_BYTES);
    encoder->is_begun = true;
    (void)crypto_generichash_update(&encoder->state, encoder->bytes, encoder->len);
    encoder->len = 0;
}

static void put(struct encoder *encoder, const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    while (size > 0) {
        size_t part = sizeof encoder->bytes - encoder->len;
        part = part > size ? size : part;
        memcpy(encoder->bytes + encoder->len, at, part);
        encoder->len += part;
        at += part;
        size -= part;
        if (encoder->len == sizeof encoder->bytes)
            flush(encoder);
    }
}

static void put_field(struct encoder *encoder, const void *bytes, size_t size)
{
    unsigned char length[4];
    for (unsigned i = 0; i < sizeof length; i++)
        length[i] = (unsigned char)(size >> (8 * i));
    put(encoder, length, sizeof length);
    put(encoder, bytes, size);
}

static void put_text(struct encoder *encoder, struct text text)
{
    put_field(encoder, text.ptr, text.len);
}

static void put_digest(struct encoder *encoder, const struct seal_digest *digest)
{
    put_field(encoder, digest->bytes, sizeof digest->bytes);
}

static void put_number(struct encoder *encoder, int64_t number)
{
    char digits[20]; /* "-9223372036854775808" */
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        digits[--at] = '-';
    put_field(encoder, digits + at, sizeof digits - at);
}

static void begin(struct encoder *encoder, struct text what)
{
    encoder->len = 0;
    encoder->is_begun = false;
    put_text(encoder, what);
}

static struct seal_digest finish(struct encoder *encoder)
{
    struct seal_digest digest;
    if (encoder->is_begun) {
        flush(encoder);
        (void)crypto_generichash_final(
            &encoder->state, digest.bytes, sizeof digest.bytes);
    } else {
        (void)crypto_generichash(
            digest.bytes, sizeof digest.bytes, encoder->bytes, encoder->len, NULL, 0);
    }
    return digest;
}

bool seal_digest_equals(const struct seal_digest *a, const struct seal_digest *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

struct text seal_digest_text(struct arena *arena, const struct seal_digest *digest)
{
    return text_hex(arena, digest->bytes, sizeof digest->bytes);
}

/* ---- rows ---- */

struct seal_digest seal_row(
    const struct submission *submission, struct seal_origin origin)
{
    struct encoder encoder;
    begin(&encoder, TEXT("row"));
    put_field(&encoder, submission->id.bytes, sizeof submission->id.bytes);
    put_text(&encoder, submission->programme);
    put_text(&encoder, submission->wave);
    put_text(&encoder, submission->centre);
    put_number(&encoder, submission->channel);
    put_number(&encoder, submission->mode);
    put_number(&encoder, submission->plan_version);
    put_number(&encoder, submission->period);
    put_text(&encoder, submission->answers);
    put_number(&encoder, origin.import);
    put_number(&encoder, origin.late);
    if (submission->flags != 0)
        put_number(&encoder, submission->flags);
    return finish(&encoder);
}

/* ---- sets ---- */

static uint16_t lane_of(const unsigned char *bytes, size_t index)
{
    return (uint16_t)(bytes[2 * index] | bytes[2 * index + 1] << 8);
}

static void expand(const struct seal_digest *row, unsigned char bytes[SEAL_LANES_BYTES])
{
    static const unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];
    _Static_assert(SEAL_DIGEST_BYTES == crypto_stream_chacha20_KEYBYTES, "a key");
    (void)crypto_stream_chacha20(bytes, SEAL_LANES_BYTES, nonce, row->bytes);
}

void seal_lanes_add(struct seal_lanes *lanes, const struct seal_digest *row)
{
    unsigned char bytes[SEAL_LANES_BYTES];
    expand(row, bytes);
    for (size_t i = 0; i < SEAL_LANE_COUNT; i++)
        lanes->lane[i] = (uint16_t)(lanes->lane[i] + lane_of(bytes, i));
}

void seal_lanes_remove(struct seal_lanes *lanes, const struct seal_digest *row)
{
    unsigned char bytes[SEAL_LANES_BYTES];
    expand(row, bytes);
    for (size_t i = 0; i < SEAL_LANE_COUNT; i++)
        lanes->lane[i] = (uint16_t)(lanes->lane[i] - lane_of(bytes, i));
}

void seal_part_of(
    const struct submission *submission, struct seal_origin origin, struct seal_part *out)
{
    unsigned char bytes[SEAL_LANES_BYTES];
    out->digest = seal_row(submission, origin);
    expand(&out->digest, bytes);
    for (size_t i = 0; i < SEAL_LANE_COUNT; i++)
        out->lanes.lane[i] = lane_of(bytes, i);
}

void seal_lanes_join(struct seal_lanes *lanes, const struct seal_lanes *other)
{
    for (size_t i = 0; i < SEAL_LANE_COUNT; i++)
        lanes->lane[i] = (uint16_t)(lanes->lane[i] + other->lane[i]);
}

void seal_lanes_part(struct seal_lanes *lanes, const struct seal_lanes *other)
{
    for (size_t i = 0; i < SEAL_LANE_COUNT; i++)
        lanes->lane[i] = (uint16_t)(lanes->lane[i] - other->lane[i]);
}

void seal_lanes_pack(
    const struct seal_lanes *lanes, unsigned char bytes[SEAL_LANES_BYTES])
{
    for (size_t i = 0; i < SEAL_LANE_COUNT; i++) {
        bytes[2 * i] = (unsigned char)lanes->lane[i];
        bytes[2 * i + 1] = (unsigned char)(lanes->lane[i] >> 8);
    }
}

bool seal_lanes_unpack(const unsigned char *bytes, size_t size, struct seal_lanes *lanes)
{
    if (size != SEAL_LANES_BYTES)
        return false;
    for (size_t i = 0; i < SEAL_LANE_COUNT; i++)
        lanes->lane[i] = lane_of(bytes, i);
    return true;
}

struct seal_digest seal_lanes_digest(const struct seal_lanes *lanes)
{
    unsigned char bytes[SEAL_LANES_BYTES];
    struct seal_digest digest;
    seal_lanes_pack(lanes, bytes);
    (void)crypto_generichash(
        digest.bytes, sizeof digest.bytes, bytes, sizeof bytes, NULL, 0);
    return digest;
}

/* ---- chains ---- */

struct seal_digest seal_chain(const struct seal *seal)
{
    struct encoder encoder;
    begin(&encoder, TEXT("seal"));
    put_digest(&encoder, &seal->previous);
    put_number(&encoder, seal->number);
    put_text(&encoder, seal->programme);
    put_text(&encoder, seal->wave);
    put_number(&encoder, seal->period);
    put_number(&encoder, seal->count);
    put_number(&encoder, seal->late);
    put_digest(&encoder, &seal->digest);
    put_number(&encoder, seal->sealed_on);
    put_number(&encoder, seal->is_supplement);
    return finish(&encoder);
}

struct seal_digest audit_chain(
    const struct seal_digest *previous, const struct audit_line *line)
{
    struct encoder encoder;
    begin(&encoder, TEXT("audit"));
    put_digest(&encoder, previous);
    put_number(&encoder, line->number);
    put_number(&encoder, line->day);
    put_text(&encoder, line->operator_id);
    put_text(&encoder, line->action);
    put_text(&encoder, line->subject);
    put_text(&encoder, line->detail);
    return finish(&encoder);
}

/* ---- a report ---- */

static int compare_periods(const void *a, const void *b)
{
    const struct seal_period *left = a;
    const struct seal_period *right = b;
    int order = text_compare(left->programme, right->programme);
    if (order == 0)
        order = text_compare(left->wave, right->wave);
    if (order == 0)
        order = (left->period > right->period) - (left->period < right->period);
    return order;
}

struct seal_digest seal_report(struct seal_period *periods, size_t count)
{
    struct encoder encoder;
    if (count > 1)
        qsort(periods, count, sizeof *periods, compare_periods);
    begin(&encoder, TEXT("report"));
    for (size_t i = 0; i < count; i++) {
        put_text(&encoder, periods[i].programme);
        put_text(&encoder, periods[i].wave);
        put_number(&encoder, periods[i].period);
        put_number(&encoder, periods[i].count);
        put_digest(&encoder, &periods[i].digest);
    }
    return finish(&encoder);
}
