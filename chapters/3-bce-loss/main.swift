//: # The binary cross-entropy loss
//: section: Eğitim › İkili Çapraz Entropi Kaybı
//:
//: *How wrong is a score?* The loss compares each score with its label, 1 for
//: a context word and 0 for a noise word, and leaves padding out. The
//: document's two examples lose 0.9352 and 1.8462, by the loss and by hand;
//: and the loss's gradient is one subtraction, $`\sigma(x) - y`$.
//:
//: Run it with `swift run chapter-bce-loss`; it takes a moment and needs no
//: data.

import ChapterSupport
import D2L
import Foundation
import Literate
import Word2Vec

_ = ChapterOptions.fromCommandLine()  // hide

//: ## A mean over the slots that count
//:
//: With logit $`x`$, label $`y`$ and the logistic function
//: $`\sigma(x) = 1 / (1 + e^{-x})`$, a slot's loss is
//:
//: ```math
//: \ell(x, y) = -y \log \sigma(x) - (1 - y) \log(1 - \sigma(x)).
//: ```
//:
//: Examples have different numbers of words, so the shorter ones are padded
//: and a mask says which slots are words. The loss takes the mean over all
//: $`M`$ slots of an example; times $`M`$, divided by the mask's sum, it is
//: the mean over the words.

let pred = Tensor([[1.1, -2.2, 3.3, -4.4], [1.1, -2.2, 3.3, -4.4]])
let label = Tensor([[1, 0, 0, 0], [0, 1, 0, 0]])
let mask = Tensor([[1, 1, 1, 1], [1, 1, 0, 0]])

let loss = SigmoidBCELoss()
let words = mask.sumOverLastAxis()
let l = loss(pred, label, mask) * Float(mask.shape[1]) / words

show(l.numpyDescription)
show(l.torchDescription())

//: Both examples have the same scores. The second has other labels and only
//: two words, both scored on the wrong side, and loses twice as much.
//:
//: ## By hand
//:
//: $`-\log \sigma(x)`$ is the loss of a context word with score $`x`$; for a
//: noise word the sign of $`x`$ turns, because
//: $`1 - \sigma(x) = \sigma(-x)`$.

func sigmd(_ x: Double) -> Double { -log(1 / (1 + exp(-x))) }

let first = (sigmd(1.1) + sigmd(2.2) + sigmd(-3.3) + sigmd(4.4)) / 4
let second = (sigmd(-1.1) + sigmd(-2.2)) / 2

show(String(format: "%.4f", first))
show(String(format: "%.4f", second))

//: The same numbers, to the digits printed.
//:
//: ## Scores that are very sure
//:
//: The definition breaks where a sigmoid rounds to 0 or 1: its logarithm is
//: then infinite or lost. As $`\log(1 - \sigma(x)) = \log \sigma(x) - x`$, one
//: logarithm is enough,
//:
//: ```math
//: \ell(x, y) = (1 - y)\,x - \log \sigma(x),
//: ```
//:
//: and below −20 it is $`x`$ itself: numbers of 24 bits know no difference
//: there.

let sure = Tensor([[1000], [-1000], [1000], [-1000]])
let truth = Tensor([[1], [0], [0], [1]])
let naive = sigmd(-1000)

show("stable: \(loss(sure, truth).torchDescription())")
show("by the definition, the third: \(naive)")

//: Right and sure costs nothing, wrong and sure costs the score itself; the
//: definition can only say that the cost is infinite.
//:
//: ## The gradient
//:
//: From $`\sigma'(x) = \sigma(x)(1 - \sigma(x))`$ follow
//:
//: ```math
//: \frac{d}{dx} \log \sigma(x) = 1 - \sigma(x), \qquad
//: \frac{d}{dx} \log (1 - \sigma(x)) = -\sigma(x),
//: ```
//:
//: and with the labels as weights most of it cancels:
//:
//: ```math
//: \frac{d\ell}{dx} = -y\,(1 - \sigma(x)) + (1 - y)\,\sigma(x)
//:   = \sigma(x) - y .
//: ```
//:
//: Through the mean and the mask it becomes $`w\,(\sigma(x) - y) / M`$.

let gradient = loss.gradient(pred, label, mask)

show(gradient.torchDescription())

//: Negative where a context word should score higher, positive where a noise
//: word should score lower, and 0 under the mask.
//:
//: ## Checked by finite differences
//:
//: Move one score up and down a little, and the loss must change as the
//: gradient says:
//:
//: ```math
//: \frac{d\ell}{dx} \approx \frac{\ell(x + h) - \ell(x - h)}{2h},
//: \qquad h = 10^{-4}.
//: ```
//:
//: The loss here is the definition in double precision, so that a slip in the
//: library cannot hide in both.

func definition(_ x: Double, _ y: Double) -> Double {
  y * sigmd(x) + (1 - y) * sigmd(-x)
}

let slopes = pred.values.indices.map { i in
  let x = Double(pred.values[i])
  let y = Double(label.values[i])
  let above = definition(x + 1e-4, y)
  let below = definition(x - 1e-4, y)
  return Double(mask.values[i]) * (above - below) / 2e-4 / 4
}

//: Drawn against the score, this definition and its slope:

draw(
  curveChart(loss: definition), to: "figures/bce.svg",
  saying: curveSentence(loss: definition))

//: The surer a wrong score, the steeper the loss, but the gradient never
//: exceeds 1: one bad pair cannot throw the vectors far.
//:
//: A candidate passes when no slot is off by more than a millionth. Beside the
//: gradient stands one with a wrong sign, to see that the check can fail.

func check(_ name: String, _ candidate: [Float]) {
  let worst = zip(candidate, slopes).map { abs(Double($0) - $1) }.max() ?? 0
  let verdict = worst < 1e-6 ? "ok" : "WRONG"
  show("\(name) | \(String(format: "%.6f", worst)) | \(verdict)")
}

let wrong = zip(mask.values, zip(pred.values, label.values)).map { w, slot in
  w * (1 / (1 + exp(-slot.0)) + slot.1) / 4
}

show("name              | max |diff| | ok")
check("(sigma(x) - y) / M", gradient.values)
check("(sigma(x) + y) / M", wrong)

//: The gradient agrees with the slopes to six places. With $`+y`$ it is wrong
//: by half in every slot of a context word, and the check says so.
