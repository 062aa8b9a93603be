import Foundation

/// The SHA-256 digest of bytes, as 64 hexadecimal digits (FIPS 180-4, section 6.2).
package func sha256(_ data: some Collection<UInt8>) -> String {
  var message = Array(data)
  let bitCount = UInt64(message.count) * 8
  message.append(0x80)
  message.append(contentsOf: repeatElement(0, count: (120 - message.count % 64) % 64))
  message.append(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * $0)) })

  var state = initialState
  var w = [UInt32](repeating: 0, count: 64)
  for start in stride(from: 0, to: message.count, by: 64) {
    for t in 0..<16 {
      w[t] = (0..<4).reduce(0) { $0 << 8 | UInt32(message[start + 4 * t + $1]) }
    }
    for t in 16..<64 {
      let s0 = rotated(w[t - 15], 7) ^ rotated(w[t - 15], 18) ^ (w[t - 15] >> 3)
      let s1 = rotated(w[t - 2], 17) ^ rotated(w[t - 2], 19) ^ (w[t - 2] >> 10)
      w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
    }
    compress(&state, w)
  }
  return state.map { String(format: "%08x", $0) }.joined()
}

private func compress(_ state: inout [UInt32], _ w: [UInt32]) {
  var (a, b, c, d) = (state[0], state[1], state[2], state[3])
  var (e, f, g, h) = (state[4], state[5], state[6], state[7])
  for t in 0..<64 {
    let s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    let first = h &+ s1 &+ ((e & f) ^ (~e & g)) &+ roundConstants[t] &+ w[t]
    let s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    let second = s0 &+ ((a & b) ^ (a & c) ^ (b & c))
    (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
  }
  for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
}

private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word >> count | word << (32 - count)
}

private let primes: [Int] = {
  let candidates = 2..<312
  return candidates.filter { n in !(2..<n).contains { n.isMultiple(of: $0) } }
}()

/// The first 32 bits of the fractions of the square roots of the first 8 primes.
private let initialState = primes.prefix(8).map { fraction(Double($0).squareRoot()) }

/// The first 32 bits of the fractions of the cube roots of the first 64 primes.
private let roundConstants = primes.map { fraction(cbrt(Double($0))) }

private func fraction(_ x: Double) -> UInt32 {
  UInt32((x - x.rounded(.down)) * 4_294_967_296)
}
