import CSIMD

/// The SHA-256 digest of a message that may come in pieces.
///
/// The digest of the three bytes of "abc" begins with ba7816bf.
///
/// Source: NIST FIPS 180-4, "Secure Hash Standard", 2015, sections 5 and 6.2.
public struct SHA256: Sendable {
  /// The eight words of the hash so far.
  private var hash: SIMD8<UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  /// The bytes that do not fill a block of 64 yet.
  private var pending: [UInt8] = []

  /// The length of the message so far, in bytes.
  private var length = 0

  private static let hasInstructions = sha256_is_fast()
  /// Whether the processor's own instructions take the rounds; the digest is the same.
  private let isFast: Bool

  /// Starts an empty message.
  public init() { self.init(isFast: Self.hasInstructions) }

  init(isFast: Bool) {
    self.isFast = isFast
    pending.reserveCapacity(64)
  }

  /// Appends bytes to the message.
  ///
  /// - Complexity: O(n); bytes in contiguous memory are read in place.
  public mutating func update(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { update(buffer: $0) }
    if done == nil { Array(bytes).withUnsafeBufferPointer { update(buffer: $0) } }
  }

  /// Appends some numbers, of each the least significant byte first.
  public mutating func update<Number: FixedWidthInteger & BitwiseCopyable>(words: [Number]) {
    #if _endian(big)
      let words = words.map { $0.littleEndian }
    #endif
    words.withUnsafeBytes { raw in
      raw.withMemoryRebound(to: UInt8.self) { update(buffer: $0) }
    }
  }

  /// Returns the digest of the message so far, 32 bytes; the message may go on afterwards.
  public func digest() -> [UInt8] {
    var last = self
    var padding: [UInt8] = [0x80]
    let used = (length + 1) % 64
    padding += [UInt8](repeating: 0, count: (120 - used) % 64)
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: (length * 8) >> shift))
    }
    last.update(padding)
    return (0..<32).map { UInt8(truncatingIfNeeded: last.hash[$0 / 4] >> UInt32(24 - $0 % 4 * 8)) }
  }

  /// Returns the digest of the message so far, 64 lower-case hexadecimal digits.
  public func hexDigest() -> String {
    let digits = Array("0123456789abcdef")
    return String(digest().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// Returns the digest of a whole message, 64 lower-case hexadecimal digits.
  public static func hexDigest(of bytes: some Sequence<UInt8>) -> String {
    var hasher = SHA256()
    hasher.update(bytes)
    return hasher.hexDigest()
  }

  /// Returns the digest of 32-bit integers, each as four bytes, least significant first.
  public static func hexDigest(of values: [Int32]) -> String {
    var hasher = SHA256()
    hasher.update(words: values)
    return hasher.hexDigest()
  }

  /// Returns the digest of single-precision numbers, each as four bytes, least significant first.
  public static func hexDigest(of values: [Float]) -> String {
    var hasher = SHA256()
    hasher.update(words: values.map { $0.bitPattern })
    return hasher.hexDigest()
  }

  private mutating func update(buffer: UnsafeBufferPointer<UInt8>) {
    length += buffer.count
    var rest = buffer[...]
    if !pending.isEmpty {
      let taken = rest.prefix(64 - pending.count)
      pending += taken
      rest = rest.dropFirst(taken.count)
      guard pending.count == 64 else { return }
      pending.withUnsafeBufferPointer { absorb($0[...]) }
      pending.removeAll(keepingCapacity: true)
    }
    let blocks = rest.prefix(rest.count / 64 * 64)
    absorb(blocks)
    pending += rest.dropFirst(blocks.count)
  }

  /// Takes blocks of 64 bytes.
  private mutating func absorb(_ blocks: Slice<UnsafeBufferPointer<UInt8>>) {
    let blocks = UnsafeBufferPointer(rebasing: blocks)
    guard let start = blocks.baseAddress else { return }
    Self.roundConstants.withUnsafeBufferPointer { constants in
      if isFast {
        withUnsafeMutableBytes(of: &hash) {
          sha256_absorb(
            $0.assumingMemoryBound(to: UInt32.self).baseAddress, start, blocks.count / 64,
            constants.baseAddress)
        }
      } else {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
          for block in stride(from: 0, to: blocks.count, by: 64) {
            Self.absorb(start + block, into: &hash, schedule: schedule, constants)
          }
        }
      }
    }
  }

  /// One block of 64 bytes: the message schedule and the 64 rounds of section 6.2.2.
  private static func absorb(
    _ block: UnsafePointer<UInt8>, into hash: inout SIMD8<UInt32>,
    schedule w: UnsafeMutableBufferPointer<UInt32>, _ roundConstants: UnsafeBufferPointer<UInt32>
  ) {
    for t in 0..<16 {
      let word = UnsafeRawPointer(block).loadUnaligned(fromByteOffset: 4 * t, as: UInt32.self)
      w.initializeElement(at: t, to: UInt32(bigEndian: word))
    }
    for t in 16..<64 {
      let s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ (w[t - 15] >> 3)
      let s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ (w[t - 2] >> 10)
      w.initializeElement(at: t, to: s1 &+ w[t - 7] &+ s0 &+ w[t - 16])
    }
    var (a, b, c, d) = (hash[0], hash[1], hash[2], hash[3])
    var (e, f, g, h) = (hash[4], hash[5], hash[6], hash[7])
    for t in 0..<64 {
      let sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
      let choice = (e & f) ^ (~e & g)
      let t1 = h &+ sum1 &+ choice &+ roundConstants[t] &+ w[t]
      let sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e) = (g, f, e, d &+ t1)
      (d, c, b, a) = (c, b, a, t1 &+ sum0 &+ majority)
    }
    hash &+= [a, b, c, d, e, f, g, h]
  }

  @inline(__always)
  private static func rotate(_ x: UInt32, _ n: UInt32) -> UInt32 {
    (x >> n) | (x << (32 - n))
  }

  /// The leading 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let roundConstants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5,
    0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3,
    0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc,
    0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13,
    0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3,
    0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5,
    0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208,
    0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
