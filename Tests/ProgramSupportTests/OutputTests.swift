import Foundation
import Testing

@testable import ProgramSupport

@Suite("Results and remarks that cannot be written")
struct OutputTests {
  @Test("a result that cannot be printed stops nothing, and the program ends with status 1")
  func lostResult() async {
    await #expect(processExitsWith: .exitCode(1)) {
      Output.prepare()
      guard !Output.failed, let descriptor = Optional(open("/dev/full", O_WRONLY)) else { exit(2) }
      dup2(descriptor, STDOUT_FILENO)
      Output.print("a result")
      guard Output.failed else { exit(3) }
      exit(0)
    }
  }

  @Test("a closed pipe does not kill")
  func closedPipe() async {
    await #expect(processExitsWith: .exitCode(1)) {
      Output.prepare()
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { exit(2) }
      close(ends[0])
      dup2(ends[1], STDOUT_FILENO)
      dup2(ends[1], STDERR_FILENO)
      note("dropped")
      Output.print("a result")
      note("dropped")
      exit(0)
    }
  }

  @Test("a remark that is lost does not count")
  func lostRemark() async {
    await #expect(processExitsWith: .exitCode(0)) {
      Output.prepare()
      close(STDERR_FILENO)
      note("dropped")
      Output.print("a result")
      exit(0)
    }
  }
}

@Suite("Signals")
struct InterruptionTests {
  @Test("end a program that has written nothing, with 128 and their number")
  func ends() async {
    await #expect(processExitsWith: .exitCode(128 + SIGTERM)) {
      Interruption.endsProgram()
      raise(SIGTERM)
    }
    await #expect(processExitsWith: .exitCode(128 + SIGHUP)) {
      signal(SIGHUP, SIG_DFL)
      Interruption.endsProgram()
      raise(SIGHUP)
    }
  }

  @Test("a program that watches is asked, and ended by the second")
  func watches() async {
    await #expect(processExitsWith: .signal(SIGTERM)) {
      Interruption.endsProgram()  // which unblocks the signals
      Interruption.watch()
      guard !Interruption.isRequested else { exit(2) }
      raise(SIGINT)
      guard Interruption.isRequested, Interruption.status == 130 else { exit(3) }
      usleep(600_000)
      raise(SIGTERM)
    }
  }

  @Test("a program that watches is not ended by a signal that comes twice at once")
  func twice() async {
    await #expect(processExitsWith: .exitCode(143)) {
      Interruption.endsProgram()
      Interruption.watch()
      raise(SIGTERM)
      raise(SIGTERM)
      exit(Interruption.status)
    }
  }

  @Test("a closed terminal asks a program to end, too")
  func hangUp() async {
    await #expect(processExitsWith: .exitCode(129)) {
      signal(SIGHUP, SIG_DFL)
      Interruption.endsProgram()
      Interruption.watch()
      raise(SIGHUP)
      exit(Interruption.isRequested ? Interruption.status : 2)
    }
  }

  @Test("a terminal that closes does not count where the program was started to ignore that")
  func nohup() async {
    await #expect(processExitsWith: .exitCode(5)) {
      signal(SIGHUP, SIG_IGN)
      Interruption.endsProgram()
      Interruption.watch()
      raise(SIGHUP)
      exit(Interruption.isRequested ? 2 : 5)
    }
  }
}
