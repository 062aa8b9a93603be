import Foundation

/// Checks what a caller must keep to; says the sentence and ends the program where they have not.
///
/// The sentence goes to stderr behind the caller's file and line, in every build: `precondition`
/// loses its words under `-O`. A function that takes `file` and `line` with these defaults and hands
/// them on puts the place of its own caller there.
///
/// - Parameters:
///   - condition: What must be true.
///   - sentence: What is wrong otherwise, with the values.
///   - file: The caller's file.
///   - line: The caller's line.
@inlinable @inline(__always)
public func require(
  _ condition: Bool, _ sentence: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition { requirementFailure(sentence(), file: file, line: line) }
}

/// Says the sentence behind the caller's file and line on stderr, and ends the program.
///
/// - Parameters:
///   - sentence: What is wrong, with the values.
///   - file: The caller's file.
///   - line: The caller's line.
@inline(never)
public func requirementFailure(
  _ sentence: String, file: StaticString = #fileID, line: UInt = #line
) -> Never {
  failureHandler(sentence, "\(file):\(line)")
  let text = Array("\(file):\(line): \(sentence)\n".utf8)
  _ = text.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  signal(SIGABRT, SIG_DFL)  // no dump of registers behind the sentence
  abort()
}

/// What a program does first with a failure's sentence and place, such as to end in its own way.
///
/// Set once, before there are threads.
nonisolated(unsafe) package var failureHandler: (_ sentence: String, _ place: String) -> Void = {
  _, _ in
}
