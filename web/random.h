#pragma once
/* random.h: unpredictable bytes for ids, the only randomness the faces need. */
#include <stddef.h>

void random_fill(void *bytes, size_t size);
