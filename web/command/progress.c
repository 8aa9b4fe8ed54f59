/* progress.c: the bar. */
#include "web/command/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { BAR_COLUMNS = 40, PATIENCE_MS = 1000, REDRAW_MS = 100 };

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_begin(struct progress *progress)
{
    *progress = (struct progress){
        .is_terminal = isatty(STDERR_FILENO) != 0, .next_ms = now_ms() + PATIENCE_MS};
}

void progress_show(void *progress, int64_t done, int64_t total)
{
    struct progress *shown = progress;
    int64_t now = now_ms();
    bool is_last = shown->is_drawn && done == total;
    if (!shown->is_terminal || (now < shown->next_ms && !is_last))
        return;
    char bar[BAR_COLUMNS + 1];
    int64_t full = total == 0 ? BAR_COLUMNS : done * BAR_COLUMNS / total;
    for (int64_t i = 0; i < BAR_COLUMNS; i++)
        bar[i] = i < full ? '#' : '.';
    bar[BAR_COLUMNS] = '\0';
    (void)fprintf(stderr, "\r[%s] %lld / %lld", bar, (long long)done, (long long)total);
    shown->is_drawn = true;
    shown->next_ms = now + REDRAW_MS;
}

void progress_end(struct progress *progress)
{
    if (progress->is_drawn)
        (void)fputc('\n', stderr);
    progress->is_drawn = false;
}
