import D2L
import Foundation
import Literate
import Testing
import Word2Vec

@Suite("Texts that are written in another way")
struct CleanTextTests {
  @Test("CRLF, a byte order mark, tabs and blank lines at the end change nothing")
  func sameVectors() throws {
    let corpus = try Corpus.embedded(minimumCount: 1, seed: 0)
    let sentences = zip(corpus.sentenceOffsets, corpus.sentenceOffsets.dropFirst()).map {
      corpus.tokens[$0..<$1].map { corpus.vocabulary.tokens[Int($0)] }.joined(separator: " ")
    }
    let text = sentences.joined(separator: "\n") + "\n"
    let clean = try outcome(of: text)
    #expect(clean.vectors.count > 100_000)
    for (name, other) in [
      ("CRLF", text.replacing("\n", with: "\r\n")), ("byte order mark", "\u{FEFF}" + text),
      ("blank lines at the end", text + "\n \n\n"),
      ("tabs", text.replacing(" ", with: "\t")), ("no last line feed", String(text.dropLast())),
    ] {
      let outcome = try outcome(of: other)
      #expect(outcome.loss == clean.loss, "\(name)")
      let isSame = outcome.vectors == clean.vectors
      #expect(isSame, "\(name)")
    }
  }

  /// Trains for an epoch and returns the loss that is shown, and the file of the vectors.
  private func outcome(of text: String) throws -> (loss: Substring, vectors: Data) {
    let folder = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data.text(text).write(to: folder.appendingPathComponent("text.txt"))
    let result = try run(
      "chapter-training", ["--corpus", "text.txt", "--epochs", "1"], currentDirectory: folder,
      timeout: 60)
    #expect(result.status == 0, "\(result.stderr)")
    let files = try contents(of: folder)
    #expect(
      files.keys.sorted() == [
        "figures", "figures/loss-text-epochs-1.csv", "figures/loss-text-epochs-1.svg", "text.txt",
        "vectors", "vectors/text-epochs-1.vec", "vectors/text-epochs-1.vec.json",
      ])
    let line = try #require(result.stdout.split(separator: "\n").first { $0.hasPrefix("loss 0.") })
    return (line.prefix { $0 != "," }, files["vectors/text-epochs-1.vec"] ?? Data())
  }
}
