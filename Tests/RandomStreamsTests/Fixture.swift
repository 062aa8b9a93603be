import Foundation
import Testing

/// The numbers of one seed in a fixture file.
struct Fixture<Values: Decodable & Sendable>: Decodable, Sendable {
  let seed: UInt64
  let values: Values
}

/// Reads a file of `Fixtures/`, written by `make_fixtures.py` beside it.
func fixture<Content: Decodable>(_ name: String, as type: Content.Type = Content.self) throws
  -> Content
{
  let url = try #require(
    Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "json"))
  return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}
