import TestSupport
import Testing

@testable import Word2Vec

/// How examples that share noise words are laid out.
@Suite("Layout of groups")
struct GroupLayoutTests {
  private let order = RowOrder(vocabularySize: 200)

  /// A layout of examples with these context words and lengths of one list of noise words, `sharing`
  /// in a row.
  private func layOut(
    _ examples: [(contexts: [Int32], noise: Int)], sharing: Int, first: Int = 0
  ) -> (layout: GroupLayout, lists: SlotLists, batch: MiniBatch) {
    var batch = MiniBatch()
    for example in examples {
      batch.append(
        center: 1, contexts: example.contexts,
        noiseWords: (0..<example.noise).map { Int32(100 + $0) })
    }
    let (layout, lists) = (GroupLayout(), SlotLists(order, parts: 4))
    layout.layOut(batch, first: first, sharing: sharing, order: order, into: lists)
    return (layout, lists, batch)
  }

  private func row(_ word: Int32) -> Int32 { Int32(order.row(of: Int(word))) }

  @Test("a context word that examples have in common is one row, a draw another")
  func rows() {
    let (layout, _, _) = layOut(
      [([7, 8], 1), ([8, 9, 8], 2), ([9, 100], 0)], sharing: 4, first: 30)
    let group = layout.groups.pointer[0]
    #expect(layout.groups.count == 1 && layout.rowCount == 6)
    #expect((group.members, group.draws, group.contexts, group.contextSlots) == (3, 2, 4, 7))
    // Members by falling number of noise words; rows as they first come.
    #expect(layout.members.elements.map(\.example) == [31, 30, 32])
    #expect(layout.members.elements.map(\.draws) == [2, 1, 0])
    #expect(layout.rows.elements.prefix(6).elementsEqual([100, 101, 8, 9, 7, 100].map(row)))
    #expect(Array(layout.slotRows.elements) == [2, 3, 2, 4, 2, 3, 5])
    #expect(Array(layout.counts.elements.prefix(4)) == [3, 2, 1, 1])
    // Sorted by row, in each in the members' order: 8 8 8, 9 9, 7, 100.
    #expect(Array(layout.slotPlaces.elements) == [0, 3, 1, 5, 2, 4, 6])
    #expect(Array(layout.examples.elements) == [31, 31, 30, 31, 32, 30, 32])
    #expect((layout.mostRows, layout.mostContextSlots, layout.mostSlots) == (6, 7, 5))
  }

  @Test("each slot finds its word's row, and each row is listed once a group, in its part")
  func allSlots() {
    let random = ListedExamples.random(
      count: 64, vocabulary: 90, contexts: 1...12, noiseWords: 1, seed: 3
    ).batches(of: 64)[0]
    let examples = (0..<random.count).map { example in
      let (slots, noise) = (random.slotRange(of: example), random.noiseRange(of: example))
      return (contexts: Array(random.slots[slots.lowerBound..<noise.lowerBound]), noise: 4)
    }
    for sharing in [2, 16, 64] {
      let (layout, lists, batch) = layOut(examples, sharing: sharing)
      var (slot, rowsBefore) = (0, 0)
      for (number, group) in layout.groups.elements.enumerated() {
        let begin = slot
        for member in layout.members.elements[number * sharing..<(number + 1) * sharing] {
          for word in batch.slots[batch.slotRange(of: member.example)].prefix(member.contexts) {
            let found = Int(layout.slotRows.pointer[slot])
            #expect(layout.rows.pointer[rowsBefore + found] == row(word))
            let place = begin + Int(layout.slotPlaces.pointer[slot])
            #expect(Int(layout.examples.pointer[place]) == member.example)
            slot += 1
          }
        }
        let rows = layout.rows.elements[rowsBefore..<rowsBefore + group.rows]
        #expect(Set(rows.dropFirst(group.draws)).count == group.contexts)
        let places = layout.slotPlaces.elements[begin..<slot]
        #expect(places.sorted() == (0..<Int32(group.contextSlots)).map { $0 })
        rowsBefore += group.rows
      }
      #expect(
        rowsBefore == layout.rowCount && slot == batch.contextCounts.reduce(0) { $0 + Int($1) })
      var listed = [Int32](repeating: -1, count: layout.rowCount)
      for part in 0..<4 {
        for slot in lists[part] {
          #expect(order.rows(ofPart: part, parts: 4).contains(Int(slot.row)))
          listed[slot.note.example] = slot.row
        }
      }
      #expect(listed.elementsEqual(layout.rows.elements.prefix(layout.rowCount)))
    }
  }
}
