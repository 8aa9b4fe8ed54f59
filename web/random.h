#pragma once
/* random.h: unpredictable bytes. */
#include <stddef.h>

void random_fill(void *bytes, size_t size);
