#pragma once
/* load_client.h: one keep-alive connection of the load generator: a request, its answer,
   the next. Loopback only. */
#include "kiosk/text.h"

#include <netinet/in.h>

/* "http://127.0.0.1:8080/t/CODE", taken apart; texts borrowed. */
struct load_target {
    struct sockaddr_in address;
    struct text host; /* for the Host header */
    struct text path; /* with its query; at least "/" */
};

/* False for anything but http, an address of 127.0.0.0/8 and a port. */
bool load_target_parse(struct text url, struct load_target *out);

enum {
    LOAD_REQUEST_MAX = 8192,
    LOAD_ANSWER_MAX = 262144 /* head and body of the largest page measured */
};

struct load_client {
    int socket; /* -1: not connected */
    int64_t sent_at_us;
    size_t received; /* of the answer at hand */
    size_t expected; /* its length with the head; 0: the head is not whole yet */
    int status;
    bool is_closing; /* the server said that it closes */
    char *bytes;     /* LOAD_ANSWER_MAX of its own; the caller's */
};

enum load_step {
    LOAD_WAITING, /* more must come */
    LOAD_DONE,    /* the answer is whole: status, expected, is_closing */
    LOAD_BROKEN   /* the connection is gone, or what came is no answer */
};

/* Connects, waiting for it. False if nobody listens. The socket is non-blocking then. */
bool load_client_connect(struct load_client *client, const struct load_target *target);
void load_client_close(struct load_client *client);
/* Sends a whole request; it fits into an empty socket's buffer. */
bool load_client_send(
    struct load_client *client, const char *request, size_t len, int64_t now_us);
/* Reads what has come. */
enum load_step load_client_receive(struct load_client *client);
