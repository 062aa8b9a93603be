import Foundation

/// How many processors the process may use, 1 or more: its affinity and its cgroup's quota count, as
/// they are when it is first asked for.
public let availableProcessorCount =
  min(affineProcessorCount ?? .max, quotaProcessorCount ?? .max, onlineProcessorCount)

private var onlineProcessorCount: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

/// The processors that the scheduler may put the process on; nil where the system does not say.
///
/// - Source: `proc(5)`, the mask `Cpus_allowed` in hexadecimal digits.
private var affineProcessorCount: Int? {
  guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
    let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed:") })
  else { return nil }
  let count = line.drop { $0 != ":" }.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
  return count > 0 ? count : nil
}

/// The quota of the process's cgroup and of those around it, rounded up; nil where there is none.
///
/// - Source: the kernel's `Documentation/admin-guide/cgroup-v2.rst`, `cpu.max`.
private var quotaProcessorCount: Int? {
  let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
  guard let own = groups.split(separator: "\n").first(where: { $0.hasPrefix("0::") }) else {
    return nil
  }
  let root = "/sys/fs/cgroup"
  var (folder, least) = (root + own.dropFirst(3), nil as Int?)
  while folder.hasPrefix(root), let slash = folder.lastIndex(of: "/") {
    let text = (try? String(contentsOfFile: folder + "/cpu.max", encoding: .utf8)) ?? ""
    let fields = text.split(whereSeparator: \.isWhitespace).map { Double($0) }
    if fields.count == 2, let quota = fields[0], let period = fields[1], period > 0 {
      least = min(least ?? .max, max(1, Int((quota / period).rounded(.up))))
    }
    folder = String(folder[..<slash])
  }
  return least
}
