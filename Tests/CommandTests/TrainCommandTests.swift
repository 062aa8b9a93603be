import Foundation
import Literate
import Testing
import Word2Vec

@Suite("word2vec train")
struct TrainCommandTests {
  private let options = "--dimension 12 --epochs 3 --min-count 1"

  @Test("makes vectors of words that are used alike, without <unk>, and says what comes next")
  func trains() throws {
    let place = try Workplace(text: smallText)
    let run = try place.shell("word2vec train text.txt -o text.vec \(options)")
    #expect(run.status == 0)
    #expect(run.stdout == "text.vec: 8 words of 12 numbers\n")
    for words in ["text: text.txt, 9000 words, 8 different", "memory: about", "words/s", "next:"] {
      #expect(run.stderr.contains(words), "\(run.stderr)")
    }
    let vectors = try WordVectors(contentsOf: place.folder.appendingPathComponent("text.vec").path)
    #expect(vectors.index(of: "<unk>") == nil)
    #expect(try vectors.similarity("red", "green") > vectors.similarity("red", "tiny"))
    // The three commands are ones that can be typed.
    let next = run.stderr.components(separatedBy: "\n").drop { $0 != "next:" }.dropFirst().prefix(3)
    for line in next {
      let typed = line.replacingOccurrences(
        of: #"^ *.*word2vec "#, with: "word2vec ", options: .regularExpression)
      #expect(try place.shell(typed).status == 0, "\(typed)")
    }
  }

  @Test("gives the same bytes for the same words, however they come and on any number of threads")
  func sameBytes() throws {
    let place = try Workplace(text: smallText)
    let lines = smallText.split(separator: "\n")
    try FileManager.default.createDirectory(
      at: place.folder.appendingPathComponent("texts"), withIntermediateDirectories: false)
    try place.put("texts/a", lines.prefix(700).joined(separator: "\n"))
    try place.put("texts/b", lines.dropFirst(700).joined(separator: "\n"))
    try place.put("texts/.hidden", "nothing")
    let runs = [
      "text.txt --threads 1", "text.txt --threads 2", "- < text.txt", "texts", "texts/a texts/b",
      "text.gz", "text.txt --stream", "texts --stream",
    ]
    _ = try place.shell("gzip -k text.txt; mv text.txt.gz text.gz")
    for (i, run) in runs.enumerated() {
      let result = try place.shell("word2vec train -o \(i).bin \(options) \(run)")
      #expect(result.status == 0, "\(result.stderr)")
      #expect(try place.bytes("\(i).bin") == place.bytes("0.bin"), "\(run)")
    }
    let other = try place.shell("word2vec train text.txt -o other.bin \(options) --seed 2")
    #expect(other.status == 0)
    #expect(try place.bytes("other.bin") != place.bytes("0.bin"))
  }

  @Test("prints a line of JSON, and nothing else on stdout")
  func json() throws {
    let place = try Workplace(text: smallText)
    let run = try place.shell(
      "word2vec train text.txt -o text.npy \(options) --json --optimizer sgd --subsample 0")
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [String: Any])
    #expect(object["words"] as? Int == 27_000 && object["vocabulary"] as? Int == 8)
    #expect((object["train_seconds"] as? Double ?? 0) > 0)
    #expect(run.stdout.split(separator: "\n").count == 1)
    #expect(try place.bytes("text.words.txt").count > 0)
  }

  @Test("begins with the vectors of a file")
  func warmStart() throws {
    let place = try Workplace(text: smallText)
    try place.put("start.vec", "2 3\nred 9 0 0\nnoun 1 1 1\n")
    let run = try place.shell(
      "word2vec train text.txt -o a.vec --init start.vec --min-count 1 --lr 1e-9")
    #expect(run.stderr.contains("begins with the vectors of 1 of 8 words"))
    let vectors = try WordVectors(contentsOf: place.folder.appendingPathComponent("a.vec").path)
    #expect(vectors["red"]?.first.map { abs($0 - 9) < 1e-3 } == true)
    let wrong = try place.shell("word2vec train text.txt -o a.vec --init start.vec --dimension 4")
    #expect(wrong.status == 1 && wrong.stderr.contains("--init have 3 numbers"))
  }

