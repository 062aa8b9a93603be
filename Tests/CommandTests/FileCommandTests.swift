import Foundation
import Literate
import Testing

@Suite("word2vec's files")
struct FileCommandTests {
  private let vectors = "3 2\nKing 0.1 -1.5\ncafé 1e-30 3.4028235e+38\nb -0.0 16777216.0\n"

  @Test("are converted through every format and back, bit for bit")
  func roundTrip() throws {
    let place = try Workplace()
    try place.put("a.vec", vectors)
    let names = [
      "b.bin", "c.npy", "d.tsv", "e.glove --format glove", "f.vec.gz", "g.bin.gz", "h.npy.gz",
      "i.tsv.gz", "j.vec",
    ]
    var last = "a.vec"
    for name in names {
      let run = try place.shell("word2vec convert \(last) \(name)")
      #expect(run.status == 0 && run.stdout.contains("3 words of 2 numbers"), "\(run.stderr)")
      last = String(name.split(separator: " ")[0])
    }
    #expect(try place.bytes("j.vec") == Data(vectors.utf8))
    let refused = try place.shell("word2vec convert a.vec a.other")
    #expect(refused.status == 64 && refused.stderr.contains("give --format"))
    let typo = try place.shell("word2vec convert a.vec b.bin --frm text")
    #expect(typo.stderr.hasSuffix("Did you mean '--from'? --help lists the options.\n"))
    let json = try place.shell("word2vec convert a.vec k.bin --json; word2vec explore k.bin --json")
    #expect(
      json.stdout == #"""
        {"file": "k.bin", "format": "binary", "words": 3, "dimension": 2}
        {"file": "k.html", "words": 3}

        """#)
    let forced = try place.shell("word2vec info k.bin --from text")
    #expect(
      forced.status == 1
        && forced.stderr.hasSuffix("UTF-8; without --from the format is told by the content.\n"),
      "\(forced.stderr)")
    let over = try place.shell("word2vec convert a.vec ./a.vec")
    #expect(over.status == 1 && over.stderr.contains("written over"))
    #expect(try place.bytes("a.vec") == Data(vectors.utf8))
  }

  @Test("of names that are not UTF-8 are written and read, and shown without harm")
  func names() throws {
    let place = try Workplace()
    try place.put("a.vec", vectors)
    let written = try place.shell(
      #"f="$(printf 'caf\351.npy')"; word2vec convert a.vec "$f" && ls "$f" && word2vec info "$f""#)
    #expect(written.status == 0 && written.stdout.contains(#"caf\xE9.npy and caf\xE9.words.txt"#))
    #expect(written.stdout.contains("words      3"), "\(written.stderr)")
    let info = try place.shell(#"word2vec info caf*.npy --json"#)
    #expect(info.stdout.contains(#""file": "caf\udce9.npy""#), "\(info.stdout)")
    let texts = try place.shell(
      #"mkdir d; yes 'a b c d e f' | head -9 > d/"$(printf 't\351')"; word2vec train d -o x.vec"#)
    #expect(texts.status == 0, "\(texts.stderr)")
  }

  @Test("of names that begin with a dash are read and written")
  func dashes() throws {
    let place = try Workplace()
    try place.put("-hook.vec", vectors)
    let run = try place.shell(
      "word2vec convert -hook.vec -o.bin && word2vec info -o.bin && word2vec similar -o.bin -hook- -k 1"
    )
    #expect(run.stdout.contains("words      3") && run.stderr.contains(#""-hook-" has no vector"#))
  }

  @Test("of questions are read from a pipe, too")
  func pipedQuestions() throws {
    let place = try Workplace()
    try place.put("a.vec", vectors)
    let run = try place.shell(
      #"mkfifo p; printf 'King\tb\t3\nKing\tcaf\303\251\t5\n' >p & word2vec evaluate a.vec p"#
    )
    #expect(run.status == 0 && run.stdout.contains("pairs"), "\(run.stderr)")
    let analogies = try place.shell(
      #"printf ': one\nKing b King b\n' | word2vec evaluate a.vec /dev/stdin"#)
    #expect(analogies.status == 0, "\(analogies.stderr)")
  }

  @Test("are read from stdin, empty or with a list beside any name")
  func places() throws {
    let place = try Workplace()
    try place.put("a.vec", vectors)
    let piped = try place.shell("cat a.vec | word2vec info -; word2vec info - < /dev/null")
    #expect(piped.stdout.contains("words      3") && piped.stderr.contains("is empty"))
    let asked = try place.shell("word2vec similar - <a.vec")
    #expect(asked.status == 64 && asked.stderr.contains("stdin is taken for the vectors"))
    let list = try place.shell("word2vec convert a.vec a --format npy; word2vec info a")
    #expect(list.status == 0 && list.stdout.contains("format     npy"), "\(list.stderr)")
    let packed = try place.shell(
      "word2vec convert a.vec b.npy; gzip b.npy; word2vec info b.npy.gz;"
        + "gunzip b.npy.gz; gzip b.words.txt; word2vec info b.npy")
    #expect(packed.status == 0 && packed.stderr == "", "\(packed.stderr)")
  }

  @Test("are described")
  func info() throws {
    let place = try Workplace()
    try place.put("a.vec", vectors)
    let run = try place.run("info", "a.vec", "--json")
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [String: Any])
    #expect(object["words"] as? Int == 3 && object["dimension"] as? Int == 2)
    #expect(object["format"] as? String == "text")
  }

  @Test("are tested")
  func evaluate() throws {
    let place = try Workplace()
    try place.put("a.glove", "a 1 0\nb 1 1\nc 0 1\nd -1 0.5\ne 2 1\n")
    try place.put("pairs", "a\tb\t5\na\tc\t2\nA\td\t1\nb\te\t9\nx\ty\t3\n")
    try place.put("sets", ": one\na b c d\na b e c\n")
    let pairs = try place.run("evaluate", "a.glove", "pairs", "--json")
    let scores = try #require(
      JSONSerialization.jsonObject(with: Data(pairs.stdout.utf8)) as? [String: Any])
    #expect(scores["pairs"] as? Int == 4 && scores["missing"] as? Int == 1)
    #expect((scores["spearman"] as? Double).map { abs($0 - 1) < 1e-12 } == true)
    let sets = try place.run("evaluate", "a.glove", "sets", "--json")
    #expect(
      sets.stdout.contains(#""sections": [{"section": "one", "accuracy": "#), "\(sets.stdout)")
    let text = try place.run("evaluate", "a.glove", "pairs")
    #expect(text.stdout.hasPrefix("spearman  1.0000"))
  }
}
