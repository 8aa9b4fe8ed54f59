#pragma once
/* routes.h: every address of the program, one row each. ARCHITECTURE.md prints the same
 * table. */
#include "web/http/server.h"

extern const struct route routes[];
extern const size_t route_count;
