import CSIMD
import Foundation
import Synchronization

/// A few threads that run one closure together and wait for one another.
///
/// A training step lasts some hundred microseconds and has three parts, so the threads spin for the
/// next part a while before they give the processor away.
final class ThreadTeam: @unchecked Sendable {
  typealias Work = @Sendable (_ member: Int) -> Void

  /// The number of threads, the caller's among them.
  let count: Int

  private let round = Atomic<Int>(0)
  private let busy = Atomic<Int>(0)
  private let items = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let ended = Atomic<Bool>(false)
  private let sleep = NSCondition()
  private nonisolated(unsafe) var work: Work = { _ in }  // written only while no member is busy

  /// Starts `count` − 1 threads.
  init(count: Int) {
    precondition(count >= 1, "count is \(count), less than 1")
    self.count = count
    for member in 1..<max(count, 1) {
      let thread = Thread { [unowned(unsafe) self] in self.serve(member) }
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
    if count == 1 || items <= 1 {
      for item in 0..<items { body(item) }
      return
    }
    self.items.store(0, ordering: .relaxed)
    work = { [unowned(unsafe) self] _ in
      while true {
        let item = self.items.add(1, ordering: .relaxed).oldValue
        guard item < items else { return }
        body(item)
      }
    }
    busy.store(count - 1, ordering: .relaxed)
    wake()
    work(0)
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

  private func serve(_ member: Int) {
    var seen = 0
    busy.subtract(1, ordering: .releasing)
    while true {
      seen = waitForRound(after: seen)
      if ended.load(ordering: .acquiring) { break }
      work(member)
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
