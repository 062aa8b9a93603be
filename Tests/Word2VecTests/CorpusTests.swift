import Files
import Foundation
import TestSupport
import Testing

@testable import Word2Vec

@Suite("Corpus")
struct CorpusTests {
  @Test("numbers words by falling count, ties by first appearance, <unk> first")
  func order() throws {
    let text = "b a c a\n\nb <unk> d <unk> <unk> <unk>\na e b\n"
    let corpus = try Corpus(text: text, name: "four words", minimumCount: 1)
    #expect(corpus.vocabulary.tokens == ["<unk>", "b", "a", "c", "d", "e"])
    #expect(corpus.vocabulary.counts == [4, 3, 3, 1, 1, 1])
    #expect(corpus.tokens == [1, 2, 3, 2, 1, 0, 4, 0, 0, 0, 2, 5, 1])
    #expect(corpus.sentenceOffsets == [0, 4, 10, 13])
    #expect(corpus.sentenceCount == 3)
    #expect(corpus.name == "four words")
  }

  @Test("maps words below the minimum to <unk>")
  func minimumCount() throws {
    let corpus = try Corpus(text: "a b c a b a\n", name: "text", minimumCount: 2)
    #expect(corpus.vocabulary.tokens == ["<unk>", "a", "b"])
    #expect(corpus.vocabulary.counts == [1, 3, 2])
    #expect(corpus.tokens == [1, 2, 0, 1, 2, 1])
  }

