import Foundation

/// How much memory the process may still take, and what sets the limit.
public struct AvailableMemory: Sendable, Equatable {
  /// The bytes.
  public let bytes: UInt64
  /// What allows no more, as the subject of a sentence.
  public let owner: String
  /// Whether addresses count that nothing is written to, such as those of threads' stacks.
  public var countsAddresses = false

  /// What threads' stacks take of it, in bytes: those of a run and those that the system starts.
  public func stacks(_ threads: Int) -> Double {
    guard countsAddresses else { return 0 }
    return 9e6 * Double(threads + ProcessInfo.processInfo.activeProcessorCount + 2)
  }

  /// Looks at the machine, the process's own limits (`ulimit`) and its cgroups.
  public static var now: AvailableMemory {
    let machine = AvailableMemory(
      bytes: ProcessInfo.processInfo.physicalMemory, owner: "the machine")
    return ([machine] + groupLimits + processLimits).min { $0.bytes < $1.bytes } ?? machine
  }

  /// What the limits on the process's addresses and data leave over.
  private static var processLimits: [AvailableMemory] {
    #if canImport(Glibc) || canImport(Musl)
      let limits = [("VmSize:", RLIMIT_AS), ("VmData:", RLIMIT_DATA)]
      return limits.compactMap { name, resource in
        var limit = rlimit()
        guard getrlimit(Int32(resource.rawValue), &limit) == 0,
          limit.rlim_cur < ProcessInfo.processInfo.physicalMemory,
          UInt64(limit.rlim_cur) != MemoryLimit.own
        else { return nil }
        let used = statusValue(name) ?? 0
        let left = UInt64(limit.rlim_cur) - min(UInt64(limit.rlim_cur), used)
        return AvailableMemory(
          bytes: left, owner: "the limit of the process (ulimit)", countsAddresses: true)
      }
    #else
      return []
    #endif
  }

  /// A value of `/proc/self/status`, in bytes.
  static func statusValue(_ name: String) -> UInt64? {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { UInt64($0) }
      .map { $0 << 10 }
  }

  /// The limits of the process's cgroup and of those around it.
  ///
  /// - Source: the kernel's `cgroup-v2.rst`, `memory.max`, and `cgroup-v1/memory.rst`.
  private static var groupLimits: [AvailableMemory] {
    let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
    var limits: [UInt64] = []
    for group in groups.split(separator: "\n") {
      let fields = group.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let isFirst = fields[1].split(separator: ",").contains("memory")
      guard isFirst || fields[1].isEmpty else { continue }
      let root = isFirst ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup"
      let file = isFirst ? "memory.limit_in_bytes" : "memory.max"
      var folder = root + fields[2]
      while folder.hasPrefix(root), let slash = folder.lastIndex(of: "/") {
        let text = (try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)) ?? ""
        if let limit = UInt64(text.filter { !$0.isWhitespace }) { limits.append(limit) }
        folder = String(folder[..<slash])
      }
    }
    return limits.map { AvailableMemory(bytes: $0, owner: "its control group (cgroup)") }
  }
}
