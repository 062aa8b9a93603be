import Foundation
import Testing

@testable import ProgramSupport

@Suite("Memory that a process may take")
struct AvailableMemoryTests {
  @Test("is the machine's, or less")
  func machine() {
    let available = AvailableMemory.now
    #expect(available.bytes > 0 && available.bytes <= ProcessInfo.processInfo.physicalMemory)
  }

  @Test("is to hold more than what is allocated, and stacks where addresses count")
  func needed() {
    let (group, process) = (
      AvailableMemory(bytes: 1 << 30, owner: .group),
      AvailableMemory(bytes: 1 << 30, owner: .process)
    )
    for allocated in [0, 1e8, 1e10] {
      let needed = group.needed(allocated, threads: 2)
      #expect(needed >= 1.1 * allocated + 40e6)
      #expect(process.needed(allocated, threads: 2) >= needed + 2 * 8e6)
      #expect(process.needed(allocated, threads: 10) >= needed + 10 * 8e6)
    }
  }

  @Test("is said with a unit that shows it")
  func text() {
    #expect(AvailableMemory.text(98e6) == "98 MB" && AvailableMemory.text(1.46e9) == "1.5 GB")
    #expect(
      AvailableMemory(bytes: 104_000_000, owner: .group).shortage(127e6)
        == "This run needs about 127 MB of memory and its control group (cgroup) has 104 MB for it")
  }
}
