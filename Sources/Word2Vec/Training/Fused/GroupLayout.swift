/// Examples that share noise words, laid out for an `ExamplePass`, group after group.
///
/// A group reads each row once: those of its draws, the words of its one list of noise words, and
/// those of its examples' context words, however many of the examples have them. Examples that are
/// neighbours in a text have few different ones.
final class GroupLayout {
  /// A group, with its numbers of things.
  struct Group: BitwiseCopyable {
    let members: Int
    /// The rows: `draws` of draws, then `contexts` of context words.
    let draws: Int
    let contexts: Int
    /// The slots of context words of all members.
    let contextSlots: Int

    var rows: Int { draws + contexts }
  }

  /// An example of a group, with its numbers of words.
  struct Member: BitwiseCopyable {
    /// The example, as counted in the minibatch.
    let example: Int
    let contexts: Int
    /// The first so many draws of its group are its noise words.
    let draws: Int
  }

  let groups = GrowingBuffer<Group>(capacity: 32)
  /// The examples, in each group by falling number of noise words.
  let members = GrowingBuffer<Member>(capacity: StepPlan.examplesPerPiece)
  /// The rows of the table, group after group.
  let rows = GrowingBuffer<Int32>()
  /// By slot of a context word, member after member: its row, counted in the group, and its place
  /// among such slots of the group when they are sorted by row.
  let slotRows = GrowingBuffer<Int32>(), slotPlaces = GrowingBuffer<Int32>()
  /// By that place: the slot's example.
  let examples = GrowingBuffer<Int32>()
  /// By row of a context word: the number of its slots.
  let counts = GrowingBuffer<Int32>()
  /// The most rows of a group, slots of context words of a group, and words of an example.
  private(set) var (mostRows, mostContextSlots, mostSlots) = (0, 0, 0)
  /// The number of rows of all groups.
  private(set) var rowCount = 0

  private let contextWords = GroupWords()

  /// Lays out the examples of a piece.
  ///
  /// - Parameters:
  ///   - batch: The examples.
  ///   - first: The number of the first one in the minibatch.
  ///   - sharing: How many in a row share their noise words.
  ///   - order: Where the rows lie.
  ///   - lists: Takes the groups' rows, by number.
  /// - Complexity: O(slots).
  func layOut(
    _ batch: MiniBatch, first: Int, sharing: Int, order: RowOrder, into lists: SlotLists
  ) {
    let contextSlots = batch.contextCounts.reduce(0) { $0 + Int($1) }
    var draws = 0
    members.resize(to: batch.count)
    for begin in stride(from: 0, to: batch.count, by: sharing) {
      sortMembers(begin..<min(begin + sharing, batch.count), of: batch, first: first)
      draws += members.pointer[begin].draws
    }
    rows.resize(to: draws + contextSlots)
    for buffer in [slotRows, slotPlaces, examples, counts] { buffer.resize(to: contextSlots) }
    lists.removeAll(capacity: draws + contextSlots)
    groups.resize(to: 0)
    (mostRows, mostContextSlots, mostSlots, rowCount) = (0, 0, 0, 0)
    var (slot, contextRow) = (0, 0)
    for begin in stride(from: 0, to: batch.count, by: sharing) {
      let end = min(begin + sharing, batch.count)
      let group = layOut(
        begin..<end, of: batch, first: first, slot: slot, contextRow: contextRow, order,
        into: lists)
      groups.append(group)
      mostRows = max(mostRows, group.rows)
      mostContextSlots = max(mostContextSlots, group.contextSlots)
      (slot, contextRow) = (slot + group.contextSlots, contextRow + group.contexts)
      rowCount += group.rows
    }
  }

  /// Lists the members of a group by falling number of noise words, in their own order where that is
  /// the same.
  private func sortMembers(_ group: Range<Int>, of batch: MiniBatch, first: Int) {
    let members = members.pointer
    for i in group {
      let draws = batch.noiseRange(of: i).count
      var place = i
      while place > group.lowerBound, members[place - 1].draws < draws {
        members[place] = members[place - 1]
        place -= 1
      }
      members[place] = Member(
        example: first + i, contexts: Int(batch.contextCounts[i]), draws: draws)
    }
  }

