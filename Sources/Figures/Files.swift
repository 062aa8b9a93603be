import Foundation

/// Writes files whole or not at all: each to a temporary beside its place, then all are renamed.
func writeWhole(_ files: [(path: String, bytes: [UInt8])]) throws(FigureError) {
  var temporaries: [String] = []
  defer { for temporary in temporaries { unlink(temporary) } }
  for (path, bytes) in files {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw FigureError(
        path: path, reason: isFolder ? "a folder has that name" : "it is not an ordinary file")
    }
    let temporary = "\(path).\(getpid()).part"
    temporaries.append(temporary)
    try write(bytes, to: temporary, for: path)
  }
  for (temporary, file) in zip(temporaries, files) {
    guard rename(temporary, file.path) == 0 else { throw failure(file.path) }
  }
}

private func write(
  _ bytes: [UInt8], to temporary: String, for path: String
) throws(FigureError) {
  guard let file = fopen(temporary, "wb") else { throw failure(path) }
  let written = fwrite(bytes, 1, bytes.count, file)
  let error = written == bytes.count ? nil : failure(path)
  guard fclose(file) == 0 else { throw error ?? failure(path) }
  if let error { throw error }
}

/// The system's reason for what just failed (`errno`).
private func failure(_ path: String) -> FigureError {
  FigureError(path: path, reason: String(cString: strerror(errno)))
}
