import Foundation

/// The limit on the size of files that the process may make (`ulimit -f`).
package enum FileSizeLimit {
  /// The limit in bytes; nil where there is none.
  package static var bytes: Int? {
    #if canImport(Glibc) || canImport(Musl)
      let resource = Int32(RLIMIT_FSIZE.rawValue)
    #else
      let resource = RLIMIT_FSIZE
    #endif
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return nil }
    return Int(exactly: limit.rlim_cur).flatMap { $0 == .max ? nil : $0 }
  }
}
