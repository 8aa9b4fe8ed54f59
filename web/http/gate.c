/* gate.c: walks over a request's head again and refuses what civetweb lets pass. */
#include "web/http/gate.h"

#include "kiosk/limits.h"

#include <civetweb.h>
#include <string.h>
#include <strings.h>

/* civetweb wrote NULs over the ends of words and lines: a cursor over what it left. */
struct cursor {
    const char *at;
    const char *end; /* of what was received */
};

/* True if the word begins here; steps behind the NUL that ends it. */
static bool step_over(struct cursor *cursor, const char *word, size_t len)
{
    if (word == NULL || word != cursor->at || len >= (size_t)(cursor->end - word))
        return false;
    cursor->at += len + 1;
    return true;
}

/* True if the next byte is that one; steps over it. */
static bool step(struct cursor *cursor, char byte)
{
    if (cursor->at >= cursor->end || *cursor->at != byte)
        return false;
    cursor->at++;
    return true;
}

/* civetweb cuts the query off only when it hands the request out: before, query_string
   still points to where the query of an earlier request was. */
static size_t target_length(const struct mg_request_info *info)
{
    size_t path = strlen(info->request_uri);
    bool is_cut = info->query_string == info->request_uri + path + 1;
    return is_cut ? path + 1 + strlen(info->query_string) : path;
}

static bool is_token_byte(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool is_token(const char *name)
{
    for (const char *c = name; *c != '\0'; c++)
        if (!is_token_byte((unsigned char)*c))
            return false;
    return *name != '\0';
}

static bool request_line_is_whole(const struct mg_request_info *info, struct cursor *at)
{
    const char *method = info->request_method;
    const char *version = info->http_version;
    return method != NULL && info->request_uri != NULL && version != NULL &&
           step_over(at, method, strlen(method)) &&
           step_over(at, info->request_uri, target_length(info)) &&
           step_over(at, version - strlen("HTTP/"), strlen("HTTP/") + strlen(version)) &&
           step(at, '\0'); /* CR and LF are two NULs now */
}

static bool header_is_whole(const struct mg_header *header, struct cursor *at)
{
    if (!step_over(at, header->name, strlen(header->name)) || !is_token(header->name))
        return false;
    /* A space before the colon would have become a NUL, and the colon one more. */
    while (at->at < header->value)
        if (!step(at, ' ')) /* a tab anywhere: civetweb has refused it */
            return false;
    return step_over(at, header->value, strlen(header->value)) && step(at, '\0');
}

/* True if civetweb's parts lie side by side from the buffer's first byte to the empty
   line, so that nothing was skipped and nothing was left over. */
static bool head_is_whole(
    const struct mg_request_info *info, struct text received, size_t *head_len)
{
    if (received.ptr == NULL)
        return false;
    struct cursor at = {received.ptr, received.ptr + received.len};
    if (!request_line_is_whole(info, &at))
        return false;
    for (int i = 0; i < info->num_headers; i++)
        if (!header_is_whole(&info->http_headers[i], &at))
            return false;
    /* The empty line: behind a header its CR still stands; behind the request line alone
       civetweb has wiped that too. The last LF is always a NUL. */
    bool is_whole = step(&at, info->num_headers > 0 ? '\r' : '\0') && step(&at, '\0');
    *head_len = (size_t)(at.at - received.ptr);
    return is_whole;
}

struct known_header {
    const char *name;
    const char *value; /* of the first one */
    int count;
};

enum known {
    KNOWN_HOST,
    KNOWN_LENGTH,
    KNOWN_ENCODING,
    KNOWN_EXPECT,
    KNOWN_CONNECTION,
    KNOWN_TYPE,
    KNOWN_COUNT
};

static void collect(
    const struct mg_request_info *info, struct known_header known[KNOWN_COUNT])
{
    static const char *const names[KNOWN_COUNT] = {
        [KNOWN_HOST] = "Host",
        [KNOWN_LENGTH] = "Content-Length",
        [KNOWN_ENCODING] = "Transfer-Encoding",
        [KNOWN_EXPECT] = "Expect",
        [KNOWN_CONNECTION] = "Connection",
        [KNOWN_TYPE] = "Content-Type",
    };
    memset(known, 0, KNOWN_COUNT * sizeof *known);
    for (int i = 0; i < info->num_headers; i++) {
        const struct mg_header *header = &info->http_headers[i];
        for (int k = 0; k < KNOWN_COUNT; k++)
            if (strcasecmp(header->name, names[k]) == 0 && known[k].count++ == 0)
                known[k].value = header->value;
    }
}

/* A host name or address with an optional port: nothing that could pass for more. */
static bool host_is_sound(const char *host)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789.-_:[]";
    size_t len = strlen(host);
    return len > 0 && len <= 255 && strspn(host, allowed) == len;
}

static bool length_is_sound(const char *value, size_t *out)
{
    enum { DIGITS_MAX = 10 }; /* a body of 9 GB is already over every limit */
    int64_t length;
    struct text text = text_of(value);
    if (text.len > DIGITS_MAX || !text_to_number(text, &length))
        return false;
    *out = (size_t)length;
    return true;
}

