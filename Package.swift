// swift-tools-version: 6.2
import PackageDescription

// The numeric targets are optimised in debug builds too, so that plain `swift run` trains at full
// speed. Built from its own folder, the package is compiled for the processor at hand; another
// package that depends on it gets code for any processor. `WORD2VEC_MARCH` names one for both
// (`WORD2VEC_MARCH=x86-64-v2 swift build -c release`). The results are the same bits.
#if arch(arm64)
  let ownProcessor: String? = nil
#else
  let isRoot = Context.environment["PWD"] == Context.packageDirectory
  let ownProcessor = isRoot ? "native" : nil
#endif
let processor = Context.environment["WORD2VEC_MARCH"] ?? ownProcessor
let numeric: [SwiftSetting] = [
  .unsafeFlags(
    ["-O", "-wmo", "-num-threads", "2", "-disable-batch-mode"]
      + (processor.map { ["-Xcc", "-march=\($0)"] } ?? []))
]

let package = Package(
  name: "word2vec-pretraining",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Word2Vec", targets: ["Word2Vec"]),
    .library(name: "Figures", targets: ["Figures"]),
    .executable(name: "word2vec", targets: ["Command"]),
    .executable(name: "chapter-dataset", targets: ["ChapterDataset"]),
    .executable(name: "chapter-embedding-layer", targets: ["ChapterEmbeddingLayer"]),
    .executable(name: "chapter-skip-gram", targets: ["ChapterSkipGram"]),
    .executable(name: "chapter-bce-loss", targets: ["ChapterBCELoss"]),
    .executable(name: "chapter-training", targets: ["ChapterTraining"]),
    .executable(name: "chapter-similar-tokens", targets: ["ChapterSimilarTokens"]),
    .executable(name: "chapter-exercises", targets: ["ChapterExercises"]),
    .executable(name: "weave", targets: ["Weave"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // MARK: C libraries
    .systemLibrary(
      name: "CCairo", pkgConfig: "cairo",
      providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CSIMD"),
    .target(name: "CTraps"),
    .target(name: "CScheduler"),

    // MARK: Floor 1
    .target(name: "PortableMath", swiftSettings: numeric),
    .target(name: "Files", dependencies: ["CSIMD", "CZlib"], swiftSettings: numeric),

    // MARK: Floor 2
    .target(
      name: "RandomStreams", dependencies: ["PortableMath", "Files"], swiftSettings: numeric),

    // MARK: Floor 3
    .target(
      name: "Word2Vec",
      dependencies: ["RandomStreams", "PortableMath", "Files", "COpenBLAS", "CSIMD", "CScheduler"],
      swiftSettings: numeric),
    .target(name: "Figures", dependencies: ["Files", "CCairo"]),
    .target(
      name: "ProgramSupport",
      dependencies: [
        "Files", "CTraps", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // MARK: Floor 4
    .target(
      name: "D2L", dependencies: ["Word2Vec", "RandomStreams", "Files"],
      resources: [.embedInCode("Published/published.csv")], swiftSettings: numeric),
    .target(name: "Literate", dependencies: ["ProgramSupport", "Files"]),
    .target(
      name: "Explorer", dependencies: ["Word2Vec", "RandomStreams", "Files"],
      resources: ["html", "css", "js"].map { .embedInCode("Page/page.\($0)") },
      swiftSettings: numeric),

    // MARK: Floor 5
    .target(
      name: "ChapterSupport",
      dependencies: [
        "Files", "D2L", "Word2Vec", "Figures", "Literate", "ProgramSupport", "CTraps",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // MARK: Floor 6, and the chapters
    .executableTarget(
      name: "Command",
      dependencies: [
        "Word2Vec", "Explorer", "ProgramSupport", "Files",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "Weave",
      dependencies: [
        "Literate", "ProgramSupport", "Files",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/weave"),

    // MARK: Chapters, in the order of the document
    .chapter("ChapterDataset", path: "0-dataset"),
    .chapter("ChapterEmbeddingLayer", path: "1-embedding-layer"),
    .chapter("ChapterSkipGram", path: "2-skip-gram"),
    .chapter("ChapterBCELoss", path: "3-bce-loss"),
    .chapter("ChapterTraining", path: "4-training"),
    .chapter("ChapterSimilarTokens", path: "5-similar-tokens"),
    .chapter("ChapterExercises", path: "6-exercises"),

    // MARK: Tests
    .testTarget(
      name: "PortableMathTests", dependencies: ["PortableMath", "Files"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "FilesTests", dependencies: ["Files"]),
    .testTarget(name: "ProgramSupportTests", dependencies: ["ProgramSupport", "Files"]),
    .testTarget(
      name: "RandomStreamsTests", dependencies: ["RandomStreams", "Files"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "Word2VecTests",
      dependencies: [
        "TestSupport", "D2L", "Word2Vec", "RandomStreams", "Files", "CSIMD", "CScheduler",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "D2LTests",
      dependencies: ["TestSupport", "D2L", "Word2Vec", "RandomStreams", "Files"],
      exclude: ["Fixtures"]),
    .target(
      name: "TestSupport", dependencies: ["D2L", "Word2Vec", "RandomStreams", "Files"],
      path: "Tests/Support"),
    .testTarget(name: "FiguresTests", dependencies: ["Figures", "Files"]),
    .testTarget(name: "ExplorerTests", dependencies: ["Explorer", "Word2Vec", "Files"]),
    .testTarget(
      name: "LiterateTests", dependencies: ["Literate", "Files"], exclude: ["Fixtures"]),
    .testTarget(
      name: "CommandTests", dependencies: ["Command", "Literate", "ProgramSupport", "Word2Vec"]),
    .executableTarget(
      name: "MistakenPage",
      dependencies: [
        "Word2Vec", "Figures", "ChapterSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/MistakenPage", exclude: ["README.md"]),
    .testTarget(
      name: "ChapterTests",
      dependencies: [
        "MistakenPage", "ChapterDataset", "ChapterEmbeddingLayer", "ChapterSkipGram",
        "ChapterBCELoss",
        "ChapterTraining", "ChapterSimilarTokens", "ChapterExercises", "ChapterSupport",
        "D2L", "Literate", "ProgramSupport", "Word2Vec", "Files",
      ],
      exclude: ["Golden"]),
  ]
)

extension Target {
  /// A chapter: a straight-line program that may use every library.
  static func chapter(_ name: String, path: String) -> Target {
    .executableTarget(
      name: name,
      dependencies: [
        "PortableMath", "RandomStreams", "Files", "Word2Vec", "D2L", "Figures", "Literate",
        "ProgramSupport", "Explorer", "ChapterSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "chapters/\(path)", exclude: ["README.md", "recording.jsonl"])
  }
}

let targetsInC = ["CSIMD", "CScheduler", "CTraps"]
for target in package.targets where target.type != .system && !targetsInC.contains(target.name) {
  target.swiftSettings = (target.swiftSettings ?? []) + [.swiftLanguageMode(.v6)]
  if target.type == .executable, target.name != "Command" {
    target.swiftSettings?.append(.defaultIsolation(MainActor.self))
  }
}
