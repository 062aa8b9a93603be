// What a thread can learn from the system's scheduler, and ask of it.
#ifndef SCHEDULER_H
#define SCHEDULER_H

#include <stdbool.h>

// Starts a thread with a stack of 1 MiB; false where the system has none left to give.
bool scheduler_start(void (*body)(void *), void *context);

// The number by which the system knows the calling thread.
int scheduler_thread(void);

// How often the calling thread was put aside while it could have gone on; 0 where the system does
// not say.
long scheduler_switches(void);

// The processor that the calling thread is on; -1 where the system does not say.
int scheduler_processor(void);

// Puts the calling thread on the first processor that it may use beside the given ones, and leaves it
// free to be moved again to any. Does nothing where there is none, or no such call.
void scheduler_move_away(const int *processors, int count);

// Brings a thread of the process, which may wait for another processor, to the calling thread's, and
// leaves it those that it may use. Does nothing where the system has no such call.
void scheduler_fetch(int thread);

// How many threads of all programs are running or ready to run; -1 where the system does not say.
int scheduler_ready(void);

#endif
