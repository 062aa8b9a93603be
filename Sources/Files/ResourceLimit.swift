import Foundation

/// A limit of the system on what the process may take (`ulimit`).
package enum ResourceLimit: Sendable {
  /// The size of a file that it makes, in bytes.
  case fileSize
  /// The files that it has open.
  case openFiles
  /// A thread's stack, in bytes.
  case stack
  /// Its addresses, in bytes.
  case addresses
  /// Its data, in bytes.
  case data

  /// The limit; nil where there is none.
  package var value: Int? {
    limits.flatMap { Int(exactly: $0.rlim_cur) }.flatMap { $0 == .max ? nil : $0 }
  }

  /// Sets the limit, to a lesser one where the process may not have it so great.
  ///
  /// - Parameter value: The limit.
  /// - Returns: Whether this is the limit now.
  @discardableResult
  package func set(_ value: Int) -> Bool {
    guard var limits else { return false }
    limits.rlim_cur = min(rlim_t(value), limits.rlim_max)
    return setrlimit(resource, &limits) == 0 && limits.rlim_cur == rlim_t(value)
  }

  private var limits: rlimit? {
    var limits = rlimit()
    return getrlimit(resource, &limits) == 0 ? limits : nil
  }

  private var resource: Int32 {
    let resource =
      switch self {
      case .fileSize: RLIMIT_FSIZE
      case .openFiles: RLIMIT_NOFILE
      case .stack: RLIMIT_STACK
      case .addresses: RLIMIT_AS
      case .data: RLIMIT_DATA
      }
    #if canImport(Glibc)
      return Int32(resource.rawValue)
    #else
      return resource
    #endif
  }
}
