import Dispatch
import Files
import RandomStreams

/// What decides the examples of `BlockBatches`.
public struct BlockSettings: Sendable {
  /// The relative frequency from which words are thinned out; 0 keeps all.
  public var threshold: Double
  /// The widest window; each centre word's is drawn from 1 to this.
  public var maxWindow: Int
  /// K, how many noise words go with each context word.
  public var noiseWordsPerContext: Int
  /// How many examples of a minibatch in a row share their noise words; 1, 2, 4, …, 64.
  public var noiseSharing: Int
  /// The number of passes over the text.
  public var epochs: Int
  /// The number of examples in a minibatch.
  public var batchSize: Int
  /// The key of all streams.
  public var seed: UInt64

  /// Describes the examples.
  public init(
    threshold: Double, maxWindow: Int, noiseWordsPerContext: Int, noiseSharing: Int = 1,
    epochs: Int, batchSize: Int, seed: UInt64
  ) {
    self.noiseSharing = noiseSharing
    (self.threshold, self.maxWindow) = (threshold, maxWindow)
    (self.noiseWordsPerContext, self.epochs) = (noiseWordsPerContext, epochs)
    (self.batchSize, self.seed) = (batchSize, seed)
  }

  /// Refuses numbers that cannot be.
  func check(_ file: StaticString, _ line: UInt) {
    for (name, value) in [
      ("maxWindow", maxWindow), ("epochs", epochs), ("noiseWordsPerContext", noiseWordsPerContext),
      ("batchSize", batchSize),
    ] { require(value >= 1, "\(name) is \(value), less than 1", file: file, line: line) }
    BatchOutline.requireNoiseSharing(noiseSharing, file, line)
    require(threshold >= 0, "the threshold is \(threshold), below 0", file: file, line: line)
  }
}

/// The minibatches of a text that is gone through by blocks, in memory or streamed from files.
///
/// In every epoch the blocks follow each other as in the text. Each is thinned out anew, its examples
/// are drawn anew and shuffled among themselves (where examples share noise words, by runs of as many
/// neighbours), and then cut into minibatches, of which the last may be short. So the text need never be
/// in memory as a whole, and whether it is does not show in the minibatches. The next block is made ready
/// on another thread.
///
/// A copy can still append from the minibatch that it was made at, but only one of them may advance.
public struct BlockBatches: BatchSource {
  /// What decides the examples.
  public let settings: BlockSettings
  /// Why the minibatches ended before the last epoch did: what a file that is read again had become.
  public private(set) var failure: SamplingError?
  /// The number of the text's words, over all epochs.
  public var wordCount: Int { tokenCount * settings.epochs }

  private let tokenCount: Int
  private let loader: Loader
  private var block: Block
  /// The place of the present minibatch in its block, −1 before the first.
  private var index = -1

  /// Prepares the first block that has examples.
  ///
  /// - Parameters:
  ///   - blocks: The text.
  ///   - settings: What decides the examples.
  ///   - file: The caller's file, for a number that cannot be.
  ///   - line: The caller's line.
  /// - Throws: `SamplingError` if the text has no pair, a window could leave no noise word, or the text
  ///   cannot be read again.
  public init(
    of blocks: any TextBlocks, _ settings: BlockSettings, file: StaticString = #fileID,
    line: UInt = #line
  ) throws(SamplingError) {
    settings.check(file, line)
    self.settings = settings
    tokenCount = blocks.tokenCount
    loader = Loader(blocks, settings)
    guard let first = try loader.next() else {
      throw SamplingError.noPairs(corpus: blocks.name, rareWords: blocks.vocabulary.lacksWords)
    }
    block = first
    loader.prepare()
  }

  /// Goes to the next minibatch.
  ///
  /// - Returns: Its size and place in the run; nil after the last epoch, or where the text could not
  ///   be read on: then `failure` says why.
  public mutating func advance() -> BatchOutline? {
    index += 1
    if index * settings.batchSize >= block.order.count {
      var next: Block?
      do throws(SamplingError) { next = try loader.next() } catch { failure = error }
      guard let next else {
        index -= 1
        return nil
      }
      (block, index) = (next, 0)
      loader.prepare()
    }
    let done = Double(block.tokensBefore)
    let share = Double(range.lowerBound) / Double(block.order.count)
    return BatchOutline(
      count: range.count,
      fraction: (done + share * Double(block.tokenCount)) / Double(wordCount),
      noiseSharing: settings.noiseSharing)
  }

