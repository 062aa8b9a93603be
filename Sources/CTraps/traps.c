#define _GNU_SOURCE
#include "traps.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void (*report)(const char *said);
static char said[4096];

static void report_and_end(void) {
  report(said);
  _exit(128 + SIGILL);
}

// The first words are those of the failure; later ones are of a report that fails itself.
static void keep(const char *words, size_t count) {
  if (said[0]) return;
  size_t kept = count < sizeof said ? count : sizeof said - 1;
  memcpy(said, words, kept);
  said[kept] = 0;
}

void traps_end(const char *words) {
  keep(words, strlen(words));
  raise(SIGABRT);
  report_and_end();
}

#if defined(__linux__)

#include <semaphore.h>
#include <stdatomic.h>
#include <time.h>
#include <ucontext.h>
#include <unwind.h>

// What is written to C's stderr. The runtime's last words are kept, all else passes.
static ssize_t write_or_keep(void *cookie, const char *bytes, size_t count) {
  (void)cookie;
  if (!memmem(bytes, count, "Fatal error: ", 13)) return write(STDERR_FILENO, bytes, count);
  keep(bytes, count);
  return (ssize_t)count;
}

static void keep_last_words(void) {
  cookie_io_functions_t functions = {.write = write_or_keep};
  FILE *file = fopencookie(NULL, "w", functions);
  if (!file) return;
  setvbuf(file, NULL, _IONBF, 0);
  stderr = file;
}

// The addresses behind a stack's calls, the innermost first.
enum { most = 128 };
struct calls {
  uintptr_t from;  // where the walk up the stack begins to count; 0 is at once
  int count;
  uintptr_t codes[most];
};

static _Unwind_Reason_Code take(struct _Unwind_Context *context, void *result) {
  struct calls *calls = result;
  int is_before = 0;
  uintptr_t code = _Unwind_GetIPInfo(context, &is_before);
  if (!code || (calls->from && code != calls->from)) return _URC_NO_REASON;
  calls->from = 0;
  calls->codes[calls->count++] = code + (uintptr_t)is_before;
  return calls->count < most ? _URC_NO_REASON : _URC_END_OF_STACK;
}

static void walk(struct calls *calls, uintptr_t from) {
  calls->count = 0;
  calls->from = from;
  _Unwind_Backtrace(take, calls);
  if (from && !calls->count) calls->codes[calls->count++] = from + 1;
}

// Of the thread that failed; of the main thread, if it waits for that one; of the last throw.
static struct calls failed, waiting, thrown;
static pthread_t main_thread;
static sem_t main_has_walked;
static _Atomic pid_t reporter;
static int reports;

static void ask_main(void) {
  struct timespec end;
  clock_gettime(CLOCK_REALTIME, &end);
  end.tv_sec += 2;
  if (!pthread_kill(main_thread, SIGTRAP)) sem_timedwait(&main_has_walked, &end);
}

static uintptr_t place(ucontext_t *context) {
#if defined(__x86_64__)
  return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
  return (uintptr_t)context->uc_mcontext.pc;
#else
  return 0;
#endif
}

#if defined(__x86_64__) || defined(__aarch64__)

// Goes on behind the handler in `report_and_end`, as if the place of the failure had called it. Who
// walks up the stack from there goes by frame pointers. Neither libc on its way to `abort` nor an
// error on its way to the top leaves any, so they are made here, above each other on the stack.
static void enter(ucontext_t *context) {
  int is_thrown = thrown.count && strstr(said, "Error raised at top level");
  const struct calls *inner = is_thrown ? &thrown : &failed;
  int count = inner->count + waiting.count;
#if defined(__x86_64__)
  greg_t *registers = context->uc_mcontext.gregs;
  uintptr_t top = (uintptr_t)registers[REG_RSP] - 128;  // a function may use 128 bytes beyond
#else
  uintptr_t top = (uintptr_t)context->uc_mcontext.sp;
#endif
  uintptr_t(*frames)[2] = (uintptr_t(*)[2])(top & ~(uintptr_t)15) - (count + 2);
  for (int i = 0; i < count; i++) {
    frames[i][0] = (uintptr_t)frames[i + 1];
    frames[i][1] = i < inner->count ? inner->codes[i] : waiting.codes[i - inner->count];
  }
  frames[count][0] = frames[count][1] = 0;
#if defined(__x86_64__)
  registers[REG_RBP] = (greg_t)frames[1];
  registers[REG_RSP] = (greg_t)&frames[0][1];
  registers[REG_RIP] = (greg_t)report_and_end;
#else
  context->uc_mcontext.regs[29] = (uintptr_t)frames[1];
  context->uc_mcontext.regs[30] = frames[0][1];
  context->uc_mcontext.sp = (uintptr_t)frames[0];
  context->uc_mcontext.pc = (uintptr_t)report_and_end;
#endif
}

#else

static void enter(ucontext_t *context) {
  (void)context;
  report_and_end();
}

#endif

static void handle(int number, siginfo_t *info, void *context) {
  pid_t self = gettid(), none = 0;
  if (self == getpid() && number == SIGTRAP && info->si_code == SI_TKILL) {
    walk(&waiting, place(context));
    sem_post(&main_has_walked);
    return;
  }
  if (!atomic_compare_exchange_strong(&reporter, &none, self) && none != self)
    for (;;) pause();
  reports++;
  if (reports == 1) {
    walk(&failed, place(context));
    if (self != getpid()) ask_main();
  }
  if (reports == 2) signal(number, SIG_DFL);  // a failure of the report's report ends the process
  enter(context);
}

extern void (*_Atomic _swift_willThrow)(void *) __attribute__((weak));
extern void (*_Atomic _swift_willThrowTypedImpl)(void *, const void *, const void *const *)
    __attribute__((weak));

static void note_throw(void *error) {
  (void)error;
  if (!reporter && gettid() == getpid()) walk(&thrown, 0);
}

static void note_typed_throw(void *value, const void *type, const void *const *conformance) {
  (void)type, (void)conformance;
  note_throw(value);
}

void traps_watch_throws(void) {
  if (&_swift_willThrow) _swift_willThrow = note_throw;
  if (&_swift_willThrowTypedImpl) _swift_willThrowTypedImpl = note_typed_throw;
}

static void prepare(void) {
  main_thread = pthread_self();
  sem_init(&main_has_walked, 0, 0);
  keep_last_words();
}

#else

static void handle(int number, siginfo_t *info, void *context) {
  (void)info, (void)context;
  signal(number, SIG_DFL);
  report_and_end();
}

void traps_watch_throws(void) {}
static void prepare(void) {}

#endif

static void watch(int number) {
  struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

void traps_watch(void (*function)(const char *said)) {
  report = function;
  prepare();
  watch(SIGILL);
  watch(SIGTRAP);
  watch(SIGABRT);
}

void traps_watch_addresses(void) {
#if !defined(__has_feature) || !__has_feature(address_sanitizer)
  watch(SIGSEGV);
  watch(SIGBUS);
#endif
}
