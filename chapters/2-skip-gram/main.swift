//: # The forward pass of skip-gram
//: section: Skip-Gram Modeli › İleri Yaymayı Tanımlama
//:
//: *How well does a centre word predict the words around it?* A dot product
//: answers for one pair of words, a batched matrix product for a whole
//: minibatch: from centres of shape (2, 1) and context words of shape (2, 4)
//: come scores of shape (2, 1, 4).
//:
//: Run it with `swift run chapter-skip-gram`; it takes a moment and needs no
//: data.

import ChapterSupport
import D2L
import Files  // hide
import Literate
import RandomStreams
import Word2Vec

_ = ChapterOptions.fromCommandLine()  // hide

//: ## Two tables, one product
//:
//: Every word has two vectors: $`\mathbf{v}`$ for when it is the centre and
//: $`\mathbf{u}`$ for when it is a context or a noise word. An example is a
//: centre word with its context and noise words, each in a slot of its own. The
//: score of slot $`m`$ in example $`b`$ is
//:
//: ```math
//: s_{b1m} = \mathbf{u}_{bm}^\top \mathbf{v}_{b}
//: ```
//:
//: The shapes along the way, for $`B`$ examples with $`M`$ slots each:
//:
//: | array | shape |
//: |---|---|
//: | `center` | (B, 1) |
//: | `contextsAndNegatives` | (B, M) |
//: | `embedV(center)` | (B, 1, d) |
//: | `embedU(contextsAndNegatives)` | (B, M, d) |
//: | scores | (B, 1, M) |
//:
//: The document writes it as one batched matrix product, of `v` with `u`
//: transposed in each example. Here is that product with its three loops:

func skipGram(
  center: Indices, contextsAndNegatives: Indices,
  embedV: Embedding, embedU: Embedding
) -> Tensor {
  let v = embedV(center)
  let u = embedU(contextsAndNegatives)
  let (b, m, d) = (u.shape[0], u.shape[1], u.shape[2])
  require(v.shape == [b, 1, d], "\(v.shape) does not fit \(u.shape)")  // check
  var pred = Tensor(repeating: 0, shape: [b, 1, m])
  for i in 0..<b {
    for j in 0..<m {
      for k in 0..<d { pred[i, 0, j] += v[i, 0, k] * u[i, j, k] }
    }
  }
  return pred
}

//: The document tries it with ones for all indices, and with the layer of the
//: chapter before for both tables.

var generator = TorchGenerator(seed: 2_465_463_373)
let weight = generator.normal(count: 20 * 4)
let embed = Embedding(weight: Tensor(shape: [20, 4], values: weight))

let scores = skipGram(
  center: Indices(repeating: 1, shape: [2, 1]),
  contextsAndNegatives: Indices(repeating: 1, shape: [2, 4]),
  embedV: embed, embedU: embed)

show(scores.numpyShape)
show(scores.torchSize)

//: Two examples, four scores in each: the first line in the form of the
//: document's MXNet tab, the second in that of its PyTorch tab.
//:
//: ## A score to check by hand
//:
//: All indices are 1 and both tables are the same, so all eight scores are one
//: number: row 1 times itself, the sum of its squares.

let row = embed(Indices([[1]]))

show(scores.torchDescription())
show("row 1: \(row.torchDescription())")
show("its squares: \((row * row).torchDescription())")

//: The four squares add up to the score, but for the rounding of what is
//: printed.
//:
//: ## Two tables that can be read
//:
//: With small whole numbers every score can be followed. The centre is word 1,
//: (3, 4); the slots hold the words 0, 1 and 2.

let embedV = Embedding(weight: Tensor([[1, 2], [3, 4]]))
let embedU = Embedding(weight: Tensor([[1, 0], [0, 1], [10, -1]]))
let readable = skipGram(
  center: Indices([[1]]), contextsAndNegatives: Indices([[0, 1, 2]]),
  embedV: embedV, embedU: embedU)

show(readable.torchDescription())

//: 3 = 1·3 + 0·4, 4 = 0·3 + 1·4 and 26 = 10·3 − 1·4. The library's own
//: `Word2Vec.skipGram`, which leaves the product to OpenBLAS, gives the same:

let library = Word2Vec.skipGram(
  center: Indices([[1]]), contextsAndNegatives: Indices([[0, 1, 2]]),
  embedV: embedV, embedU: embedU)

check(readable == library, "the scores and the library's")

//: ## The way back
//:
//: Training turns this round: given $`g_{bm}`$, by how much the loss grows when
//: score $`m`$ of example $`b`$ does, by how much does it grow with each number of
//: the two vectors? The derivative of a dot product by one of its vectors is the other one, so
//:
//: ```math
//: \frac{\partial \ell}{\partial \mathbf{v}_b} = \sum_m g_{bm}\,\mathbf{u}_{bm},
//: \qquad
//: \frac{\partial \ell}{\partial \mathbf{u}_{bm}} = g_{bm}\,\mathbf{v}_b .
//: ```
//:
//: The document leaves this to its framework.

func skipGramGradient(
  _ g: Tensor, _ v: Tensor, _ u: Tensor
) -> (v: Tensor, u: Tensor) {
  let (b, m, d) = (u.shape[0], u.shape[1], u.shape[2])
  var byV = Tensor(repeating: 0, shape: v.shape)
  var byU = Tensor(repeating: 0, shape: u.shape)
  for i in 0..<b {
    for j in 0..<m {
      for k in 0..<d {
        byV[i, 0, k] += g[i, 0, j] * u[i, j, k]
        byU[i, j, k] = g[i, 0, j] * v[i, 0, k]
      }
    }
  }
  return (byV, byU)
}

//: For the small tables, and three made-up values of $`g`$:

let v = embedV(Indices([[1]]))
let u = embedU(Indices([[0, 1, 2]]))
let g = Tensor(shape: [1, 1, 3], values: [-0.5, 0.5, 1])
let gradient = skipGramGradient(g, v, u)
let same = Word2Vec.skipGramGradient(scoreGradient: g, v: v, u: u)

show("v: \(gradient.v.torchDescription())")
show("u: \(gradient.u.torchDescription())")
check(gradient == same, "the gradients and the library's")

//: The centre's gradient sums its slots' vectors, −½·(1, 0) + ½·(0, 1) +
//: 1·(10, −1); each slot's gradient is the centre's vector (3, 4) times that
//: slot's $`g`$. What $`g`$ is, the next chapter says.
