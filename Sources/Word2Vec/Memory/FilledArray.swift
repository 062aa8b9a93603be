extension Array where Element: BitwiseCopyable {
  /// An array of `count` elements that `fill` sets.
  ///
  /// - Parameters:
  ///   - count: The number of elements.
  ///   - fill: Sets all elements, or throws.
  /// - Throws: What `fill` throws.
  package init<Failure: Error>(
    count: Int, _ fill: (UnsafeMutablePointer<Element>) throws(Failure) -> Void
  ) throws(Failure) {
    var failure: Failure?
    self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let first = buffer.baseAddress else { return }
      do throws(Failure) {
        try fill(first)
        initialized = count
      } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
