#pragma once
/* test.h: the only file that includes cmocka, which needs four headers before it. Cases
   are static functions named as sentences; a case left out of the list is an unused
   function, an error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/text.h"

#define assert_text_equal(actual, expected)                                              \
    check_text_equal((actual), text_of(expected), __FILE__, __LINE__)

static inline void check_text_equal(
    struct text actual, struct text expected, const char *file, int line)
{
    if (!text_equals(actual, expected)) {
        print_error("\"%.*s\" is not \"%.*s\"\n", TEXT_ARG(actual), TEXT_ARG(expected));
        _fail(file, line);
    }
}
