//: # Similar tokens
//: section: Sözcük Gömmelerini Uygulama
//: corpus: ptb
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

let options = ChapterOptions.fromCommandLine()

//: ## The vectors
//:
//: Each word has two vectors; the one that stood for it as a centre word is
//: kept.

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

let query = orExit { try options.queryWord(in: vectors) }
let k = options.count(in: vectors)
let ten = min(10, vectors.words.count - 1)
let nearest = orExit {
  try vectors.similarTokens(to: query, k: max(k, ten))
}
for near in nearest.prefix(k) {
  show("cosine sim=\(near.cosine, places: 3): \(near.word)")
}

//: The query itself, whose cosine is 1, is left out. Which three come first,
//: and with what cosine, differs from seed to seed; the company that a word
//: keeps does not, and it shows among the first ten:

let further = nearest.dropFirst(k).map(\.word)
if !further.isEmpty { show("then: \(further.joined(separator: " "))") }

//: ## Other words
//:
//: The document's first exercise asks for other query words. Each line is a
//: word and the five nearest to it.

for word in options.otherWords(in: vectors) {
  let near = orExit { try vectors.similarTokens(to: word, k: min(5, ten)) }
  show("\(word): \(near.map(\.word).joined(separator: " "))")
}

//: Words of one kind find each other, as countries or days of the week do:
//: they stand beside the same words. So near does not mean alike: Friday is no
//: other name for Monday.
//:
//: ## A map
//:
//: A hundred numbers cannot be seen, two can: the principal components are the
//: two directions in which the unit vectors of the words shown differ most.

if options.drawsFigures {
  let map = orExit {
    try mapChart(vectors, themes: options.themes, neighbours: min(6, ten))
  }
  draw(map, to: options.corpus.figurePath("map"), saying: mapSentence(map))
}

//: Words of a kind sit together, though the two directions keep only a part of
//: what tells them apart.
//:
//: ## The neighbours among themselves
//:
//: Are a word's neighbours each other's neighbours, too?

if options.drawsFigures {
  let chart = orExit {
    try cosineChart(vectors, query: query, neighbours: ten)
  }
  let place = options.corpus.figurePath("cosines")
  draw(chart, to: place, saying: cosineSentence(chart))
}

//: A dark block is a group of words that are all alike; a pale row is a word
//: that is near to the query and to none of the others.
