#pragma once
/* log.h: one JSON object a line on stderr, with journald's priority prefix. Who logs: db/
   where the engine's message is known, web/ once per failed request. Never a code, a
   comment or an address. */
#include "kiosk/text.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_NOTICE };

/* event is a fixed word ("store.write_failed"); detail may be empty and is escaped. */
void log_line(enum log_level level, const char *event, struct text detail);