  @Test("equals dictionaries of strings, on random texts", arguments: UInt64(0)..<20)
  func randomTexts(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let kinds = 1 + random.below(3000)  // above 512 words the hash table grows
    var text = "w0 w0 w0\n"
    for _ in 0..<random.below(8000) {
      let word = random.below(1 + random.below(kinds))
      text +=
        random.below(50) == 0 ? "<unk>" : "w\(word)\(word % 7 == 0 ? "longer-than-eight" : "")"
      text += random.below(9) == 0 ? "\n" : " "
    }
    let minimum = 1 + random.below(3)
    let expected = plainCorpus(text, minimumCount: minimum)
    let corpus = try withTemporaryFile(text.utf8) { path in
      try Corpus(
        contentsOf: [TextReader(name: path, chunkSize: 1 + random.below(5000))],
        Corpus.Limits(minimum))
    }
    #expect(corpus.vocabulary.tokens == expected.tokens)
    #expect(corpus.vocabulary.counts == expected.counts)
    #expect(corpus.tokens == Array(expected.ids.joined()))
    #expect(
      corpus.sentenceOffsets
        == expected.ids.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) })
  }

  @Test("stops at a bad byte while words are still being looked up")
  func badByteAfterManyChunks() throws {
    let bytes = Array(String(repeating: "some words on a line\n", count: 2000).utf8) + [0xFF, 0x0A]
    #expect(throws: CorpusError.file(.notUTF8("text", line: 2001, beginning: []))) {
      try Corpus(
        text: bytes, Corpus.Limits(1), reader: TextReader(name: "text", chunkSize: 64))
    }
  }

  @Test("takes CRLF, a byte order mark, trailing blank lines and tabs for what they are")
  func harmlessOddities() throws {
    let plain = try Corpus(text: "a b\nb c\n", name: "plain", minimumCount: 1)
    let odd = try Corpus(
      text: "\u{FEFF}a\tb\r\n\t b  c\r\n\r\n \n\n", name: "odd", minimumCount: 1)
    #expect(odd.vocabulary == plain.vocabulary)
    #expect(odd.tokens == plain.tokens)
    #expect(odd.sentenceOffsets == plain.sentenceOffsets)
  }

  // MARK: Other sources

  @Test("is the same of a text, of its sentences, and of files that it is cut into, packed or not")
  func sources() throws {
    let text = "the café of the\ncat\n\nthe end of the café\n"
    let expected = try Corpus(text: text, minimumCount: 1)
    let sentences = try Corpus(
      sentences: text.split(separator: "\n", omittingEmptySubsequences: false).lazy.map {
        $0.split(separator: " ")
      }, minimumCount: 1)
    let (first, second) = (temporaryPath(".txt"), temporaryPath(".txt.gz"))
    defer { for path in [first, second] { try? FileManager.default.removeItem(atPath: path) } }
    try Data("the café of the\ncat".utf8).write(to: URL(filePath: first))
    var packed = try PackedOutput(path: second)
    try packed.write(Array("\nthe end of the café\n".utf8))
    try packed.commit()
    let files = try Corpus(contentsOf: [first, second], minimumCount: 1)
    for corpus in [sentences, files] {
      #expect(corpus.vocabulary == expected.vocabulary)
      #expect(corpus.tokens == expected.tokens)
      #expect(corpus.sentenceOffsets == expected.sentenceOffsets)
    }
    #expect(files.name.hasSuffix(" and 1 more"))
  }

  @Test("cuts a line of any length into sentences of 10,000 words")
  func longLine() throws {
    let line = String(repeating: "one two ", count: 12_345)
    let corpus = try Corpus(text: line + "\nand one", minimumCount: 1)
    #expect(corpus.sentenceOffsets == [0, 10_000, 20_000, 24_690, 24_692])
    let words = try Corpus(sentences: [line.split(separator: " ")], minimumCount: 1)
    #expect(words.sentenceOffsets == [0, 10_000, 20_000, 24_690])
  }

  @Test("puts words in lower case and splits them at word boundaries, whatever the chunks")
  func forms() throws {
    let text = "Don't PANIC, she said:\n\u{201C}42.5 is É-légal\u{201D}…\n"
    let form = TextForm(isLowercased: true, isTokenized: true)
    for chunkSize in [1, 2, 3, 7, 1000] {
      let corpus = try Corpus(
        text: Array(text.utf8), Corpus.Limits(1), form: form,
        reader: TextReader(name: "text", chunkSize: chunkSize))
      #expect(
        corpus.tokens.map { corpus.vocabulary.tokens[Int($0)] }
          == ["don't", "panic", "she", "said", "42.5", "is", "é", "légal"])
      #expect(corpus.sentenceOffsets == [0, 4, 8])
    }
    let lower = try Corpus(text: text, minimumCount: 1, form: TextForm(isLowercased: true))
    #expect(lower.vocabulary.tokens[1..<3] == ["don't", "panic,"])
  }

  @Test("keeps the most frequent words where their number is limited")
  func limitedVocabulary() throws {
    let corpus = try Corpus(
      text: "a b c\nb c c\nd d d d\n", minimumCount: 1, maximumVocabulary: 2)
    #expect(corpus.vocabulary.tokens == ["<unk>", "d", "c"])
    #expect(corpus.vocabulary.counts == [3, 4, 3])
  }

  // MARK: Errors

  @Test("says what is wrong with a file")
  func fileErrors() throws {
    let missing = temporaryPath("-missing.txt")
    #expect(throws: CorpusError.file(FileError(missing, .noSuchFile))) {
      try Corpus(contentsOf: missing, minimumCount: 1)
    }
    let folder = FileManager.default.temporaryDirectory.path
    #expect(throws: CorpusError.file(FileError(folder, .isFolder))) {
      try Corpus(contentsOf: folder, minimumCount: 1)
    }
    _ = try withTemporaryFile("a b\nc ".utf8 + [0xC3, 0x28]) { path in
      #expect(throws: CorpusError.file(.notUTF8(path, line: 2, beginning: []))) {
        try Corpus(contentsOf: path, minimumCount: 1)
      }
    }
    _ = try withTemporaryFile(repeatElement(0x61, count: 10 << 20)) { path in
      let error = #expect(throws: CorpusError.self) {
        try Corpus(contentsOf: path, minimumCount: 1)
      }
      #expect("\(error, default: "")".contains("line 1 has a word of more than 1048576 bytes"))
    }
  }

  @Test("reports a file that may not be read", .enabled(if: getuid() != 0))  // root may read all
  func unreadable() throws {
    try withTemporaryFile("a b".utf8) { path in
      #expect(chmod(path, 0) == 0)
      #expect(throws: CorpusError.file(FileError(path, .unreadable("Permission denied")))) {
        try Corpus(contentsOf: path, minimumCount: 1)
      }
    }
  }

  @Test(
    "says what is missing in a text",
    arguments: [
      ("", 1, CorpusError.noWords(path: "text")),
      (" \r\n\t\n\u{3000}", 1, .noWords(path: "text")),
      ("a b b\n", 3, .noFrequentWord(path: "text", minimum: 3, greatest: 2)),
      ("<unk> <unk> a\n", 2, .noFrequentWord(path: "text", minimum: 2, greatest: 1)),
      ("a\nb\na\n", 1, .noSentenceOfTwoWords(path: "text", minimum: 1)),
      ("a b\na c\n", 2, .noSentenceOfTwoWords(path: "text", minimum: 2)),
    ])
  func textErrors(text: String, minimum: Int, error: CorpusError) {
    #expect(throws: error) { try Corpus(text: text, name: "text", minimumCount: minimum) }
  }

  @Test("gives each error one sentence with the file's name")
  func sentences() {
    let errors: [CorpusError] = [
      .file(FileError("x.txt", .noSuchFile)), .noWords(path: "x.txt"),
      .noFrequentWord(path: "x.txt", minimum: 10, greatest: 4),
      .noSentenceOfTwoWords(path: "x.txt", minimum: 10),
    ]
    for error in errors {
      let sentence = String(describing: error)
      #expect(sentence.hasPrefix("x.txt") && sentence.hasSuffix(".") && !sentence.contains("\n"))
    }
    #expect("\(errors[2])".contains("the most frequent occurs 4;"))
  }

  // MARK: The Penn Treebank

  /// The words of the original program, joined by line feeds, as SHA-256.
  private static let wordsOfD2L = "22827009a7d7b330352a7c8884f1fcc389f2ac4c2cd3d5e97f12be2cc3fd031a"

  @Test("reads the Penn Treebank as D2L does", .enabled(if: hasPTB, "make data fetches it"))
  func pennTreebank() throws {
    let corpus = try Corpus(contentsOf: ptbTrainingText, minimumCount: 10)
    #expect(corpus.sentenceCount == 42_068)
    #expect(corpus.vocabulary.count == 6_719)
    #expect(corpus.vocabulary.counts.reduce(0, +) == corpus.tokens.count)
    #expect(corpus.tokens.count == 887_521)
    let words = corpus.vocabulary.tokens.joined(separator: "\n")
    #expect(SHA256.hexDigest(of: words.utf8) == Self.wordsOfD2L)
  }
}

/// The plain form: dictionaries of strings (ASCII only, where they compare as bytes do).
private func plainCorpus(
  _ text: String, minimumCount: Int
) -> (tokens: [String], counts: [Int], ids: [[Int32]]) {
  let sentences = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    .filter { !$0.isEmpty }
  var frequencies: [String: Int] = [:]
  var order: [String] = []
  for word in sentences.joined() where word != "<unk>" {
    if frequencies[word] == nil { order.append(word) }
    frequencies[word, default: 0] += 1
  }
  let frequency = { (word: String) in frequencies[word] ?? 0 }
  let kept = order.enumerated().filter { frequency($0.element) >= minimumCount }
    .sorted { (frequency($1.element), $0.offset) < (frequency($0.element), $1.offset) }
    .map(\.element)
  let index = Dictionary(uniqueKeysWithValues: zip(kept, Int32(1)...))
  let ids = sentences.map { $0.map { index[$0] ?? 0 } }
  let counts = kept.map(frequency)
  let unknown = ids.joined().count { $0 == 0 }
  return (["<unk>"] + kept, [unknown] + counts, ids)
}
