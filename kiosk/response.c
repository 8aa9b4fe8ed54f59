/* response.c: quotients of counts; nothing over nothing is no rate. */
#include "kiosk/response.h"

#include "kiosk/rate.h"

#include <math.h>

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : (double)NAN;
}

static bool is_valid(const struct response_input *in)
{
    const int64_t counts[] = {in->complete, in->partial, in->refused, in->missed,
        in->other, in->unknown, in->ineligible};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i] < 0 || counts[i] > FIGURE_COUNT_MAX / 8)
            return false;
    return in->population >= POPULATION_UNKNOWN && in->population <= FIGURE_COUNT_MAX &&
           in->valid >= NO_COUNT && in->valid <= in->complete + in->partial;
}

enum status response_compute(const struct response_input *input, struct response *out)
{
    if (!is_valid(input))
        return STATUS_INVALID;
    double complete = (double)input->complete;
    double filled = complete + (double)input->partial;
    double contacted = filled + (double)input->refused + (double)input->other;
    double decided = contacted + (double)input->missed;
    double listed = decided + (double)input->unknown;
    double eligible = share(decided, decided + (double)input->ineligible);
    double likely = decided + eligible * (double)input->unknown;
    *out = (struct response){
        .eligible = eligible,
        .rr = {share(complete, listed), share(filled, listed), share(complete, likely),
            share(filled, likely), share(complete, decided), share(filled, decided)},
        .coop = {share(complete, contacted), share(filled, contacted)},
        .refusal = share((double)input->refused, listed),
        .contact = share(contacted, listed),
        .participation = NAN,
        .item_valid = NAN,
    };
    if (input->valid == NO_COUNT)
        return STATUS_OK;
    out->item_valid = share((double)input->valid, filled);
    if (input->population != POPULATION_UNKNOWN)
        out->participation = share((double)input->valid, (double)input->population);
    return STATUS_OK;
}
