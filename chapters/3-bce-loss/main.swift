//: # The binary cross-entropy loss
//: section: Eğitim › İkili Çapraz Entropi Kaybı
//:
//: *How wrong is a score?* The loss compares each score with its label, 1 for
//: a context word and 0 for a noise word, and leaves padding out. The
//: document's two examples lose 0.9352 and 1.8462, by the loss and by hand;
//: and the gradient of the loss is one subtraction, $`\sigma(x) - y`$.
//:
//: Run it with `swift run chapter-bce-loss`; it takes a moment and needs no
//: data.

import ChapterSupport
import D2L
import Literate
import PortableMath
import Word2Vec

_ = ChapterOptions.fromCommandLine()  // hide

//: ## A mean over the slots
//:
//: A score $`x`$ is a logit: the model takes the slot's word for a context word
//: with the probability $`\sigma(x) = 1 / (1 + e^{-x})`$. With the label $`y`$
//: the slot's loss is
//:
//: ```math
//: \ell(x, y) = -y \log \sigma(x) - (1 - y) \log(1 - \sigma(x)).
//: ```
//:
//: As $`\log(1 - \sigma(x)) = \log \sigma(x) - x`$, one logarithm is enough:
//:
//: ```math
//: \ell(x, y) = (1 - y)\,x - \log \sigma(x) .
//: ```
//:
//: The loss of an example is the mean over its slots. Examples have different
//: numbers of words; shorter ones are padded, and a mask of ones and zeros
//: takes the padding's loss out. (`exponential` and `logarithm` are the
//: package's own, of which the last digits are the same on every machine.)

func sigmoid(_ x: Float) -> Float { 1 / (1 + exponential(-x)) }
func logSigmoid(_ x: Float) -> Float {
  x < -20 ? x : logarithm(sigmoid(x))
}

//:-
struct SigmoidBCELoss {
  func callAsFunction(
    _ inputs: Tensor, _ target: Tensor, _ mask: Tensor? = nil
  ) -> Tensor {
    let (b, m) = (inputs.shape[0], inputs.shape[1])
    var out = Tensor(repeating: 0, shape: [b])
    for i in 0..<b {
      for j in 0..<m {
        let (x, y) = (inputs[i, j], target[i, j])
        out[i] += (mask?[i, j] ?? 1) * ((1 - y) * x - logSigmoid(x))
      }
    }
    return out / Float(m)
  }
}

//: Padding adds nothing to the sum, but the mean is still over all $`M`$ slots.
//: Times $`M`$, divided by the mask's sum, it is the mean over the words:

let pred = Tensor([[1.1, -2.2, 3.3, -4.4], [1.1, -2.2, 3.3, -4.4]])
let label = Tensor([[1, 0, 0, 0], [0, 1, 0, 0]])
let mask = Tensor([[1, 1, 1, 1], [1, 1, 0, 0]])

let loss = SigmoidBCELoss()
let words = mask.sumOverLastAxis()
let l = loss(pred, label, mask) * Float(mask.shape[1]) / words

show(l.numpyDescription)
show(l.torchDescription())

//: Both examples have the same scores. The second has other labels and only
//: two words, both scored on the wrong side, and loses twice as much. The
//: library's `Word2Vec.SigmoidBCELoss` gives the same means:

let library = Word2Vec.SigmoidBCELoss()

check(
  loss(pred, label, mask) == library(pred, label, mask),
  "the loss and the library's")

//: ## By hand
//:
//: $`-\log \sigma(x)`$ is the loss of a context word with score $`x`$; for a
//: noise word the sign of $`x`$ turns, because
//: $`1 - \sigma(x) = \sigma(-x)`$. The document calls it `sigmd`:

func sigmd(_ x: Double) -> Double { -logarithm(1 / (1 + exponential(-x))) }

let first = (sigmd(1.1) + sigmd(2.2) + sigmd(-3.3) + sigmd(4.4)) / 4
let second = (sigmd(-1.1) + sigmd(-2.2)) / 2

show("\(first, places: 4)")
show("\(second, places: 4)")

//: The same numbers, to the digits printed.
//:
//: ## Scores that are very sure
//:
//: The definition breaks where a sigmoid rounds to 0 or 1: its logarithm is
//: then infinite or lost. Our form needs care at one end only. Far below 0,
//: $`\log \sigma(x) = x - \log(1 + e^x)`$, and what is taken from $`x`$ is next
//: to nothing: at −20 it is two billionths, and the numbers that a `Float` can
//: be lie nearly a thousand times as far apart there. So `logSigmoid` gives $`x`$
//: itself.

let sure = Tensor([[1000], [-1000], [1000], [-1000]])
let truth = Tensor([[1], [0], [0], [1]])
let naive = sigmd(-1000)

show("stable: \(loss(sure, truth).torchDescription())")
show("by the definition, the third: \(naive)")

//: A score that is sure and right costs nothing. One that is sure and wrong
//: costs its distance from 0, here 1000; the definition can only say that the
//: cost is infinite.
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
//: Through the mean and the mask $`w`$ it becomes
//: $`w\,(\sigma(x) - y) / M`$.

func gradient(_ inputs: Tensor, _ target: Tensor, _ mask: Tensor) -> Tensor {
  let (b, m) = (inputs.shape[0], inputs.shape[1])
  var slope = Tensor(repeating: 0, shape: [b, m])
  for i in 0..<b {
    for j in 0..<m {
      let difference = sigmoid(inputs[i, j]) - target[i, j]
      slope[i, j] = mask[i, j] * difference / Float(m)
    }
  }
  return slope
}

//:-
let slope = gradient(pred, label, mask)

show(slope.torchDescription())
check(
  slope == library.gradient(pred, label, mask),
  "the gradient and the library's")

//: A step goes against the gradient: where it is negative, at the context
//: words, the score rises; where it is positive, at the noise words, it falls;
//: and under the mask nothing moves.
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
//: shorter form cannot hide in both.

func definition(_ x: Double, _ y: Double) -> Double {
  y * sigmd(x) + (1 - y) * sigmd(-x)
}

let h = 1e-4
let slopes = pred.values.indices.map { i in
  let (x, y) = (Double(pred.values[i]), Double(label.values[i]))
  let rise = definition(x + h, y) - definition(x - h, y)
  return Double(mask.values[i]) * rise / (2 * h) / 4
}

//: Drawn against the score, this definition and its slope:

draw(
  curveChart(loss: definition), to: "figures/bce.svg",
  saying: curveSentence(loss: definition))

//: The surer a wrong score, the steeper the loss, but the gradient never
//: exceeds 1: one bad pair cannot throw the vectors far.
//:
//: A gradient passes when no slot is off by more than a millionth. Beside ours
//: stands one with a wrong sign, to see that the check can fail.

let wrong = zip(mask.values, zip(pred.values, label.values)).map { w, slot in
  w * (sigmoid(slot.0) + slot.1) / 4
}

show("gradient           | max |diff| | ok")
let ours = ("(sigma(x) - y) / M", slope.values)
for (name, candidate) in [ours, ("(sigma(x) + y) / M", wrong)] {
  let worst = zip(candidate, slopes).map { abs(Double($0) - $1) }.max() ?? 0
  let verdict = worst < 1e-6 ? "ok" : "WRONG"
  show("\(name) | \(worst, places: 6)   | \(verdict)")
}

//: The gradient agrees with the slopes to six places. With $`+y`$ it is off by
//: $`2 / M = 1/2`$ in every slot of a context word, and the check says so.
