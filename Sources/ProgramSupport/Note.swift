import Foundation

/// Writes a remark and a newline to stderr; one that cannot be written is dropped.
///
/// - Parameter text: The remark; it is no result.
public func note(_ text: String) {
  _ = writeAll(text + "\n", to: STDERR_FILENO)
}

/// A warning that may be due again and again, such as at each step, and is said once.
public struct RepeatedWarning {
  private var said: String?

  /// Nothing was said yet.
  public init() {}

  /// Says it on stderr, unless it was the last thing that was said.
  ///
  /// - Parameter text: The warning.
  public mutating func callAsFunction(_ text: String) {
    if text != said { note("warning: \(text)") }
    said = text
  }

  /// Takes note that the reason is gone: the next warning is said again.
  public mutating func end() { said = nil }
}

/// Writes text to an open file (`write`).
///
/// - Parameters:
///   - text: The text.
///   - descriptor: The file.
/// - Returns: Whether all of it was written; `errno` says why not.
package func writeAll(_ text: String, to descriptor: Int32) -> Bool {
  var text = text
  return text.withUTF8 { bytes in
    var rest = UnsafeRawBufferPointer(bytes)
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count > 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno == EAGAIN {  // the other end has made the pipe one that does not wait
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}
