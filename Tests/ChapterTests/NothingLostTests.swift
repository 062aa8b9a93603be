import Foundation
import Literate
import Testing

/// Training runs in one folder, by the shell.
private struct Runs {
  let folder: URL

  func callAsFunction(_ script: String) throws -> ProgramRun {
    try run(
      URL(fileURLWithPath: "/bin/sh"),
      arguments: [
        "-c",
        script.replacing("TRAIN", with: "'\(path("chapter-training"))'")
          .replacing("SIMILAR", with: "'\(path("chapter-similar-tokens"))'"),
      ],
      environment: ["WORD2VEC_DATA": nil, "LLVM_PROFILE_FILE": "/dev/null"], in: folder,
      timeout: 120)
  }

  private func path(_ product: String) -> String {
    Place.products.appendingPathComponent(product).path
  }

  func files() throws -> [String: Data] { try contents(of: folder) }

  static func inFolder(_ body: (Runs) throws -> Void) throws {
    let folder = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(Runs(folder: folder))
  }
}

/// What a training run prints but for times and rates.
private func results(_ run: ProgramRun) -> [Substring] {
  run.stdout.split(separator: "\n").map { line in
    line.hasPrefix("loss ") && line.contains(",") ? line.prefix { $0 != "," } : line
  }.filter { line in
    !["examples/s:", "data:", "training:", "wall time:"].contains { line.hasPrefix($0) }
  }
}

@Suite("What a run has computed")
struct NothingLostTests {
  @Test("is saved before the figure, whose failure costs only itself")
  func vectorsFirst() throws {
    try Runs.inFolder { runs in
      // The table of the figure is made a folder while the run trains.
      let result = try runs(
        """
        TRAIN --corpus embedded --epochs 20 --save a.vec --figure a.svg 2>err & run=$!
        for i in $(seq 400); do grep -q training: err && break; sleep 0.05; done
        mkdir a.csv; wait $run; status=$?; cat err >&2; rm err; exit $status
        """)
      #expect(result.status == 1)
      #expect(result.stderr.contains("error: a.csv cannot be written: it is a folder"))
      #expect(result.stdout.contains("wall time:"), "the run goes on")
      let files = try runs.files()
      #expect(files.keys.sorted() == ["a.csv", "a.vec", "a.vec.json"])
      #expect((files["a.vec"]?.count ?? 0) > 1_000_000)
    }
  }

