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
import D2L
import Figures
import Foundation
import Literate
import ProgramSupport
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
orExit { try options.training.checkMemory(corpus, minFreq: options.corpus.minFreq) }  // hide
let program = orExit { try Program(corpus, settings) }
let (embedV, embedU) = (program.initialV, program.initialU)
let prepared = clock.now
show("embed_v \(embedV.weight.shape)")
show("embed_u \(embedU.weight.shape)")
record("seed", "\(settings.seed)")
record("corpus", "\(corpus.name)")

//: ## One step, written out
//:
//: Before the loop, its inside: the first eight of the first minibatch's 512
//: examples, with the functions of the two chapters before. Predict: the
//: score of each slot is the product $`v^\top u`$ of the centre word's vector
//: with the slot's.

let (center, contextsNegatives, mask, label) = program.firstExamples(8)
let pred = skipGram(
  center: center, contextsAndNegatives: contextsNegatives,
  embedV: embedV, embedU: embedU)
show("center \(center.shape), contexts_negatives \(contextsNegatives.shape)")
show("pred \(pred.shape)")

//: The loss of each example, over the slots that are words:

let x = pred.reshaped(to: label.shape)
let slots = mask.sumOverLastAxis()
let l = SigmoidBCELoss()(x, label, mask) / slots * Float(mask.shape[1])
let mean = l.values.reduce(0, +) / Float(l.count)
show("loss \(l.shape), mean \(mean, places: 4)")

//: The weights are small, so all scores are near 0 and each slot loses about
//: $`\ln 2 = 0.6931`$. The gradient of the masked mean by a score is
//: $`\sigma(x) - y`$ over the number of columns; times the other vector of
//: the pair it is the gradient by a row, and pushes the two together or apart:

let byScore = SigmoidBCELoss().gradient(x, label, mask)
  .reshaped(to: pred.shape)
let (v, u) = (embedV(center), embedU(contextsNegatives))
let byRow = skipGramGradient(scoreGradient: byScore, v: v, u: u)
show("gradient by v \(byRow.v.shape), by u \(byRow.u.shape)")

//: Rows that stand for the same word add up, and Adam moves both tables.
//: `ReferenceEngine` does just this, line for line; it is the definition.
//: `FusedEngine`, the default, does the same sums in another order and only
//: where something changes.
//:
//: ## The loop
//:
//: For each epoch and each minibatch: one step as above. The engine is told of
//: the next minibatch before the step on the present one, so that the one can
//: be made while the other is learnt from. About five times an epoch the
//: history notes a point of the curve.

let engine = program.makeEngine()
var source = program.source
let batches = source.batchesPerEpoch
var history = TrainingHistory(batchesPerEpoch: batches)
let run = options.record(corpus)  // hide
var checkpoint = orExit {  // hide
  try RunCheckpoint(options.checkpoint, run, engine, &source, &history)  // hide
}  // hide
let before = history.exampleCount  // hide
var bar = TrainingProgress(
  epochs: settings.epochs, batchesPerEpoch: batches, isQuiet: options.quiet, after: history)
note("training: \(settings.epochs) × \(batches) minibatches")

//:-
var lastEpoch = clock.now
Interruption.watch()
var next = engine.prepare(&source)
while let batch = next, !Interruption.isRequested {
  if history.batchCount % batches == 0 { lastEpoch = clock.now }
  next = engine.prepare(&source)
  engine.learningRate = program.schedule.rate(at: batch.fraction)
  let loss = orExit { try history.checked(engine.step(batch)) }
  history.add(loss: loss, count: batch.count)
  checkpoint.add(loss)  // hide
  bar.update(history)
}
bar.end()
let end = clock.now
orExit { try options.stopIfInterrupted(engine, corpus, history, &checkpoint) }  // hide

//: ## The vectors
//:
//: The centre words' table is what the next chapter asks for neighbours. It
//: is saved as word2vec text, which gensim and many other tools open, before
//: anything else is tried. (With `--table both` the contexts' table goes with
//: it: twice as wide, and on some tests of similarity better.)

let vectors = options.trained(engine, corpus)
orGoOn { try options.save(vectors, run) }

//: ## The result
//:
//: The first line is the document's. Its loss is the mean over all examples
//: of all epochs, the first ones included. Its rate is an odd one: it counts
//: the examples of *all* epochs, not tokens, and divides by the time of the
//: *last* epoch, so with five epochs it shows five times too much.

let lastSeconds = clock.seconds(lastEpoch, end)
let documentRate = Double(history.exampleCount - before) / lastSeconds
show(
  """
  loss \(history.finalLoss, places: 3), \
  \(volatile: documentRate, places: 1) tokens/sec on \(settings.tab.device)
  """)

//: Both tabs of the document print such a loss, 0.410 and 0.407; a seed moves
//: the third decimal. The lines below say the rest straight: examples a second
//: over the whole loop, the last epoch's own mean loss, and the time from
//: start to end.

let rate = Double(history.exampleCount - before) / clock.seconds(prepared, end)
show("examples/s: \(volatile: rate, places: 0)")
let ownMean = history.epochMeans.last ?? .nan
show("last epoch's own mean loss: \(ownMean, places: 3)")
show("data: \(volatile: clock.seconds(start, prepared), places: 2) s")
show("training: \(volatile: clock.seconds(prepared, end), places: 2) s")
record("loss", "\(history.finalLoss, places: 3)")

//: What other seeds give stands at the end of
//: [the exercises](../6-exercises/README.md#ten-seeds); `make compare` trains
//: once and says whether that run lies in the same ranges.
//:
//: ## The curve
//:
//: The document plots the running mean. Beside it stands each interval's own
//: mean, which shows how far the model has come and not how it began.

let chart = lossChart(history, tab: settings.tab)
let place = options.lossFigure
orGoOn {
  try place.makeFolder()
  try chart.write(to: place.path, description: lossSentence(history))
  figure(place.path, alt: "\(lossSentence(history))")
}
orGoOn { try options.traces.write(program, history, vectors) }  // hide
show("wall time: \(volatile: clock.seconds(start, clock.now), places: 2) s")

//: Reading, sampling, training, drawing and saving, all in that time.
