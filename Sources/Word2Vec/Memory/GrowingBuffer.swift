import Files
import Foundation

/// Memory that grows like an array and is read through a plain pointer.
///
/// Threads that share an `Array` pay for atomic reference counts at each access; a pointer taken
/// once does not. It stays valid until the next `append` or `resize`.
final class GrowingBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
  // Unchecked: a check of exclusive access would cost more than the access.
  @exclusivity(unchecked) private(set) var pointer: UnsafeMutablePointer<Element>
  @exclusivity(unchecked) private(set) var count = 0
  @exclusivity(unchecked) private var capacity: Int

  /// Creates an empty buffer with room for `capacity` elements.
  init(capacity: Int = 1024) {
    self.capacity = max(1, capacity)
    pointer = .allocateZeroed(self.capacity)
  }

  deinit { free(pointer) }

  /// The elements; valid as long as `pointer`.
  var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: pointer, count: count) }

  @inline(__always)
  func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    pointer[count] = element
    count += 1
  }

  /// Sets the count; what lies beyond the old count is undefined.
  func resize(to newCount: Int) {
    if newCount > capacity { grow(to: newCount) }
    count = newCount
  }

  private func grow(to newCount: Int) {
    capacity = max(newCount, 2 * capacity)
    let larger = UnsafeMutablePointer<Element>.allocateZeroed(capacity)
    larger.update(from: pointer, count: count)
    free(pointer)
    pointer = larger
  }
}

extension UnsafeMutablePointer where Pointee: BitwiseCopyable {
  /// Memory for `count` elements, all bits zero, at the start of a cache line; freed by `free`.
  static func allocateZeroed(_ count: Int) -> UnsafeMutablePointer {
    let bytes = max(64, count * MemoryLayout<Pointee>.stride)
    var raw: UnsafeMutableRawPointer?
    let isLarge = bytes >= 1 << 21  // worth pages of 2 MiB, where the system has them
    let status = posix_memalign(&raw, isLarge ? 1 << 21 : 64, bytes)
    guard status == 0, let raw else {
      requirementFailure("failed to allocate \(bytes) bytes of memory, \(count) of \(Pointee.self)")
    }
    adviseLargePages(raw, bytes)
    memset(raw, 0, bytes)
    return raw.bindMemory(to: Pointee.self, capacity: count)
  }
}
