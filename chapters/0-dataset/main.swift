//: # The dataset
//: section: word2vec Ön Eğitimi, its first lines
//: corpus: ptb
//:
//: *What does the training loop read?* The Penn Treebank's {{# sentences}}
//: sentences become {{# examples}} examples. Each is a centre word, its context
//: words ({{# center-context pairs}} in all), and five times as many noise words.
//: 512 examples make a minibatch of four arrays.
//:
//: Run it with `swift run chapter-dataset`. Without the treebank
//: (`make data`) it shows the embedded corpus, a synthetic one.

import ChapterSupport
import D2L
import Literate
import RandomStreams
import Word2Vec

let options = ChapterOptions.fromCommandLine()
let (maxWindow, batchSize) = (5, 512)
let noiseWordsPerContext = 5

//: ## The text
//:
//: A sentence a line, split at white space. Words that occur fewer than ten
//: times become `<unk>`, number 0; the others are numbered by falling
//: frequency.

let corpus = options.readCorpus()
show("# sentences: \(corpus.sentenceCount)")
show("vocab size: \(corpus.vocabulary.count)")

//: The document counts one sentence more: the empty text behind the last
//: line's end.
//:
//: ## Subsampling
//:
//: First `<unk>` is dropped: a word that is not known is nobody's centre,
//: context or noise. Then the text is subsampled: frequent words lose places at
//: random. Words like "the" occur beside almost everything and say little; a word
//: of relative frequency $`f`$ among the known words is kept with probability
//:
//: ```math
//: \min\left(1, \sqrt{10^{-4} / f}\right).
//: ```

var python = PythonRandom(seed: options.seed)
let subsampled = corpus.subsampled(threshold: 1e-4, using: &python)

func count(of word: String, in corpus: Corpus) -> Int {
  let index = Int32(corpus.vocabulary[word])
  return corpus.tokens.count { $0 == index }
}
for word in options.frequentAndRareWord(of: corpus.vocabulary) {
  let before = count(of: word, in: corpus)
  let after = count(of: word, in: subsampled)
  show("# of \"\(word)\": before=\(before), after=\(after)")
}

//: The most frequent word loses nearly all of its places; the rare one keeps
//: all of them. On the left below is the same for all words; on the right is
//: what share of the text a word has, and of the noise words of the next
//: section.

draw(
  countChart(corpus, subsampled), to: options.figurePath,
  saying: countSentence(corpus, subsampled))

//: Where the curves on the left meet, words keep all of their places. Those on
//: the right cross: among noise words, frequent words are rarer than in the
//: text, and rare ones more frequent.
//:
//: ## Centres, contexts and noise words
//:
//: Each word of the subsampled text is a centre once, unless it is alone in its
//: sentence. The width of its window is drawn, one to five words to each side,
//: and the other words in it are its contexts. For each context five noise words
//: are drawn, a word of count $`c`$ in proportion to $`c^{0.75}`$, and drawn again
//: where it is one of the contexts. Only there: the centre may be its own noise
//: word, in the document as here.

let examples = try SkipGramExamples(
  of: subsampled, maxWindow: maxWindow,
  noiseWordsPerContext: noiseWordsPerContext, using: &python)
show("# examples: \(examples.count)")
show("# center-context pairs: \(examples.contextCount)")

func words(_ indices: ArraySlice<Int32>) -> String {
  indices.map { corpus.vocabulary.tokens[Int($0)] }.joined(separator: " ")
}
let (contexts, noise) = (examples.contexts(of: 0), examples.noiseWords(of: 0))
show("center: \(words([examples.centers[0]]))")
show("contexts: \(words(contexts))")
show("noise words: \(words(noise.prefix(8))) …")
record("seed", "\(options.seed)")  // hide
record("corpus", "\(corpus.name)")  // hide

//: The contexts come from around the centre word, the noise from anywhere.
//:
//: ## A minibatch
//:
//: Examples have different numbers of words. Shorter ones are padded with
//: index 0, the mask tells words from padding, and the labels tell context
//: words from noise words. An epoch takes every example once, in the order that
//: PyTorch's generator gives; here is its first minibatch.

let torch = TabOrders.torch(TorchGenerator(seed: options.seed))
var minibatches = EpochBatches(
  of: examples, in: torch, epochs: 1, batchSize: batchSize)
var batch = MiniBatch()
minibatches.next(into: &batch)

let padded = PaddedBatch(batch)
let (b, m) = (padded.size, padded.slotCount)
show("centers shape: torch.Size([\(b), 1])")
for name in ["contexts_negatives", "masks", "labels"] {
  show("\(name) shape: torch.Size([\(b), \(m)])")
}
show("# minibatches: \(minibatches.batchesPerEpoch)")

//: The longest example of the minibatch sets the width of the last three; ten
//: contexts, five to each side, with fifty noise words are the most. The next
//: epoch takes the same examples in another order.
