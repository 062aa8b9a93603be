import ArgumentParser
import Files
import Foundation
import Literate
import ProgramSupport

/// Weaves the chapters into pages.
struct Weave: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Weaves each chapter's main.swift and what it shows into a page.",
    discussion: """
      Runs every chapter and writes chapters/N-name/README.md and recording.jsonl. A chapter on \
      the Penn Treebank is run when its code has changed and the data is there; otherwise its \
      recording is shown.
      """)

  @Flag(help: "Write nothing; print how the pages differ from what they should be.")
  var check = false

  @Flag(help: "Write the woven pages as one HTML page, book/word2vec.html, and weave none.")
  var html = false

  @Flag(
    name: .customLong("run"),
    help: "Run chapters on the Penn Treebank even where their recording is good.")
  var runsAll = false

  @Option(help: "The package's folder.")
  var root = "."

  @Argument(help: "Chapters to weave, such as 4-training; all where none is named.")
  var chapters: [String] = []

  mutating func run() throws {
    do {
      let folder = URL(fileURLWithPath: root).standardizedFileURL
      if html {
        try writeHTML(root: folder)
      } else {
        try weave(root: folder)
      }
    } catch let error as ExitCode {
      throw error
    } catch {
      note("weave: \(error)")
      throw ExitCode.failure
    }
  }

  private func weave(root: URL) throws {
    let products = Bundle.main.bundleURL
    let book = try Book(
      root: root, products: products, pennTreebank: Book.pennTreebank(in: root), runsAll: runsAll)
    let update = BookUpdate(of: book, names: chapters) { note("weave: \($0)") }
    for remark in update.remarks { note("remark: \(remark)") }
    for problem in update.problems { note("error: \(problem)") }
    if check {
      let differences = update.differences()
      for difference in differences { Output.print(difference) }
      if !differences.isEmpty {
        note("weave: \(differences.count) files are not as woven now; `make book` writes them")
        throw ExitCode.failure
      }
    } else {
      try update.write()
    }
    if !update.problems.isEmpty { throw ExitCode.failure }
  }

  private func writeHTML(root: URL) throws {
    let text = try HTMLBook(root: root).text()
    let folder = root.appendingPathComponent("book")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("word2vec.html")
    try OutputFile.write(text.utf8, to: file.path)
    note("weave: wrote book/word2vec.html, \(text.utf8.count / 1000) kB")
  }
}

Output.prepare()
Weave.main()
