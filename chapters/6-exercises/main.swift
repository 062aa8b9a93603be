//: # The exercises
//:
import ChapterSupport
import Figures
import Foundation
import Literate
import Word2Vec

let options = ChapterOptions.fromCommandLine()
options.runOtherTasks()  // hide
let corpus = orExit { try options.corpus.read() }
let heldOut = orExit { try options.readHeldOut() }
let study = orExit { try Study(corpus, heldOut: heldOut) }
show("pairs \(study.ranking.pairCount)")
let counts = corpus.vocabulary.counts.map(Double.init)
show("by count: \(study.ranking.score { _, w in counts[Int(w)] }.auc, places: 4)")
var trials = [Trial("chapter")]
trials += Trial.each("lr", [0.0005, 0.001, 0.004, 0.008]) { $0.learningRate = $1 }
trials += Trial.each("window", [2, 3, 8]) { $0.maxWindow = $1 }
trials += Trial.each("noise", [1, 2, 10]) { $0.noiseWords = $1 }
trials += Trial.each("d", [25, 50, 200]) { $0.embedSize = $1 }
trials += Trial.each("epochs", [2, 3, 10]) { $0.epochs = $1 }
trials += Trial.each("resampled epochs", [5, 10, 20]) { $0.epochs = $1; $0.resample = true }
trials += [
  Trial("decay") { $0.decay = .linear },
  Trial("resample decay 10") { $0.decay = .linear; $0.resample = true; $0.epochs = 10 },
  Trial("resample decay 20") { $0.decay = .linear; $0.resample = true; $0.epochs = 20 },
  Trial("resample decay 10 d50") { $0.decay = .linear; $0.resample = true; $0.epochs = 10; $0.embedSize = 50 },
  Trial("resample decay 10 d200") { $0.decay = .linear; $0.resample = true; $0.epochs = 10; $0.embedSize = 200 },
  Trial("resample decay 10 w10") { $0.decay = .linear; $0.resample = true; $0.epochs = 10; $0.maxWindow = 10 },
  Trial("resample decay 10 w10 lr.001") { $0.decay = .linear; $0.resample = true; $0.epochs = 10; $0.maxWindow = 10; $0.learningRate = 0.001 },
]
for trial in options.chosen(trials) {
  let o = orExit { try study.outcome(of: trial) }
  show("\(trial.name, width: -30) \(o.trainingLoss, places: 4) \(o.heldOutLoss, places: 4) \(o.auc, places: 4) ±\(o.halfWidth, places: 4) rel \(o.related, places: 4) agr \(o.agreement, places: 3) \(volatile: o.seconds, places: 1)s")
}
