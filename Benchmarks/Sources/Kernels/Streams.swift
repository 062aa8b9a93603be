import RandomStreams

/// The streams of random numbers; `operations` are draws.
enum Streams {
  private static let count = 1_000_000

  /// Every stream that a training run draws from.
  static func measurements() -> [Measurement] {
    var python = PythonRandom(seed: 0)
    var torch = TorchGenerator(seed: 0)
    var philox = Philox(key: 0)
    let choice = WeightedChoice(weights: (1...6718).map { 1 / Double($0) })
    var sink = 0.0
    defer { precondition(sink.isFinite, "the draws must be used") }
    return [
      stream("python-random") { for _ in 0..<count { sink += python.random() } },
      stream("python-choices") { sink += Double(choice.draws(count, using: &python)[0]) },
      stream("python-randint") {
        for _ in 0..<count { sink += Double(python.integer(in: 1...5)) }
      },
      stream("philox-random") { for _ in 0..<count { sink += philox.random() } },
      stream("torch-uniform") { sink += Double(torch.uniform(count: count, from: 0, to: 1)[0]) },
      stream("torch-normal") { sink += Double(torch.normal(count: count)[0]) },
      stream("torch-permutation") { sink += Double(torch.permutation(of: count)[0]) },
    ]
  }

  private static func stream(_ kernel: String, body: () -> Void) -> Measurement {
    .timing(kernel, sizes: ["draws": count], operations: Double(count), body: body)
  }
}
