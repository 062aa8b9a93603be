import ArgumentParser
import ChapterSupport

/// This chapter has no options but `--help`.
struct ChapterOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chapter-skip-gram",
    abstract: "Shows the forward pass of the skip-gram model and its shapes.")
}
