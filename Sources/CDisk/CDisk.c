#include "CDisk.h"

#include <errno.h>

#ifdef __linux__

#include <linux/aio_abi.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

unsigned long disk_queue(void) {
  aio_context_t queue = 0;
  return syscall(SYS_io_setup, 1, &queue) == 0 ? queue : 0;
}

int disk_flush(unsigned long queue, int file) {
  struct io_event ended;
  struct timespec at_once = {0, 0};
  if (syscall(SYS_io_getevents, queue, 0, 1, &ended, &at_once) == 1 && ended.res < 0) return -ended.res;
  struct iocb request = {.aio_lio_opcode = IOCB_CMD_FDSYNC, .aio_fildes = file};
  struct iocb *requests = &request;
  return syscall(SYS_io_submit, queue, 1, &requests) == 1 ? 0 : errno;
}

void disk_close(unsigned long queue) { syscall(SYS_io_destroy, queue); }

#else

unsigned long disk_queue(void) { return 0; }

int disk_flush(unsigned long queue, int file) { return ENOSYS; }

void disk_close(unsigned long queue) {}

#endif
