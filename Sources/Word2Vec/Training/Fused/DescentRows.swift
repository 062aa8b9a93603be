import CSIMD
import Foundation

/// The steps of plain gradient descent: a row need only know the learning rate.
final class DescentClock: RowClock, @unchecked Sendable {
  private(set) var step = 0
  private(set) var present = DescentRows.Present(rate: .zero)
  private(set) var previous = DescentRows.Present(rate: .zero)
  let needsSweep = false

  func makeRows(_ embedding: Embedding) -> DescentRows { DescentRows(embedding) }

  func advance(learningRate: Double) {
    step += 1
    previous = present
    present = DescentRows.Present(rate: Lanes(repeating: Float(learningRate)))
  }

  func close() {}

  let optimizer = "gradient descent"
  var memory: [Double] { [] }

  func restore(step: Int, memory: [Double]) -> Bool {
    self.step = step
    return memory.isEmpty
  }
}

/// A table for plain gradient descent: rows of weights, padded with zeros, always up to date.
struct DescentRows: RowTable, @unchecked Sendable {
  /// A step's learning rate, in every lane.
  struct Present { let rate: Lanes }

  let layout: RowLayout
  private let lanes: Int
  /// The weights, shape (rows, `lanes`).
  private let values: UnsafeMutablePointer<Lanes>

  init(_ embedding: Embedding) {
    layout = RowLayout(embedding)
    lanes = layout.lanes
    values = .allocateZeroed(layout.order.rowCount * lanes)
    setWeights(embedding)
  }

  func deallocate() { free(values) }

  @inline(__always)
  func weights(_ row: Int) -> UnsafeMutablePointer<Lanes> { values + row &* lanes }

  @inline(__always)
  func prefetchWeights(_ row: Int) { prefetchToWrite(weights(row), lanes) }

  @inline(__always)
  func prefetchState(_ row: Int) {}

  @inline(__always)
  func prefetchToCopy(_ row: Int) { prefetch(weights(row), lanes) }

  @inline(__always)
  func catchUp(_ row: Int, to present: Present) {}

  @inline(__always)
  func copyWeights(_ row: Int, at present: Present, to copy: UnsafeMutablePointer<Lanes>) {
    copy.update(from: weights(row), count: lanes)
  }

  func settle(_ row: Int, at present: Present) {}

  var savedSize: Int { layout.dimension }

  func save(_ row: Int, to words: UnsafeMutablePointer<UInt32>) {
    UnsafeMutableRawPointer(words).copyMemory(from: weights(row), byteCount: 4 * layout.dimension)
  }

  func restore(_ row: Int, from words: UnsafePointer<UInt32>, step: Int) -> Bool {
    UnsafeMutableRawPointer(weights(row)).copyMemory(from: words, byteCount: 4 * layout.dimension)
    return true
  }

  @inline(__always)
  func update(_ row: Int, at present: Present) -> Update {
    Update(w: weights(row), rate: present.rate)
  }

  /// w ← w − η·g.
  struct Update: RowUpdating {
    fileprivate let w: UnsafeMutablePointer<Lanes>
    fileprivate let rate: Lanes

    @inline(__always)
    func move(_ index: Int, by gradient: Lanes) { w[index] -= rate * gradient }

    @inline(__always)
    func end() {}
  }
}
