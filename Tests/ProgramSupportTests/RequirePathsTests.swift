import ArgumentParser
import Testing

@testable import ProgramSupport

@Suite("Options that name files")
struct RequirePathsTests {
  @Test("may be left out, and not be empty")
  func empty() throws {
    try requirePaths(["--save": nil, "--figure": "a"])
    let error = #expect(throws: ValidationError.self) {
      try requirePaths(["--save": "a", "--figure": "", "--trace": ""])
    }
    #expect(error?.message == "--figure is empty; give the path of a file.")
  }
}
