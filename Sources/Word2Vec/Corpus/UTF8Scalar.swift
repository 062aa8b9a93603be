/// The result of decoding one character of UTF-8, strictly: Unicode Standard, table 3-7.
enum UTF8Scalar: Equatable {
  /// A character and the number of bytes that it takes.
  case scalar(UInt32, length: Int)
  /// The bytes end before the character does; what is there is well-formed.
  case truncated
  /// Not UTF-8: overlong, a surrogate, beyond U+10FFFF, or a byte out of place.
  case invalid

  /// Decodes the character that begins at `bytes`, which has `available` (at least 1) bytes.
  init(decoding bytes: UnsafePointer<UInt8>, available: Int) {
    let first = bytes[0]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF  // the second byte is what rules out the bad ones
    switch first {
    case 0x00...0x7F:
      self = .scalar(UInt32(first), length: 1)
      return
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)  // below: overlong
    case 0xED: (length, second) = (3, 0x80...0x9F)  // above: surrogates
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)  // below: overlong
    case 0xF4: (length, second) = (4, 0x80...0x8F)  // above: beyond U+10FFFF
    case 0xF1...0xF3: length = 4
    default:
      self = .invalid
      return
    }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for k in 1..<length {
      guard k < available else {
        self = .truncated
        return
      }
      guard (k == 1 ? second : 0x80...0xBF).contains(bytes[k]) else {
        self = .invalid
        return
      }
      value = value << 6 | UInt32(bytes[k] & 0x3F)
    }
    self = .scalar(value, length: length)
  }

  /// Whether Python's `str.split()` splits at this character.
  static func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A: true
    case 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }
}
