import Foundation

/// Takes an item of a list on another thread, and waits for it.
nonisolated func elsewhere(_ index: Int) -> Int {
  nonisolated(unsafe) var item = 0
  let done = DispatchSemaphore(value: 0)
  Thread.detachNewThread {
    item = [1, 2, 3][index]
    done.signal()
  }
  done.wait()
  return item
}
