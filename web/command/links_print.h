#pragma once
/* links_print.h: open links as posters, and which links are meant. */
#include "web/command/session.h"

/* False after a message: --programme or --centre is not in the plan, --paper is none. */
bool links_read(const struct invocation *call, const struct plan *plan);
/* True if the programme has posters and it and the centre are among those asked for. */
bool links_wants(const struct invocation *call, const struct plan_programme *programme,
    const struct plan_centre *centre);

/* A page for each link that is meant, to stdout. */
enum exit_code links_print(const struct invocation *call, const struct session *session,
    const struct plan *plan);
