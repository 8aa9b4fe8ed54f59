#pragma once
/* print.h: files that pages make on the press: written to an unlinked file, which is then
   mapped and sent from there, so that no more of a large one is in memory than of a small
   one. */
#include "web/http/request.h"
#include "web/http/response.h"
#include "web/press.h"

#include <stdio.h>

/* Gives *spool a file, runs the work on the press, and hands what it wrote to the
   response; the file is closed. What press_run returns; INTERNAL: the disk. */
MUST_CHECK enum status print_send(const struct request *request, press_work_fn work,
    void *argument, FILE **spool, struct response *response);

/* The address that printed links begin with: the recorded one, else the request's host.
   Without a slash at its end; in the request's arena. */
MUST_CHECK enum status print_public_url(const struct request *request, struct text *out);
