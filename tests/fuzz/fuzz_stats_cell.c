/* fuzz_stats_cell.c: a number of an auditor's table, of each kind. The first byte says
   which. */
#include "tests/fuzz/fuzz.h"

#include "web/command/stats.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text input = fuzz_text(data, size);
    const struct stats_column column = {.name = "x",
        .kind = (enum cell_kind)(fuzz_take_byte(&input) % (CELL_MEASURE + 1)),
        .least = -5,
        .most = 1000000000};
    struct stats_value value = {0};
    if (!stats_read(input, &column, &value) || !value.is_given)
        return 0;
    if (column.kind == CELL_COUNT)
        assert(value.count >= column.least && value.count <= column.most);
    if (column.kind == CELL_NUMBER)
        assert(isfinite(value.number));
    return 0;
}
