// swift-tools-version: 6.2
import PackageDescription

// The libraries' own sources, compiled so that libFuzzer sees which lines an input runs.
let instrumented: [SwiftSetting] = [
  .unsafeFlags(["-O", "-sanitize=fuzzer", "-parse-as-library"]), .swiftLanguageMode(.v6),
]

let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  targets: [
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .target(name: "CSIMD"),
    .target(name: "CScheduler"),
    .target(name: "CTraps"),
    .target(name: "PortableMath", swiftSettings: instrumented),
    .target(name: "Files", dependencies: ["CSIMD", "CZlib"], swiftSettings: instrumented),
    .target(
      name: "RandomStreams", dependencies: ["PortableMath", "Files"], swiftSettings: instrumented),
    .target(
      name: "Word2Vec",
      dependencies: ["RandomStreams", "PortableMath", "Files", "COpenBLAS", "CSIMD", "CScheduler"],
      swiftSettings: instrumented),
    // Without its options: no reader needs them, nor the package that they stand on.
    .target(
      name: "ProgramSupport", dependencies: ["Files", "CTraps"],
      exclude: ["CheckpointOptions.swift", "RequirePaths.swift"],
      swiftSettings: instrumented),
    .target(
      name: "D2L", dependencies: ["Word2Vec", "RandomStreams", "Files"],
      resources: [.embedInCode("Published/published.csv")], swiftSettings: instrumented),
    .target(
      name: "Literate", dependencies: ["ProgramSupport", "Files"], swiftSettings: instrumented),
    .executableTarget(
      name: "fuzz", dependencies: ["Word2Vec", "D2L", "Literate", "ProgramSupport", "Files"],
      swiftSettings: instrumented,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]),
  ]
)
