#ifndef TRAPS_H
#define TRAPS_H

/// From now on a trap of the process (a precondition of the standard library, an overflow, a division
/// by zero, memory that the runtime does not get) calls `report` as if from the place of the trap, so that a walk up the stack from there
/// finds who was at fault.
///
/// `report` gets what Swift's runtime has said of it, which does not go to stderr, or an empty string
/// where it says nothing. It must not return.
void traps_watch(void (*report)(const char *said));

#endif