  @Test(
    "refuses what cannot be in one sentence, and writes nothing",
    arguments: [
      ("train text.txt -o a.txt", 64, "stands for no format"),
      ("train text.txt -o text.txt --format text", 1, "would be written over"),
      ("train nowhere.txt -o a.vec", 1, "nowhere.txt: no such file"),
      ("train text.txt -o nowhere/a.vec", 1, "there is no folder nowhere"),
      ("train text.txt -o a.vec --min-count 100000", 1, "no word occurs 100000 times"),
      ("train text.txt -o ''", 64, "--output is empty; give the path of a file."),
      ("train '' -o a.vec", 64, "<corpus> is empty"),
      ("train text.txt -o a.vec --init ''", 64, "--init is empty"),
      ("train text.txt -o a.vec --checkpoint ''", 64, "--checkpoint is empty"),
      ("train text.txt -o a.vec --resume ''", 64, "--resume is empty"),
      ("train text.txt -o empty", 1, "empty is a folder; name a file in it."),
      ("train text.txt -o empty --format text", 1, "empty is a folder"),
      ("train text.txt -o a.vec --checkpoint empty", 1, "it is a folder"),
      ("train text.txt -o a.vec --checkpoint ./a.vec", 1, "would be written over"),
      ("train text.txt -o a.npy --checkpoint a.words.txt", 1, "would be written over"),
      ("train text.txt -o a.vec --checkpoint text.txt", 1, "would be written over"),
      ("train text.txt -o text.txt --checkpoint c --format text", 1, "would be written over"),
      ("train - -o text.txt --format text <text.txt", 1, "would be written over"),
      ("train text.txt -o a.vec --init text.txt --checkpoint text.txt", 1, "would be written over"),
      ("convert text.txt ''", 64, "<output> is empty"), ("info ''", 64, "<file> is empty"),
      ("explore text.txt -o ''", 64, "--output is empty"),
      ("evaluate text.txt ''", 64, "<set> is empty"),
      ("convert - text.txt --format text <text.txt", 1, "would be written over"),
      ("convert text.npy text.words.txt --format text", 1, "would be written over"),
      ("explore - -o text.txt <text.txt", 1, "would be written over"),
      ("train text.txt -o a.vec --window 0", 64, "--window is 0"),
      ("train text.txt -o a.vec --max-different 2", 64, "--max-different is 2"),
      ("train text.txt -o a.vec --max-vocabulary 1", 64, "from 2 to"),
      ("train text.txt -o a.vec --optimizer nadam", 64, "nadam"),
      ("train -o a.vec", 64, "corpus"), ("train text.txt", 64, "--output"),
      ("train empty -o a.vec", 1, "is a folder without a file"),
    ])
  func refused(line: String, status: Int32, says: String) throws {
    let place = try Workplace(text: smallText)
    try FileManager.default.createDirectory(
      at: place.folder.appendingPathComponent("empty"), withIntermediateDirectories: false)
    let run = try place.shell("word2vec \(line)")
    #expect(run.status == status && run.stdout == "")
    let sentence = run.stderr.split(separator: "\n").last ?? ""
    #expect(sentence.hasPrefix("error: ") && sentence.contains(says), "\(sentence)")
    let names = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    #expect(names.sorted() == ["empty", "text.txt"])
  }

  @Test("is refused where it may have too few files open; a limit of its own is raised")
  func fewFiles() throws {
    try expectRefusal(
      under: "-n 8", "error: the limit of open files (ulimit -n) is 8; raise it to 24.\n")
  }

  @Test("is refused where its stacks are too small; a limit of its own is raised")
  func smallStacks() throws {
    try expectRefusal(
      under: "-s 64",
      "error: the limit of bytes of a stack (ulimit -s) is 65536; raise it to 262144.\n")
  }

  /// Expects a run to be refused under a hard limit, and to raise a soft one.
  private func expectRefusal(under limit: String, _ sentence: String) throws {
    let place = try Workplace(text: smallText)
    let line = "word2vec train text.txt -o a.vec \(options)"
    let refused = try place.shell("ulimit \(limit); \(line)")
    #expect(refused.status == 1 && refused.stderr == sentence)
    let raised = try place.shell("ulimit -S \(limit); \(line)")
    #expect(raised.status == 0, "\(raised.stderr)")
  }

  @Test(
    "says what a file is that is no UTF-8 text",
    arguments: [
      ("printf '\\177ELF\\2\\377\\1'", "is an executable program, not UTF-8 text"),
      ("printf '\\1\\377\\2'", "is a binary file, not UTF-8 text"),
      (
        "printf 'caf\\351 noir\\n'", "line 1 is not UTF-8; convert the file, for example with iconv"
      ),
      ("printf 'c\\0a\\0f\\0e\\0 \\0n\\0o\\0.\\0'", "is UTF-16LE text; convert it"),
    ])
  func noText(make: String, says: String) throws {
    let place = try Workplace()
    for line in [
      "\(make) >text; word2vec train text -o a.vec", "\(make) | word2vec train - -o a.vec",
      "\(make) >text; word2vec train text --stream -o a.vec",
    ] {
      let run = try place.shell(line)
      #expect(run.status == 1 && run.stderr.contains(says), "\(line): \(run.stderr)")
    }
  }

