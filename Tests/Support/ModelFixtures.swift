import Foundation
import Testing
import Word2Vec

/// What PyTorch and NumPy compute and print; `Fixtures/make_model_fixtures.py` writes the file.
public struct ModelFixtures: Decodable {
  /// A padded minibatch.
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
          center: centers[b], contexts: words.prefix(contexts),
          noiseWords: words.dropFirst(contexts))
      }
      return batch
    }
  }

  /// Scores of a minibatch and the gradients behind them.
  public struct SkipGramCase: Decodable {
    public let words, dimension: Int
    /// The minibatch.
    public let batch: Batch
    public let embedV, embedU, scores, scoreGradient, vGradient, uGradient: [Float]
  }

  /// Losses of masked logits and their gradient.
  public struct BCECase: Decodable {
    public let size, width: Int
    public let logits, labels, mask, loss, gradient: [Float]
  }

  /// Steps of Adam on some weights.
  public struct AdamCase: Decodable {
    /// The step size.
    public let learningRate: Double
    /// The weights before the first step.
    public let initial: [Float]
    public let gradients, weights: [[Float]]
  }

  /// Training steps on minibatches.
  public struct TrainingCase: Decodable {
    /// A step and what was there after it.
    public struct Step: Decodable {
      /// The minibatch.
      public let batch: Batch
      /// The sum of the losses before the step.
      public let loss: Double
      public let embedV, embedU: [Float]
    }
    public let words, dimension: Int
    /// The step size.
    public let learningRate: Double
    public let initialV, initialU: [Float]
    /// The steps, in their order.
    public let steps: [Step]
  }

  /// A tensor and how it is printed.
  public struct PrintedCase: Decodable {
    /// The shape.
    public let shape: [Int]
    /// The elements, row by row.
    public let values: [Float]
    public let numpy, torch: String
  }

  /// Cases of scores.
  public let skipGram: [SkipGramCase]
  /// Cases of the loss.
  public let bce: [BCECase]
  /// Cases of the optimiser.
  public let adam: [AdamCase]
  /// Cases of training.
  public let training: [TrainingCase]
  /// Cases of printing.
  public let printed: [PrintedCase]

  /// Reads the fixtures.
  public static func load() throws -> ModelFixtures {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Word2VecTests/Fixtures/model.json")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try decoder.decode(ModelFixtures.self, from: Data(contentsOf: url))
  }
}
