import Testing

@testable import Files

@Suite("SHA-256")
struct SHA256Tests {
  @Test(
    "gives the digests of the standard's examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func examples(message: String, digest: String) {
    #expect(SHA256.hexDigest(of: message.utf8) == digest)
    #expect(SHA256.hexDigest(of: Array(message.utf8)) == digest)
  }

  @Test("gives the digest of a million times the letter a")
  func million() {
    let digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(SHA256.hexDigest(of: [UInt8](repeating: 0x61, count: 1_000_000)) == digest)
  }

  @Test("does not depend on how the message is cut", arguments: [1, 7, 63, 64, 65, 128])
  func pieces(size: Int) {
    for length in [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 300] {
      let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 31) }
      var hasher = SHA256()
      for start in stride(from: 0, to: length, by: size) {
        hasher.update(message[start..<min(start + size, length)])
      }
      #expect(hasher.hexDigest() == SHA256.hexDigest(of: message), "\(length) bytes")
    }
  }

  @Test("gives the same digests without the processor's own instructions")
  func withoutInstructions() {
    let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 37) }
    for length in 0...message.count {
      var hasher = SHA256(isFast: false)
      hasher.update(message[..<length])
      let digest = SHA256.hexDigest(of: message[..<length])
      #expect(hasher.hexDigest() == digest, "\(length) bytes")
    }
  }

  @Test("reads numbers as little-endian bytes")
  func numbers() {
    let bytes: [UInt8] = [1, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff]
    #expect(SHA256.hexDigest(of: [1, -2] as [Int32]) == SHA256.hexDigest(of: bytes))
    #expect(
      SHA256.hexDigest(of: [1.5] as [Float]) == SHA256.hexDigest(of: [0, 0, 0xc0, 0x3f] as [UInt8]))
  }
}
