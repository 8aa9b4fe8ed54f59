#pragma once
/* send.h: writes an answer, head and body in one piece: two would take 44 ms where
   Nagle's algorithm meets delayed acknowledgements, and cost a tenth of the throughput
   elsewhere. The one place where headers are made. */
#include "web/http/response.h"
#include "web/http/seat.h"

#include <time.h>

struct mg_connection; /* civetweb's */

struct delivery {
    bool is_head;    /* HEAD: the head alone, with the body's length */
    bool is_closing; /* Connection: close; else keep-alive */
    time_t now;
};

/* The status line's words; "Error" for a status we never send. Static. */
const char *status_reason(int http_status);

/* Writes the answer within ANSWER_DEADLINE_MS; the seat's arena takes the copy that joins
   head and body, and if it is too full they go in two writes. A location that is no
   printable ASCII or too long makes the answer a 500. False if the client did not get all
   of it: the connection must close. */
bool response_send(struct mg_connection *connection, struct seat *seat,
    const struct response *response, struct delivery delivery);

/* The same answer written into the seat's head, for a connection that lives on and a
   response without a body: its length, 0 if it is none that can be sent. */
size_t response_format(const struct response *response, struct seat *seat);

/* The answer when there is not even a seat: 503 and close. */
void response_send_busy(struct mg_connection *connection);

/* "Sun, 06 Nov 1994 08:49:37 GMT" of seconds since the epoch, years up to 9999. */
void date_format(time_t second, char out[SEAT_DATE_BYTES]);
