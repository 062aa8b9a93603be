import Files
import Foundation
import ProgramSupport

/// Weaves the pages of a package's chapters.
package struct Book {
  /// The package's folder.
  package let root: URL
  /// The folder with the built chapters.
  package let products: URL
  /// The folder with `ptb.train.txt`, if it is here.
  package let pennTreebank: URL?
  /// Whether chapters with a valid recording are run all the same.
  package let runsAll: Bool
  package let chapters: [Chapter]
  private let library: LibraryNames

  package init(root: URL, products: URL, pennTreebank: URL?, runsAll: Bool = false) throws {
    self.root = root
    self.products = products
    self.pennTreebank = pennTreebank
    self.runsAll = runsAll
    chapters = try Chapter.all(in: root)
    library = try LibraryNames(root: root)
  }

  /// The folder with the Penn Treebank; nil where the text is not there.
  package static func pennTreebank(in root: URL) -> URL? {
    let folder = DataFolder(under: root.path)
    return folder.hasTrainingText ? URL(fileURLWithPath: folder.path) : nil
  }

  /// What weaving one chapter gave.
  package struct Woven {
    package var page: String
    package var recording: Recording
    package var remarks: [String]
    /// Figures that the run drew, as files that will go to the package's folder.
    package var drawn: [DrawnFile]
  }

  /// A file that a run drew.
  package struct DrawnFile {
    /// The path in the package, such as `figures/loss.csv`.
    package var path: String
    package var content: Data
  }

  /// Weaves a chapter: runs it or takes its recording, and joins that with its source.
  package func weave(_ index: Int) throws -> Woven {
    let chapter = chapters[index]
    let (recording, drawn) = try recording(of: chapter)
    let page = try Page(
      name: chapter.name, source: chapter.source, recording: recording, library: library)
    try checkLinks(of: chapter)
    for figure in page.figures where !drawn.contains(where: { $0.path == figure.path }) {
      let file = root.appendingPathComponent(figure.path)
      guard FileManager.default.fileExists(atPath: file.path) else {
        throw WeaveError.system("\(chapter.name): the figure \(figure.path) was not drawn")
      }
    }
    let neighbour = { (i: Int) -> (name: String, title: String)? in
      guard chapters.indices.contains(i) else { return nil }
      return (chapters[i].name, chapters[i].source.header.title)
    }
    let text = try page.markdown(previous: neighbour(index - 1), next: neighbour(index + 1))
    return Woven(page: text, recording: recording, remarks: page.remarks, drawn: drawn)
  }

  /// Refuses links to files that are not there, and to headings that no chapter has.
  private func checkLinks(of chapter: Chapter) throws(WeaveError) {
    var faults: [String] = []
    for case .prose(let lines, let first) in chapter.source.blocks {
      for (line, path, heading) in Prose(lines, from: first).linkedFiles {
        let file = chapter.directory.appendingPathComponent(path).standardized
        let place = "\(chapter.name)/main.swift:\(line)"
        if !FileManager.default.fileExists(atPath: file.path) {
          faults.append("\(place): a link leads to \(path), which is not there")
        } else if let heading,
          let target = chapters.first(where: { $0.pageFile.standardized == file }),
          !target.source.headings.contains(heading)
        {
          faults.append("\(place): \(target.name) has no heading #\(heading)")
        }
      }
    }
    guard faults.isEmpty else { throw .faults(faults) }
  }

  /// The run of a chapter, or its committed recording where that is still good.
  private func recording(of chapter: Chapter) throws -> (Recording, [DrawnFile]) {
    let committed = chapter.recording
    let inputs = try inputsDigest(of: chapter, root: root)
    var origin = Recording.Origin(
      arguments: chapter.source.header.arguments, corpus: chapter.source.header.corpus,
      corpusSHA256: nil, inputs: inputs)
    if origin.corpus != nil {
      let isGood = committed?.origin.inputs == inputs
      if let committed, isGood, pennTreebank == nil || !runsAll { return (committed, []) }
      guard let pennTreebank else {
        let fault = committed == nil ? "has no recording" : "was recorded from other code"
        throw WeaveError.recording(
          chapter.name, "\(fault), and the Penn Treebank is not here: make data book")
      }
      let text = pennTreebank.appendingPathComponent("ptb.train.txt")
      origin.corpusSHA256 = try SHA256.hexDigest(ofFile: text.path)
    }
    let (records, drawn) = try run(chapter)
    let recording = Recording(origin: origin, records: records)
    return (committed.map { recording.keepingVolatileValues(of: $0) } ?? recording, drawn)
  }

  /// Runs a chapter in an empty folder, and returns its records, in code lines, and its figures.
  private func run(_ chapter: Chapter) throws -> ([Record], [DrawnFile]) {
    let scratch = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: scratch) }
    let file = scratch.appendingPathComponent("recording.jsonl")
    let data = chapter.source.header.corpus == nil ? nil : pennTreebank?.path
    let product = products.appendingPathComponent(chapter.product)
    guard FileManager.default.isExecutableFile(atPath: product.path) else {
      throw WeaveError.run(chapter.name, "\(chapter.product) is not built: swift build")
    }
    let result = try Literate.run(
      product, arguments: chapter.source.header.arguments,
      environment: ["LITERATE_RECORD": file.path, "WORD2VEC_DATA": data], in: scratch,
      timeout: 7200)
    guard result.status == 0 else {
      throw WeaveError.run(
        chapter.name, "\(chapter.product) ended with status \(result.status)\n\(result.stderr)")
    }
    let lines = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    var records = try Record.list(fromJSONLines: lines)
    let recorded = Record.standardOutput(of: records)
    if let difference = unifiedDifference(from: recorded, to: result.stdout) {
      throw WeaveError.stray(chapter.name, difference)
    }
    for index in records.indices where records[index].file.hasSuffix("/main.swift") {
      records[index].line = chapter.source.codeOrdinal(ofLine: records[index].line)
    }
    return (records, try drawnFiles(of: records, in: scratch))
  }

  /// The figures that were drawn, each with the files that share its name, such as its CSV.
  private func drawnFiles(of records: [Record], in scratch: URL) throws -> [DrawnFile] {
    var files: [DrawnFile] = []
    for case .figure(let path) in records.map(\.kind) {
      let folder = (path as NSString).deletingLastPathComponent
      let stem = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
      let directory = scratch.appendingPathComponent(folder)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
      for name in names.sorted() where (name as NSString).deletingPathExtension == stem {
        let content = try Data(contentsOf: directory.appendingPathComponent(name))
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        if !files.contains(where: { $0.path == path }) {
          files.append(DrawnFile(path: path, content: content))
        }
      }
    }
    return files
  }
}
