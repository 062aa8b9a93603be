import Foundation
import Testing

private let badTexts: [BadRun] = [
  BadRun(
    "chapter-training", "--corpus", "nowhere.txt",
    says: ["nowhere.txt: no such file", "check the path"]),
  BadRun("chapter-dataset", "--corpus", "nowhere.txt", says: ["nowhere.txt: no such file"]),
  BadRun(
    "chapter-similar-tokens", "--corpus", "nowhere.txt", says: ["nowhere.txt: no such file"]),
  BadRun(
    "chapter-training", "--corpus", "texts", files: ["texts": nil],
    says: ["texts is a folder", "name a file"]),
  BadRun(
    "chapter-training", "--corpus", "empty.txt", files: ["empty.txt": Data()],
    says: ["empty.txt has no words", "give a text"]),
  BadRun(
    "chapter-training", "--corpus", "blank.txt", files: ["blank.txt": .text(" \n\t\r\n\n")],
    says: ["blank.txt has no words"]),
  BadRun(
    "chapter-training", "--corpus", "latin1.txt",
    files: ["latin1.txt": .text("one\ntwo\n") + Data([0x63, 0x61, 0x66, 0xE9, 0x0A])],
    says: ["latin1.txt, line 3", "not UTF-8", "iconv"]),
  BadRun(
    "chapter-training", "--corpus", "rare.txt", files: ["rare.txt": .text("one two two\n")],
    says: ["rare.txt", "no word occurs 10 times", "the most frequent occurs 2", "lower"]),
  BadRun(
    "chapter-training", "--corpus", "embedded", "--min-freq", "1000000",
    says: ["no word occurs 1000000 times"]),
  BadRun(
    "chapter-training", "--corpus", "words.txt", "--min-freq", "1",
    files: ["words.txt": .text("one\ntwo\nthree\n")],
    says: ["words.txt", "no sentence has two words", "put whole sentences on a line."]),
  BadRun(
    "chapter-training", "--corpus", "few.txt", "--min-freq", "1", "--max-window", "1",
    files: ["few.txt": .text("one two three four\n")],
    says: ["few.txt", "so there is nothing to train on; give a longer text."]),
  BadRun(
    "chapter-training", "--corpus", "short.txt", "--min-freq", "1",
    files: ["short.txt": .text("one two\n")], says: ["short.txt", "give a longer text"]),
  BadRun(
    "chapter-training", "--corpus", "two.txt", files: ["two.txt": .text(twoWords)],
    says: ["two.txt", "no noise word is left", "give a longer text"]),
  BadRun(
    "chapter-training", "--corpus", "two.txt", "--resample",
    files: ["two.txt": .text(twoWords)], says: ["two.txt", "no noise word is left"]),
  BadRun(
    "chapter-training", "--corpus", "long.txt",
    files: ["long.txt": .text("one line\n") + Data(repeating: 0x61, count: 10 << 20)],
    says: ["long.txt, line 2 has a word of more than 1048576 bytes", "a text with words"]),
  BadRun(
    "chapter-training", "--corpus", "ptb",
    says: ["data/ptb/ptb.train.txt", "Penn Treebank is not there", "make data"]),
  BadRun(
    "chapter-dataset", "--corpus", "ptb", environment: ["WORD2VEC_DATA": "elsewhere"],
    says: ["elsewhere/ptb.train.txt", "make data"]),
  BadRun(
    "chapter-training", "--corpus", "embedded", "--batch-size", "100000",
    says: [
      "embedded", "fewer than five minibatches of 100000", "batch size of at most",
      "(--batch-size)",
    ]),
]

/// A text whose windows hold its whole vocabulary, so that drawing noise words would never end.
private let twoWords = String(
  repeating: String(repeating: "left right ", count: 500) + "\n", count: 40)

@Suite("Texts that cannot be trained on")
struct BadTextTests {
  @Test("get one sentence", arguments: badTexts)
  func refused(_ bad: BadRun) throws {
    try expectRefusal(bad)
  }
}
