import Foundation
import Literate
import Testing

/// Places that nobody can write to, not even root.
private let badPlaces: [BadRun] =
  [
    ("--save", "nowhere/a.vec", ["nowhere/a.vec", "there is no folder nowhere"]),
    ("--save", "file/a.vec", ["file/a.vec", "file is no folder"]),
    ("--save", "/proc/a.vec", ["/proc/a.vec", "cannot be written"]),
    ("--save", "folder", ["folder cannot be written", "it is a folder"]),
    ("--save", "folder/", ["it is a folder"]),
    ("--save", "/dev/full", ["/dev/full", "not an ordinary file"]),
    ("--save", String(repeating: "a", count: 300), ["File name too long"]),
    ("--figure", "nowhere/a.svg", ["nowhere/a.svg", "there is no folder nowhere"]),
    ("--figure", "file/a.svg", ["file/a.svg", "file is no folder"]),
    ("--figure", "/proc/a.svg", ["/proc/a.svg", "cannot be written"]),
    ("--figure", "folder.svg", ["folder.svg", "it is a folder"]),
    ("--figure", "table.svg", ["table.csv", "it is a folder"]),
    ("--figure", "a.gif", ["a.gif", ".svg, .png or .pdf"]),
    ("--figure", "a", ["a cannot be written:", ".svg, .png or .pdf"]),
  ].map { option, path, says in
    BadRun(
      "chapter-training", "--corpus", "embedded", option, path,
      files: ["file": Data(), "folder": nil, "folder.svg": nil, "table.csv": nil],
      says: says + (path.hasPrefix("a") && path.count < 9 ? [] : ["choose another place"]))
  } + [
    BadRun(
      "chapter-training", "--corpus", "embedded", files: ["vectors": Data()],
      says: ["vectors/embedded.vec", "choose another place"]),
    BadRun(
      "chapter-training", "--corpus", "embedded", files: ["figures": Data()],
      says: ["figures/loss-embedded.svg", "choose another place"]),
    BadRun(
      "chapter-similar-tokens", "--corpus", "embedded", files: ["vectors": Data()],
      says: ["vectors/embedded.vec", "choose another place"]),
    BadRun(
      "chapter-training", "--corpus", "text.txt", "--save", "./text.txt",
      files: ["text.txt": .text("one two\n")], says: ["./text.txt", "written over"]),
    BadRun(
      "chapter-training", "--corpus", "embedded", "--save", "a.csv", "--figure", "a.svg",
      says: ["a.csv", "written over"]),
    BadRun(
      "chapter-training", "--corpus", "embedded", "--trace", "t.json", "--compare", "./t.json",
      files: ["t.json": .text("{}")], says: ["t.json", "written over"]),
    BadRun(
      "chapter-training", "--corpus", "embedded", "--save", "./d", "--checkpoint", "c", "--resume",
      "d", files: ["d": .text("a checkpoint")], says: ["./d", "written over"]),
    BadRun(
      "chapter-similar-tokens", "--corpus", "text.txt", "--explore", "text.txt",
      files: ["text.txt": .text("one two\n")], says: ["text.txt", "written over"]),
  ]

@Suite("Places that cannot be written to")
struct BadPlaceTests {
  @Test("are found before the training, and nothing is written", arguments: badPlaces)
  func refused(_ bad: BadRun) throws {
    try expectRefusal(bad)
  }

  @Test("a limit on the size of files that the vectors are over is found before the training")
  func limited() throws {
    let folder = try temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = Place.products.appendingPathComponent("chapter-training").path
    let result = try run(
      URL(fileURLWithPath: "/bin/sh"),
      arguments: ["-c", "ulimit -f 200; exec \"$0\" --corpus embedded --save a.vec", program],
      environment: ["LLVM_PROFILE_FILE": "/dev/null"], in: folder, timeout: 60)
    #expect(result.status == 1 && result.stdout == "")
    #expect(
      result.stderr.contains("\nerror: a.vec will have about 1.3 MB, and this process may make"))
    #expect(result.stderr.hasSuffix("; raise that limit or name a file that ends in .bin.\n"))
    #expect(try contents(of: folder).isEmpty)
  }

  #if os(Linux)
    @Test("a limit that comes while the run trains leaves no part of the file")
    func fullDisk() throws {
      let folder = try temporaryDirectory()
      defer { try? FileManager.default.removeItem(at: folder) }
      let program = Place.products.appendingPathComponent("chapter-training").path
      let old = Data.text("1 1\nold 0.5\n")
      try old.write(to: folder.appendingPathComponent("a.vec"))
      let script = """
        "$0" --corpus embedded --epochs 20 --save a.vec --figure a.svg 2>err & run=$!
        for i in $(seq 400); do grep -q training: err && break; sleep 0.05; done
        prlimit --pid $run --fsize=100000
        wait $run; status=$?; cat err >&2; rm err; exit $status
        """
      // The limit would cut off the profile of a run that is measured for coverage, too.
      let result = try run(
        URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", script, program],
        environment: ["LLVM_PROFILE_FILE": "/dev/null"], in: folder, timeout: 60)
      #expect(result.status == 1)
      #expect(
        result.stderr.contains(
          "\nerror: a.vec cannot be written: this process may make no file longer than 100000 bytes"
        ))
      let files = try contents(of: folder)
      #expect(files.keys.sorted() == ["a.csv", "a.svg", "a.vec"])
      #expect(files["a.vec"] == old, "the file of before is still there")
    }
  #endif
}
