#pragma once
/* head.h: cuts a request's head up in place the way civetweb 1.15 does, leniency
   included, so that the gate can be tested without a server. */
#include "kiosk/text.h"

#include <civetweb.h>

/* buffer is the whole worker's buffer, of which civetweb parses more than it received.
   False if civetweb would refuse the head by itself. */
bool head_cut(char *buffer, size_t size, struct mg_request_info *info);
