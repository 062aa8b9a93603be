import Foundation
import Synchronization
import Testing

@testable import Word2Vec

@Suite("Thread team", .timeLimit(.minutes(1)))
struct ThreadTeamTests {
  /// Counts how often each item was run.
  private final class Tally: @unchecked Sendable {
    let counts: UnsafeMutablePointer<Int32>  // each item has its own: no two threads share one
    init(_ items: Int) {
      counts = .allocate(capacity: items)
      counts.initialize(repeating: 0, count: items)
    }
    deinit { counts.deallocate() }
  }

  @Test("runs each item once, whatever their number", arguments: [1, 2, 3, 8])
  func eachItemOnce(threads: Int) {
    let team = ThreadTeam(count: threads)
    defer { team.end() }
    for items in [0, 1, 2, 7, 1000] {
      let tally = Tally(1000)
      for _ in 0..<20 { team.forEach(items) { tally.counts[$0] += 1 } }
      #expect((0..<1000).allSatisfy { tally.counts[$0] == ($0 < items ? 20 : 0) })
    }
  }

  @Test("runs many rounds, and each sees what the one before wrote", arguments: [1, 2, 3, 8])
  func manyRounds(threads: Int) {
    // With more threads than cores a round waits for the system's scheduler.
    let rounds: Int32 = threads <= 2 ? 20_000 : threads == 3 ? 2000 : 300
    let team = ThreadTeam(count: threads)
    defer { team.end() }
    let tally = Tally(9)
    for round in 0..<rounds {
      team.forEach(9) { item in
        if tally.counts[item] == round { tally.counts[item] += 1 }
      }
    }
    #expect((0..<9).allSatisfy { tally.counts[$0] == rounds })
  }

  @Test("wakes threads that have gone to sleep")
  func sleepers() {
    let team = ThreadTeam(count: 3)
    defer { team.end() }
    let tally = Tally(64)
    for _ in 0..<5 {
      Thread.sleep(forTimeInterval: 0.1)
      team.forEach(64) { tally.counts[$0] += 1 }
    }
    #expect((0..<64).allSatisfy { tally.counts[$0] == 5 })
  }

  @Test("uses its threads: items that wait for one another end")
  func together() {
    let team = ThreadTeam(count: 3)
    defer { team.end() }
    let meeting = Meeting()
    team.forEach(3) { _ in
      meeting.arrive()
      while meeting.arrived < 3 { sched_yield() }
    }
    #expect(meeting.arrived == 3)
  }

  private final class Meeting: Sendable {
    private let count = Atomic<Int>(0)
    var arrived: Int { count.load(ordering: .acquiring) }
    func arrive() { count.add(1, ordering: .acquiringAndReleasing) }
  }

  @Test("ends at once and once: new, used, or asleep")
  func end() {
    for round in 0..<60 {
      let team = ThreadTeam(count: 1 + round % 4)
      if round % 3 == 1 { team.forEach(10) { _ in } }
      if round % 20 == 2 { Thread.sleep(forTimeInterval: 0.05) }
      team.end()
      team.end()
    }
  }

  #if os(Linux)
    @Test("does all its work where the system gives it no threads, and ends")
    func noThreads() async {
      await #expect(processExitsWith: .success) {
        let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let used = try #require(UInt(pages.prefix { $0 != " " })) * UInt(getpagesize())
        var limit = rlimit(rlim_cur: used + 1 << 20, rlim_max: used + 1 << 20)
        #expect(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
        let team = ThreadTeam(count: 100)
        let done = Atomic<Int>(0)
        for _ in 0..<10 { team.forEach(1000) { _ in done.add(1, ordering: .relaxed) } }
        team.end()
        #expect(done.load(ordering: .relaxed) == 10_000)
      }
    }
  #endif

  @Test("refuses a team of nobody")
  func nobody() async {
    await #expect(processExitsWith: .failure) { _ = ThreadTeam(count: 0) }
  }
}
