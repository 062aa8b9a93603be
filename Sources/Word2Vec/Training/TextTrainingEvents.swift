import Foundation

extension TextTraining {
  /// What a run that goes on beside its caller tells.
  public enum Event: Sendable {
    /// A step was made.
    case step(Progress)
    /// The run is at its end: the vectors.
    case vectors(WordVectors)
  }

  /// Trains on a thread of its own.
  ///
  /// ```swift
  /// for try await event in training.events() {
  ///   switch event {
  ///   case .step(let progress): print(progress.fraction)
  ///   case .vectors(let vectors): try vectors.write(to: "text.vec")
  ///   }
  /// }
  /// ```
  ///
  /// The run does not wait for who reads: of the steps that were not read in time the last one is
  /// kept. It stops where the loop is left or its task is cancelled.
  ///
  /// - Returns: The steps, then the vectors; errors are `TrainingError`.
  public func events() -> AsyncThrowingStream<Event, any Error> {
    AsyncThrowingStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
      Thread.detachNewThread {
        do throws(TrainingError) {
          let vectors = try run { progress in
            if case .terminated = continuation.yield(.step(progress)) { return false }
            return true
          }
          continuation.yield(.vectors(vectors))
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
    }
  }
}
