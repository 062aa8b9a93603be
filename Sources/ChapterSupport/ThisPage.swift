import Foundation
import Literate
import ProgramSupport

/// The page that the program runs.
enum ThisPage {
  /// Its source: as the compiler knows it, and as it is named in sentences.
  nonisolated(unsafe) private(set) static var source = (path: "", name: "")

  /// Whether its code is no longer the book's, as when a reader has changed a number to see what moves.
  ///
  /// A run that is recorded, or would be (`LITERATE_RECORD` is set, if to nothing), is the book's.
  /// The files are read when it is first asked, for a figure or a mistake.
  static let isEdited: Bool = {
    let isTheBooks = ProcessInfo.processInfo.environment["LITERATE_RECORD"] != nil
    return !isTheBooks && Chapter.isEdited(URL(fileURLWithPath: source.path))
  }()

  /// Takes note of the page; to be called once, when the program starts.
  static func begin(_ path: StaticString, _ name: StaticString) {
    source = ("\(path)", "\(name)")
  }

  /// Where a figure of the page goes: that of an edited one beside the book's, so that trying leaves
  /// the book as it is.
  static func place(of figure: OutputPath) -> OutputPath {
    guard isEdited, figure.isDefault else { return figure }
    let place = figure.withRemark("edited")
    note("\(source.name) has been changed: \(figure.path) stays, this one is \(place.path)")
    return place
  }
}
