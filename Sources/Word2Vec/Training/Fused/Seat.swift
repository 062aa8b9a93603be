import CScheduler
import Foundation
import Synchronization

/// How a member of a `ThreadTeam` shares processors with other programs.
///
/// A thread that the system puts aside amid a piece holds up its whole team while another program
/// runs, for milliseconds. So a member gives way by itself between two pieces, a little before its
/// time is over, which it learns from when it was put aside. Two members do not stay on one
/// processor where each could have its own; and whoever has waited for the leader in vain gives it
/// its processor.
final class Seat: Sendable {
  /// The processor that the member saw itself on.
  private let processor = Atomic<Int32>(-1)
  /// The system's number of the member's thread; 0 before it has run.
  private let thread = Atomic<Int32>(0)
  // What follows is the member's own.
  private nonisolated(unsafe) var turn = Turn(at: .now)
  private nonisolated(unsafe) var crowded = false
  private let processors: Int
  /// Keeps other seats out of this one's cache lines.
  private let padding = (0, 0, 0, 0, 0, 0, 0, 0, 0)

  /// Takes the number of processors that the process may use.
  init(processors: Int) { self.processors = processors }

  /// Whether other programs keep every processor busy, as the member last saw it: there waiting
  /// awake is of little use, and so is a processor of one's own.
  var isCrowded: Bool { crowded }

  /// Takes note of how the member runs, before it takes a piece, and may give way.
  ///
  /// - Parameters:
  ///   - seats: The seats of all members.
  ///   - asleep: How many of the members sleep.
  ///   - leads: Whether the others wait for what the member does between the parts of the work.
  func pause(among seats: [Seat], asleep: @autoclosure () -> Int, leads: Bool) {
    switch turn.next(
      at: .now, switches: scheduler_switches(), mayGiveWay: !leads && !crowded)
    {
    case .goOn: break
    case .giveWay: sched_yield()
    case .lookAround: lookAround(seats, awake: seats.count - asleep())
    }
  }

  /// Counts the other programs' threads; leaves a processor that another member is on.
  private func lookAround(_ seats: [Seat], awake: Int) {
    thread.store(scheduler_thread(), ordering: .relaxed)
    processor.store(scheduler_processor(), ordering: .relaxed)
    let ready = Int(scheduler_ready())
    crowded = ready >= 0 && ready - awake >= processors
    let own = processor.load(ordering: .relaxed)
    let taken = seats.filter { $0 !== self }.map { $0.processor.load(ordering: .relaxed) }
    guard !crowded, own >= 0, taken.contains(own) else { return }
    scheduler_move_away(taken, Int32(taken.count))
    processor.store(scheduler_processor(), ordering: .relaxed)
  }

  /// Gives the member the calling thread's processor.
  func fetch() {
    let thread = thread.load(ordering: .relaxed)
    if thread != 0 { scheduler_fetch(thread) }
  }
}

/// When a member gives way: a little before the system would put it aside.
struct Turn {
  /// What to do before the next piece.
  enum Action { case goOn, giveWay, lookAround }

  /// A thread was put aside for another program if it was away for so long.
  static let absence = Duration.milliseconds(1)
  /// The shortest and the longest time that a member works before it gives way.
  static let shortest = Duration.milliseconds(1), longest = Duration.milliseconds(20)

  /// How long it works before it gives way.
  private(set) var stretch = Duration.milliseconds(3)
  private var switches = -1
  private var began: ContinuousClock.Instant
  private var lastSeen: ContinuousClock.Instant
  private var gaveWay = false

  /// Begins at an instant.
  init(at now: ContinuousClock.Instant) { (began, lastSeen) = (now, now) }

  /// Decides, between two pieces.
  ///
  /// - Parameters:
  ///   - now: The instant.
  ///   - switches: How often the thread has been put aside so far.
  ///   - mayGiveWay: Whether there is any use in it.
  /// - Returns: What to do.
  @inline(__always)
  mutating func next(
    at now: ContinuousClock.Instant, switches: Int, mayGiveWay: Bool
  ) -> Action {
    defer { lastSeen = now }
    if switches != self.switches {
      if gaveWay {
        stretch = min(Self.longest, stretch + stretch / 64)
      } else if now - lastSeen > Self.absence {
        stretch = max(Self.shortest, stretch - stretch / 8)
      }
      (self.switches, began, gaveWay) = (switches, now, false)
      return .lookAround
    }
    guard mayGiveWay, now - began > stretch else { return .goOn }
    // A system that leaves the processor to the thread nevertheless is asked again before long.
    if gaveWay { began += stretch / 8 }
    gaveWay = true
    return .giveWay
  }
}
