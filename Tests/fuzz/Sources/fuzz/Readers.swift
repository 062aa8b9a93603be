import D2L
import Files
import Foundation
import Literate
import ProgramSupport
import Word2Vec

/// The readers of files, each given bytes that may be anything.
///
/// A reader returns or throws; whatever else it does is a fault.
enum Readers {
  /// Word vectors; the first byte chooses a format, or that the content tells it.
  static func vectors(_ bytes: UnsafeRawBufferPointer) throws {
    let first = Int(bytes.first ?? 0)
    let formats = WordVectorsFormat.allCases
    let format = first % 8 < formats.count ? formats[first % 8] : nil
    try written(bytes.dropFirst(), as: format == .projector ? "tsv" : "npy") { path in
      let vectors = try WordVectors(contentsOf: path, format: format, isLenient: first & 8 != 0)
      _ = try? vectors.similarTokens(to: vectors.words[0], k: 1)
    }
  }

  /// A text; the first byte chooses the form of its words and the minimum count.
  static func text(_ bytes: UnsafeRawBufferPointer) throws {
    let first = Int(bytes.first ?? 0)
    let form = TextForm(isLowercased: first & 1 != 0, isTokenized: first & 2 != 0)
    try written(bytes.dropFirst(), as: "txt") { path in
      _ = try Corpus(contentsOf: path, minimumCount: first >> 2 & 3, form: form)
    }
  }

  /// A checkpoint: the file's bytes, or where the first is odd, such behind which its digest is put
  /// right, so that what is within is read.
  static func checkpoint(_ bytes: UnsafeRawBufferPointer) throws {
    var content = Array(bytes.dropFirst())
    if (bytes.first ?? 0) & 1 == 1, content.count > 30 {
      withUnsafeBytes(of: UInt64(content.count + 32).littleEndian) {
        content.replaceSubrange(22..<30, with: $0)
      }
      var hasher = SHA256()
      hasher.update(content)
      content += hasher.digest()
    }
    try content.withUnsafeBytes { content in
      try written(content[...], as: "checkpoint") { path in
        let table = Embedding(weight: Tensor(repeating: 0.5, shape: [5, 2]))
        let engine = FusedEngine(embedV: table, embedU: table, threads: 1)
        let run = Checkpoint.Run(text: "a text", settings: ["epochs": "3", "rate": "0.002"])
        _ = try Checkpoint.restore(engine, from: path, of: run)
        var batch = MiniBatch()  // the rows must bear a step
        batch.append(center: 0, contexts: [1, 2], noiseWords: [3, 4])
        engine.learningRate = 0.01
        _ = engine.step(batch)
      }
    }
  }

  /// A trace of the document's program.
  static func trace(_ bytes: UnsafeRawBufferPointer) throws {
    try written(bytes[...], as: "json") { _ = try Trace(contentsOf: $0) }
  }

  /// What a chapter said, and the record beside a file.
  static func recording(_ bytes: UnsafeRawBufferPointer) throws {
    _ = try Recording(String(decoding: bytes, as: UTF8.self))
  }

  /// The record of a run beside its file.
  static func record(_ bytes: UnsafeRawBufferPointer) throws {
    try written(bytes[...], as: "vec.json") { _ = RunRecord(beside: String($0.dropLast(5))) }
  }

  /// A table.
  static func csv(_ bytes: UnsafeRawBufferPointer) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let rows = try CSV.rows(text).map(\.fields)
    let again = try CSV.rows(CSV.text(rows)).map(\.fields)
    precondition(again == rows, "what is written is read")
  }

  /// Pairs of words and analogies, by which vectors are judged.
  static func questions(_ bytes: UnsafeRawBufferPointer) throws {
    try written(bytes[...], as: "txt") { path in
      _ = try? WordPairs(contentsOf: path)
      _ = try Analogies(contentsOf: path)
    }
  }

  static let all: [String: @Sendable (UnsafeRawBufferPointer) throws -> Void] = [
    "vectors": vectors, "text": text, "checkpoint": checkpoint, "trace": trace,
    "recording": recording, "record": record, "csv": csv, "questions": questions,
  ]

  /// A folder in memory, where there is one, with the files that a reader looks for beside its own.
  private static let folder: String = {
    let root = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
    let folder = "\(root)/fuzz.\(getpid())"
    mkdir(folder, 0o700)
    for name in ["fuzz.words.txt", "fuzz.metadata.tsv"] {
      try? Data("a\nb\nc\n".utf8).write(to: URL(filePath: "\(folder)/\(name)"))
    }
    try? Data("a 1\n".utf8).write(to: URL(filePath: "\(folder)/fuzz.vec"))
    atexit { try? FileManager.default.removeItem(atPath: Readers.folder) }
    return folder
  }()

  private static func written(
    _ bytes: Slice<UnsafeRawBufferPointer>, as ending: String, _ body: (String) throws -> Void
  ) throws {
    let path = "\(folder)/fuzz.\(ending)"
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let rest = UnsafeRawBufferPointer(rebasing: bytes)
    precondition(file >= 0 && write(file, rest.baseAddress, rest.count) == rest.count)
    close(file)
    try body(path)
  }
}

private let reader: @Sendable (UnsafeRawBufferPointer) throws -> Void = {
  let name = ProcessInfo.processInfo.environment["FUZZ_READER"] ?? ""
  guard let reader = Readers.all[name] else {
    fatalError("FUZZ_READER is one of \(Readers.all.keys.sorted().joined(separator: ", "))")
  }
  return reader
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafeRawPointer?, _ count: Int) -> CInt {
  try? reader(UnsafeRawBufferPointer(start: bytes, count: count))
  return 0
}

private typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<Arguments>,
  _ test: @convention(c) (UnsafeRawPointer?, Int) -> CInt
) -> CInt

/// What the package manager calls in the place of `main`.
@_cdecl("fuzz_main")
public func fuzzMain(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var (count, arguments) = (count, arguments)
  return runDriver(&count, &arguments) { testOneInput($0, $1) }
}
