#pragma once
/* codes_print.h: codes as printed slips. */
#include "web/command/session.h"

#include "db/codes.h"

/* EXIT_USAGE after a message: --per-page is none, or stdout is a terminal; EXIT_FAILED:
   there is no font. Asked before any code is made. */
enum exit_code codes_can_print(const struct invocation *call);
/* How many slips fill a sheet, by --per-page. */
size_t codes_per_page(const struct invocation *call);

/* Prints the codes of an order to stdout, with progress on a terminal. */
MUST_CHECK enum status codes_print(const struct invocation *call,
    const struct session *session, const struct codes_order *order,
    const struct code *codes, enum exit_code *out);
