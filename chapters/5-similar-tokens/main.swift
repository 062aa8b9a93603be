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
import D2L
import Files  // hide
import Literate
import Word2Vec

let options = ChapterOptions.fromCommandLine()

//: ## The vectors
//:
//: Each word has two vectors; the one that stood for it as a centre word is
//: kept.

options.explore()  // hide
let (vectors, query) = options.vectorsAndQuery()
show("\(vectors.words.count) words, \(vectors.dimension) numbers each")

//: ## The nearest
//:
//: The similarity of a word with vector $`w`$ to the query with vector
//: $`x`$ is the cosine of the angle between them; the document adds
//: $`10^{-9}`$ so that nothing is divided by zero:
//:
//: ```math
//: \cos = \frac{w^\top x}{\sqrt{\|w\|^2 \, \|x\|^2 + 10^{-9}}}
//: ```
//:
//: The document's function takes the cosine with every word and sorts. It
//: asks for one word more than it needs and drops the first, which is the query
//: itself; here the query is passed over.

func getSimilarTokens(_ query: String, _ k: Int) -> [(Double, String)] {
  let (w, d) = (vectors.vectors.values, vectors.dimension)
  require(k >= 1, "\(k) neighbours cannot be found")  // check
  guard let x = vectors.index(of: query) else { return [] }
  func dot(_ i: Int, _ j: Int) -> Double {
    (0..<d).reduce(0) { $0 + Double(w[i * d + $1]) * Double(w[j * d + $1]) }
  }
  let xx = dot(x, x)
  let cos = vectors.words.indices.map { i in
    dot(i, x) / (dot(i, i) * xx + 1e-9).squareRoot()
  }
  let topk = cos.indices.filter { $0 != x }
    .sorted { (cos[$1], $0) < (cos[$0], $1) }
    .prefix(k)
  return topk.map { (cos[$0], vectors.words[$0]) }
}

//:-
for (cos, word) in getSimilarTokens(query, options.k) {
  show("cosine sim=\(cos, places: 3): \(word)")
}

//: Which three come first, and with what cosine, differs from seed to seed; the
//: company that a word keeps does not, and it shows among the first ten:

let ten = min(10, vectors.words.count - 1)
let nearest = getSimilarTokens(query, max(options.k, ten)).map(\.1)
let further = nearest.dropFirst(options.k)
if !further.isEmpty { show("then: \(further.joined(separator: " "))") }

//: The package has this search as `similarTokens(to:k:)`. (The library's own,
//: `mostSimilar(to:k:)`, does without the $`10^{-9}`$.) It finds the same words:

let library = try vectors.similarTokens(to: query, k: nearest.count)
check(nearest == library.map(\.word), "these words and the package's")

//: ## Other words
//:
//: The document's first exercise asks for other query words. Each line is a
//: word and the five nearest to it.

for word in options.otherWords(in: vectors) {
  let near = getSimilarTokens(word, min(5, ten)).map(\.1)
  show("\(word): \(near.joined(separator: " "))")
}

//: Words of one kind find each other, as countries or days of the week do:
//: they stand beside the same words. So near does not mean alike: Friday is no
//: other name for Monday.
//:
//: ## A map
//:
//: A hundred numbers cannot be seen, two can. The principal components are the
//: directions in which the unit vectors of the words shown differ most; here
//: are the first two.

options.drawMap(vectors)

//: Words of a kind sit together, though the two directions keep only the part
//: of what tells them apart that the axes name.
//:
//: ## The neighbours among themselves
//:
//: Are a word's neighbours each other's neighbours, too?

options.drawCosines(vectors, around: query)

//: A block of strong colour is a group of words that are all alike; a faint row
//: is a word that is near to the query and to none of the others.
//:
//: To walk from neighbour to neighbour through all the words, `make explore`
//: makes a page, `book/explore.html`.
