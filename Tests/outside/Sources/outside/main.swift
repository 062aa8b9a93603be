// What somebody else's package does with the library: examples of its own, both engines, every
// optimiser, vectors to files and back, and a warm start from them.
//
//   outside FOLDER     where the vectors are written

import Word2Vec

let vocabularySize = PairSource.vocabularySize
let dimension = 16
let folder = CommandLine.arguments.count == 2 ? CommandLine.arguments[1] : "."

struct Method {
  let name: String
  let optimizer: any Optimizer
  let slotWeight: SlotWeight
  let schedule: LearningRate
}

let methods = [
  Method(
    name: "Adam", optimizer: Adam(), slotWeight: .mean, schedule: .constant(0.01)),
  Method(
    name: "Adam, epsilon at the uncorrected root",
    optimizer: Adam(epsilonPlace: .uncorrected, gradientFactor: 1.0 / 512), slotWeight: .mean,
    schedule: .constant(0.01)),
  Method(
    name: "gradient descent", optimizer: GradientDescent(), slotWeight: .full,
    schedule: .linear(from: 0.1)),
]

/// Trains with a method; returns each minibatch's mean loss.
func train(_ trainer: Trainer, _ source: PairSource) throws -> [Double] {
  var (source, losses) = (source, [Double]())
  try trainer.train(on: &source) { step in
    losses.append(step.loss / Double(step.count))
    return true
  }
  return losses
}

func mean(_ losses: some Collection<Double>) -> Double {
  losses.reduce(0, +) / Double(losses.count)
}

func difference(_ a: Embedding, _ b: Embedding) -> Float {
  zip(a.weight.values, b.weight.values).map { abs($0 - $1) }.max() ?? 0
}

/// Writes a table in a format, and reads it back.
func throughFile(_ table: Embedding, _ format: WordVectorsFormat, _ name: String) throws
  -> Embedding
{
  let words = (0..<vocabularySize).map { "word\($0)" }
  let path = "\(folder)/\(name).\(format == .word2vecText ? "vec" : "bin")"
  try WordVectors(words: words, vectors: table.weight).write(to: path, format: format)
  let read = try WordVectors(contentsOf: path)
  check(read.words == words, "\(path) has other words than were written")
  let digits: Float = format == .word2vecText ? 1e-5 : 0
  let back = Embedding(weight: read.vectors)
  check(
    difference(back, table) <= digits,
    "\(path) has vectors that differ by \(difference(back, table)) from those written")
  return back
}

let source = PairSource(pairs: pairs(of: vocabularySize, seed: 1), epochs: 6, seed: 2)
let second = PairSource(pairs: pairs(of: vocabularySize, seed: 3), epochs: 2, seed: 4)
var generator = SplitMix(state: 5)
let v = Embedding.uniform(vocabularySize, dimension, bound: 0.1, using: &generator)
let u = Embedding.uniform(vocabularySize, dimension, bound: 0.1, using: &generator)

func run(_ method: Method) throws {
  func engines(_ v: Embedding, _ u: Embedding) -> [any TrainingEngine] {
    func make(_ optimizer: some Optimizer) -> [any TrainingEngine] {
      [
        ReferenceEngine(
          embedV: v, embedU: u, optimizer: optimizer, slotWeight: method.slotWeight),
        FusedEngine(
          embedV: v, embedU: u, optimizer: optimizer, slotWeight: method.slotWeight, threads: 2),
      ]
    }
    return make(method.optimizer)
  }

  /// Trains both engines; returns the losses of the fused one.
  func trainBoth(_ trainers: [Trainer], _ source: PairSource, _ what: String) throws -> [Double] {
    let losses = try trainers.map { try train($0, source) }
    let apart = zip(losses[0], losses[1]).map { abs($0 - $1) }.max() ?? .infinity
    let (reference, fused) = (trainers[0].engine, trainers[1].engine)
    let rows = max(
      difference(reference.embedV, fused.embedV), difference(reference.embedU, fused.embedU))
    check(
      apart <= 1e-4 && rows <= 1e-4,
      "\(method.name), \(what): the engines' losses differ by \(apart), their vectors by \(rows)")
    return losses[1]
  }

  let cold = engines(v, u).map { Trainer(engine: $0, schedule: method.schedule) }
  let first = try trainBoth(cold, source, "first run")
  let perEpoch = source.batchesPerEpoch
  let (begin, end) = (mean(first.prefix(perEpoch)), mean(first.suffix(perEpoch)))
  check(end < begin - 0.02, "\(method.name): the loss fell only from \(begin) to \(end)")

  // A warm start sees the loss where the first run left it.
  let trained = cold[1].engine
  let warmV = try throughFile(trained.embedV, .word2vecText, "centers")
  let warmU = try throughFile(trained.embedU, .word2vecBinary, "contexts")
  let warm = engines(warmV, warmU).map { Trainer(engine: $0, schedule: method.schedule) }
  let again = try trainBoth(warm, source, "warm run")
  check(
    abs(again[0] - end) < 0.3 * (first[0] - end),
    "\(method.name): a warm start begins at a loss of \(again[0]), the first run ended at \(end)")

  // The same trainers go on with other examples.
  let onward = try trainBoth(cold, second, "second source")
  check(
    cold[1].stepCount == first.count + onward.count && onward[0] < first[0],
    "\(method.name): the second source begins at \(onward[0]) after \(cold[1].stepCount) steps")
  print(
    "\(method.name): loss \(rounded(first[0])) → \(rounded(end)), warm \(rounded(again[0])), "
      + "second source \(rounded(mean(onward)))")
}

func rounded(_ loss: Double) -> Double { (loss * 1e4).rounded() / 1e4 }

do {
  for method in methods { try run(method) }
} catch {
  check(false, "\(error)")
}
print("outside: both engines agree, every loss falls, the files hold what was written")
