import Figures
import Foundation
import PortableMath

/// Loss and gradient of one slot, side by side, for logits from −6 to 6.
func curveChart(loss: (Double, Double) -> Double) -> Panels {
  let logits = (-60...60).map { Double($0) / 10 }
  func panel(_ name: String, _ value: (Double, Double) -> Double) -> LineChart {
    LineChart(
      title: "", x: Axis("logit"), y: Axis(name),
      series: [(1.0, "context word (label 1)"), (0.0, "noise word (label 0)")].map { y, name in
        Series(name, points: logits.map { x in (x: x, y: rounded(value(x, y))) }, marks: .line)
      }, names: .legend)
  }
  return Panels(
    title: "Wrong and sure costs most, and pulls hardest", columns: 2,
    [panel("loss", loss), panel("gradient", slope)])
}

/// What the curves show, with its numbers.
func curveSentence(loss: (Double, Double) -> Double) -> String {
  String(
    format: "A context word loses %.3f at logit 0, %.3f at 6 and %.3f at −6; its gradient goes "
      + "from %.3f at −6 to %.3f at 6. A noise word's curves are its mirror image, the gradient "
      + "with the sign turned.",
    loss(0, 1), loss(6, 1), loss(-6, 1), slope(-6, 1), slope(6, 1)
  ).replacing("-0", with: "−0")
}

/// The derivative of the loss by the logit.
private func slope(_ x: Double, _ y: Double) -> Double { 1 / (1 + exponential(-x)) - y }

/// Six decimals.
private func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
