//: # Training
//: section: Eğitim › Model Parametrelerini İlkleme and Eğitim Döngüsünün Tanımlanması
//: corpus: ptb
//:
//: *What does the document's training loop learn from the Penn Treebank?*
//: After five passes an example's mean loss is 0.410, the document's number,
//: and words that are used alike have similar vectors.
//:
//: Run it with `swift run chapter-training`; `--help` lists what can be
//: changed. Without the treebank (`make data`) it trains on the embedded
//: corpus, a synthetic one.

import ChapterSupport
import Figures
import Foundation
import Literate
import RandomStreams
import Word2Vec

let options = ChapterOptions.fromCommandLine()
let settings = options.training.settings
let clock = ContinuousClock()
let start = clock.now
orExit { try options.checkPaths() }
orExit { try options.traces.compareAndExit(options.corpus, settings) }  // hide

//: ## The data and the initial weights
//:
//: The text becomes examples as in the chapter on the dataset. Two tables of
//: vectors, one for words as centres and one for words as contexts, get
//: Xavier's initial weights, uniform in
//:
//: ```math
//: \pm\sqrt{6 / (|V| + d)}
//: ```
//:
//: All of it is drawn from two streams, Python's and PyTorch's, in the order
//: of the original program: the same seed gives the same examples and weights.

let corpus = orExit { try options.corpus.read() }
orExit { try options.training.checkMemory(corpus) }  // hide
var trainer = orExit { try Trainer(corpus, settings) }
let prepared = clock.now

//: ## The loop
//:
//: For each epoch and each minibatch: predict, take the loss and its
//: gradients, let Adam make a step. About five times an epoch the history
//: notes a point of the curve.
//:
//: One call, `trainer.step`, stands for the document's five lines. What it
//: does is written out in `ReferenceEngine`: look up the vectors, multiply
//: ($`v^\top u`$ for each pair), masked loss, gradients, dense Adam.
//: `FusedEngine` does the same sums in another order and only where
//: something changes.

var history = TrainingHistory(batchesPerEpoch: trainer.batchesPerEpoch)
var bar = ProgressBar(
  epochs: settings.epochs, batchesPerEpoch: trainer.batchesPerEpoch,
  isQuiet: options.quiet)
var lastEpoch = clock.now
var recorder = options.traces.recorder(trainer)  // hide
Interruption.watch()
note("training: \(settings.epochs) × \(trainer.batchesPerEpoch) minibatches")

training: for _ in 0..<settings.epochs {
  lastEpoch = clock.now
  for batch in trainer.nextEpoch() {
    let loss = orExit { try trainer.step(batch) }
    history.add(loss: loss, count: batch.count)
    bar.update(history)
    recorder?.add(batch)  // hide
    if Interruption.isRequested { break training }
  }
}
bar.end()
let end = clock.now
options.stopIfInterrupted(trainer, corpus, history)  // hide

//: ## The result
//:
//: The first line is the document's. Its loss is the mean over all examples
//: of all epochs, the first ones included. Its rate is an odd one: it counts
//: the examples of *all* epochs, not tokens, and divides by the time of the
//: *last* epoch, so with five epochs it shows five times too much.

func seconds(_ from: ContinuousClock.Instant, _ to: ContinuousClock.Instant) -> Double {
  from.duration(to: to) / .seconds(1)
}

let documentRate = Double(history.exampleCount) / seconds(lastEpoch, end)
show(
  """
  loss \(history.finalLoss, places: 3), \
  \(volatile: documentRate, places: 1) tokens/sec on cpu
  """)

//: The lines below say it straight: examples a second over the whole loop,
//: the last epoch's own mean loss, and the time from start to end.

let rate = Double(history.exampleCount) / seconds(prepared, end)
show("examples/s: \(volatile: rate, places: 0)")
show("last epoch's own mean loss: \(history.epochMeans.last ?? .nan, places: 3)")
show("data: \(volatile: seconds(start, prepared), places: 2) s")
show("training: \(volatile: seconds(prepared, end), places: 2) s")
record("loss", "\(history.finalLoss, places: 3)")

//: What other seeds give stands at the end of
//: [the exercises](../6-exercises/README.md#ten-seeds); `make compare` trains
//: once and says whether that run lies in the same ranges.
//:
//: ## The curve
//:
//: The document plots the running mean. Beside it stands each interval's own
//: mean, which shows how far the model has come and not how it began.

let chart = lossChart(history)
let place = options.lossFigure
orExit {
  try place.makeFolder()
  try chart.write(to: place.path, description: lossSentence(history))
}
figure(place.path, alt: "\(lossSentence(history))")

//: ## The vectors
//:
//: The centre words' table is what the next chapter asks for neighbours. It
//: is saved as word2vec text, which gensim and many other tools open.

let vectors = WordVectors(vocabulary: corpus.vocabulary, embedding: trainer.engine.embedV)
orExit {
  try options.vectors.makeFolder()
  try vectors.save(to: options.vectors.path)
}
note("vectors: \(options.vectors.path)")
orExit { try options.traces.write(recorder, history, vectors) }  // hide
show("wall time: \(volatile: seconds(start, clock.now), places: 2) s")
