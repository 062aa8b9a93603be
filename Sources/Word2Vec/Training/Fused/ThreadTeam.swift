import CSIMD
import Files
import Foundation
import Synchronization

/// A few threads that share out the pieces of one piece of work after the other.
///
/// A training step lasts some hundred microseconds and has two parts, so idle threads spin for the
/// next part a while before they sleep. A part is over when its last piece is done, whoever did it:
/// a thread that the system has put aside holds nobody up unless it holds a piece.
///
/// Member m of n takes the pieces m, m + n, m + 2n, … first, in every part, so that what belongs to
/// a piece stays in the cache of one processor; then it takes what others have left.
final class ThreadTeam: @unchecked Sendable {
  /// The number of threads, the caller's among them.
  let count: Int

  /// For each member, the number of its pieces that nobody has taken yet.
  private let left: [Counter]
  /// The number of pieces that are not done yet.
  private let undone = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let members = Atomic<Int>(0)
  private let ended = Atomic<Bool>(false)
  private let sleep = NSCondition()
  // Written only while no piece is left or undone.
  private nonisolated(unsafe) var work: @Sendable (Int) -> Void = { _ in }
  private nonisolated(unsafe) var pieces = 0
  private let patience: Int

  /// A counter with a cache line of its own.
  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
    private let padding = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  }

  /// Starts `count` − 1 threads.
  init(count: Int) {
    require(count >= 1, "count is \(count), less than 1")
    self.count = count
    left = (0..<count).map { _ in Counter() }
    // Some 500 µs of looking before a thread sleeps, where each has a processor of its own.
    patience = count <= availableProcessorCount ? 40_000 : 2_000
    for member in 1..<count {
      let thread = Thread { [unowned(unsafe) self] in self.serve(member) }
      thread.stackSize = 1 << 20
      members.add(1, ordering: .relaxed)
      thread.start()
    }
  }

  /// Ends the threads and waits until they are gone.
  func end() {
    ended.store(true, ordering: .sequentiallyConsistent)
    wake()
    var turns = 0
    while members.load(ordering: .acquiring) > 0 { wait(&turns) }
  }

  /// Runs `body` once for each of the numbers 0..<`pieces`, on all threads.
  ///
  /// Returns when all are done. Which thread runs which number, and in what order, is left to
  /// chance.
  ///
  /// - Precondition: The team has not ended.
  func forEach(_ pieces: Int, _ body: @escaping @Sendable (Int) -> Void) {
    require(!ended.load(ordering: .relaxed), "the team has ended")
    if count == 1 || pieces <= 1 {
      for piece in 0..<pieces { body(piece) }
      return
    }
    work = body
    self.pieces = pieces
    undone.store(pieces, ordering: .relaxed)
    for member in 0..<count {
      let own = (pieces - member + count - 1) / count
      left[member].value.store(max(0, own), ordering: .sequentiallyConsistent)
    }
    wake()
    takePieces(as: 0)
    var turns = 0
    while undone.load(ordering: .acquiring) > 0 { wait(&turns) }
  }

  /// Takes the member's own pieces, then those of the others, and does them until none is left.
  private func takePieces(as member: Int) {
    for victim in member..<member + count {
      let owner = victim % count
      let counter = left[owner]
      var number = counter.value.load(ordering: .relaxed)
      while number > 0 {
        let (taken, now) = counter.value.weakCompareExchange(
          expected: number, desired: number - 1, ordering: .acquiringAndReleasing)
        if taken {
          // As long as a piece is undone, `work` and `pieces` stay the same.
          let own = (pieces - owner + count - 1) / count
          work(owner + (own - number) * count)
          undone.subtract(1, ordering: .releasing)
        }
        number = taken ? counter.value.load(ordering: .relaxed) : now
      }
    }
  }

  /// Whether a piece is left that nobody has taken.
  private var isWork: Bool {
    left.contains { $0.value.load(ordering: .sequentiallyConsistent) > 0 }
  }

  /// What a thread does.
  private func serve(_ member: Int) {
    while waitForPieces() { takePieces(as: member) }
    members.subtract(1, ordering: .releasing)
  }

  /// Waits for pieces, a while awake and then asleep; returns false when the team ends.
  private func waitForPieces() -> Bool {
    for _ in 0..<patience {
      if isWork { return true }
      if ended.load(ordering: .relaxed) { return false }
      simd_spin_hint()
    }
    sleep.lock()
    defer { sleep.unlock() }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    defer { sleepers.subtract(1, ordering: .sequentiallyConsistent) }
    while !isWork {
      if ended.load(ordering: .sequentiallyConsistent) { return false }
      sleep.wait()
    }
    return true
  }

  private func wake() {
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    sleep.lock()
    sleep.broadcast()
    sleep.unlock()
  }

  /// Spins a little; then sleeps, so that a thread that was put aside can have the processor.
  private func wait(_ turns: inout Int) {
    turns += 1
    if turns < patience { simd_spin_hint() } else { usleep(20) }
  }
}
