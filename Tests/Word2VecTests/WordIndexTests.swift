import RandomStreams
import Testing

@testable import Word2Vec

@Suite("Word index")
struct WordIndexTests {
  /// A slot as a test writes it down.
  private struct Written: Equatable {
    var row: Int32
    var example: Int
    var isContext: Bool
  }

  @Test("holds random lists as the definition does", arguments: 0..<20)
  func randomLists(seed: UInt64) {
    var random = Philox(key: seed)
    let index = WordIndex(rows: 130..<260)
    for _ in 0..<5 {  // the same index again and again: nothing stays from the lists before
      let words = 1 + random.below(130)
      let lists = (0..<random.below(5)).map { _ in
        (0..<random.below(3) * random.below(40)).map { _ in
          Written(
            row: Int32(130 + random.below(words)), example: random.below(600),
            isContext: random.below(2) == 0)
        }
      }
      expectEntries(index, of: lists)
    }
  }

  @Test("holds no slots, one, and many of one row")
  func small() {
    let index = WordIndex(rows: 0..<3)
    func slot(_ row: Int32) -> Written { Written(row: row, example: 7, isContext: true) }
    expectEntries(index, of: [])
    expectEntries(index, of: [[], []])
    expectEntries(index, of: [[], [slot(2)], []])
    expectEntries(index, of: [[slot(2)], [slot(2), slot(2), slot(2)]])
    expectEntries(index, of: [[slot(0), slot(2), slot(1), slot(2)]])
  }

  @Test("leaves a million rows clean for the next lists")
  func large() {
    let index = WordIndex(rows: 0..<1_000_000)
    let rows: [Int32] = [999_999, 0, 500_000, 0]
    for _ in 0..<2 {
      expectEntries(index, of: [rows.map { Written(row: $0, example: 1, isContext: false) }])
    }
    expectEntries(index, of: [[Written(row: 1, example: 0, isContext: false)]])
  }

  @Test("can be asked for some entries behind the last: rows of its own, without slots")
  func lookAhead() {
    let index = WordIndex(rows: 40..<50)
    index.fill(with: [])
    let entries = index.entries
    for beyond in 0..<16 {
      #expect(entries.row(beyond) == 40)
      #expect(entries.count(beyond) == 0)
      #expect(entries.notes(beyond)[0].example == 0)
    }
  }

  private func expectEntries(
    _ index: WordIndex, of lists: [[Written]], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let listed = lists.map {
      $0.map {
        PlacedSlot(row: $0.row, note: SlotNote(example: $0.example, isContext: $0.isContext))
      }
    }
    func fill(_ slots: [UnsafeBufferPointer<PlacedSlot>]) {
      guard slots.count < listed.count else { return index.fill(with: slots) }
      listed[slots.count].withUnsafeBufferPointer { fill(slots + [$0]) }
    }
    fill([])

    let all = lists.joined()
    let distinct = Set(all.map(\.row)).sorted()
    let entries = index.entries
    #expect(
      (0..<entries.count).map { Int32(entries.row($0)) } == distinct, sourceLocation: sourceLocation
    )
    for (entry, row) in distinct.enumerated() {
      let found = (0..<entries.count(entry)).map {
        let note = entries.notes(entry)[$0]
        return Written(row: row, example: note.example, isContext: note.isContext)
      }
      #expect(found == all.filter { $0.row == row }, sourceLocation: sourceLocation)
    }
    let largest = distinct.map { row in all.count { $0.row == row } }.max() ?? 0
    #expect(index.largest == largest, sourceLocation: sourceLocation)
  }
}
