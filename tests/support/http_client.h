#pragma once
/* http_client.h: a client for tests that sends any bytes, sound or not, and reads what
   comes back. */
#include "kiosk/text.h"

enum { HTTP_ANSWER_MAX = 262144 };

struct http_answer {
    int status;       /* 0: no answer came, or none that begins like HTTP */
    char head[8192];  /* status line and headers, terminated */
    struct text body; /* in the caller's bytes */
    bool is_closed;   /* the server closed the connection behind it */
    char bytes[HTTP_ANSWER_MAX + 1];
    size_t len;
};

/* A connection to 127.0.0.1; fails the test if there is none. Close it with close(). */
int http_connect(int port);
/* Sends all bytes; false if the server has closed already. */
bool http_send(int client, const char *bytes, size_t len);
bool http_send_string(int client, const char *bytes);

/* Reads one answer with as many body bytes as its Content-Length says (none after HEAD),
   for at most so many milliseconds. Bytes behind it stay in answer for the next call;
   http_clear before the first of a connection. */
void http_clear(struct http_answer *answer);
void http_read(int client, struct http_answer *answer, bool is_head, int timeout_ms);

/* Connects, sends, reads one answer within 8 seconds, closes. The caller's answer. */
void http_exchange(int port, const char *bytes, struct http_answer *answer);

/* The value of a header; empty text if it is not there. */
struct text http_header(const struct http_answer *answer, const char *name);

/* True once the server has closed the connection, waiting so many milliseconds. */
bool http_is_closed(int client, int timeout_ms);
