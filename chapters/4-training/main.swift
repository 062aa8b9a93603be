import Foundation
import Literate
import RandomStreams
import Word2Vec
let clock = ContinuousClock()
let start = clock.now
let args = CommandLine.arguments
let engineName = args.count > 1 ? args[1] : "fused"
let threads = args.count > 2 ? Int(args[2]) ?? 1 : 2
let epochs = args.count > 3 ? Int(args[3]) ?? 5 : 5
let seed: UInt64 = 2465463373
var python = PythonRandom(seed: seed)
var torch = TorchGenerator(seed: seed)
let corpus = try Corpus(contentsOf: "/tmp/ptb/ptb/ptb.train.txt", minimumFrequency: 10)
print("read", start.duration(to: clock.now), corpus.vocabulary.count)
let sub = corpus.subsampled(using: &python)
let examples = try SkipGramExamples(of: sub, maxWindow: 5, noiseWords: 5, using: &python)
print("data", start.duration(to: clock.now), examples.count, examples.contextCount)
func sha(_ a: [Int32]) -> String { a.withUnsafeBytes { SHA256.hexDigest(of: Array($0)) } }
if args.count > 4 {
print(sha(examples.centers)); print(sha((0..<examples.count).flatMap { examples.contexts(of: $0) }))
print(sha((0..<examples.count).flatMap { examples.negatives(of: $0) }))
}
_ = Embedding.normal(20, 4, using: &torch)
var v = Embedding.normal(corpus.vocabulary.count, 100, using: &torch)
var u = Embedding.normal(corpus.vocabulary.count, 100, using: &torch)
v.initializeXavierUniform(using: &torch)
u.initializeXavierUniform(using: &torch)
let engine: any TrainingEngine = engineName == "fused" ? FusedEngine(embedV: v, embedU: u, learningRate: 0.002, threads: threads) : ReferenceEngine(embedV: v, embedU: u, learningRate: 0.002)
var total = 0.0, n = 0
for epoch in 0..<epochs {
  let t = clock.now
  let order = torch.epochOrder(of: examples.count)
  var es = 0.0
  for batch in MiniBatches(of: examples, order: order, batchSize: 512) {
    let l = engine.step(batch)
    if epoch == 0 && batch.index < 5 { print(l / Double(batch.count)) }
    es += l
  }
  total += es; n += examples.count
  print("epoch", epoch, es / Double(examples.count), t.duration(to: clock.now))
}
print(total / Double(n), start.duration(to: clock.now))
print(SHA256.hexDigest(of: engine.embedV.weight.values.withUnsafeBytes { Array($0) }))
