import Testing

@testable import Word2Vec

@Suite("Growing buffer")
struct GrowingBufferTests {
  @Test("keeps its elements while it grows")
  func growth() {
    let buffer = GrowingBuffer<Int32>(capacity: 0)
    for i in 0..<5000 as Range<Int32> { buffer.append(i) }
    #expect(buffer.elements.elementsEqual(0..<5000))
    buffer.resize(to: 3)
    buffer.append(7)
    #expect(Array(buffer.elements) == [0, 1, 2, 7])
  }

  @Test("begins at a cache line, all zero")
  func memory() {
    let buffer = GrowingBuffer<Lanes>(capacity: 33)
    buffer.resize(to: 33)
    #expect(Int(bitPattern: buffer.pointer) % 64 == 0)
    #expect(buffer.elements.allSatisfy { $0 == .zero })
  }
}
