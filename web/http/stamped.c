/* stamped.c: in the compressed page the stamp lies in a stored block, byte for byte; what
   is written there later changes nothing but the checksum in the trailer, which is put
   together from those of the parts. */
#include "web/http/stamped.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    LEVEL = 6, /* once a page: the usual effort */
    WINDOW_BITS = 15,
    GZIP = 16,
    MEMORY_LEVEL = 8,
    TRAILER_BYTES = 8,    /* CRC-32, length */
    PLACEHOLDER = 0xFE,   /* in no UTF-8 text: nothing in the page is taken for it */
    STAMP_BYTES_MAX = 160 /* far below a stored block's 65535 */
};

struct form {
    char *bytes;
    size_t len;
    size_t stamp_at;
};

struct stamped {
    atomic_int references;
    size_t stamp_len;
    struct form plain;
    struct form packed; /* bytes NULL: it could not be compressed */
    uLong crc_before;   /* of what stands before the stamp, and after it */
    uLong crc_after;
    uLong combine; /* zlib's operator for so many bytes after the stamp */
};

/* ---- making ---- */

/* Where the stamp stands, if it does so once; else len. */
static size_t find_once(struct text page, struct text stamp)
{
    size_t found = page.len;
    for (size_t i = 0; i + stamp.len <= page.len; i++) {
        if (memcmp(page.ptr + i, stamp.ptr, stamp.len) != 0)
            continue;
        if (found != page.len)
            return page.len;
        found = i;
    }
    return found;
}

static bool deflate_part(z_stream *stream, char *bytes, size_t len, int flush, int wanted)
{
    stream->next_in = (Bytef *)bytes;
    stream->avail_in = (uInt)len;
    return deflate(stream, flush) == wanted && stream->avail_in == 0;
}

/* Before, the stamp's place uncompressed, after. */
static bool deflate_parts(z_stream *stream, const struct stamped *stamped)
{
    const struct form *plain = &stamped->plain;
    char place[STAMP_BYTES_MAX];
    size_t end = plain->stamp_at + stamped->stamp_len;
    memset(place, PLACEHOLDER, sizeof place);
    return deflate_part(stream, plain->bytes, plain->stamp_at, Z_NO_FLUSH, Z_OK) &&
           deflateParams(stream, 0, Z_DEFAULT_STRATEGY) == Z_OK &&
           deflate_part(stream, place, stamped->stamp_len, Z_SYNC_FLUSH, Z_OK) &&
           deflateParams(stream, LEVEL, Z_DEFAULT_STRATEGY) == Z_OK &&
           deflate_part(
               stream, plain->bytes + end, plain->len - end, Z_FINISH, Z_STREAM_END);
}

static bool locate_place(struct form *packed, size_t stamp_len)
{
    char place[STAMP_BYTES_MAX];
    memset(place, PLACEHOLDER, sizeof place);
    struct text whole = {packed->bytes, packed->len};
    packed->stamp_at = find_once(whole, (struct text){place, stamp_len});
    return packed->stamp_at < packed->len;
}

static bool pack(struct stamped *stamped)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, LEVEL, Z_DEFLATED, WINDOW_BITS + GZIP, MEMORY_LEVEL,
            Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    size_t room = deflateBound(&stream, stamped->plain.len) + STAMP_BYTES_MAX;
    struct form packed = {.bytes = malloc(room)};
    stream.next_out = (Bytef *)packed.bytes;
    stream.avail_out = (uInt)room;
    bool is_whole = packed.bytes != NULL && deflate_parts(&stream, stamped);
    packed.len = stream.total_out;
    (void)deflateEnd(&stream);
    if (!is_whole || !locate_place(&packed, stamped->stamp_len)) {
        free(packed.bytes);
        return false;
    }
    stamped->packed = packed;
    return true;
}

static void note_checksums(struct stamped *stamped)
{
    const struct form *plain = &stamped->plain;
    const Bytef *bytes = (const Bytef *)plain->bytes;
    size_t end = plain->stamp_at + stamped->stamp_len;
    stamped->crc_before = crc32(0, bytes, (uInt)plain->stamp_at);
    stamped->crc_after = crc32(0, bytes + end, (uInt)(plain->len - end));
    stamped->combine = crc32_combine_gen((z_off_t)(plain->len - end));
}

struct stamped *stamped_new(struct text page, struct text stamp)
{
    assert(stamp.len > 0 && stamp.len <= STAMP_BYTES_MAX);
    size_t stamp_at = find_once(page, stamp);
    if (stamp_at == page.len)
        return NULL;
    struct stamped *stamped = calloc(1, sizeof *stamped);
    char *bytes = malloc(page.len);
    if (stamped == NULL || bytes == NULL) {
        free(stamped);
        free(bytes);
        return NULL;
    }
    memcpy(bytes, page.ptr, page.len);
    atomic_init(&stamped->references, 1);
    stamped->stamp_len = stamp.len;
    stamped->plain = (struct form){bytes, page.len, stamp_at};
    if (pack(stamped))
        note_checksums(stamped);
    return stamped;
}

/* ---- sharing ---- */

struct stamped *stamped_share(struct stamped *stamped)
{
    atomic_fetch_add(&stamped->references, 1);
    return stamped;
}

void stamped_release(struct stamped *stamped)
{
    if (stamped == NULL || atomic_fetch_sub(&stamped->references, 1) > 1)
        return;
    free(stamped->plain.bytes);
    free(stamped->packed.bytes);
    free(stamped);
}

size_t stamped_bytes(const struct stamped *stamped)
{
    return sizeof *stamped + stamped->plain.len + stamped->packed.len;
}

/* ---- showing ---- */

/* The trailer: CRC-32 of the whole page, then its length, lowest byte first. The length
   stays. */
static void write_checksum(
    const struct stamped *stamped, struct text stamp, char *packed_bytes)
{
    char *trailer = packed_bytes + stamped->packed.len - TRAILER_BYTES;
    uLong crc = crc32(stamped->crc_before, (const Bytef *)stamp.ptr, (uInt)stamp.len);
    crc = crc32_combine_op(crc, stamped->crc_after, stamped->combine);
    for (size_t i = 0; i < 4; i++)
        trailer[i] = (char)(crc >> (8 * i) & 0xFF);
}

void stamped_show(const struct stamped *stamped, const struct request *request,
    struct text stamp, struct response *response)
{
    assert(stamp.len == stamped->stamp_len);
    bool is_packed =
        stamped->packed.bytes != NULL && request_accepts_encoding(request, "gzip");
    const struct form *form = is_packed ? &stamped->packed : &stamped->plain;
    buffer_add(&response->body, form->bytes, form->len);
    if (response->body.is_full)
        return;
    char *bytes = response->body.data + response->body.len - form->len;
    memcpy(bytes + form->stamp_at, stamp.ptr, stamp.len);
    if (is_packed) {
        write_checksum(stamped, stamp, bytes);
        response->encoding = "gzip";
    }
}