  @Test("writes nothing into a file in place of a stdout or stderr that is closed")
  func closed() throws {
    let place = try Workplace(text: smallText)
    let line = "word2vec train text.txt \(options) --every 1steps --checkpoint"
    #expect(try place.shell("\(line) c -o a.vec").status == 0)
    #expect(try place.shell("\(line) d -o b.vec 2>&-").status == 0)
    // A packed text that is streamed is unpacked into a file that is open for writing, too.
    let streamed = "gzip text.txt; word2vec train text.txt.gz --stream \(options) -o c.vec"
    #expect(try place.shell("\(streamed) >&- 2>&- <&-").status == 1)
    for name in ["b.vec", "c.vec"] { #expect(try place.bytes(name) == place.bytes("a.vec")) }
    let full = try place.shell("word2vec --help >/dev/full")
    #expect(full.status == 1)
    let open = try place.shell("word2vec convert a.vec /dev/stdout --format text | cat")
    #expect(open.stderr.contains("/dev/stdout cannot be written: it is an open file"))
  }

  @Test(
    "saves the vectors somewhere else where their place is gone when they are trained",
    arguments: ["", "--epochs 1000000"])
  func rescued(epochs: String) throws {
    let place = try Workplace()
    try place.put("text.txt", String(repeating: smallText + "\n", count: 8))
    // A pipe holds less than the text: when all of it is in there, the places have been checked.
    let run = try place.shell(
      """
      mkdir out tmp; mkfifo pipe; export TMPDIR=$PWD/tmp
      word2vec train - -o out/a.npy \(options) \(epochs) <pipe 2>err & pid=$!
      { cat text.txt; rmdir out; touch out; } >pipe
      for i in $(seq 400); do grep -q training: err && break; sleep 0.05; done
      if [ "\(epochs)" ]; then sleep 0.2; kill $(pgrep -P $pid || echo $pid); fi
      wait $pid; status=$?; cat err >&2; exit $status
      """)
    #expect(run.status == 1, "\(run.stderr)")
    let sentence = run.stderr.split(separator: "\n").last ?? ""
    #expect(sentence.contains(".npy cannot be written: out is no folder; the vectors went to /"))
    let path = String(sentence.dropLast().split(separator: " ").last ?? "")
    #expect(path.contains("/tmp/rescued-"), "\(sentence)")
    #expect(try WordVectors(contentsOf: path).count == 8)
  }

  @Test(
    "saves the vectors so far beside a finished run's where it is stopped",
    arguments: ["INT", "TERM", "XCPU"])
  func stopped(signal: String) throws {
    let place = try Workplace(text: smallText)
    try place.put("a.vec", "1 1\nfinished 1\n")
    let run = try place.shell(
      """
      word2vec train text.txt -o a.vec \(options) --epochs 1000000 2> err & pid=$!
      for i in $(seq 200); do grep -q training: err && break; sleep 0.05; done
      sleep 0.3; kill -\(signal) $(pgrep -P $pid || echo $pid); wait $pid
      """)
    #expect(run.status == ["INT": 130, "TERM": 143, "XCPU": 152][signal])
    let err = String(decoding: try place.bytes("err"), as: UTF8.self)
    let name = try #require(err.dropLast(2).split(separator: " ").last)
    #expect(name.hasPrefix("a-after-") && name.hasSuffix("-steps.vec"), "\(err)")
    let folder = place.folder.appendingPathComponent(String(name))
    #expect(try WordVectors(contentsOf: folder.path).count == 8)
    #expect(try place.bytes("a.vec") == Data("1 1\nfinished 1\n".utf8))
  }

  @Test("names no checkpoint where it is stopped that could not be written")
  func stoppedWithoutCheckpoint() throws {
    let place = try Workplace(text: smallText)
    let run = try place.shell(
      """
      ulimit -f 12
      word2vec train text.txt -o a.bin --min-count 1 --epochs 1000000 --checkpoint c --every 1steps \
        2>err & pid=$!
      for i in $(seq 200); do grep -q training: err && break; sleep 0.05; done
      sleep 0.3; kill $(pgrep -P $pid || echo $pid); wait $pid; status=$?; cat err >&2; exit $status
      """)
    #expect(run.status == 143)
    let warning = "warning: c cannot be written: this process may make no file"
    #expect(run.stderr.components(separatedBy: warning).count == 2, "\(run.stderr)")
    #expect(run.stderr.hasSuffix("-steps.bin.\n"), "\(run.stderr)")
  }

  @Test(
    "goes on from its checkpoint to the same bytes, and from no other run's",
    arguments: ["", "--stream"])
  func resumed(stream: String) throws {
    let place = try Workplace(text: smallText)
    let run = try place.shell(
      """
      set -e
      train="word2vec train text.txt \(options) --epochs 60"
      $train -o whole.vec
      train="$train \(stream)"
      $train -o whole2.vec --checkpoint c --every 7steps --threads 1
      for pause in 0.1 0.3 0.2; do
        if [ -e d ]; then from="--resume d"; else from="--checkpoint d"; fi
        $train -o killed.vec $from --every 3steps & pid=$!
        sleep $pause; kill -9 $(pgrep -P $pid || echo $pid) || true; wait $pid || true
      done
      if [ -e d ]; then from="--resume d"; else from="--checkpoint d"; fi
      $train -o killed.vec $from
      $train -o resumed.vec --resume c --threads 2
      cmp whole.vec whole2.vec && cmp whole.vec resumed.vec && cmp whole.vec killed.vec
      if $train -o other.vec --resume c --window 2; then exit 9; fi
      """)
    #expect(run.status == 0, "\(run.stderr)")
    #expect(run.stderr.contains("was made with window"), "\(run.stderr)")
    let again = try place.shell("word2vec train text.txt -o whole.vec \(options) --checkpoint c")
    #expect(again.status == 1)
    #expect(again.stderr.contains("c cannot be written: it is there already, and"))
  }

  @Test(
    "saves the vectors so far, and a checkpoint, where a streamed text cannot be read on",
    arguments: [
      ("echo more >>text.txt", "text.txt changed while it was being read"),
      (": >text.txt", "text.txt changed while it was being read"),
      ("rm text.txt", "text.txt: no such file"),
    ])
  func textIsGone(change: String, says: String) throws {
    let place = try Workplace(text: smallText)
    let run = try place.shell(
      """
      train="word2vec train text.txt --stream \(options) --epochs 100000"
      $train -o a.vec --checkpoint c --every 1000h 2>err & pid=$!
      for i in $(seq 400); do grep -q training: err && break; sleep 0.05; done
      sleep 0.3; \(change); wait $pid; status=$?; cat err >&2; exit $status
      """)
    #expect(run.status == 1, "\(run.stderr)")
    #expect(run.stderr.hasSuffix(".\n") && run.stderr.contains("\nerror: \(says)"), "\(run.stderr)")
    #expect(run.stderr.contains("; --resume c goes on from there.\n"), "\(run.stderr)")
    #expect(!run.stderr.contains("after 100.0 %"), "\(run.stderr)")
    let names = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    let name = try #require(names.first { $0.hasPrefix("a-after-") && $0.hasSuffix("-steps.vec") })
    #expect(try WordVectors(contentsOf: place.folder.appendingPathComponent(name).path).count == 8)
    #expect(names.contains("c") && !names.contains("a.vec"))
  }

  @Test("says where a packed text is unpacked, where that has no room")
  func unpackedNowhere() throws {
    let place = try Workplace(text: smallText)
    let run = try place.shell(
      "gzip text.txt; TMPDIR=nowhere; export TMPDIR; word2vec train text.txt.gz --stream -o a.vec")
    #expect(run.status == 1)
    #expect(run.stderr.contains("error: nowhere cannot be written: No such file or directory"))
    #expect(run.stderr.contains("(text.txt.gz is unpacked there, or where TMPDIR says)"))
  }

  @Test("names its last checkpoint where a loss is no number")
  func notFinite() throws {
    let place = try Workplace(text: smallText)
    let run = try place.shell(
      """
      word2vec train text.txt -o a.vec --optimizer sgd --lr 20 --lr-decay none --dimension 4 \
        --checkpoint c --every 1step
      """)
    #expect(run.status == 1, "\(run.stderr)")
    #expect(run.stderr.contains("not a finite number after step"), "\(run.stderr)")
    #expect(run.stderr.contains("The last good checkpoint is c, after step"), "\(run.stderr)")
  }

  @Test("takes a line of few words, whose windows have them all, and says each thing once")
  func fewWords() throws {
    let place = try Workplace()
    try place.put("text.txt", String(repeating: "a b c d e f ", count: 500))
    try place.put("start.vec", "1 2\na 1 2\n")
    let run = try place.run("train", "text.txt", "-o", "a.vec", "--init", "start.vec")
    #expect(run.status == 0 && run.stderr.contains("so the window is 2"), "\(run.stderr)")
    for said in ["text:", "memory:", "begins with", "training:", "trained in"] {
      #expect(run.stderr.components(separatedBy: said).count == 2, "\(said): \(run.stderr)")
    }
  }
}
