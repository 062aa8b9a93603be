import CSIMD
import CScheduler
import Files
import Foundation
import Synchronization

/// A few threads that share out the pieces of one piece of work after the other.
///
/// A training step lasts some hundred microseconds and has two parts, so a thread that has nothing to
/// do spins for a part's time before it sleeps. A part is over when its last piece is done, whoever
/// did it: a thread that the system has put aside holds nobody up unless it holds a piece, which its
/// `Seat` sees to.
///
/// Member m of n takes the pieces m, m + n, m + 2n, … first, in every part, so that what belongs to
/// a piece stays in the cache of one processor; then it takes what others have left.
final class ThreadTeam: @unchecked Sendable {
  /// The number of threads, the caller's among them.
  let count: Int

  /// For each member, the number of its pieces that nobody has taken yet.
  private let left: [Counter]
  private let seats: [Seat]
  private let processors = availableProcessorCount
  /// The number of pieces that are not done yet.
  private let undone = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let leaderSleeps = Atomic<Bool>(false)
  private let members = Atomic<Int>(0)
  private let ended = Atomic<Bool>(false)
  private let sleep = NSCondition()
  // Written only while no piece is left or undone.
  private nonisolated(unsafe) var work: @Sendable (Int) -> Void = { _ in }
  private nonisolated(unsafe) var pieces = 0
  /// How many turns, of some 10 ns each, the leader spins before it sleeps, and the others, which
  /// by then may do without the leader's processor.
  private static let leadersPatience = 4_000, othersPatience = 12_000
  /// As many where other programs wait for the processors.
  private static let crowdedPatience = 2_000

  /// Where there is one thread, is told after each `forEach` how long each piece took.
  var record: (([Double]) -> Void)?

  /// A counter with a cache line of its own.
  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
    private let padding = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  }

  /// Starts `count` − 1 threads, which keep the team until it ends.
  ///
  /// Where the system gives fewer, those there are do all the work.
  init(count: Int) {
    require(count >= 1, "count is \(count), less than 1")
    self.count = count
    left = (0..<count).map { _ in Counter() }
    let processors = processors
    seats = (0..<count).map { _ in Seat(processors: processors) }
    for member in 1..<count {
      members.add(1, ordering: .relaxed)
      let place = Unmanaged.passRetained(Place(team: self, member: member))
      let isStarted = scheduler_start(
        { place in
          guard let place else { return }
          let started = Unmanaged<Place>.fromOpaque(place).takeRetainedValue()
          started.team.serve(started.member)
        }, place.toOpaque())
      guard !isStarted else { continue }
      place.release()
      members.subtract(1, ordering: .relaxed)
    }
  }

  /// What a new thread is told.
  private final class Place: Sendable {
    let team: ThreadTeam
    let member: Int
    init(team: ThreadTeam, member: Int) { (self.team, self.member) = (team, member) }
  }

  /// Ends the threads and waits until they are gone.
  func end() {
    ended.store(true, ordering: .sequentiallyConsistent)
    wake()
    wait { members.load(ordering: .sequentiallyConsistent) == 0 }
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
      let clock = ContinuousClock()
      var seconds: [Double] = []
      for piece in 0..<pieces {
        guard record != nil else {
          body(piece)
          continue
        }
        seconds.append(clock.measure { body(piece) } / .seconds(1))
      }
      record?(seconds)
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
    wait { undone.load(ordering: .sequentiallyConsistent) == 0 }
  }

  /// Takes the member's own pieces, then those of the others, and does them until none is left.
  private func takePieces(as member: Int) {
    for victim in member..<member + count {
      let owner = victim % count
      let counter = left[owner]
      var number = counter.value.load(ordering: .relaxed)
      while number > 0 {
        seats[member].pause(among: seats, asleep: asleep, leads: member == 0)
        let (taken, now) = counter.value.weakCompareExchange(
          expected: number, desired: number - 1, ordering: .acquiringAndReleasing)
        if taken {
          // As long as a piece is undone, `work` and `pieces` stay the same.
          let own = (pieces - owner + count - 1) / count
          work(owner + (own - number) * count)
          if undone.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 { wakeLeader() }
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
    while waitForPieces(as: member) { takePieces(as: member) }
    members.subtract(1, ordering: .sequentiallyConsistent)
    wakeLeader()
  }

  /// Waits for pieces, a while awake and then asleep; returns false when the team ends.
  private func waitForPieces(as member: Int) -> Bool {
    for _ in 0..<(isCrowded(member) ? Self.crowdedPatience : Self.othersPatience) {
      if isWork { return true }
      if ended.load(ordering: .relaxed) { return false }
      simd_spin_hint()
    }
    if !isCrowded(member) { seats[0].fetch() }
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

  /// Lets the caller's thread wait for the others, a while awake and then asleep.
  private func wait(until isOver: () -> Bool) {
    for _ in 0..<(isCrowded(0) ? Self.crowdedPatience : Self.leadersPatience) {
      if isOver() { return }
      simd_spin_hint()
    }
    sleep.lock()
    defer { sleep.unlock() }
    leaderSleeps.store(true, ordering: .sequentiallyConsistent)
    defer { leaderSleeps.store(false, ordering: .sequentiallyConsistent) }
    while !isOver() { sleep.wait() }
  }

  /// How many of the members sleep.
  private var asleep: Int {
    sleepers.load(ordering: .relaxed) + (leaderSleeps.load(ordering: .relaxed) ? 1 : 0)
  }

  /// Whether a member has to share its processor even so.
  private func isCrowded(_ member: Int) -> Bool {
    count > processors || seats[member].isCrowded
  }

  private func wakeLeader() {
    guard leaderSleeps.load(ordering: .sequentiallyConsistent) else { return }
    sleep.lock()
    sleep.broadcast()
    sleep.unlock()
  }
}
