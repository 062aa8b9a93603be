import CScheduler
import Foundation
import Testing

@testable import Word2Vec

@Suite("Turn")
struct TurnTests {
  private let begin = ContinuousClock.now

  /// A turn that has been told of a switch at its beginning, as a new one always is.
  private func turn() -> Turn {
    var turn = Turn(at: begin)
    #expect(turn.next(at: begin, switches: 0, mayGiveWay: true) == .lookAround)
    return turn
  }

  private func after(_ milliseconds: Double) -> ContinuousClock.Instant {
    begin + .milliseconds(1) * milliseconds
  }

  @Test("gives way when its time is over, and not before")
  func itsTime() {
    var turn = turn()
    let stretch = turn.stretch
    #expect(turn.next(at: begin + stretch, switches: 0, mayGiveWay: true) == .goOn)
    let late = begin + stretch + .nanoseconds(1)
    #expect(turn.next(at: late, switches: 0, mayGiveWay: false) == .goOn)
    #expect(turn.next(at: late, switches: 0, mayGiveWay: true) == .giveWay)
  }

  @Test("asks again after an eighth of its time where the system let it go on")
  func again() {
    var turn = turn()
    let stretch = turn.stretch
    #expect(turn.next(at: begin + stretch * 2, switches: 0, mayGiveWay: true) == .giveWay)
    for eighth in 1...9 {
      #expect(
        turn.next(at: begin + stretch * 2, switches: 0, mayGiveWay: true)
          == (eighth < 9 ? .giveWay : .goOn))
    }
  }

  @Test("works longer where it gave way, shorter where it was put aside before that, within bounds")
  func length() {
    var turn = turn()
    var now = begin
    for switches in 1...1000 {
      let before = turn.stretch
      now += before + .nanoseconds(1)
      #expect(turn.next(at: now, switches: switches - 1, mayGiveWay: true) == .giveWay)
      #expect(turn.next(at: now, switches: switches, mayGiveWay: true) == .lookAround)
      #expect(turn.stretch > before || turn.stretch == Turn.longest)
    }
    #expect(turn.stretch == Turn.longest)
    for switches in 1001...2000 {
      let before = turn.stretch
      now += .milliseconds(2)
      #expect(turn.next(at: now, switches: switches, mayGiveWay: true) == .lookAround)
      #expect(turn.stretch < before || turn.stretch == Turn.shortest)
    }
    #expect(turn.stretch == Turn.shortest)
    // One that was not away for long was moved, not put aside.
    now += Turn.absence
    #expect(turn.next(at: now, switches: 2001, mayGiveWay: true) == .lookAround)
    #expect(turn.stretch == Turn.shortest)
  }
}

#if os(Linux)
  // Glibc's module leaves out what is Linux's own.
  @_silgen_name("sched_getaffinity")
  private func getAffinity(_ thread: Int32, _ size: Int, _ set: UnsafeMutablePointer<UInt8>)
    -> Int32
  @_silgen_name("sched_setaffinity")
  private func setAffinity(_ thread: Int32, _ size: Int, _ set: UnsafeMutablePointer<UInt8>)
    -> Int32

  @Suite("Seat", .timeLimit(.minutes(1)))
  struct SeatTests {
    /// The processors that the calling thread may use, a bit for each.
    private static var affinity: [UInt8] {
      var set = [UInt8](repeating: 0, count: 128)
      #expect(getAffinity(0, set.count, &set) >= 0)
      return set
    }

    /// Lets the calling thread use one processor alone, the one that it is on.
    private static func pin() {
      var set = [UInt8](repeating: 0, count: 128)
      let processor = Int(scheduler_processor())
      set[processor / 8] = 1 << (processor % 8)
      #expect(setAffinity(0, set.count, &set) == 0)
    }

    /// Runs something on a thread of its own, and gives what it gives.
    private func onThread<T: Sendable>(_ body: @escaping @Sendable () -> T) -> T {
      let done = DispatchSemaphore(value: 0)
      nonisolated(unsafe) var result: T?
      Thread.detachNewThread {
        result = body()
        done.signal()
      }
      done.wait()
      guard let result else { fatalError("the thread gave nothing") }
      return result
    }

    @Test("leaves its thread the processors that it had, wherever it moved it")
    func affinity() {
      let places: [[Int32]] = [[scheduler_processor()], Array(0..<1024), [-1, .max], [0], [1]]
      let seen = onThread {
        [Self.affinity]
          + places.map { taken in
            scheduler_move_away(taken, Int32(taken.count))
            return Self.affinity
          }
      }
      #expect(Set(seen).count == 1)
      let pinned = onThread {
        Self.pin()
        let before = (Self.affinity, scheduler_processor())
        scheduler_move_away([before.1], 1)
        return [before.0 == Self.affinity, before.1 == scheduler_processor()]
      }
      #expect(pinned == [true, true])
    }

    @Test("gives a member the processor of whoever waits for it, and leaves it those that it had")
    func fetch() {
      let seat = Seat(processors: 1)
      seat.fetch()  // nobody has sat down yet: nothing happens
      let (before, after) = onThread {
        let before = Self.affinity
        seat.pause(among: [seat], asleep: 0, leads: true)
        onThread {
          Self.pin()
          seat.fetch()
        }
        return (before, Self.affinity)
      }
      #expect(before == after)
    }

    @Test("knows whether other programs' threads fill all processors")
    func crowded() {
      let (alone, crowded) = (Seat(processors: 1_000_000), Seat(processors: 1))
      onThread {
        alone.pause(among: [alone], asleep: 0, leads: false)
        // The calling thread itself is taken for another program's where all members sleep.
        crowded.pause(among: [crowded], asleep: 1, leads: false)
      }
      #expect(!alone.isCrowded && crowded.isCrowded)
    }
  }
#endif
