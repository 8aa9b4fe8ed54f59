#pragma once
/* shipped_plan.h: the plan of 2026 inside the program, for the demonstration. */
#include "kiosk/text.h"

/* The text of deploy/plan-2026.yaml as it was when the program was built; static. */
struct text shipped_plan(void);
