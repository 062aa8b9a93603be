//: # The embedding layer
//: section: Skip-Gram Modeli › Gömme Katmanı
//:
//: *How does a word become numbers?* By a table: the word's index picks a row.
//: A layer of 20 words and 4 numbers a word turns a (2, 3) array of indices
//: into a (2, 3, 4) array of vectors, and from the right seeds its numbers are
//: the published ones, in both tabs of the document, to the last digit.
//:
//: Run it with `swift run chapter-embedding-layer`; it takes a moment and
//: needs no data.

import ChapterSupport  // hide
import D2L
import Literate
import RandomStreams
import Word2Vec

_ = ChapterOptions.fromCommandLine()  // hide

//: ## A table of random numbers
//:
//: With $`V`$ words and $`d`$ numbers for each, the layer's weight is a matrix
//:
//: ```math
//: W \in \mathbb{R}^{V \times d}, \qquad V = 20, \quad d = 4.
//: ```
//:
//: MXNet fills it from a Mersenne twister, seeded with 0 when nobody says
//: otherwise: each number is $`-0.07 + 0.14\,u`$ with $`u`$ uniform in
//: $`[0, 1)`$.

var mxnet = MXNetUniform(seed: 0)
let mxnetWeight = mxnet.uniform(count: 20 * 4, scale: 0.07)
let embed0 = Embedding(weight: Tensor(shape: [20, 4], values: mxnetWeight))
let shape0 = embed0.weight.numpyShape

show("Parameter embedding0_weight (shape=\(shape0), dtype=float32)")

//: That line is all that MXNet says of a parameter: a name, a shape and a
//: type, 20 rows of 4 numbers.
//:
//: ## Looking words up
//:
//: The layer returns row $`i`$ for index $`i`$. The indices may have any
//: shape; the vectors add one axis of length $`d`$ behind it.

let x = Indices([[1, 2, 3], [4, 5, 6]])

show(embed0(x).numpyDescription)

//: Two blocks of three rows: rows 1, 2, 3 and rows 4, 5, 6 of the weight, each
//: number with the eight digits that the document prints. Row 0 was not asked
//: for and does not appear.
//:
//: ## The same layer in PyTorch
//:
//: PyTorch draws the weight from a normal distribution of mean 0 and standard
//: deviation 1, by Box and Muller's method on its own Mersenne twister. The
//: document sets no seed, but there are only $`2^{32}`$ of them, and exactly
//: this one gives its numbers.

var torch = TorchGenerator(seed: 2_465_463_373)
let torchWeight = torch.normal(count: 20 * 4)
let embed = Embedding(weight: Tensor(shape: [20, 4], values: torchWeight))
let size = embed.weight.torchSize

show("Parameter embedding_weight (\(size), dtype=torch.float32)")
show(embed(x).torchDescription(gradientFunction: "EmbeddingBackward"))

//: The same shape with larger numbers: MXNet's lie within ±0.07, these mostly
//: within ±2. The PyTorch tab's training begins from Xavier's uniform numbers
//: instead; that of the MXNet tab takes the numbers that follow on these 80 in
//: MXNet's stream.
//:
//: `grad_fn` is PyTorch's note of how a gradient will find its way back. Here
//: the way back is a few lines of the training step: what arrives for a vector
//: is added to the gradient of the row that it came from.
//:
//: ## One row, twice
//:
//: An index may come more than once. Both vectors are then the same row, and in
//: training both gradients are added to it.

let twice = embed([6, 6])

let same = twice.values.prefix(4) == twice.values.suffix(4)

show("shape \(twice.numpyShape), rows equal: \(same)")

//: This is why a lookup is cheap and still trains: a product with one-hot
//: vectors would give the same rows, for $`V`$ times the work.
//:
//: ## Different from the document
//:
//: Its PyTorch tab ran without a seed; the one above was found by trying them
//: all. MXNet takes seed 0 where nobody gives one. Both arrays are computed here
//: on the processor. Newer versions of PyTorch write `EmbeddingBackward0`; the
//: document's wrote what is above.
