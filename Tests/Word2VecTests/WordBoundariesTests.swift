import Testing

@testable import Word2Vec

@Suite("Word boundaries")
struct WordBoundariesTests {
  @Test(
    "are Unicode's",
    arguments: [
      ("don't", ["don't"]), ("can’t.", ["can’t"]), ("(3.14,", ["3.14"]), ("a.b.c.", ["a.b.c"]),
      ("1,000;000", ["1,000;000"]), ("x-ray", ["x", "ray"]), ("foo_bar1", ["foo_bar1"]),
      ("naïve…", ["naïve"]), ("e\u{301}t\u{301}e\u{301}", ["e\u{301}t\u{301}e\u{301}"]),
      ("東京都", ["東", "京", "都"]), ("カタカナ", ["カタカナ"]), ("ひら", ["ひ", "ら"]), ("한국어", ["한국어"]),
      ("צה״ל", ["צה״ל"]), ("'quoted'", ["quoted"]), ("—", []), ("😀!", []), ("", []),
      ("3rd", ["3rd"]), ("http://a.example/b?c=1", ["http", "a.example", "b", "c", "1"]),
    ] as [(String, [String])])
  func samples(text: String, words: [String]) {
    #expect(WordBoundaries.words(of: text).map(String.init) == words)
  }

  /// Hangul and Hebrew are left out: the library has syllables of the one for symbols, and an
  /// apostrophe behind a letter of the other for an end.
  @Test("are those of the standard library's regular expressions")
  func asInRegex() {
    let pieces = [
      "a", "B", "é", "ñ", "ß", "1", "2", "'", "’", ".", ",", ":", ";", "_", "-", "\"", "(", "!",
      "ж", "щ", "ω", "ع", "カ", "漢", "e\u{301}", "·", "/", "@", "\u{200D}", "…",
    ]
    var random = SplitMix(state: 11)
    for _ in 0..<2000 {
      let text = (0..<1 + random.below(9)).map { _ in pieces[random.below(pieces.count)] }.joined()
      let boundaries = text.matches(of: /\b/).map(\.range.lowerBound)
      let expected = zip(boundaries, boundaries.dropFirst() + [text.endIndex]).map { text[$0..<$1] }
        .filter { $0.contains { $0.isLetter || $0.isNumber } }
      #expect(
        WordBoundaries.words(of: text).map(String.init) == expected.map(String.init), "\(text)")
    }
  }
}
