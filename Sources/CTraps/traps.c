#define _GNU_SOURCE
#include "traps.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

static void (*report)(const char *said);
static char said[4096];

static void report_and_end(void) {
  report(said);
  _exit(128 + SIGILL);
}

#if defined(__linux__)

// What is written to C's stderr. The runtime's last words are kept, all else passes.
static ssize_t write_or_keep(void *cookie, const char *bytes, size_t count) {
  (void)cookie;
  if (memmem(bytes, count, "Fatal error: ", 13)) {
    size_t kept = count < sizeof said ? count : sizeof said - 1;
    memcpy(said, bytes, kept);
    said[kept] = 0;
    return (ssize_t)count;
  }
  return write(STDERR_FILENO, bytes, count);
}

static void keep_last_words(void) {
  cookie_io_functions_t functions = {.write = write_or_keep};
  FILE *file = fopencookie(NULL, "w", functions);
  if (!file) return;
  setvbuf(file, NULL, _IONBF, 0);
  stderr = file;
}

// Goes on behind the handler in `report_and_end`, as if the instruction that trapped had called it.
static void enter(ucontext_t *context) {
#if defined(__x86_64__)
  greg_t *registers = context->uc_mcontext.gregs;
  uintptr_t *stack = (uintptr_t *)(((uintptr_t)registers[REG_RSP] - 128) & ~(uintptr_t)15);
  *--stack = (uintptr_t)registers[REG_RIP] + 1;
  registers[REG_RSP] = (greg_t)stack;
  registers[REG_RIP] = (greg_t)report_and_end;
#elif defined(__aarch64__)
  context->uc_mcontext.regs[30] = context->uc_mcontext.pc + 4;
  context->uc_mcontext.pc = (uintptr_t)report_and_end;
#else
  (void)context;
  report_and_end();
#endif
}

#else

static void keep_last_words(void) {}
static void enter(ucontext_t *context) {
  (void)context;
  report_and_end();
}

#endif

static void handle(int number, siginfo_t *info, void *context) {
  (void)info;
  signal(number, SIG_DFL);  // a trap in the report ends the process
  enter(context);
}

void traps_watch(void (*function)(const char *said)) {
  report = function;
  keep_last_words();
  struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  sigaction(SIGILL, &action, NULL);
  sigaction(SIGTRAP, &action, NULL);
  sigaction(SIGABRT, &action, NULL);
}
