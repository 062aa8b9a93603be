import Foundation
import Literate
import Testing
import Word2Vec

@testable import Command
@testable import ProgramSupport

@Suite("What word2vec train needs")
struct RunNeedsTests {
  @Test(
    "ends in one sentence where the process's addresses are limited to less than it needs",
    arguments: [170_000, 230_000, 300_000])
  func limited(kilobytes: Int) throws {
    let place = try Workplace()
    let run = try place.shell(
      """
      ulimit -v \(kilobytes)
      seq 2000000 | word2vec train - -o a.vec --min-count 1 --epochs 1
      """)
    #expect(run.status == 1 && run.stdout == "")
    let lines = run.stderr.split(separator: "\n")
    #expect(lines.last?.hasPrefix("error: ") == true, "\(run.stderr)")
    #expect(lines.filter { $0.hasPrefix("text: ") }.count == lines.count - 1, "\(run.stderr)")
    #expect(run.stderr.contains("memory"), "\(run.stderr)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path) == [])
  }

  #if os(Linux)
    @Test(
      "takes no more memory than it says",
      arguments: ["", "--stream", "--dimension 300", "--batch-size 20000 --negative 20"])
    func forecast(options: String) throws {
      let place = try Workplace()
      // What the process has taken at most is looked at as long as it is there.
      let run = try place.shell(
        """
        awk 'BEGIN { srand(1); for (i = 0; i < 30000; i++) {
          for (j = 0; j < 10; j++) printf "w%d ", exp(rand() * 9); print "" } }' >text.txt
        word2vec train text.txt -o a.bin --epochs 3 --threads 2 \(options) >/dev/null 2>err & pid=$!
        child=$(pgrep -P $pid || echo $pid)
        while line=$(grep VmHWM /proc/$child/status 2>/dev/null); do echo "$line" >most; done
        wait $pid || exit; sed -n 's/^memory: about //p' err; cat most
        """)
      #expect(run.status == 0, "\(run.stderr)")
      let words = run.stdout.split(whereSeparator: \.isWhitespace)
      let forecast = try #require(Double(words[0])) * (words[1] == "MB" ? 1e6 : 1e9)
      let taken = try #require(Double(words[3])) * 1024
      #expect(taken > 20e6 && taken + 10e6 < forecast, "\(taken) of \(forecast) bytes")
    }

    @Test("may take no more memory than there is, so that a text without end ends in a sentence")
    func ownLimit() throws {
      let place = try Workplace()
      let run = try place.shell(
        """
        mkfifo pipe; word2vec train - -o a.vec <pipe 2>/dev/null & pid=$!
        exec 3>pipe; sleep 0.5; grep "Max data" /proc/$(pgrep -P $pid || echo $pid)/limits
        """)
      let most = run.stdout.split(separator: " ").dropFirst(3).first.flatMap { Double($0) } ?? 0
      let machine = Double(ProcessInfo.processInfo.physicalMemory)
      #expect(most > 0 && most < machine + 1e9 * Double(ProcessInfo.processInfo.processorCount))
    }
  #endif

  /// The needs of a run on few words, and as much memory as it needs but for some bytes.
  private func advice(
    _ change: (inout TextTraining.Settings) -> Void, initial: WordVectors? = nil,
    bytes: UInt64 = 200_000_000,
    owner: AvailableMemory.Owner = .machine, words: Int = 1000
  ) throws -> String {
    let text = try Corpus(
      text: (0..<words).map { "word\($0 % 100)" }.joined(separator: " "), minimumCount: 1)
    var settings = TextTraining.Settings()
    settings.threads = 1
    change(&settings)
    let needs = RunNeeds(text: CorpusBlocks(text), settings: settings, initial: initial)
    let available = AvailableMemory(bytes: bytes, owner: owner)
    let error = try #require(throws: RunError.self) { try needs.checkMemory(within: available) }
    return String("\(error)".split(separator: "; ").last ?? "")
  }

  @Test("of memory, where it is not there, is advised to be less by what helps")
  func advice() throws {
    try #expect(
      advice { $0.dimension = 100_000 } == "give a smaller --dimension or --max-vocabulary.")
    let fewer = "give a smaller --negative, --window or --batch-size."
    try #expect(advice { ($0.batchSize, $0.noiseWordsPerContext) = (1000, 100_000) } == fewer)
    let initial = WordVectors(words: ["word1"], vectors: Tensor(repeating: 0, shape: [1, 100_000]))
    try #expect(
      advice({ $0.dimension = 100_000 }, initial: initial)
        == "give a shorter text or a smaller --max-vocabulary.")
    try #expect(
      advice({ _ in }, bytes: 10_000_000, owner: .process)
        == "raise that limit, or give a shorter text or a smaller --max-vocabulary.")
  }

  @Test("of files is found before the training where the vectors are over the limit")
  func overLimit() throws {
    let place = try Workplace(text: smallText)
    let line = "train text.txt --dimension 100 --min-count 1 --epochs 1"
    // Blocks of 512 bytes; the 8 words take some 9,000 bytes as text.
    let refused = try place.shell("ulimit -f 10; word2vec \(line) -o a.vec")
    #expect(refused.status == 1 && refused.stdout == "")
    #expect(
      refused.stderr.hasSuffix(
        "\nerror: a.vec will have about 9372 bytes, and this process may make no file longer than "
          + "5120 bytes (ulimit -f); raise that limit or name a file that ends in .bin.\n"),
      "\(refused.stderr)")
    #expect(!refused.stderr.contains("training:"))
    let binary = try place.shell("ulimit -f 10; word2vec \(line) -o a.bin --checkpoint c")
    #expect(binary.status == 0, "\(binary.stderr)")
    #expect(binary.stderr.contains("warning: c will have about 22 kB, and"), "\(binary.stderr)")
    let near = try place.shell("ulimit -f 16; word2vec \(line) -o b.vec")
    #expect(near.status == 1)
    #expect(
      near.stderr.contains("warning: b.vec will have about 9372 bytes, and this"), "\(near.stderr)")
    let sentence = near.stderr.split(separator: "\n").last ?? ""
    #expect(sentence.contains("than 8192 bytes (ulimit -f); the vectors went to "), "\(sentence)")
    let path = String(sentence.dropLast().split(separator: " ").last ?? "")
    let saved = place.folder.appendingPathComponent(path).path
    #expect(try WordVectors(contentsOf: saved).count == 8)
  }
}
