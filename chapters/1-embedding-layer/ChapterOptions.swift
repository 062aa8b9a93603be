import ArgumentParser
import ChapterSupport

/// This chapter has no options but `--help`.
struct ChapterOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chapter-embedding-layer",
    abstract: "Shows what an embedding layer is, and computes the document's two published arrays.")
}
