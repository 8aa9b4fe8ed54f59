/* send.c: heads and bodies in one write. */
#include "web/http/send.h"

#include "kiosk/limits.h"
#include "web/http/wire.h"

#include <civetweb.h>
#include <stdio.h>
#include <string.h>

/* On every answer. Codes stand in addresses, so no referrer (but for pages of operators)
   and no robots; scripts, styles and pictures only from here, and nothing inline. */
#define REFERRER_HEADER(policy) "Referrer-Policy: " policy "\r\n"
#define SECURITY_HEADERS                                                                 \
    "X-Content-Type-Options: nosniff\r\n"                                                \
    "Content-Security-Policy: default-src 'none'; style-src 'self'; "                    \
    "img-src 'self' data:; script-src 'self'; connect-src 'self'; form-action 'self'; "  \
    "base-uri 'none'; frame-ancestors 'none'\r\n"                                        \
    "X-Robots-Tag: noindex\r\n"                                                          \
    "Cross-Origin-Opener-Policy: same-origin\r\n"                                        \
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=()\r\n"

struct reason {
    int status;
    const char *words;
};

const char *status_reason(int http_status)
{
    static const struct reason reasons[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {302, "Found"},
        {303, "See Other"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].status == http_status)
            return reasons[i].words;
    return "Error";
}

void date_format(time_t second, char out[SEAT_DATE_BYTES])
{
    /* Not strftime: its names follow the locale. */
    static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
        "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm tm;
    gmtime_r(&second, &tm);
    char wide[80]; /* as wide as any int: the compiler can't know a month is short */
    (void)snprintf(wide, sizeof wide, "%s, %02d %s %04d %02d:%02d:%02d GMT",
        days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour,
        tm.tm_min, tm.tm_sec);
    wide[SEAT_DATE_BYTES - 1] = '\0';
    memcpy(out, wide, SEAT_DATE_BYTES);
}

/* Printable ASCII from the lowest byte up, so no line end that begins another header. */
static bool is_sound(struct text value, char lowest)
{
    if (value.len > TARGET_BYTES_MAX)
        return false;
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] < lowest || value.ptr[i] > '~')
            return false;
    return true;
}

static struct text body_of(const struct response *response)
{
    return response->file.len > 0 ? response->file : buffer_text(&response->body);
}

static void add_header(struct buffer *head, const char *name, struct text value)
{
    buffer_add_string(head, name);
    buffer_add_text(head, value);
    buffer_add_string(head, "\r\n");
}

/* Headers that only some answers carry. */
static void add_extras(const struct response *response, struct buffer *head)
{
    if (response->location.len > 0)
        add_header(head, "Location: ", response->location);
    if (response->cookie.len > 0)
        add_header(head, "Set-Cookie: ", response->cookie);
    if (response->allow != NULL)
        add_header(head, "Allow: ", text_of(response->allow));
    if (response->retry_after > 0)
        buffer_add_format(head, "Retry-After: %d\r\n", response->retry_after);
    if (response->download != NULL)
        buffer_add_format(head, "Content-Disposition: attachment; filename=\"%s\"\r\n",
            response->download);
    if (response->encoding != NULL) {
        add_header(head, "Content-Encoding: ", text_of(response->encoding));
        buffer_add_string(head, "Vary: Accept-Encoding\r\n");
    }
}

static void add_status_line(const struct response *response, struct buffer *head)
{
    buffer_add_string(head, "HTTP/1.1 ");
    buffer_add_number(head, response->status);
    buffer_add_char(head, ' ');
    buffer_add_string(head, status_reason(response->status));
    buffer_add_string(head, "\r\nDate: ");
}

/* The head's length; 0 if it does not fit. Piece by piece: printf takes a microsecond. */
static size_t format_head(
    const struct response *response, struct delivery delivery, struct seat *seat)
{
    struct buffer head = {
        .data = seat->head, .capacity = sizeof seat->head, .max = sizeof seat->head};
    if (seat->second != delivery.now) {
        date_format(delivery.now, seat->date);
        seat->second = delivery.now;
    }
    add_status_line(response, &head);
    buffer_add(&head, seat->date, SEAT_DATE_BYTES - 1);
    buffer_add_string(&head, "\r\nContent-Type: ");
    buffer_add_string(&head, response->content_type);
    buffer_add_string(&head, "\r\nContent-Length: ");
    buffer_add_number(&head, (int64_t)body_of(response).len);
    buffer_add_string(&head, delivery.is_closing ? "\r\nConnection: close\r\n"
                                                 : "\r\nConnection: keep-alive\r\n");
    buffer_add_string(
        &head, response->cache == CACHE_FOREVER
                   ? "Cache-Control: public, max-age=31536000, immutable\r\n"
                   : "Cache-Control: no-store\r\n");
    buffer_add_string(&head, response->referrer == REFERRER_OUR_OWN
                                 ? REFERRER_HEADER("same-origin") SECURITY_HEADERS
                                 : REFERRER_HEADER("no-referrer") SECURITY_HEADERS);
    add_extras(response, &head);
    buffer_add_string(&head, "\r\n");
    return head.is_full ? 0 : head.len;
}

static bool write_all(struct mg_connection *connection, struct text bytes)
{
    return bytes.len == 0 || mg_write(connection, bytes.ptr, bytes.len) == (int)bytes.len;
}

bool response_send(struct mg_connection *connection, struct seat *seat,
    const struct response *response, struct delivery delivery)
{
    static const struct response broken = {
        .status = 500, .content_type = "text/plain; charset=utf-8"};
    if (!is_sound(response->location, '!') || !is_sound(response->cookie, ' '))
        response = &broken;
    size_t head_len = format_head(response, delivery, seat);
    if (head_len == 0) {
        response = &broken;
        head_len = format_head(response, delivery, seat);
    }
    struct text head = {seat->head, head_len};
    struct text body = body_of(response);
    if (delivery.is_head)
        body.len = 0;

    wire_set_deadline(ANSWER_DEADLINE_MS);
    char *joined = arena_take(seat->arena, head.len + body.len);
    bool is_sent;
    if (body.len > 0 && joined != NULL) {
        memcpy(joined, head.ptr, head.len);
        memcpy(joined + head.len, body.ptr, body.len);
        is_sent = write_all(connection, (struct text){joined, head.len + body.len});
    } else {
        is_sent = write_all(connection, head) && write_all(connection, body);
    }
    wire_set_deadline(0);
    return is_sent;
}

size_t response_format(const struct response *response, struct seat *seat)
{
    struct delivery delivery = {.now = time(NULL)};
    if (!is_sound(response->location, '!') || !is_sound(response->cookie, ' ') ||
        body_of(response).len > 0)
        return 0;
    return format_head(response, delivery, seat);
}

void response_send_busy(struct mg_connection *connection)
{
    static const char answer[] = "HTTP/1.1 503 Service Unavailable\r\n"
                                 "Content-Type: text/plain; charset=utf-8\r\n"
                                 "Content-Length: 20\r\n"
                                 "Connection: close\r\n"
                                 "Cache-Control: no-store\r\n"
                                 "Retry-After: 5\r\n" REFERRER_HEADER("no-referrer")
                                     SECURITY_HEADERS "\r\n"
                                                      "Service Unavailable\n";
    wire_set_deadline(ANSWER_DEADLINE_MS);
    (void)write_all(connection, (struct text){answer, sizeof answer - 1});
    wire_set_deadline(0);
}
