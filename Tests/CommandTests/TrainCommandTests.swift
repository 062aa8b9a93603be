import Foundation
import Literate
import Testing
import Word2Vec

@Suite("word2vec train")
struct TrainCommandTests {
  private let options = "--dimension 12 --epochs 3 --min-count 1"

  @Test("makes vectors of words that are used alike, without <unk>, and says what comes next")
  func trains() throws {
    let place = try Workplace()
    try place.put("text.txt", smallText)
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
    let place = try Workplace()
    try place.put("text.txt", smallText)
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
    let place = try Workplace()
    try place.put("text.txt", smallText)
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
    let place = try Workplace()
    try place.put("text.txt", smallText)
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
      ("train text.txt -o a.vec --window 0", 64, "--window is 0"),
      ("train text.txt -o a.vec --max-different 2", 64, "--max-different is 2"),
      ("train text.txt -o a.vec --negative 1000000", 1, "give a smaller --negative, --window or"),
      ("train text.txt -o a.vec --max-vocabulary 1", 64, "from 2 to"),
      ("train text.txt -o a.vec --optimizer nadam", 64, "nadam"),
      ("train -o a.vec", 64, "corpus"), ("train text.txt", 64, "--output"),
      ("train empty -o a.vec", 1, "is a folder without a file"),
    ])
  func refused(line: String, status: Int32, says: String) throws {
    let place = try Workplace()
    try place.put("text.txt", smallText)
    try FileManager.default.createDirectory(
      at: place.folder.appendingPathComponent("empty"), withIntermediateDirectories: false)
    let run = try place.shell("word2vec \(line)")
    #expect(run.status == status && run.stdout == "")
    let sentence = run.stderr.split(separator: "\n").last ?? ""
    #expect(sentence.hasPrefix("error: ") && sentence.contains(says), "\(sentence)")
    let names = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    #expect(names.sorted() == ["empty", "text.txt"])
  }

  @Test(
    "ends in one sentence where the process's addresses are limited to less than it needs",
    arguments: [170_000, 230_000, 300_000])
  func limited(kilobytes: Int) throws {
    let place = try Workplace()
    let run = try place.shell(
      """
      ulimit -v \(kilobytes)
      seq 2000000 | word2vec train - -o a.vec --min-count 1 --epochs 1
      """)
    #expect(run.status == 1 && run.stdout == "")
    let lines = run.stderr.split(separator: "\n")
    #expect(lines.last?.hasPrefix("error: ") == true, "\(run.stderr)")
    #expect(lines.filter { $0.hasPrefix("text: ") }.count == lines.count - 1, "\(run.stderr)")
    #expect(run.stderr.contains("memory"), "\(run.stderr)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path) == [])
  }

  #if os(Linux)
    @Test(
      "takes no more memory than it says",
      arguments: ["", "--stream", "--dimension 300", "--batch-size 20000 --negative 20"])
    func forecast(options: String) throws {
      let place = try Workplace()
      // What the process has taken at most is looked at as long as it is there.
      let run = try place.shell(
        """
        awk 'BEGIN { srand(1); for (i = 0; i < 30000; i++) {
          for (j = 0; j < 10; j++) printf "w%d ", exp(rand() * 9); print "" } }' >text.txt
        word2vec train text.txt -o a.bin --epochs 1 --threads 2 \(options) >/dev/null 2>err & pid=$!
        child=$(pgrep -P $pid || echo $pid)
        while line=$(grep VmHWM /proc/$child/status 2>/dev/null); do echo "$line" >most; done
        wait $pid || exit; sed -n 's/^memory: about //p' err; cat most
        """)
      #expect(run.status == 0, "\(run.stderr)")
      let words = run.stdout.split(whereSeparator: \.isWhitespace)
      let forecast = try #require(Double(words[0])) * (words[1] == "MB" ? 1e6 : 1e9)
      let taken = try #require(Double(words[3])) * 1024
      #expect(taken > 20e6 && taken + 10e6 < forecast, "\(taken) of \(forecast) bytes")
    }

    @Test("may take no more memory than there is, so that a text without end ends in a sentence")
    func ownLimit() throws {
      let place = try Workplace()
      let run = try place.shell(
        """
        mkfifo pipe; word2vec train - -o a.vec <pipe 2>/dev/null & pid=$!
        exec 3>pipe; sleep 0.5; grep "Max data" /proc/$(pgrep -P $pid || echo $pid)/limits
        """)
      let most = run.stdout.split(separator: " ").dropFirst(3).first.flatMap { Double($0) } ?? 0
      let machine = Double(ProcessInfo.processInfo.physicalMemory)
      #expect(most > 0 && most < machine + 1e9 * Double(ProcessInfo.processInfo.processorCount))
    }
  #endif

  @Test("is refused where it may have too few files open; a limit of its own is raised")
  func fewFiles() throws {
    let place = try Workplace()
    try place.put("text.txt", smallText)
    let line = "word2vec train text.txt -o a.vec \(options)"
    let refused = try place.shell("ulimit -n 8; \(line)")
    #expect(refused.status == 1)
    #expect(refused.stderr == "error: the limit of open files (ulimit -n) is 8; raise it to 24.\n")
    #expect(try place.shell("ulimit -S -n 8; \(line)").status == 0)
  }

  @Test("writes nothing into a file in place of a stdout or stderr that is closed")
  func closed() throws {
    let place = try Workplace()
    try place.put("text.txt", smallText)
    let line = "word2vec train text.txt \(options) --checkpoint c --every 1steps -o"
    #expect(try place.shell("\(line) a.vec").status == 0)
    #expect(try place.shell("\(line) b.vec 2>&-").status == 0)
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
    let place = try Workplace()
    try place.put("text.txt", smallText)
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

  @Test(
    "goes on from its checkpoint to the same bytes, and from no other run's",
    arguments: ["", "--stream"])
  func resumed(stream: String) throws {
    let place = try Workplace()
    try place.put("text.txt", smallText)
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
  }

  @Test(
    "saves the vectors so far, and a checkpoint, where a streamed text cannot be read on",
    arguments: [
      ("echo more >>text.txt", "text.txt changed while it was being read"),
      (": >text.txt", "text.txt changed while it was being read"),
      ("rm text.txt", "text.txt: no such file"),
    ])
  func textIsGone(change: String, says: String) throws {
    let place = try Workplace()
    try place.put("text.txt", smallText)
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
    let names = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    let name = try #require(names.first { $0.hasPrefix("a-after-") && $0.hasSuffix("-steps.vec") })
    #expect(try WordVectors(contentsOf: place.folder.appendingPathComponent(name).path).count == 8)
    #expect(names.contains("c") && !names.contains("a.vec"))
  }

  @Test("says where a packed text is unpacked, where that has no room")
  func unpackedNowhere() throws {
    let place = try Workplace()
    try place.put("text.txt", smallText)
    let run = try place.shell(
      "gzip text.txt; TMPDIR=nowhere; export TMPDIR; word2vec train text.txt.gz --stream -o a.vec")
    #expect(run.status == 1)
    #expect(run.stderr.contains("error: nowhere cannot be written: No such file or directory"))
    #expect(run.stderr.contains("(text.txt.gz is unpacked there, or where TMPDIR says)"))
  }

  @Test("names its last checkpoint where a loss is no number")
  func notFinite() throws {
    let place = try Workplace()
    try place.put("text.txt", smallText)
    let run = try place.shell(
      """
      word2vec train text.txt -o a.vec --optimizer sgd --lr 20 --lr-decay none --dimension 4 \
        --checkpoint c --every 1step
      """)
    #expect(run.status == 1, "\(run.stderr)")
    #expect(run.stderr.contains("not a finite number after step"), "\(run.stderr)")
    #expect(run.stderr.contains("The last good checkpoint is c, after step"), "\(run.stderr)")
  }

  @Test("takes a line of few words, whose windows have them all")
  func fewWords() throws {
    let place = try Workplace()
    try place.put("text.txt", String(repeating: "a b c d e f ", count: 500))
    let run = try place.run("train", "text.txt", "-o", "a.vec")
    #expect(run.status == 0 && run.stderr.contains("so the window is 2"), "\(run.stderr)")
  }
}
