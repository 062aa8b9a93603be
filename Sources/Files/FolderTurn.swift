import Foundation
import Synchronization

/// A program's turn to write files into a folder that belong together, as others may the same.
///
/// Its folder is locked meanwhile (`flock`). Whoever has the lock for more than a second may have been
/// stopped, and is not waited for. A turn within another of the same program waits for nothing.
package struct FolderTurn {
  private struct Place: Hashable { let device, inode: Int }

  private static let taken = Mutex<Set<Place>>([])
  /// The folder, and its place where the turn is no other's; −1 where it has no lock.
  private let descriptor: Int32
  private let place: Place?

  /// Takes the turn, when it comes.
  ///
  /// - Parameter path: A file that will be written, at the end of all links.
  package init(toWrite path: String) {
    let folder = PathName.folder(of: path)
    var status = stat()
    descriptor = open(folder.systemPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard fstat(descriptor, &status) == 0 else {  // a folder may be writable and not readable
      place = nil
      return
    }
    let place = Place(
      device: Int(truncatingIfNeeded: status.st_dev), inode: Int(truncatingIfNeeded: status.st_ino))
    let isFirst = Self.taken.withLock { $0.insert(place).inserted }
    self.place = isFirst ? place : nil
    guard isFirst else { return }
    var tries = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK, tries < 100 {
      usleep(10_000)
      tries += 1
    }
  }

  /// Ends the turn; to be called once.
  package func end() {
    close(descriptor)
    if let place { _ = Self.taken.withLock { $0.remove(place) } }
  }
}
