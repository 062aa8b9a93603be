import Dispatch

/// Two threads that take turns with two items: while the caller has one, another thread works on the
/// other.
///
/// The items are worked on in the order in which they are handed over: the result does not depend on
/// the threads.
package final class Relay<State, Item>: @unchecked Sendable {
  private let queue = DispatchQueue(label: "relay")
  private let work: (inout State, inout Item) -> Void
  // Only one of the two threads has these at a time.
  private var state: State
  private var item: Item

  /// Creates a relay with an item that needs no work.
  ///
  /// - Parameters:
  ///   - state: What stays with the other thread from item to item.
  ///   - item: What the first `exchange` gives.
  ///   - work: What the other thread does with an item.
  package init(_ state: State, _ item: Item, work: @escaping (inout State, inout Item) -> Void) {
    (self.state, self.item, self.work) = (state, item, work)
  }

  /// Waits for the item handed over before and gives it for `other`, with which the thread begins.
  package func exchange(_ other: inout Item) {
    wait()
    swap(&item, &other)
    queue.async { [self] in work(&state, &item) }
  }

  /// Waits until the item handed over last is done.
  package func wait() { queue.sync {} }

  /// The state once all items are done; `rest` is left in its place.
  package func finish(leaving rest: State) -> State {
    wait()
    defer { state = rest }
    return state
  }
}
