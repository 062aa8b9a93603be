import Dispatch

/// Calls `make` for 0..<`count` on all processors.
///
/// - Parameters:
///   - count: The number of calls.
///   - make: Makes one result; called once for each number, from any thread.
/// - Returns: The results in the order of their numbers.
package func parallelMap<Result>(_ count: Int, _ make: (Int) -> Result) -> [Result] {
  Array(unsafeUninitializedCapacity: count) { results, initialized in
    nonisolated(unsafe) let (results, make) = (results, make)  // each result is set by one thread
    DispatchQueue.concurrentPerform(iterations: count) { i in
      results.initializeElement(at: i, to: make(i))
    }
    initialized = count
  }
}
