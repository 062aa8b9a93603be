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

  @Test("groups random lists as the definition does", arguments: 0..<20)
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
      expectGroups(index, of: lists)
    }
  }

  @Test("groups no slots, one, and many of one row")
  func small() {
    let index = WordIndex(rows: 0..<3)
    func slot(_ row: Int32) -> Written { Written(row: row, example: 7, isContext: true) }
    expectGroups(index, of: [])
    expectGroups(index, of: [[], []])
    expectGroups(index, of: [[], [slot(2)], []])
    expectGroups(index, of: [[slot(2)], [slot(2), slot(2), slot(2)]])
    expectGroups(index, of: [[slot(0), slot(2), slot(1), slot(2)]])
  }

  @Test("leaves a million rows clean for the next lists")
  func large() {
    let index = WordIndex(rows: 0..<1_000_000)
    let rows: [Int32] = [999_999, 0, 500_000, 0]
    for _ in 0..<2 {
      expectGroups(index, of: [rows.map { Written(row: $0, example: 1, isContext: false) }])
    }
    expectGroups(index, of: [[Written(row: 1, example: 0, isContext: false)]])
  }

  @Test("can be asked for some groups behind the last: rows of its own, without slots")
  func lookAhead() {
    let index = WordIndex(rows: 40..<50)
    index.group([])
    let groups = index.groups
    for beyond in 0..<16 {
      #expect(groups.row(beyond) == 40)
      #expect(groups.count(beyond) == 0)
      #expect(groups.notes(beyond)[0].example == 0)
    }
  }

  private func expectGroups(
    _ index: WordIndex, of lists: [[Written]], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let listed = lists.map {
      $0.map {
        PlacedSlot(row: $0.row, note: SlotNote(example: $0.example, isContext: $0.isContext))
      }
    }
    func group(_ slots: [UnsafeBufferPointer<PlacedSlot>]) {
      guard slots.count < listed.count else { return index.group(slots) }
      listed[slots.count].withUnsafeBufferPointer { group(slots + [$0]) }
    }
    group([])

    let all = lists.joined()
    let distinct = Set(all.map(\.row)).sorted()
    let groups = index.groups
    #expect(
      (0..<groups.count).map { Int32(groups.row($0)) } == distinct, sourceLocation: sourceLocation)
    for (group, row) in distinct.enumerated() {
      let found = (0..<groups.count(group)).map {
        let note = groups.notes(group)[$0]
        return Written(row: row, example: note.example, isContext: note.isContext)
      }
      #expect(found == all.filter { $0.row == row }, sourceLocation: sourceLocation)
    }
    let largest = distinct.map { row in all.count { $0.row == row } }.max() ?? 0
    #expect(index.largest == largest, sourceLocation: sourceLocation)
  }
}
