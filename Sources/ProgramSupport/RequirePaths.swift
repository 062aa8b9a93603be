import ArgumentParser

/// Refuses an option or an argument that is to name a file and is empty, as a shell's variable is
/// that nobody has set.
///
/// - Parameter values: The values by their names, such as `--save`; nil where none was given.
/// - Throws: `ValidationError` about the first that is empty.
public func requirePaths(_ values: KeyValuePairs<String, String?>) throws {
  guard let empty = values.first(where: { $0.value?.isEmpty == true }) else { return }
  throw ValidationError("\(empty.key) is empty; give the path of a file.")
}
