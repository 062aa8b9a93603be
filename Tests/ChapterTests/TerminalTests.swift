import ChapterSupport
import D2L
import Foundation
import Testing
import Word2Vec

@Suite("What a run says beside its results")
struct TerminalTests {
  @Test(
    "--help ends with status 0 and shows each option's default",
    arguments: [
      ("chapter-dataset", ["--corpus", "(default: auto)", "--seed", "2465463373"]),
      ("chapter-embedding-layer", ["--help"]), ("chapter-skip-gram", ["--help"]),
      ("chapter-bce-loss", ["--help"]),
      (
        "chapter-training",
        [
          "--corpus", "(default: auto)", "--min-freq", "(default: 10)", "--epochs",
          "(default: 5)", "--lr <lr>", "(default: 0.002)", "--batch-size", "(default: 512)",
          "--embed-size", "(default: 100)", "--engine", "default: fused", "vectors/<corpus>.vec",
          "figures/loss.svg",
        ]
      ),
      ("chapter-similar-tokens", ["--query", "(default: chip)", "--k", "(default: 3, "]),
    ] as [(String, [String])])
  func help(_ product: String, _ says: [String]) throws {
    let result = try run(product, ["--help"], timeout: 60)
    #expect(result.status == 0)
    #expect(result.stderr == "")
    #expect(result.stdout.hasPrefix("OVERVIEW: "))
    #expect(result.stdout.contains("USAGE: \(product)"))
    let text = result.stdout.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for words in says { #expect(text.contains(words), "\(words)") }
    #expect(result.stdout.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.hasPrefix("U") })
  }

  @Test("no progress bar in a pipe")
  func pipe() throws {
    let result = try run(
      "chapter-training", ["--corpus", "embedded", "--epochs", "2"],
      environment: ["TERM": "xterm"], timeout: 60)
    #expect(result.status == 0)
    let bytes = Array(result.stderr.utf8)
    #expect(!bytes.contains(0x0D) && !bytes.contains(0x1B))
    let notes = result.stderr.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    #expect(notes == ["not the document's", "corpus", "training", "vectors", "figure"])
  }

  @Test("the progress bar says epoch, loss and rate")
  func progress() {
    var history = TrainingHistory(batchesPerEpoch: 10)
    for _ in 0..<15 { history.add(loss: 512 * 0.5, count: 512) }
    let progress = TrainingProgress(epochs: 3, batchesPerEpoch: 10)
    #expect(progress.fraction(of: history) == 0.5)
    #expect(
      progress.text(history, seconds: 2) == "epoch 2/3  loss 0.500  3840 examples/s")
  }
}
