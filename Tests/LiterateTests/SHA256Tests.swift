import Testing

@testable import Literate

@Suite("SHA-256")
struct SHA256Tests {
  @Test(
    "the digests that FIPS 180-4's examples and coreutils' sha256sum give",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func digests(text: String, digest: String) {
    #expect(sha256(Array(text.utf8)) == digest)
  }

  @Test("lengths around a block's end")
  func lengths() {
    let digests = [55, 56, 63, 64, 65, 119].map { sha256([UInt8](repeating: 97, count: $0)) }
    #expect(
      digests.map { String($0.prefix(8)) } == [
        "9f4390f8", "b35439a4", "7d3e74a0", "ffe054fe", "635361c4", "31eba51c",
      ])
  }
}
