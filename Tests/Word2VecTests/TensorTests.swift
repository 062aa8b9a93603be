import Testing
import Word2Vec

@Suite("Tensor")
struct TensorTests {
  @Test("stores its rows one after the other")
  func rowMajor() {
    var tensor = Tensor(shape: [2, 3], values: [1, 2, 3, 4, 5, 6])
    #expect(tensor == Tensor([[1, 2, 3], [4, 5, 6]]))
    #expect(tensor[1, 0] == 4)
    tensor[0, 2] = 9
    #expect(tensor.values == [1, 2, 9, 4, 5, 6])
  }

  @Test("reshapes, sums and combines")
  func operations() {
    let tensor = Tensor([[1, 2, 3], [4, 5, 6]])
    #expect(tensor.reshaped(to: [3, 1, 2])[2, 0, 1] == 6)
    #expect(tensor.sumOverLastAxis() == Tensor([6, 15]))
    #expect(tensor * 2 / tensor == Tensor(repeating: 2, shape: [2, 3]))
    #expect(tensor * tensor == Tensor([[1, 4, 9], [16, 25, 36]]))
  }

  @Test("adds, subtracts, divides by a number and takes roots, element by element")
  func arithmetic() {
    let tensor = Tensor([[1, 4], [9, 16]])
    #expect(tensor + tensor == tensor * 2 && tensor - tensor == tensor * 0)
    #expect(tensor + 1 == Tensor([[2, 5], [10, 17]]) && tensor / 2 == tensor * 0.5)
    #expect(tensor.squareRoot() == Tensor([[1, 2], [3, 4]]))
  }

  @Test("a single column at the right counts for whole rows")
  func column() {
    let tensor = Tensor([[2, 4, 6], [3, 6, 9]])
    let column = Tensor([[2], [3]])
    #expect(tensor / column == Tensor([[1, 2, 3], [1, 2, 3]]))
    #expect(tensor - column == Tensor([[0, 2, 4], [0, 3, 6]]))
    #expect(Tensor(shape: [2, 0], values: []) * column == Tensor(shape: [2, 0], values: []))
  }

  @Test("may be empty or a single number")
  func degenerateShapes() {
    #expect(Tensor(shape: [0, 4], values: []).count == 0)
    #expect(Tensor(shape: [0, 4], values: []).sumOverLastAxis() == Tensor(shape: [0], values: []))
    #expect(Tensor(shape: [2, 0], values: []).sumOverLastAxis() == Tensor([0, 0]))
    #expect(Tensor(shape: [], values: [7])[] == 7)
  }

  @Test("refuses values that do not fill the shape")
  func wrongCount() async {
    await #expect(processExitsWith: .failure) { _ = Tensor(shape: [2, 2], values: [1, 2, 3]) }
    await #expect(processExitsWith: .failure) { _ = Tensor([[1, 2], [3]]) }
    await #expect(processExitsWith: .failure) {
      _ = Tensor(repeating: 1, shape: [2]) * Tensor(repeating: 1, shape: [3])
    }
    await #expect(processExitsWith: .failure) { _ = Tensor([[1, 2]])[0, 2] }
    await #expect(processExitsWith: .failure) { _ = Tensor([[1, 2], [3, 4]]) / Tensor([[1]]) }
    await #expect(processExitsWith: .failure) {
      _ = Tensor([[1], [2]]) - Tensor([[1, 2], [3, 4]])
    }
  }
}
