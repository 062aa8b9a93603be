//: # Similar tokens
//:
//: *Which words are like a word?* Those whose vectors point the same way: for
//: `chip` they are `microprocessor`, `intel` and their kind.
//:
//: Run it with `swift run chapter-similar-tokens`; `--query` asks for another
//: word, `--k` for more neighbours. It takes the vectors that the training
//: chapter saved, and trains them first if there are none.

import ChapterSupport
import Literate
import Word2Vec

let options = ChapterOptions.parseOrExit()

//: ## The vectors

let vectors = orExit { try options.loadOrTrain() }

//: ## The nearest
//:
//: The similarity of a word with vector $`w`$ to the query with vector
//: $`x`$ is the cosine of the angle between them; the document adds
//: $`10^{-9}`$ so that nothing is divided by zero:
//:
//: ```math
//: \cos = \frac{w^\top x}{\sqrt{\|w\|^2 \, \|x\|^2 + 10^{-9}}}
//: ```

let query = options.query ?? options.defaultQuery
for near in orExit({ try vectors.similarTokens(to: query, k: options.k) }) {
  show("cosine sim=\(near.cosine, places: 3): \(near.word)")
}

//: The query itself, whose cosine is 1, is left out.
