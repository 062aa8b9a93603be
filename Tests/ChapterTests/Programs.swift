import Foundation
import Literate

/// Where the built products, the golden files and the data are.
enum Place {
  /// The folder of the built products: that in which the test bundle lies.
  static let products: URL = {
    let bundle = Bundle(for: Marker.self).bundleURL
    return bundle.pathExtension == "xctest" ? bundle.deletingLastPathComponent() : bundle
  }()

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let goldenFiles = root.appendingPathComponent("Tests/ChapterTests/Golden")

  /// The folder with the Penn Treebank, if it is there.
  static let pennTreebank = Book.pennTreebank(in: root)

  private final class Marker {}
}

/// Runs a built product from an empty folder, which is removed afterwards.
///
/// `WORD2VEC_DATA` points to the Penn Treebank only where `pennTreebank` says so, so that a run
/// never depends on what happens to lie in the checkout, and `LITERATE_RECORD` is empty, so that it is
/// the book's even where a page has not been woven yet.
///
/// - Parameters:
///   - product: The product's name, such as `chapter-training`.
///   - arguments: Its arguments.
///   - environment: Variables set beside those of the tests; nil removes one.
///   - currentDirectory: Another working directory, which is left as it is afterwards.
///   - pennTreebank: Whether the run may see the data.
///   - timeout: Seconds after which it is killed; ten times as many under the thread sanitizer.
/// - Returns: What it did.
/// - Throws: What Foundation throws where it cannot be started.
func run(
  _ product: String, _ arguments: [String] = [], environment: [String: String?] = [:],
  currentDirectory: URL? = nil, pennTreebank: Bool = false, timeout: TimeInterval = 300
) throws -> ProgramRun {
  let scratch = try currentDirectory ?? temporaryDirectory()
  defer { if currentDirectory == nil { try? FileManager.default.removeItem(at: scratch) } }
  var variables = environment
  variables["WORD2VEC_DATA"] =
    environment["WORD2VEC_DATA"] ?? .some(pennTreebank ? Place.pennTreebank?.path : nil)
  variables["LITERATE_RECORD"] = environment["LITERATE_RECORD"] ?? .some("")
  let isSlow = ProcessInfo.processInfo.environment["TSAN_OPTIONS"] != nil
  return try run(
    Place.products.appendingPathComponent(product), arguments: arguments, environment: variables,
    in: scratch, timeout: isSlow ? 10 * timeout : timeout)
}