  /// Lists a group's rows, and where its context words' slots find them.
  ///
  /// - Parameters:
  ///   - group: The places of its examples in the piece.
  ///   - batch: The piece.
  ///   - first: The number of the piece's first example in the minibatch.
  ///   - slot: The slots of context words in the groups before.
  ///   - contextRow: The rows of context words in the groups before.
  ///   - order: Where the rows lie.
  ///   - lists: Takes the rows.
  /// - Returns: The group.
  private func layOut(
    _ group: Range<Int>, of batch: MiniBatch, first: Int, slot: Int, contextRow: Int,
    _ order: RowOrder, into lists: SlotLists
  ) -> Group {
    let members = UnsafeBufferPointer(rebasing: self.members.elements[group])
    let contextSlots = members.reduce(0) { $0 + $1.contexts }
    contextWords.removeAll(capacity: contextSlots)
    let rows = rows.pointer + rowCount
    let (slotRows, slotPlaces) = (slotRows.pointer + slot, slotPlaces.pointer + slot)
    let counts = counts.pointer + contextRow
    // The first member has the longest list, which is the group's.
    let draws = members[0].draws
    batch.slots.withUnsafeBufferPointer { words in
      func addRow(_ row: Int, of word: Int32) {
        rows[row] = Int32(truncatingIfNeeded: order.row(of: Int(word)))
        lists.append(word, SlotNote(example: rowCount + row, isContext: false))
      }
      let list = batch.noiseRange(of: members[0].example - first).lowerBound
      for draw in 0..<draws { addRow(draw, of: words[list + draw]) }
      var next = 0
      for member in members {
        let begin = Int(batch.offsets[member.example - first])
        for word in words[begin..<begin + member.contexts] {
          let (context, isNew) = contextWords.number(of: word)
          if isNew {
            addRow(draws + context, of: word)
            counts[context] = 0
          }
          slotRows[next] = Int32(truncatingIfNeeded: draws + context)
          // Counted from the row's first slot on, until all are known.
          slotPlaces[next] = counts[context]
          counts[context] += 1
          next += 1
        }
        mostSlots = max(mostSlots, member.contexts + member.draws)
      }
    }
    let contexts = contextWords.count
    sortSlots(of: members, draws: draws, contexts: contexts, slot: slot, contextRow: contextRow)
    return Group(
      members: group.count, draws: draws, contexts: contexts, contextSlots: contextSlots)
  }

  /// Gives a group's slots of context words their places among them, sorted by row.
  private func sortSlots(
    of members: UnsafeBufferPointer<Member>, draws: Int, contexts: Int, slot: Int, contextRow: Int
  ) {
    let (slotRows, slotPlaces) = (slotRows.pointer + slot, slotPlaces.pointer + slot)
    let (examples, counts) = (examples.pointer + slot, counts.pointer + contextRow)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: contexts) { starts in
      var start: Int32 = 0
      for context in 0..<contexts {
        starts[context] = start
        start += counts[context]
      }
      var next = 0
      for member in members {
        for _ in 0..<member.contexts {
          slotPlaces[next] += starts[Int(slotRows[next]) - draws]
          examples[Int(slotPlaces[next])] = Int32(truncatingIfNeeded: member.example)
          next += 1
        }
      }
    }
  }
}

/// The different words of a group's contexts, numbered as they first come.
///
/// A word is looked for in a table, at the place of its last bits and on to the next free one.
private final class GroupWords {
  /// By place: the word's number, or −1.
  private let table = GrowingBuffer<Int32>()
  private var mask = 0
  /// By number.
  private let words = GrowingBuffer<Int32>()
  /// How many there are.
  private(set) var count = 0

  /// Forgets all words, and makes room for `capacity`.
  func removeAll(capacity: Int) {
    var size = 64
    while size < 2 * capacity { size *= 2 }
    table.resize(to: size)
    table.pointer.update(repeating: -1, count: size)
    words.resize(to: capacity)
    (mask, count) = (size - 1, 0)
  }

  /// A word's number, and whether it has come for the first time.
  @inline(__always)
  func number(of word: Int32) -> (number: Int, isNew: Bool) {
    let (table, words) = (table.pointer, words.pointer)
    var place = Int(word) & mask
    while table[place] >= 0 {
      if words[Int(table[place])] == word { return (Int(table[place]), false) }
      place = (place &+ 1) & mask
    }
    (table[place], words[count]) = (Int32(truncatingIfNeeded: count), word)
    count += 1
    return (count - 1, true)
  }
}
