/* shipped_plan.c: the assembler puts the file's bytes into the program; CMake knows the
   file and builds again when it changes. */
#include "web/shipped_plan.h"

extern const char shipped_plan_bytes[];
__asm__(".pushsection .rodata\n"
        ".global shipped_plan_bytes\nshipped_plan_bytes:\n"
        ".incbin \"" SHIPPED_PLAN "\"\n"
        ".byte 0\n"
        ".popsection\n");

struct text shipped_plan(void)
{
    return text_of(shipped_plan_bytes);
}
