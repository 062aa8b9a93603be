import COpenBLAS
import Dispatch
import Foundation

/// What this machine can do at best: the two limits that a training step is held against.
enum Limits {
  /// Both limits at each number of threads.
  static func measurements(threads: [Int]) -> [Measurement] {
    threads.flatMap { [sgemm(threads: $0), copy(threads: $0)] }
  }

  /// The peak of arithmetic: C ← A·B for square matrices by OpenBLAS, 2n³ operations.
  static func sgemm(threads: Int, n: Int = 1024) -> Measurement {
    let a = [Float](repeating: 0.5, count: n * n)
    let b = [Float](repeating: 0.25, count: n * n)
    var c = [Float](repeating: 0, count: n * n)
    let before = openblas_get_num_threads()
    openblas_set_num_threads(Int32(threads))
    defer { openblas_set_num_threads(before) }
    let size = Int32(n)
    return .timing(
      "sgemm", sizes: ["n": n, "threads": threads],
      bytes: 0, operations: 2 * Double(n) * Double(n) * Double(n)
    ) {
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, size, 1, a, size, b, size, 0, &c,
        size)
    }
  }

  /// The peak of memory: a copy of 256 MB in equal parts, one for each thread.
  ///
  /// As in STREAM, what is read and what is written both count.
  static func copy(threads: Int, megabytes: Int = 256) -> Measurement {
    let part = (megabytes << 20) / threads
    let memory = Buffers(
      source: .allocate(byteCount: part * threads, alignment: 4096),
      target: .allocate(byteCount: part * threads, alignment: 4096))
    defer {
      memory.source.deallocate()
      memory.target.deallocate()
    }
    memset(memory.source, 1, part * threads)
    return .timing(
      "copy", sizes: ["megabytes": megabytes, "threads": threads],
      bytes: 2 * Double(part * threads)
    ) {
      DispatchQueue.concurrentPerform(iterations: threads) { i in
        memcpy(memory.target + i * part, memory.source + i * part, part)
      }
    }
  }

  /// Memory that several threads write to, each its own part.
  private struct Buffers: @unchecked Sendable {
    let source: UnsafeMutableRawPointer
    let target: UnsafeMutableRawPointer
  }
}
