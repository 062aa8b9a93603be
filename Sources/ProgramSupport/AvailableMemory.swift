import Files
import Foundation

/// How much memory the process may still take, and what sets the limit.
public struct AvailableMemory: Sendable, Equatable {
  /// What allows no more.
  public enum Owner: String, Sendable {
    /// The machine has no more.
    case machine = "the machine"
    /// The process's own limits: addresses count that nothing is written to, such as those of
    /// threads' stacks.
    case process = "the limit of the process (ulimit)"
    /// A cgroup, which counts what is written to.
    case group = "its control group (cgroup)"
  }

  /// The bytes.
  public let bytes: UInt64
  /// What allows no more; its text is the subject of a sentence.
  public let owner: Owner

  /// The bytes that a run takes in all, some more than it does.
  ///
  /// Beside what it allocates these are the program itself with its libraries, buffers and the system's
  /// tables, 30 to 40 MB; threads' stacks where addresses count, those that the system starts among
  /// them; and a tenth for what lies unused between the allocations.
  ///
  /// - Parameters:
  ///   - allocated: The bytes that it allocates at a time.
  ///   - threads: Its threads.
  /// - Returns: The bytes.
  public func needed(_ allocated: Double, threads: Int) -> Double {
    let stacks = 9e6 * Double(threads + ProcessInfo.processInfo.activeProcessorCount + 2)
    return 1.1 * allocated + 50e6 + (owner == .process ? stacks : 0)
  }

  /// The beginning of a sentence about a run that needs more than there is.
  ///
  /// - Parameter needed: The bytes that it needs.
  /// - Returns: The words, without a full stop.
  public func shortage(_ needed: Double) -> String {
    "This run needs about \(Self.text(needed)) of memory and \(owner.rawValue) has "
      + "\(Self.text(Double(bytes))) for it"
  }

  /// Bytes with their unit, such as "1.5 GB", "150 MB" or "512 bytes".
  public static func text(_ bytes: Double) -> String {
    switch bytes {
    case ..<1e4: String(format: "%.0f bytes", bytes)
    case ..<1e6: String(format: "%.0f kB", bytes / 1e3)
    case ..<1e7: String(format: "%.1f MB", bytes / 1e6)
    case ..<1e9: String(format: "%.0f MB", bytes / 1e6)
    default: String(format: "%.1f GB", bytes / 1e9)
    }
  }

  /// Looks at the machine, the process's own limits (`ulimit`) and its cgroups.
  public static var now: AvailableMemory {
    let machine = AvailableMemory(
      bytes: ProcessInfo.processInfo.physicalMemory, owner: .machine)
    return ([machine] + groupLimits + processLimits).min { $0.bytes < $1.bytes } ?? machine
  }

  /// What the limits on the process's addresses and data leave over.
  private static var processLimits: [AvailableMemory] {
    [("VmSize:", ResourceLimit.addresses), ("VmData:", .data)].compactMap { name, resource in
      guard let value = resource.value, value != MemoryLimit.own else { return nil }
      let limit = UInt64(value)
      guard limit < ProcessInfo.processInfo.physicalMemory else { return nil }
      return AvailableMemory(bytes: limit - min(limit, statusValue(name) ?? 0), owner: .process)
    }
  }

  /// A value of `/proc/self/status`, in bytes.
  static func statusValue(_ name: String) -> UInt64? {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { UInt64($0) }
      .map { $0 << 10 }
  }

  /// The limits of the process's cgroup and of those around it, less what other processes hold there.
  ///
  /// - Source: the kernel's `cgroup-v2.rst`, `memory.max`, and `cgroup-v1/memory.rst`.
  private static var groupLimits: [AvailableMemory] {
    let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
    let own = statusValue("RssAnon:") ?? 0
    var limits: [AvailableMemory] = []
    for group in groups.split(separator: "\n") {
      let fields = group.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let isFirst = fields[1].split(separator: ",").contains("memory")
      guard isFirst || fields[1].isEmpty else { continue }
      let root = isFirst ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup"
      let file = isFirst ? "memory.limit_in_bytes" : "memory.max"
      var folder = root + fields[2]
      while folder.hasPrefix(root), let slash = folder.lastIndex(of: "/") {
        func text(_ name: String) -> String {
          (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
        }
        if let limit = UInt64(text(file).filter { !$0.isWhitespace }) {
          let held = text("memory.stat").split(separator: "\n")
            .first { $0.hasPrefix(isFirst ? "total_rss " : "anon ") }
            .flatMap { UInt64($0.split(separator: " ")[1]) }
          let others = max(own, held ?? 0) - own
          limits.append(AvailableMemory(bytes: limit - min(limit, others), owner: .group))
        }
        folder = String(folder[..<slash])
      }
    }
    return limits
  }
}
