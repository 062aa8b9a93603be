// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the main build stays light: `swift run -c release kernels`.
let package = Package(
  name: "word2vec-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "word2vec-pretraining", path: "..")],
  targets: [
    .executableTarget(
      name: "kernels",
      dependencies: [.product(name: "Word2Vec", package: "word2vec-pretraining")],
      path: "Sources/Kernels"),
    .executableTarget(
      name: "growth-figure",
      dependencies: [.product(name: "Figures", package: "word2vec-pretraining")],
      path: "Sources/GrowthFigure"),
  ]
)
