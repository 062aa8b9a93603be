import CSIMD
import Foundation
import Synchronization

/// A few threads that share out the pieces of one piece of work after the other.
///
/// A training step lasts some hundred microseconds and has three parts, so idle threads spin for the
/// next part a while before they sleep. A part is over when its last piece is done, whoever did it:
/// a thread that the system has put aside holds nobody up unless it holds a piece.
final class ThreadTeam: @unchecked Sendable {
  /// The number of threads, the caller's among them.
  let count: Int

  /// The number of pieces that nobody has taken yet.
  private let left = Atomic<Int>(0)
  /// The number of pieces that are not done yet.
  private let undone = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let members = Atomic<Int>(0)
  private let ended = Atomic<Bool>(false)
  private let sleep = NSCondition()
  // Written only while no piece is left or undone.
  private nonisolated(unsafe) var work: @Sendable (Int) -> Void = { _ in }

  /// Starts `count` − 1 threads.
  init(count: Int) {
    precondition(count >= 1, "count is \(count), less than 1")
    self.count = count
    for _ in 1..<count {
      let thread = Thread { [unowned(unsafe) self] in self.serve() }
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
    while members.load(ordering: .acquiring) > 0 { Self.wait(&turns) }
  }

  /// Runs `body` once for each of the numbers 0..<`pieces`, on all threads.
  ///
  /// Returns when all are done. Which thread runs which number, and in what order, is left to
  /// chance.
  ///
  /// - Precondition: The team has not ended.
  func forEach(_ pieces: Int, _ body: @escaping @Sendable (Int) -> Void) {
    precondition(!ended.load(ordering: .relaxed), "the team has ended")
    if count == 1 || pieces <= 1 {
      for piece in 0..<pieces { body(piece) }
      return
    }
    work = { body(pieces - $0) }  // the numbers left count down, the pieces up
    undone.store(pieces, ordering: .relaxed)
    left.store(pieces, ordering: .sequentiallyConsistent)
    wake()
    takePieces()
    var turns = 0
    while undone.load(ordering: .acquiring) > 0 { Self.wait(&turns) }
  }

  /// Takes pieces and does them until none is left.
  private func takePieces() {
    var number = left.load(ordering: .relaxed)
    while number > 0 {
      let (taken, now) = left.weakCompareExchange(
        expected: number, desired: number - 1, ordering: .acquiringAndReleasing)
      if taken {
        work(number)  // it stays the same as long as a piece is undone
        undone.subtract(1, ordering: .releasing)
      }
      number = taken ? left.load(ordering: .relaxed) : now
    }
  }

  /// What a thread does.
  private func serve() {
    while waitForPieces() { takePieces() }
    members.subtract(1, ordering: .releasing)
  }

  /// Waits for pieces, a while awake and then asleep; returns false when the team ends.
  private func waitForPieces() -> Bool {
    for _ in 0..<Self.patience {
      if left.load(ordering: .relaxed) > 0 { return true }
      if ended.load(ordering: .relaxed) { return false }
      simd_spin_hint()
    }
    sleep.lock()
    defer { sleep.unlock() }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    defer { sleepers.subtract(1, ordering: .sequentiallyConsistent) }
    while left.load(ordering: .sequentiallyConsistent) == 0 {
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

  /// How often a thread looks before it sleeps, some 50 µs in all.
  private static let patience = 4_000

  /// Spins a little; then sleeps, so that a thread that was put aside can have the processor.
  private static func wait(_ turns: inout Int) {
    turns += 1
    if turns < patience { simd_spin_hint() } else { usleep(20) }
  }
}