  @Test("is saved somewhere else where its place cannot be written any more")
  func rescued() throws {
    try Runs.inFolder { runs in
      let result = try runs(
        """
        mkdir tmp out; export TMPDIR=$PWD/tmp
        TRAIN --corpus embedded --epochs 20 --save out/a.vec --figure a.svg 2>err & run=$!
        for i in $(seq 400); do grep -q training: err && break; sleep 0.05; done
        rmdir out; touch out; wait $run; status=$?; cat err >&2; exit $status
        """)
      #expect(result.status == 1)
      #expect(
        result.stderr.contains(
          "error: out/a.vec cannot be written: out is no folder; the vectors went to /"))
      #expect(result.stdout.contains("wall time:"), "the run goes on")
      let files = try runs.files().filter { $0.key.contains("/a.vec") }
      #expect(files.count == 2 && files.keys.allSatisfy { $0.hasPrefix("tmp/rescued-") })
      #expect((files.first { $0.key.hasSuffix("/a.vec") }?.value.count ?? 0) > 1_000_000)
    }
  }

  @Test("needs memory that is forecast against the process's own limit, too")
  func limits() throws {
    try Runs.inFolder { runs in
      let result = try runs("ulimit -v 1500000; TRAIN --corpus embedded --embed-size 50000")
      #expect(result.status == 1)
      let sentence = result.stderr.split(separator: "\n").last ?? ""
      #expect(sentence.contains("GB of memory and the limit of the process (ulimit) has"))
      #expect(sentence.contains("give a smaller --embed-size"), "\(sentence)")
      #expect(try runs.files().isEmpty)
    }
  }

  @Test("does not wait at its end where OpenBLAS's threads get no memory")
  func endsUnderLimits() throws {
    try Runs.inFolder { runs in
      let result = try runs("ulimit -v 250000; timeout 20 TRAIN --corpus embedded --epochs 1")
      #expect(result.status == 1, "\(result.stderr)")
      #expect(result.stderr.contains("limit of the process (ulimit)"), "\(result.stderr)")
    }
  }

  @Test("is said to take long where its minibatches are large, and its page does not")
  func longRun() throws {
    try Runs.inFolder { runs in
      let result = try runs(
        """
        TRAIN --corpus embedded --noise-words 1000000 --resample --batch-size 1 --save a.vec \
          --figure a.svg 2>err & run=$!
        for i in $(seq 800); do grep -q time: err && break; sleep 0.05; done
        kill $run; wait $run; status=$?; cat err >&2; exit $status
        """)
      #expect(result.status == 143, "\(result.stderr)")
      #expect(result.stderr.contains("\ntime: about "), "\(result.stderr)")
    }
  }

  @Test("is not taken for the Penn Treebank's where another text lies in its place")
  func otherTreebank() throws {
    try Runs.inFolder { runs in
      try #expect(runs("\(texts); mkdir ptb; mv a/text.txt ptb/ptb.train.txt").status == 0)
      let result = try runs("WORD2VEC_DATA=ptb TRAIN --corpus ptb --quiet")
      #expect(result.status == 0, "\(result.stderr)")
      #expect(result.stderr.contains("ptb/ptb.train.txt is not the Penn Treebank's text"))
      #expect(!result.stdout.contains("published"))
      let files = try runs.files().keys
      #expect(files.contains("vectors/ptb-text.vec") && !files.contains("vectors/ptb.vec"))
      #expect(files.contains("figures/loss-ptb-text.svg") && !files.contains("figures/loss.svg"))
    }
  }

  @Test("is not replaced by an experiment, which has a name of its own and says so")
  func experiments() throws {
    try Runs.inFolder { runs in
      try #expect(runs("TRAIN --corpus embedded --threads 1 --quiet").status == 0)
      let book = try runs.files()
      #expect(
        book.keys.sorted() == [
          "figures", "figures/loss-embedded.csv", "figures/loss-embedded.svg", "vectors",
          "vectors/embedded.vec", "vectors/embedded.vec.json",
        ])
      let result = try runs("TRAIN --corpus embedded --epochs 1 --min-freq 5")
      #expect(
        result.stderr.contains(
          "not the document's: epochs-1, min-freq-5; the files are named so"))
      let both = try runs.files()
      for (name, bytes) in book { #expect(both[name] == bytes, "\(name)") }
      #expect(
        Set(both.keys).subtracting(book.keys).sorted() == [
          "figures/loss-embedded-epochs-1-min-freq-5.csv",
          "figures/loss-embedded-epochs-1-min-freq-5.svg",
          "vectors/embedded-epochs-1-min-freq-5.vec",
          "vectors/embedded-epochs-1-min-freq-5.vec.json",
        ])
    }
  }

  /// Texts of `a` or `b` and numbers, each word often enough, of one name in two folders.
  private let texts = """
    for letter in a b; do
      mkdir $letter
      awk -v l=$letter 'BEGIN { for (i = 0; i < 2500; i++) {
        for (j = 0; j < 12; j++) printf "%s%d ", l, (i * 7 + j * j * 3) % 400; print "" } }' \
        >$letter/text.txt
    done
    """

  @Test("does not answer for another text, a changed one, other settings, or one that is gone")
  func otherTexts() throws {
    try Runs.inFolder { runs in
      try #expect(runs(texts).status == 0)
      let first = try runs("SIMILAR --corpus a/text.txt --query a7")
      #expect(first.status == 0 && first.stderr.contains("vectors/text.vec is not there yet"))
      #expect(try runs("SIMILAR --corpus a/text.txt --query a7").stderr.contains("\nvectors: "))
      let saved = try runs.files()["vectors/text.vec"]

      let other = try runs("SIMILAR --corpus b/text.txt --query b7")
      #expect(other.status == 0, "\(other.stderr)")
      #expect(other.stderr.contains("vectors/text.vec is of another state of text.txt: training"))
      #expect(other.stdout.contains(": b") && !other.stdout.contains(": a"))
      #expect(try runs.files()["vectors/text.vec"] == saved)

      let rare = try runs("SIMILAR --corpus a/text.txt --min-freq 5 --query a7")
      #expect(rare.stderr.contains("vectors/text-min-freq-5.vec is not there yet"))
      let given = try runs(
        "SIMILAR --corpus b/text.txt --vectors vectors/text.vec --query a7")
      #expect(given.status == 0 && given.stderr.contains("warning: vectors/text.vec is of another"))
      let gone = try runs("rm a/text.txt; SIMILAR --corpus a/text.txt --query a7")
      #expect(gone.status == 1 && gone.stderr.contains("a/text.txt: no such file"))
      #expect(try runs.files()["vectors/text.vec"] == saved)
    }
  }

  @Test("of a run that was killed is gone on with, to the same bytes, print and figure")
  func kills() throws {
    // Rounds of three kills each; `WORD2VEC_KILLS=34` is the long form.
    let kills = Int(ProcessInfo.processInfo.environment["WORD2VEC_KILLS"] ?? "") ?? 6
    let options = "--corpus embedded --epochs 4 --resample --lr-decay linear --figure a.svg"
    try Runs.inFolder { whole in
      let expected = try whole("TRAIN \(options) --save a.vec --threads 1")
      try Runs.inFolder { runs in
        try #expect(runs("TRAIN \(options) --save a.vec --checkpoint c --every 1000h").status == 0)
        let kept = try whole.files()
        for round in 0..<kills {
          try #expect(runs("rm -rf *").status == 0)
          var random = SystemRandomNumberGenerator()
          let pauses = (0..<3).map { _ in Double.random(in: 0...0.9, using: &random) }
          for (pause, threads) in zip(pauses, [1, 2, 1]) {
            _ = try runs(
              """
              if [ -e c ]; then set -- --resume c; else set -- --checkpoint c; fi
              TRAIN \(options) --save a.vec --every 7steps --threads \(threads) "$@" & run=$!
              sleep \(pause); kill -9 $run; wait $run
              """)
          }
          let last = try runs(
            """
            if [ -e c ]; then set -- --resume c; else set -- --checkpoint c; fi
            TRAIN \(options) --save a.vec --every 50steps "$@"
            """)
          #expect(last.status == 0, "round \(round): \(last.stderr)")
          #expect(results(last) == results(expected), "round \(round), after \(pauses)")
          var files = try runs.files()
          files["c"] = nil
          #expect(differing(files, kept) == [], "round \(round), after \(pauses)")
        }
      }
    }
  }

  @Test("is not lost to a checkpoint that cannot be written; one of another run is refused")
  func badCheckpoints() throws {
    try Runs.inFolder { runs in
      let full = try runs(
        """
        ulimit -f 3000; trap '' XFSZ
        TRAIN --corpus embedded --epochs 1 --save a.vec --figure a.svg --checkpoint c --every 40steps
        """)
      #expect(full.status == 0, "\(full.stderr)")
      #expect(full.stderr.contains("warning: c cannot be written: this process may"))
      #expect(full.stderr.contains("warning: c will have about 2.7 MB, and this process may make"))
      #expect(try runs.files().keys.sorted() == ["a.csv", "a.svg", "a.vec", "a.vec.json"])

      let train = "TRAIN --corpus embedded --epochs 1 --save a.vec --figure a.svg"
      try #expect(runs("\(train) --checkpoint c --every 40steps").status == 0)
      let other = try runs("\(train) --resume c --embed-size 10")
      #expect(other.status == 1)
      #expect(
        other.stderr.contains("c was made with embed-size 100, and this run has embed-size 10"))
      let diverged = try runs("\(train) --lr 1e25 --checkpoint d --every 1steps")
      #expect(diverged.status == 1)
      #expect(diverged.stderr.contains("after step 2"), "\(diverged.stderr)")
      #expect(diverged.stderr.contains("The last good checkpoint is d, after step 1."))
    }
  }
}

private let badCheckpointOptions: [BadRun] = [
  BadRun("chapter-training", "--every", "10min", status: 64, says: ["--every goes with"]),
  BadRun(
    "chapter-training", "--checkpoint", "c", "--every", "often", status: 64,
    says: ["--every is often", "10min or 500steps"]),
  BadRun(
    "chapter-training", "--checkpoint", "c", "--engine", "reference", status: 64,
    says: ["keeps no checkpoint"]),
  BadRun(
    "chapter-training", "--corpus", "embedded", "--checkpoint", "nowhere/c",
    says: ["there is no folder nowhere"]),
  BadRun(
    "chapter-training", "--corpus", "embedded", "--save", "a", "--checkpoint", "a",
    says: ["a cannot be written", "written over"]),
]

@Suite("Options of a checkpoint that cannot be")
struct BadCheckpointOptionTests {
  @Test("get one sentence", arguments: badCheckpointOptions)
  func refused(_ bad: BadRun) throws { try expectRefusal(bad) }
}
