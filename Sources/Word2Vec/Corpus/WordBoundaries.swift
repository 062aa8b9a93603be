/// Unicode's default word boundaries in text without white space.
///
/// Where a script does not separate its words, as in Chinese or Thai, each character that is no mark
/// is a word.
///
/// - Source: Unicode Standard Annex 29, section 4.1, rules WB4 to WB13b, with the classes from
///   `Unicode.Scalar.Properties`.
enum WordBoundaries {
  /// What a character is to the rules.
  private enum Kind {
    case letter, hebrewLetter, digit, katakana, connector, extender
    case midLetter, midNumber, midBoth, singleQuote, doubleQuote
    /// A letter that stands alone, as an ideograph.
    case single
    case other

    var isLetter: Bool { self == .letter || self == .hebrewLetter }
  }

  /// The words: what stands between two boundaries and has a letter or a digit.
  static func words(of text: String) -> [Substring] {
    let scalars = text.unicodeScalars
    var words: [Substring] = []
    // Characters that extend the one before them are as if they were not there (WB4).
    var places: [String.Index] = []
    var kinds: [Kind] = []
    for place in scalars.indices {
      let kind = kind(of: scalars[place])
      if kind == .extender, !places.isEmpty { continue }
      places.append(place)
      kinds.append(kind)
    }
    var start = 0
    for end in 1..<(kinds.count + 1) where end == kinds.count || isBoundary(kinds, end) {
      let hasWord = kinds[start..<end].contains {
        $0.isLetter || $0 == .digit || $0 == .katakana || $0 == .single
      }
      let last = end == kinds.count ? scalars.endIndex : places[end]
      if hasWord { words.append(Substring(scalars[places[start]..<last])) }
      start = end
    }
    return words
  }

  /// Whether there is a boundary before character i, which is not the first.
  private static func isBoundary(_ kinds: [Kind], _ i: Int) -> Bool {
    let (a, b) = (kinds[i - 1], kinds[i])
    let before = i >= 2 ? kinds[i - 2] : .other
    let after = i + 1 < kinds.count ? kinds[i + 1] : .other
    if a.isLetter, b.isLetter { return false }  // WB5
    if a.isLetter, isBetweenLetters(b), after.isLetter { return false }  // WB6
    if before.isLetter, isBetweenLetters(a), b.isLetter { return false }  // WB7
    if a == .hebrewLetter, b == .singleQuote { return false }  // WB7a
    if a == .hebrewLetter, b == .doubleQuote, after == .hebrewLetter { return false }  // WB7b
    if before == .hebrewLetter, a == .doubleQuote, b == .hebrewLetter { return false }  // WB7c
    if a == .digit, b == .digit || b.isLetter { return false }  // WB8, WB10
    if a.isLetter, b == .digit { return false }  // WB9
    if before == .digit, isBetweenDigits(a), b == .digit { return false }  // WB11
    if a == .digit, isBetweenDigits(b), after == .digit { return false }  // WB12
    if a == .katakana, b == .katakana { return false }  // WB13
    let joins: (Kind) -> Bool = { $0.isLetter || $0 == .digit || $0 == .katakana }
    if b == .connector, joins(a) || a == .connector { return false }  // WB13a
    if a == .connector, joins(b) { return false }  // WB13b
    return true
  }

  private static func isBetweenLetters(_ kind: Kind) -> Bool {
    kind == .midLetter || kind == .midBoth || kind == .singleQuote
  }

  private static func isBetweenDigits(_ kind: Kind) -> Bool {
    kind == .midNumber || kind == .midBoth || kind == .singleQuote
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x30...0x39: return .digit
    case 0x41...0x5A, 0x61...0x7A: return .letter
    case 0x27: return .singleQuote
    case 0x22: return .doubleQuote
    case 0x2E, 0x2018, 0x2019, 0x2024, 0xFE52, 0xFF07, 0xFF0E: return .midBoth
    case 0x3A, 0xB7, 0x387, 0x55F, 0x5F4, 0x2027, 0xFE13, 0xFE55, 0xFF1A: return .midLetter
    case 0x2C, 0x3B, 0x37E, 0x589, 0x60C, 0x60D, 0x66C, 0x7F8, 0x2044, 0xFE10, 0xFE14, 0xFE50,
      0xFE54, 0xFF0C, 0xFF1B:
      return .midNumber
    case 0x5F, 0x202F: return .connector
    case ..<0x80: return .other
    case 0x5D0...0x5EA, 0x5EF...0x5F2, 0xFB1D...0xFB4F:
      return isMark(scalar) ? .extender : .hebrewLetter
    case 0x3031...0x3035, 0x309B...0x309C, 0x30A0...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF,
      0x32D0...0x32FE, 0x3300...0x3357, 0xFF66...0xFF9D:
      return .katakana
    case 0x3041...0x3096, 0x309D...0x309F: return .single  // Hiragana
    case 0x200B: return .other
    default: break
    }
    if isMark(scalar) { return .extender }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .decimalNumber: return .digit
    case .connectorPunctuation: return .connector
    default: break
    }
    guard properties.isAlphabetic else { return .other }
    return properties.isIdeographic || isUnseparated(scalar.value) ? .single : .letter
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .format: true
    default: scalar.properties.isGraphemeExtend || 0x1F3FB...0x1F3FF ~= scalar.value
    }
  }

  /// Whether a letter is of a script of South-East Asia that does not separate words: Thai, Lao,
  /// Burmese, Khmer, Tai and their kin.
  private static func isUnseparated(_ value: UInt32) -> Bool {
    switch value {
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x1950...0x19DF, 0x1A20...0x1AAF: true
    case 0xA9E0...0xA9FF, 0xAA60...0xAADF, 0x11700...0x1174F: true
    default: false
    }
  }
}
