//: # The forward pass of skip-gram
//: section: Skip-Gram Modeli › İleri Yaymayı Tanımlama
//:
//: *How well does a centre word predict the words around it?* One dot product
//: answers for one pair of words, one batched matrix product for a whole
//: minibatch: centres of shape (2, 1) and context words of shape (2, 4) give
//: scores of shape (2, 1, 4).
//:
//: Run it with `swift run chapter-skip-gram`; it takes a moment and needs no
//: data.

import ChapterSupport  // hide
import D2L
import Literate
import RandomStreams
import Word2Vec

_ = ChapterOptions.fromCommandLine()  // hide

//: ## Two tables, one product
//:
//: Every word has two vectors: $`\mathbf{v}`$ for when it is the centre and
//: $`\mathbf{u}`$ for when it is a context or a noise word. The score of slot
//: $`m`$ in example $`b`$ is
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
//: The document tries this with ones for all indices, and with the layer of
//: the chapter before for both tables.

var generator = TorchGenerator(seed: 2_465_463_373)
let weight = generator.normal(count: 20 * 4)
let embed = Embedding(weight: Tensor(shape: [20, 4], values: weight))

let scores = skipGram(
  center: Indices(repeating: 1, shape: [2, 1]),
  contextsAndNegatives: Indices(repeating: 1, shape: [2, 4]),
  embedV: embed, embedU: embed)

show(scores.numpyShape)
show(scores.torchSize)

//: Two examples, one centre in each, four scores: the first line in the form
//: of the document's MXNet tab, the second in that of its PyTorch tab.
//:
//: ## A score to check by hand
//:
//: All indices are 1 and both tables are the same, so all eight scores are one
//: number: the squared length of row 1, which the chapter before printed as
//: (−1.7168, 1.5441, −0.8471, 0.6239).

let row = embed([1]).values
let squaredLength = row.reduce(0) { $0 + $1 * $1 }

show(scores.torchDescription())
show("squared length of row 1: \(Tensor([squaredLength]).torchDescription())")

//: By hand, 2.9474 + 2.3842 + 0.7176 + 0.3893 = 6.4385, but for the rounding
//: of the four printed numbers.
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

//: 3 = 1·3 + 0·4, 4 = 0·3 + 1·4 and 26 = 10·3 − 1·4.
//:
//: ## The way back
//:
//: A dot product's derivative by one vector is the other. With $`g_{bm}`$, the
//: derivative of the loss by score $`m`$ of example $`b`$,
//:
//: ```math
//: \frac{\partial \ell}{\partial \mathbf{v}_b} = \sum_m g_{bm}\,\mathbf{u}_{bm},
//: \qquad
//: \frac{\partial \ell}{\partial \mathbf{u}_{bm}} = g_{bm}\,\mathbf{v}_b .
//: ```

let v = embedV(Indices([[1]]))
let u = embedU(Indices([[0, 1, 2]]))
let g = Tensor(shape: [1, 1, 3], values: [-0.5, 0.5, 1])
let gradient = skipGramGradient(scoreGradient: g, v: v, u: u)

show("v: \(gradient.v.torchDescription())")
show("u: \(gradient.u.torchDescription())")

//: The centre's gradient sums its slots' vectors, −½·(1, 0) + ½·(0, 1) +
//: 1·(10, −1); each slot's gradient is the centre's vector (3, 4) times that
//: slot's $`g`$. What $`g`$ is, the next chapter says.
