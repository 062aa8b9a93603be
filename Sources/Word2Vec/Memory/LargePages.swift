import Foundation

/// Asks for pages of 2 MiB for memory that has not been touched yet, where the system has them.
func adviseLargePages(_ start: UnsafeMutableRawPointer?, _ bytes: Int) {
  #if os(Linux)
    guard let start, bytes >= 1 << 21 else { return }
    let first = start.alignedUp(toMultipleOf: 4096)
    madvise(first, bytes - (first - start), MADV_HUGEPAGE)
  #endif
}

extension Array where Element: BitwiseCopyable {
  /// An empty array with room for `capacity` elements, on large pages where there are some.
  ///
  /// Reading it in random order is then not slowed down by looking up page after page.
  init(largeCapacity capacity: Int) {
    self.init(unsafeUninitializedCapacity: capacity) { buffer, count in
      adviseLargePages(buffer.baseAddress, buffer.count * MemoryLayout<Element>.stride)
      count = 0
    }
  }
}
