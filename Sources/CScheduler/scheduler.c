#define _GNU_SOURCE
#include "scheduler.h"

#include <pthread.h>
#include <stdlib.h>

struct start {
  void (*body)(void *);
  void *context;
};

static void *run(void *pointer) {
  struct start start = *(struct start *)pointer;
  free(pointer);
  start.body(start.context);
  return NULL;
}

bool scheduler_start(void (*body)(void *), void *context) {
  struct start *start = malloc(sizeof *start);
  pthread_attr_t attributes;
  if (start == NULL) return false;
  if (pthread_attr_init(&attributes) != 0) {
    free(start);
    return false;
  }
  *start = (struct start){body, context};
  pthread_attr_setstacksize(&attributes, 1 << 20);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  bool is_started = pthread_create(&thread, &attributes, run, start) == 0;
  pthread_attr_destroy(&attributes);
  if (!is_started) free(start);
  return is_started;
}

#ifdef __linux__
#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
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

// Taken by whoever moves a thread: another who then read the thread's processors would take the one
// that it is on for a moment for all that it may use.
static atomic_flag moving = ATOMIC_FLAG_INIT;

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
  if (atomic_flag_test_and_set(&moving)) return;
  if (sched_getaffinity(0, sizeof all, &all) == 0) {
    left = all;
    for (int i = 0; i < count; i++) {
      if (processors[i] >= 0 && processors[i] < CPU_SETSIZE) CPU_CLR(processors[i], &left);
    }
    int processor = 0;
    while (processor < CPU_SETSIZE && !CPU_ISSET(processor, &left)) processor++;
    if (processor < CPU_SETSIZE) move(0, processor, &all);
  }
  atomic_flag_clear(&moving);
}

void scheduler_fetch(int thread) {
  cpu_set_t all;
  int processor = sched_getcpu();
  if (processor < 0 || processor >= CPU_SETSIZE || atomic_flag_test_and_set(&moving)) return;
  if (sched_getaffinity(thread, sizeof all, &all) == 0) move(thread, processor, &all);
  atomic_flag_clear(&moving);
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
