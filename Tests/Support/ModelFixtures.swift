import Foundation
import Testing

import Word2Vec

/// What PyTorch and NumPy compute and print; `Fixtures/make_model_fixtures.py` writes the file.
public struct ModelFixtures: Decodable {
  public struct Batch: Decodable {
    public let size, width: Int
    public let centers, contextsAndNegatives: [Int32]
    public let mask, labels: [Float]

    /// The same examples without padding, padded by the library.
    public var padded: PaddedBatch {
      PaddedBatch(batch)
    }

    /// The same examples without padding.
    public var batch: MiniBatch {
      var batch = MiniBatch()
      for b in 0..<size {
        let row = b * width..<(b + 1) * width
        let used = Int(mask[row].reduce(0, +))
        let contexts = Int(labels[row].reduce(0, +))
        let words = contextsAndNegatives[row].prefix(used)
        batch.append(
          center: centers[b], contexts: words.prefix(contexts), noiseWords: words.dropFirst(contexts))
      }
      return batch
    }
  }

  public struct SkipGramCase: Decodable {
    public let words, dimension: Int
    public let batch: Batch
    public let embedV, embedU, scores, scoreGradient, vGradient, uGradient: [Float]
  }

  public struct BCECase: Decodable {
    public let size, width: Int
    public let logits, labels, mask, loss, gradient: [Float]
  }

  public struct AdamCase: Decodable {
    public let learningRate: Double
    public let initial: [Float]
    public let gradients, weights: [[Float]]
  }

  public struct TrainingCase: Decodable {
    public struct Step: Decodable {
      public let batch: Batch
      public let loss: Double
      public let embedV, embedU: [Float]
    }
    public let words, dimension: Int
    public let learningRate: Double
    public let initialV, initialU: [Float]
    public let steps: [Step]
  }

  public struct PrintedCase: Decodable {
    public let shape: [Int]
    public let values: [Float]
    public let numpy, torch: String
  }

  public let skipGram: [SkipGramCase]
  public let bce: [BCECase]
  public let adam: [AdamCase]
  public let training: [TrainingCase]
  public let printed: [PrintedCase]

  public static func load() throws -> ModelFixtures {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Word2VecTests/Fixtures/model.json")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try decoder.decode(ModelFixtures.self, from: Data(contentsOf: url))
  }
}