/* Bytes of a path of ours; whoever sends others looks for something else. */
static bool path_is_canonical(struct text path)
{
    static const char others[] = "/-._~!$&'()*+,;=:@";
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') &&
            memchr(others, c, sizeof others - 1) == NULL)
            return false;
        if (c != '/')
            continue;
        struct text rest = {path.ptr + i + 1, path.len - i - 1};
        size_t dots = 0;
        while (dots < rest.len && dots < 2 && rest.ptr[dots] == '.')
            dots++;
        bool segment_ends = dots == rest.len || rest.ptr[dots] == '/';
        if (segment_ends && rest.len > 0)
            return false; /* "//", "/.", "/.." */
    }
    return true;
}

static enum method method_of(const char *word)
{
    static const char *const words[METHOD_COUNT] = {
        [METHOD_GET] = "GET",
        [METHOD_HEAD] = "HEAD",
        [METHOD_POST] = "POST",
    };
    int method = 0;
    while (method < METHOD_COUNT && strcmp(word, words[method]) != 0)
        method++;
    return (enum method)method;
}

/* Stricter than civetweb, so that what we announce is what it does: it keeps a connection
   whenever one of the words is keep-alive. */
static bool wants_keep_alive(
    const struct mg_request_info *info, const struct known_header *connection)
{
    if (connection->count == 0)
        return strcmp(info->http_version, "1.1") == 0;
    return connection->count == 1 && strcasecmp(connection->value, "keep-alive") == 0;
}

static int check_framing(const struct mg_request_info *info,
    const struct known_header known[KNOWN_COUNT], struct passage *out)
{
    bool is_1_0 = strcmp(info->http_version, "1.0") == 0;
    const struct known_header *host = &known[KNOWN_HOST];
    const struct known_header *length = &known[KNOWN_LENGTH];

    if (host->count > 1 || (host->count == 0 && !is_1_0) ||
        (host->count == 1 && !host_is_sound(host->value)))
        return 400;
    if (known[KNOWN_ENCODING].count > 0)
        return 411;
    if (length->count > 1 ||
        (length->count == 1 && !length_is_sound(length->value, &out->content_length)))
        return 400;
    if (out->content_length > 0 && out->method != METHOD_POST &&
        out->method != METHOD_COUNT)
        return 400;
    return 0;
}

static int check_wishes(const struct known_header *expect, struct passage *out)
{
    if (out->content_length > RAW_BODY_BYTES_MAX)
        return 413;
    if (expect->count == 0)
        return 0;
    if (expect->count > 1 || strcasecmp(expect->value, "100-continue") != 0)
        return 417;
    out->expects_continue = true;
    return 0;
}

int gate_check(
    const struct mg_request_info *info, struct text received, struct passage *out)
{
    struct known_header known[KNOWN_COUNT];
    *out = (struct passage){.method = METHOD_COUNT};

    if (info->num_headers >= HEADERS_MAX)
        return received.ptr != NULL && info->request_method == received.ptr ? 431 : 400;
    if (!head_is_whole(info, received, &out->head_len) || info->request_uri[0] != '/')
        return 400;
    if (target_length(info) > TARGET_BYTES_MAX)
        return 414;
    out->method = method_of(info->request_method);
    out->path = text_of(info->request_uri);
    out->query = text_of(info->query_string);
    collect(info, known);
    out->media_type = known[KNOWN_TYPE].value;
    out->may_keep_alive = wants_keep_alive(info, &known[KNOWN_CONNECTION]);
    int refusal = check_framing(info, known, out);
    if (refusal == 0)
        refusal = check_wishes(&known[KNOWN_EXPECT], out);
    if (refusal == 0 && !path_is_canonical(out->path))
        refusal = 404;
    return refusal;
}

static bool is_form_type(const char *media_type)
{
    struct text name = {media_type, strcspn(media_type, ";")};
    return text_equals_ignoring_case(
        text_trim(name), TEXT("application/x-www-form-urlencoded"));
}

int gate_check_body(const struct passage *passage, const struct route *route)
{
    if (passage->content_length > route->body_max)
        return 413;
    if (route->method == METHOD_POST && route->body == BODY_FORM &&
        passage->media_type != NULL && !is_form_type(passage->media_type))
        return 415;
    return 0;
}

int gate_translate(
    const struct mg_request_info *info, struct text received, int civetweb_status)
{
    if (civetweb_status == 505)
        return 505;
    /* A buffer filled to the brim without the end of a head: "malformed" to civetweb. */
    if (received.len >= HEAD_BYTES_MAX)
        return memchr(received.ptr, '\n', received.len) == NULL ? 414 : 431;
    /* A transfer coding that civetweb does not know, refused after the head was cut. */
    struct known_header known[KNOWN_COUNT];
    size_t head_len;
    if (info->num_headers > 0 && head_is_whole(info, received, &head_len)) {
        collect(info, known);
        if (known[KNOWN_ENCODING].count > 0)
            return 411;
    }
    return 400; /* also civetweb's 411, which means an odd Content-Length */
}
