//: # A page with mistakes
//:
//: Those that one can make by changing a number; the argument chooses one.

import ArgumentParser
import ChapterSupport
import Figures
import Word2Vec

struct ChapterOptions: ParsableCommand {
  @Option var mistake: String
  @Option(parsing: .unconditional) var number = 0
}

let options = ChapterOptions.fromCommandLine()
let (three, number) = ([1, 2, 3], options.number)

struct Failure: Error, CustomStringConvertible {
  var description: String { "what is wrong." }
}

func of(_ index: Int) -> Int { three[index] }

switch options.mistake {
case "index": print(three[number])
case "function": print([0].map { of($0 + number) })
case "prefix": print(three.prefix(number))
case "suffix": print(three.dropFirst(number))
case "range": print((0..<number).count)
case "division": print(7 / (number - number))
case "overflow": print(Int.max - 5 + number)
case "conversion": print(Int32(number))
case "shapes": print(Tensor([[1, 2]]) * Tensor(repeating: 1, shape: [1, number]))
case "shape": print(Tensor(repeating: 1, shape: [number, number]))
case "top": throw Failure()
case "library": print(try Corpus(text: "a b", minimumCount: number).tokens)
case "thread": print(elsewhere(number))
case "exit": orExit { throw Failure() }
case "memory": print(Tensor(repeating: 1, shape: [number]).count)
case "bits": print((0..<number).map { Array(repeating: $0, count: 100) }.count)
case "figure":
  draw(BarChart(title: "", x: Axis("x"), bars: [Bar("a", 1)]), to: "a.svg", saying: "One bar.")
default: print("none")
}
