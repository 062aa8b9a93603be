#define _GNU_SOURCE
#include "scheduler.h"

#ifdef __linux__
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int scheduler_thread(void) { return (int)syscall(SYS_gettid); }

long scheduler_switches(void) {
  struct rusage usage;
  return getrusage(RUSAGE_THREAD, &usage) == 0 ? usage.ru_nivcsw : 0;
}

int scheduler_processor(void) { return sched_getcpu(); }

static void move(int thread, int processor, const cpu_set_t *all) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(processor, &one);
  if (sched_setaffinity(thread, sizeof one, &one) == 0) {
    sched_setaffinity(thread, sizeof *all, all);
  }
}

void scheduler_move_away(const int *processors, int count) {
  cpu_set_t all, left;
  if (sched_getaffinity(0, sizeof all, &all) != 0) return;
  left = all;
  for (int i = 0; i < count; i++) {
    if (processors[i] >= 0 && processors[i] < CPU_SETSIZE) CPU_CLR(processors[i], &left);
  }
  for (int processor = 0; processor < CPU_SETSIZE; processor++) {
    if (CPU_ISSET(processor, &left)) {
      move(0, processor, &all);
      return;
    }
  }
}

void scheduler_fetch(int thread) {
  cpu_set_t all;
  int processor = sched_getcpu();
  if (sched_getaffinity(0, sizeof all, &all) != 0) return;
  if (processor >= 0 && processor < CPU_SETSIZE) move(thread, processor, &all);
}

// Source: proc(5), the fourth field of /proc/loadavg.
int scheduler_ready(void) {
  char text[128];
  int file = open("/proc/loadavg", O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  int ready = -1;
  if (count <= 0) return -1;
  text[count] = 0;
  return sscanf(text, "%*s %*s %*s %d/", &ready) == 1 ? ready : -1;
}
#else
long scheduler_switches(void) { return 0; }
int scheduler_thread(void) { return 0; }
int scheduler_processor(void) { return -1; }
void scheduler_move_away(const int *processors, int count) { (void)processors, (void)count; }
void scheduler_fetch(int thread) { (void)thread; }
int scheduler_ready(void) { return -1; }
#endif
