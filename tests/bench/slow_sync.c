/* slow_sync.c: a library for LD_PRELOAD that makes every fsync and fdatasync take a
   millisecond more, as on a disk that is farther away. For ./run bench; node and manyi
   meet the same disk. */
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static void wait_a_millisecond(void)
{
    (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

int fsync(int file)
{
    wait_a_millisecond();
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file)
{
    wait_a_millisecond();
    return (int)syscall(SYS_fdatasync, file);
}
