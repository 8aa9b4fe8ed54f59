/* plan_encoding.c: from the bytes of a plan file to clean UTF-8. An editor on a Chinese
   Windows still writes GBK or UTF-16 when asked for "ANSI" or "Unicode": both get a
   sentence of their own, since one click in that editor mends the whole file. */
#include "kiosk/plan_source.h"

#include "kiosk/language.h"
#include "kiosk/limits.h"

#include <utf8proc.h>

void source_report(struct problems *problems, struct place at, struct problem problem)
{
    problem.line = at.line;
    problem.column = at.column;
    bool is_kept = problems->count < PROBLEMS_MAX; /* else copies would pile up */
    for (size_t i = 0; is_kept && i < PROBLEM_ARGUMENTS_MAX; i++)
        problem.argument[i] = text_copy(problems->arena, problem.argument[i]);
    if (is_kept)
        problem.did_you_mean = text_copy(problems->arena, problem.did_you_mean);
    problems_add(problems, problem);
}

/* A byte order mark, or the zero byte that UTF-16 puts beside every ASCII letter. */
static bool is_utf16(struct text file)
{
    if (file.len < 2)
        return false;
    unsigned char first = (unsigned char)file.ptr[0];
    unsigned char second = (unsigned char)file.ptr[1];
    return (first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF) ||
           first == 0 || second == 0;
}

static bool is_between(unsigned char byte, unsigned low, unsigned high)
{
    return byte >= low && byte <= high;
}

/* Bytes of the GB18030 character at the front, 0 if there is none. */
static size_t gb18030_length(const unsigned char *bytes, size_t len)
{
    if (bytes[0] < 0x80)
        return 1;
    if (len < 2 || !is_between(bytes[0], 0x81, 0xFE))
        return 0;
    if (is_between(bytes[1], 0x40, 0x7E) || is_between(bytes[1], 0x80, 0xFE))
        return 2;
    bool is_four = len >= 4 && is_between(bytes[1], 0x30, 0x39) &&
                   is_between(bytes[2], 0x81, 0xFE) && is_between(bytes[3], 0x30, 0x39);
    return is_four ? 4 : 0;
}

static bool is_gb18030(struct text file)
{
    for (size_t at = 0; at < file.len;) {
        size_t used = gb18030_length((const unsigned char *)file.ptr + at, file.len - at);
        if (used == 0)
            return false;
        at += used;
    }
    return true;
}

/* The code point at the front and its bytes; 0 bytes if it is not UTF-8. */
static size_t next_point(struct text text, size_t at, utf8proc_int32_t *point)
{
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + at,
        (utf8proc_ssize_t)(text.len - at), point);
    return used > 0 ? (size_t)used : 0;
}

/* GBK text has hardly a sequence that is also UTF-8; UTF-8 with a damaged byte has
   hardly one that is not. */
static bool is_mostly_not_utf8(struct text file)
{
    size_t good = 0;
    size_t bad = 0;
    for (size_t at = 0; at < file.len;) {
        utf8proc_int32_t point;
        size_t used = next_point(file, at, &point);
        good += used > 1;
        bad += used == 0;
        at += used == 0 ? 1 : used;
    }
    return bad > good;
}

/* What YAML does not allow, what would count as a line end there but in no editor, and
   what makes a page read differently from what is stored. */
static bool is_forbidden(utf8proc_int32_t point)
{
    if (point == '\n' || point == '\r' || point == '\t')
        return false;
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 ||
           point == 0x2029 || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF || point == 0xFFFE ||
           point == 0xFFFF;
}

struct decoder {
    struct problems *problems;
    struct text file;
    size_t at;
    struct place place;
    unsigned reported_line; /* of the last bad byte */
    char *out;
    size_t len;
};

static void report_bad_byte(struct decoder *decoder)
{
    if (decoder->reported_line == decoder->place.line)
        return;
    decoder->reported_line = decoder->place.line;
    source_report(decoder->problems, decoder->place,
        (struct problem){.message = N_("A character here is not UTF-8. Type it again and "
                                       "save the file as UTF-8.")});
}

static void report_control(struct decoder *decoder, utf8proc_int32_t point)
{
    source_report(decoder->problems, decoder->place,
        (struct problem){.message = N_("An invisible control character (U+{1}) stands "
                                       "here. Delete it."),
            .argument = {
                text_format(decoder->problems->arena, "%04X", (unsigned)point)}});
}

static void move_on(struct decoder *decoder, size_t used)
{
    char c = decoder->file.ptr[decoder->at];
    bool is_crlf = c == '\r' && decoder->at + 1 < decoder->file.len &&
                   decoder->file.ptr[decoder->at + 1] == '\n';
    if ((c == '\n' || c == '\r') && !is_crlf) {
        decoder->place.line++;
        decoder->place.column = 0;
    }
    decoder->place.column++;
    decoder->at += used;
}

static void decode_character(struct decoder *decoder)
{
    utf8proc_int32_t point;
    size_t used = next_point(decoder->file, decoder->at, &point);
    if (used == 0) {
        report_bad_byte(decoder);
        decoder->out[decoder->len++] = '?';
    } else if (is_forbidden(point)) {
        report_control(decoder, point);
        decoder->out[decoder->len++] = ' ';
    } else {
        for (size_t i = 0; i < used; i++)
            decoder->out[decoder->len++] = decoder->file.ptr[decoder->at + i];
    }
    move_on(decoder, used == 0 ? 1 : used);
}

static struct place first_bad(struct text file)
{
    struct decoder decoder = {.file = file, .place = {1, 1}};
    while (decoder.at < file.len) {
        utf8proc_int32_t point;
        size_t used = next_point(file, decoder.at, &point);
        if (used == 0)
            break;
        move_on(&decoder, used);
    }
    return decoder.place;
}

enum status source_decode(
    struct arena *arena, struct text file, struct problems *problems, struct text *out)
{
    if (is_utf16(file)) {
        source_report(problems, (struct place){1, 1},
            (struct problem){.message = N_("This file is saved as UTF-16. Save it again "
                                           "as UTF-8, then check it again.")});
        return STATUS_INVALID;
    }
    if (text_starts_with(file, TEXT("\xEF\xBB\xBF")))
        file = (struct text){file.ptr + 3, file.len - 3};
    if (!text_is_utf8(file) && is_gb18030(file) && is_mostly_not_utf8(file)) {
        source_report(problems, first_bad(file),
            (struct problem){.message = N_("This file looks like GBK. Save it again as "
                                           "UTF-8, then check it again.")});
        return STATUS_INVALID;
    }
    struct decoder decoder = {.problems = problems,
        .file = file,
        .place = {1, 1},
        .out = arena_take(arena, file.len)};
    if (decoder.out == NULL)
        return STATUS_NO_MEMORY;
    while (decoder.at < file.len)
        decode_character(&decoder);
    *out = (struct text){decoder.out, decoder.len};
    return STATUS_OK;
}
