import ArgumentParser
import ChapterSupport

/// This chapter has no options but `--help`.
struct ChapterOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chapter-bce-loss",
    abstract: "Shows the masked binary cross-entropy loss, by the library and by hand.")
}