  /// Draws some examples of the present minibatch.
  public func append(_ examples: Range<Int>, to batch: inout MiniBatch) {
    let first = range.lowerBound
    guard settings.noiseSharing > 1 else {
      return block.examples.append(
        block.order[first + examples.lowerBound..<first + examples.upperBound], to: &batch)
    }
    var next = examples.lowerBound
    while next < examples.upperBound {
      let begin = next / settings.noiseSharing * settings.noiseSharing
      let end = min(begin + settings.noiseSharing, range.count)
      block.examples.append(
        first + next..<first + min(end, examples.upperBound), of: first + begin..<first + end,
        in: block.order, to: &batch)
      next = end
    }
  }

  /// The places of the minibatch's examples in the block's order.
  private var range: Range<Int> {
    index * settings.batchSize..<min((index + 1) * settings.batchSize, block.order.count)
  }

  /// A block's examples and their order.
  private struct Block {
    let examples: ResampledExamples
    let order: [Int32]
    /// The number of the block's words before any is left out, and of those gone through before it.
    let tokenCount: Int
    let tokensBefore: Int
  }

  /// Makes blocks ready, each while the one before is in use.
  private final class Loader: @unchecked Sendable {
    private let queue = DispatchQueue(label: "blocks")
    // All below are touched only on the queue.
    private var blocks: any TextBlocks
    private let settings: BlockSettings
    private let noise: NoiseTable
    private var epoch = 0
    /// The number of the next block in its epoch, of the words before it, and of blocks of the epoch
    /// that had examples.
    private var number = 0
    private var tokensBefore = 0
    private var usedBlocks = 0
    private var ready: Result<Block?, SamplingError>?

    init(_ blocks: any TextBlocks, _ settings: BlockSettings) {
      self.blocks = blocks
      self.settings = settings
      noise = NoiseTable(vocabulary: blocks.vocabulary)
    }

    /// Begins to make the next block ready.
    func prepare() {
      queue.async { [self] in ready = loaded }
    }

    /// The next block that has examples, nil after the last epoch.
    func next() throws(SamplingError) -> Block? {
      let next = queue.sync {
        defer { ready = nil }
        return ready ?? loaded
      }
      return try next.get()
    }

    private var loaded: Result<Block?, SamplingError> {
      do throws(SamplingError) { return .success(try load()) } catch { return .failure(error) }
    }

    private func load() throws(SamplingError) -> Block? {
      while epoch < settings.epochs {
        if let text = try nextText() {
          defer {
            number += 1
            tokensBefore += text.tokens.count
          }
          if let block = try block(of: text) {
            usedBlocks += 1
            return block
          }
        } else {
          // A pass may leave nothing of a short text; if the first one does, the text is too short.
          if usedBlocks == 0, epoch == 0 { return nil }
          epoch += 1
          (number, usedBlocks) = (0, 0)
          blocks.rewind()
        }
      }
      return nil
    }

    private func nextText() throws(SamplingError) -> Corpus? {
      do throws(FileError) { return try blocks.next() } catch { throw .file(error) }
    }

    /// Draws what is drawn of a block at once; nil if it is left without a pair.
    private func block(of text: Corpus) throws(SamplingError) -> Block? {
      // The block's name among the streams of the key; examples' streams have it as it is.
      let name = number << 24 | epoch
      var draws = Philox(key: settings.seed, counter: (low: 0, high: 1 << 62 | UInt64(name)))
      let threshold = settings.threshold > 0 ? settings.threshold : .infinity
      let thinned = text.subsampled(threshold: threshold) { draws.random() }
      var examples: ResampledExamples
      do throws(SamplingError) {
        examples = try ResampledExamples(
          of: thinned, maxWindow: settings.maxWindow,
          noiseWordsPerContext: settings.noiseWordsPerContext, seed: settings.seed, count: nil,
          noise: noise)
      } catch {
        guard case .noPairs = error else { throw error }
        return nil
      }
      examples.begin(epoch: name)
      return Block(
        examples: examples, order: order(ofBlock: name, count: examples.count),
        tokenCount: text.tokens.count,
        tokensBefore: tokensBefore)
    }

    /// The order of a block's examples: those that share their noise words are neighbours in the
    /// text, and so have many context words in common.
    private func order(ofBlock name: Int, count: Int) -> [Int32] {
      let length = settings.noiseSharing
      let runs = ShuffledOrder(seed: settings.seed).order(ofEpoch: name, count: count / length)
      guard length > 1 else { return runs }
      var order: [Int32] = []
      order.reserveCapacity(count)
      for run in runs {
        let first = run * Int32(length)
        order.append(contentsOf: first..<first + Int32(length))
      }
      order.append(contentsOf: Int32(order.count)..<Int32(count))
      return order
    }
  }
}
