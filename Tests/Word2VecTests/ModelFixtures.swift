import Foundation
import Testing

@testable import Word2Vec

/// What PyTorch and NumPy compute and print; `Fixtures/make_model_fixtures.py` writes the file.
struct ModelFixtures: Decodable {
  struct Batch: Decodable {
    let size, width: Int
    let centers, contextsAndNegatives: [Int32]
    let mask, labels: [Float]

    /// The same examples without padding, padded by the library.
    var padded: PaddedBatch {
      var flat = FlatBatch()
      for b in 0..<size {
        let row = b * width..<(b + 1) * width
        let used = Int(mask[row].reduce(0, +))
        flat.slots.append(contentsOf: contextsAndNegatives[row].prefix(used))
        flat.close(center: centers[b], contexts: Int(labels[row].reduce(0, +)))
      }
      return PaddedBatch(flat)
    }
  }

  struct SkipGramCase: Decodable {
    let words, dimension: Int
    let batch: Batch
    let embedV, embedU, scores, scoreGradient, vGradient, uGradient: [Float]
  }

  struct BCECase: Decodable {
    let size, width: Int
    let logits, labels, mask, loss, gradient: [Float]
  }

  struct AdamCase: Decodable {
    let learningRate: Double
    let initial: [Float]
    let gradients, weights: [[Float]]
  }

  struct TrainingCase: Decodable {
    struct Step: Decodable {
      let batch: Batch
      let loss: Double
      let embedV, embedU: [Float]
    }
    let words, dimension: Int
    let learningRate: Double
    let initialV, initialU: [Float]
    let steps: [Step]
  }

  struct PrintedCase: Decodable {
    let shape: [Int]
    let values: [Float]
    let numpy, torch: String
  }

  let skipGram: [SkipGramCase]
  let bce: [BCECase]
  let adam: [AdamCase]
  let training: [TrainingCase]
  let printed: [PrintedCase]

  static func load() throws -> ModelFixtures {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/model.json")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try decoder.decode(ModelFixtures.self, from: Data(contentsOf: url))
  }
}

/// Expects two arrays to be as long and, element by element, as near as `tolerance`.
func expectClose(
  _ got: [Float], _ expected: [Float], within tolerance: Float,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(got.count == expected.count, sourceLocation: sourceLocation)
  let worst = zip(got, expected).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
  #expect(worst <= tolerance, "largest difference \(worst)", sourceLocation: sourceLocation)
}
