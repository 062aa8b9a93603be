import Foundation
import Literate
import Testing

@Suite("Running a program")
struct ProgramRunTests {
  private let shell = URL(fileURLWithPath: "/bin/sh")

  private func sh(
    _ script: String, environment: [String: String?] = [:], timeout: TimeInterval = 20
  ) throws -> ProgramRun {
    try run(
      shell, arguments: ["-c", script], environment: environment,
      in: FileManager.default.temporaryDirectory, timeout: timeout)
  }

  @Test("status, stdout and stderr come back apart")
  func outputs() throws {
    let result = try sh("echo out; echo err >&2; exit 3")
    #expect(result.status == 3)
    #expect(result.stdout == "out\n")
    #expect(result.stderr == "err\n")
    #expect(!result.timedOut)
  }

  @Test("output larger than a pipe's buffer does not block")
  func longOutput() throws {
    #expect(try sh("head -c 1000000 /dev/zero | tr '\\0' x").stdout.utf8.count == 1_000_000)
  }

  @Test("variables are set, and nil removes one")
  func environment() throws {
    let result = try sh("echo $A-${HOME-none}", environment: ["A": "b", "HOME": nil])
    #expect(result.stdout == "b-none\n")
  }

  @Test("a program that hangs is ended")
  func timeout() throws {
    #expect(try sh("exec sleep 30", timeout: 0.3).timedOut)
  }
}
