import Files
import Foundation

/// How the words of a text are found.
public struct TextForm: Sendable, Equatable {
  /// Whether words are put in lower case.
  public var isLowercased: Bool
  /// Whether words end at Unicode's word boundaries, so that punctuation is dropped and "don't" stays
  /// one word; otherwise at white space alone.
  public var isTokenized: Bool

  /// Describes a form; by default words are as they stand between white space.
  ///
  /// - Parameters:
  ///   - isLowercased: Whether words are put in lower case.
  ///   - isTokenized: Whether words end at Unicode's word boundaries.
  public init(isLowercased: Bool = false, isTokenized: Bool = false) {
    (self.isLowercased, self.isTokenized) = (isLowercased, isTokenized)
  }

  /// The words in what stands between two white spaces.
  ///
  /// - Parameter text: The text; it has no white space.
  /// - Returns: The words, none where there is no letter and no digit.
  func words(of text: String) -> [String] {
    let words = isTokenized ? WordBoundaries.words(of: text).map(String.init) : [text]
    return isLowercased ? words.map { $0.lowercased() } : words
  }
}

/// Puts words in a form before they are numbered.
struct FormedWords<Sink: WordSink>: WordSink {
  private let form: TextForm
  private(set) var sink: Sink
  /// The formed words of the chunk that is being split, and of the chunk before, which is still being
  /// looked up.
  private var chunk = WordArena()
  private var before = WordArena()

  init(_ form: TextForm, _ sink: Sink) { (self.form, self.sink) = (form, sink) }

  mutating func takeWord(_ bytes: UnsafeRawBufferPointer, at place: TextPlace) {
    let isPlain = bytes.allSatisfy {
      0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || !form.isLowercased && 0x41...0x5A ~= $0
    }
    if isPlain { return sink.takeWord(bytes, at: place) }
    var place = place
    for word in form.words(of: String(decoding: bytes, as: UTF8.self)) {
      sink.takeWord(chunk.store(word), at: place)
      place.word += 1
    }
  }

  mutating func takeLineEnd(at place: TextPlace) { sink.takeLineEnd(at: place) }

  mutating func takeChunkEnd(bytesRead: Int) {
    sink.takeChunkEnd(bytesRead: bytesRead)
    before.removeAll()
    swap(&chunk, &before)
  }

  mutating func takeEnd() { sink.takeEnd() }
}

/// Bytes of words that stay where they are until all of them go.
private struct WordArena {
  private var blocks: [Block] = []

  /// Some memory, which is freed with its last holder.
  private final class Block {
    let bytes: UnsafeMutableRawBufferPointer
    var used = 0
    init(_ count: Int) {
      bytes = .allocate(byteCount: count, alignment: 8)
      bytes.initializeMemory(as: UInt8.self, repeating: 0)
    }
    deinit { bytes.deallocate() }
  }

  /// Stores a word with `WordTable.padding` bytes behind it.
  mutating func store(_ word: String) -> UnsafeRawBufferPointer {
    var word = word
    return word.withUTF8 { word in
      let needed = word.count + WordTable.padding
      if blocks.last.map({ $0.bytes.count - $0.used < needed }) ?? true {
        blocks.append(Block(max(1 << 16, needed)))
      }
      let block = blocks[blocks.count - 1]
      let place = UnsafeMutableRawBufferPointer(
        rebasing: block.bytes[block.used..<block.used + word.count])
      place.copyMemory(from: UnsafeRawBufferPointer(word))
      block.used += needed
      return UnsafeRawBufferPointer(place)
    }
  }

  mutating func removeAll() { blocks.removeAll() }
}
