import Foundation
import Testing

/// The rooms of README's table "Where things are", held against the code and `Package.swift`.
@Suite("Rooms")
struct RoomsTests {
  private struct Room {
    let floor: Int
    let folder: String
    let imports: Set<String>

    /// The module's name; the chapters are one room without a name that others could import.
    var name: String { folder.split(separator: "/").last.map(String.init) ?? "" }
  }

  private static let rooms: [Room] = {
    guard
      let text = try? String(
        contentsOf: Place.root.appendingPathComponent("README.md"), encoding: .utf8)
    else { return [] }
    return text.matches(of: /(?m)^\| (ground|\d) \| `([^`]+)` \|[^|]*\|([^|]*)\|$/).map { row in
      Room(
        floor: Int(row.1) ?? 0, folder: String(row.2),
        imports: Set(row.3.matches(of: /`(\w+)`/).map { String($0.1) }))
    }
  }()

  private static let names = Set(rooms.map(\.name))

  /// The Swift files in a folder, `chapters/*` being all chapters.
  private static func sources(in folder: String) -> [URL] {
    let folder = folder.replacingOccurrences(of: "/*", with: "")
    let files = FileManager.default.enumerator(
      at: Place.root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
  }

  /// The modules of some files' `import` lines.
  private static func imports(of files: [URL]) throws -> Set<String> {
    let line = /(?m)^ *(?:@\w+ +)?(?:\w+ +)?import +(?:(?:struct|class|enum|func) +)?(\w+)/
    return try Set(
      files.flatMap { file in
        try String(contentsOf: file, encoding: .utf8).matches(of: line).map { String($0.1) }
      })
  }

  /// What `Package.swift` says that a room depends on; nil where it has no such target.
  private static func dependencies(of room: Room) throws -> Set<String>? {
    let text = try String(
      contentsOf: Place.root.appendingPathComponent("Package.swift"), encoding: .utf8)
    // One piece of the text for each declaration of a target.
    let targets = text.split(separator: /\.(?:executableT|testT|t)arget\(/).dropFirst()
    let name = room.folder == "chapters/*" ? "name" : "\"\(room.name)\""
    let own = targets.first {
      $0.drop { $0.isWhitespace }.lowercased().hasPrefix("name: \(name),".lowercased())
    }
    guard let list = own?.firstMatch(of: /dependencies: \[([^\[\]]*)\]/) else { return nil }
    return Set(list.1.matches(of: /"(\w+)"/).map { String($0.1) })
  }

  @Test("are all folders with code, each once")
  func complete() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Place.root.appendingPathComponent("Sources").path)
    let expected = folders.filter { !$0.hasPrefix(".") }.map { "Sources/\($0)" } + ["chapters/*"]
    #expect(Self.rooms.map(\.folder).sorted() == expected.sorted())
  }

  @Test("import what README's table says, and Package.swift has no other dependency")
  func asListed() throws {
    for room in Self.rooms {
      let found = try Self.imports(of: Self.sources(in: room.folder))
      let own = found.intersection(Self.names)
      #expect(
        own == room.imports,
        "\(room.folder) imports \(own.sorted()), README says \(room.imports.sorted())")
      guard let declared = try Self.dependencies(of: room) else {
        #expect(own.isEmpty, "Package.swift has no dependencies of \(room.folder)")
        continue
      }
      let unused = declared.subtracting(found).sorted()
      #expect(unused.isEmpty, "\(room.folder) depends on \(unused) and does not import it")
      let missing = own.subtracting(declared).sorted()
      #expect(missing.isEmpty, "\(room.folder) imports \(missing) and does not depend on it")
    }
  }

  @Test("import only from floors below")
  func floors() {
    let floors = Dictionary(uniqueKeysWithValues: Self.rooms.map { ($0.name, $0.floor) })
    for room in Self.rooms {
      for name in room.imports {
        #expect(
          floors[name] ?? .max < room.floor, "\(room.folder) imports \(name), which is not below")
      }
    }
    for (room, other) in [("Word2Vec", "Figures"), ("Figures", "Word2Vec")] {
      #expect(Self.rooms.first { $0.name == room }?.imports.contains(other) == false)
    }
  }

  @Test("outside of tests nothing sees a module's inside, which a release build does not show")
  func releases() throws {
    for folder in ["Sources", "chapters", "Tests/Support", "Tests/MistakenPage"] {
      for file in Self.sources(in: folder) {
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(!text.contains("@testable "), "\(file.path)")
      }
    }
  }

  @Test("Word2Vec names no option, and the book and other programs only as sources")
  func libraryKnowsNoBook() throws {
    let named = /(?i)"[^"]*--[a-z]|d2l|numpy|torch|demonstration|penn/
    for file in Self.sources(in: "Sources/Word2Vec") {
      var isSource = false
      let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
      for (number, line) in lines.enumerated() {
        let text = line.drop { $0 == " " }
        // A source goes on in lines that are indented under it.
        isSource = text.hasPrefix("/// - Source:") || isSource && text.hasPrefix("///   ")
        #expect(
          isSource || line.firstMatch(of: named) == nil,
          "\(file.lastPathComponent):\(number + 1): \(text)")
      }
    }
  }
}
