/* sample_size.c: the normal approximation, corrected for a finite population. */
#include "kiosk/sample_size.h"

#include "kiosk/interval.h"
#include "kiosk/rate.h"
#include "kiosk/special.h"

#include <math.h>

/* What rounding errors alone put above a whole number is that number. */
static const double rounding = 1e-9;

static bool is_valid(const struct sample_size_input *in)
{
    return (in->population == POPULATION_UNKNOWN ||
               (in->population >= 1 && in->population <= FIGURE_COUNT_MAX)) &&
           in->margin > 0 && in->margin <= 1 && in->p >= 0 && in->p <= 1 &&
           in->confidence_bp >= 5000 && in->confidence_bp < 10000 &&
           in->expected_share > 0 && in->expected_share <= 1;
}

static int64_t at_most(int64_t number, int64_t population)
{
    return population != POPULATION_UNKNOWN && number > population ? population : number;
}

enum status sample_size_compute(
    const struct sample_size_input *input, struct sample_size *out)
{
    if (!is_valid(input))
        return STATUS_INVALID;
    double z = normal_critical(confidence_tail(input->confidence_bp));
    double raw = z * z * input->p * (1 - input->p) / (input->margin * input->margin);
    if (input->population != POPULATION_UNKNOWN) {
        double people = (double)input->population;
        raw = raw > 0 ? people * raw / (people - 1 + raw) : 0;
    }
    double invited = fmax(ceil(raw - rounding), 1) / input->expected_share;
    if (!(invited <= (double)FIGURE_COUNT_MAX))
        return STATUS_INVALID;
    int64_t n = at_most((int64_t)fmax(ceil(raw - rounding), 1), input->population);
    *out = (struct sample_size){
        .n_raw = raw,
        .n = n,
        .invitations =
            at_most((int64_t)ceil((double)n / input->expected_share - rounding),
                input->population),
    };
    return STATUS_OK;
}
