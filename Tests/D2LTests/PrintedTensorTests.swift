import TestSupport
import Testing
import Word2Vec

@testable import D2L

@Suite("Tensor descriptions")
struct TensorDescriptionTests {
  @Test("print arrays as NumPy and PyTorch do")
  func printedArrays() throws {
    for printed in try ModelFixtures.load().printed {
      let tensor = Tensor(shape: printed.shape, values: printed.values)
      #expect(tensor.numpyDescription == printed.numpy)
      #expect(tensor.torchDescription() == printed.torch)
    }
  }

  @Test("print shapes as NumPy and PyTorch do")
  func printedShapes() {
    let tensor = Tensor(repeating: 0, shape: [2, 1, 4])
    #expect(tensor.numpyShape == "(2, 1, 4)")
    #expect(tensor.torchSize == "torch.Size([2, 1, 4])")
    #expect(Tensor([1]).numpyShape == "(1,)")
  }

  @Test("name the gradient's origin, on a line of its own where it would be too long")
  func gradientFunction() {
    #expect(
      Tensor([1]).torchDescription(gradientFunction: "EmbeddingBackward")
        == "tensor([1.], grad_fn=<EmbeddingBackward>)")
    let wide = Tensor(repeating: 0.5, shape: [8]).torchDescription(gradientFunction: "MulBackward")
    #expect(wide.hasSuffix("0.5000],\n       grad_fn=<MulBackward>)"))
  }
}
