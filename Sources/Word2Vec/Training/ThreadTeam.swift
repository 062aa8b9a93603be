import CSIMD
import Foundation
import Synchronization

/// A few threads that run one closure together and wait for one another.
///
/// A training step lasts some hundred microseconds and has three parts, so the threads spin for the
/// next part a while before they give the processor away.
final class ThreadTeam: @unchecked Sendable {
  /// The number of threads, the caller's among them.
  let count: Int

  private let round = Atomic<Int>(0)
  private let busy = Atomic<Int>(0)
  private let nextItem = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let ended = Atomic<Bool>(false)
  private let sleep = NSCondition()
  // Written only while no member is busy.
  private nonisolated(unsafe) var work: @Sendable () -> Void = {}

  /// Starts `count` − 1 threads.
  init(count: Int) {
    precondition(count >= 1, "count is \(count), less than 1")
    self.count = count
    for _ in 1..<count {
      let thread = Thread { [unowned(unsafe) self] in self.serve() }
      thread.stackSize = 1 << 20
      busy.add(1, ordering: .relaxed)
      thread.start()
    }
    waitForMembers()
  }

  /// Ends the threads and waits until they are gone.
  func end() {
    guard count > 1, !ended.exchange(true, ordering: .acquiringAndReleasing) else { return }
    busy.store(count - 1, ordering: .releasing)
    wake()
    waitForMembers()
  }

  /// Runs `body` once for each of the numbers 0..<`items`, on all threads.
  ///
  /// Returns when all are done. Which thread runs which number, and in what order, is left to chance.
  func forEach(_ items: Int, _ body: @escaping @Sendable (Int) -> Void) {
    precondition(!ended.load(ordering: .relaxed), "the team has ended")
    if count == 1 || items <= 1 {
      for item in 0..<items { body(item) }
      return
    }
    nextItem.store(0, ordering: .relaxed)
    work = { [unowned(unsafe) self] in
      while true {
        let item = nextItem.add(1, ordering: .relaxed).oldValue
        guard item < items else { return }
        body(item)
      }
    }
    busy.store(count - 1, ordering: .relaxed)
    wake()
    work()
    waitForMembers()
  }

  private func wake() {
    round.add(1, ordering: .sequentiallyConsistent)
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    sleep.lock()
    sleep.broadcast()
    sleep.unlock()
  }

  private func waitForMembers() {
    var turns = 0
    while busy.load(ordering: .acquiring) > 0 { Self.pause(&turns) }
  }

  private func serve() {
    var seen = 0
    busy.subtract(1, ordering: .releasing)
    while true {
      seen = waitForRound(after: seen)
      if ended.load(ordering: .acquiring) { break }
      work()
      busy.subtract(1, ordering: .releasing)
    }
    busy.subtract(1, ordering: .releasing)
  }

  private func waitForRound(after seen: Int) -> Int {
    var turns = 0
    while turns < 20_000 {
      let now = round.load(ordering: .acquiring)
      if now != seen { return now }
      Self.pause(&turns)
    }
    sleep.lock()
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while round.load(ordering: .sequentiallyConsistent) == seen { sleep.wait() }
    sleepers.subtract(1, ordering: .relaxed)
    defer { sleep.unlock() }
    return round.load(ordering: .acquiring)
  }

  /// Spins a little; after some thousand turns lets other threads run.
  private static func pause(_ turns: inout Int) {
    turns += 1
    if turns < 4_000 { simd_spin_hint() } else { sched_yield() }
  }
}
