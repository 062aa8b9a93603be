import Files
import Foundation
import Word2Vec

/// A page to look around in word vectors: a map of all words, and each word's neighbours.
///
/// One HTML file that needs no other and no network. Vectors are kept as 16-bit numbers, so that a
/// cosine is right to four decimals; a word is 2⅔ bytes for each number of its vector.
package struct ExplorerPage: Sendable {
  /// The whole page.
  package let html: String
  /// How many words it has.
  package let wordCount: Int

  /// How many words of a file go into its page: the first 20,000, or 3,000,000 numbers if that is
  /// less.
  static func wordCount(of words: Int, dimension: Int) -> Int {
    min(words, 20_000, max(2, 3_000_000 / dimension))
  }

  /// Makes the page of some vectors.
  ///
  /// A page has the first 20,000 words at most, and fewer where vectors are longer than 150: in most
  /// files, and in all of this package's, those are the most frequent ones.
  ///
  /// - Parameters:
  ///   - vectors: The vectors, two words or more.
  ///   - title: What they are of, such as a text's name.
  ///   - file: The caller's file, for vectors that make no page.
  ///   - line: The caller's line.
  /// - Complexity: O(V²·d) for the V words of the page: seconds for 7,000, a minute for 20,000.
  package init(
    of vectors: WordVectors, title: String, file: StaticString = #fileID, line: UInt = #line
  ) {
    let d = vectors.dimension
    require(
      vectors.words.count >= 2 && d >= 1,
      "\(vectors.words.count) words with \(d) numbers each make no map", file: file, line: line)
    let count = Self.wordCount(of: vectors.words.count, dimension: d)
    let words = Array(vectors.words.prefix(count))
    let units = words.flatMap { word in (vectors.unitVector(of: word) ?? []).map { Float($0) } }
    let map = WordMap(of: Tensor(shape: [count, d], values: units))
    let data = [
      "title": Self.json(title), "words": Self.json(words), "dimension": "\(d)",
      "all": "\(vectors.words.count)",
      "places": Self.json(
        Self.base64(map.places.flatMap { [$0.x, $0.y] }.map { UInt16(($0 * 65535).rounded()) })),
      "vectors": Self.json(Self.base64(units.map { Int16(($0 * 32767).rounded()) })),
    ]
    let members = data.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    wordCount = count
    html = Self.page(
      title: title, data: "{\(members.joined(separator: ",\n"))}")
  }

  /// Writes the page, whole or not at all.
  ///
  /// - Parameter path: Where it goes.
  /// - Throws: `FileError` where it cannot be written.
  package func write(to path: String) throws(FileError) {
    try OutputFile.write(html.utf8, to: path)
  }

  /// Integers as base64 of their bytes, the low one first.
  private static func base64(_ values: [some FixedWidthInteger]) -> String {
    values.map(\.littleEndian).withUnsafeBytes { Data($0).base64EncodedString() }
  }

  /// A string as JSON that can stand in a script.
  private static func json(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": json += "\\\(scalar)"
      case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..<" ":
        json += String(format: "\\u%04x", scalar.value)
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }

  private static func json(_ texts: [String]) -> String {
    "[\(texts.map { json($0) }.joined(separator: ","))]"
  }

  /// The page of `Page/`, which opens in a browser as it is, with its style, its script and these data
  /// inside.
  private static func page(title: String, data: String) -> String {
    var page = String(decoding: PackageResources.page_html, as: UTF8.self)
    func put(_ text: String, from start: String, to end: String) {
      let first = page.range(of: start)?.upperBound ?? page.endIndex
      let last = page.range(of: end, range: first..<page.endIndex)?.lowerBound ?? page.endIndex
      page.replaceSubrange(first..<last, with: text)
    }
    func put(_ file: [UInt8], as element: String, for reference: String) {
      let text = String(decoding: file, as: UTF8.self)
      page = page.replacing(reference, with: "<\(element)>\n\(text)</\(element)>")
    }
    let escaped = title.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    put(escaped, from: "<title>Words of ", to: "</title>")
    put("\n\(data)\n", from: #"id="data">"#, to: "</script>")
    put(PackageResources.page_css, as: "style", for: #"<link rel="stylesheet" href="page.css">"#)
    put(PackageResources.page_js, as: "script", for: #"<script src="page.js"></script>"#)
    return page
  }
}
