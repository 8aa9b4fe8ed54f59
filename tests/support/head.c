/* head.c: a stand-in for civetweb's parser. */
#include "tests/support/head.h"

#include <ctype.h>
#include <string.h>

/* The length of the head with its empty line; 0 if there is none or a bad byte before. */
static size_t head_length(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < 128 && c != '\r' && c != '\n' && !isprint(c))
            return 0;
        if (i + 1 < size && memcmp(bytes + i, "\n\n", 2) == 0)
            return i + 2;
        if (i + 3 < size && memcmp(bytes + i, "\r\n\r\n", 4) == 0)
            return i + 4;
    }
    return 0;
}

/* The word here, ended by a NUL; the cursor goes to the next. NULL if it ends wrongly. */
static const char *cut_word(char **at, bool is_last)
{
    const char *word = *at;
    while (isgraph((unsigned char)**at))
        (*at)++;
    if (is_last ? **at != '\r' && **at != '\n' : **at != ' ')
        return NULL;
    do
        *(*at)++ = '\0';
    while (isspace((unsigned char)**at));
    return is_last || isgraph((unsigned char)**at) ? word : NULL;
}

enum cut { CUT_GOES_ON, CUT_ENDS, CUT_IS_BAD };

static enum cut cut_header(char **at, struct mg_header *header)
{
    char *c = *at;
    while (*c != ':' && *c >= 33 && *c <= 126)
        c++;
    if (c == *at)
        return CUT_ENDS;
    while (*c == ' ')
        *c++ = '\0';
    if (*c != ':')
        return CUT_IS_BAD;
    *c++ = '\0';
    header->name = *at;
    while (*c == ' ' || *c == '\t')
        c++;
    header->value = c;
    while (*c != '\0' && *c != '\r' && *c != '\n')
        c++;
    if (*c == '\r') {
        *c++ = '\0';
        if (*c != '\n')
            return CUT_IS_BAD;
    }
    if (*c != '\0')
        *c++ = '\0';
    *at = c;
    return CUT_GOES_ON;
}

static bool cut_headers(char *at, struct mg_request_info *info)
{
    while (info->num_headers < MG_MAX_HEADERS) {
        enum cut cut = cut_header(&at, &info->http_headers[info->num_headers]);
        if (cut == CUT_IS_BAD)
            return false;
        if (cut == CUT_ENDS)
            break;
        info->num_headers++;
        if (*at == '\r' || *at == '\n' || *at == '\0')
            break;
    }
    return true;
}

bool head_cut(char *buffer, size_t size, struct mg_request_info *info)
{
    char *at = buffer;
    memset(info, 0, sizeof *info);
    while (size > 0 && isspace((unsigned char)*at)) {
        at++;
        size--;
    }
    size_t length = head_length(at, size);
    if (length == 0)
        return false;
    at[length - 1] = '\0';
    info->request_method = cut_word(&at, false);
    info->request_uri = info->request_method == NULL ? NULL : cut_word(&at, false);
    const char *version = info->request_uri == NULL ? NULL : cut_word(&at, true);
    if (version == NULL ||
        (strcmp(version, "HTTP/1.0") != 0 && strcmp(version, "HTTP/1.1") != 0))
        return false;
    info->http_version = version + 5;
    char *query = strchr(info->request_uri, '?');
    bool is_sound = cut_headers(at, info);
    if (query != NULL) {
        *query = '\0';
        info->query_string = query + 1;
    }
    return is_sound;
}
