//: # The answer
//: section: [An Example](https://example.org)
//: arguments: --quiet
//: How large is $`a`$? It is **{{answer}}**.
//:
//: ```math
//: a = 6 \cdot 7
//: ```

import Literate

let answer = 42  // a comment that stays
precondition(answer > 0)  // check
record("answer", "\(answer)")  // hide
show("a = \(answer)")
//: Now the time that it took, and a picture.

for line in ["first", "second"] {
  show("\(line) took \(volatile: 1.5, places: 1) s")
}
//:-
show("```")
figure("figures/answer.svg", alt: "The answer [sic] is \(answer).")
show("loss \(0.41, places: 3, within: 0.01)")
//:- hide
show("from hidden code")
