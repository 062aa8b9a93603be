#ifndef TRAPS_H
#define TRAPS_H

/// From now on a trap of the process (a precondition of the standard library, an overflow, a division
/// by zero, memory that the runtime does not get, an error that a program's top does not catch) calls
/// `report` as if from the place of the trap, so that a walk up the stack from there finds who was at
/// fault. Behind the stack of another thread comes that of the main one, which waits for it.
///
/// To be called on the main thread. `report` gets what Swift's runtime has said of it, which does not
/// go to stderr, or an empty string where it says nothing. It must not return. If it traps, it is
/// called once more, with what was said first.
void traps_watch(void (*report)(const char *said));

/// From now on the place of an error that a program's top does not catch is where it was thrown on
/// the main thread; without, and where the runtime does not tell of it, it is the program's top.
void traps_watch_throws(void);

/// From now on an address where nothing is counts as a trap, too: Swift's runtime goes to one where
/// it has no memory left for its last words.
void traps_watch_addresses(void);

/// Calls `report` as a trap at this place would, with these words. It does not return.
void traps_end(const char *words);

#endif
