internal import CCairo
import Files

/// The file formats of a figure.
public enum FigureFormat: String, Sendable, CaseIterable {
  /// Vectors with real text that follow light and dark pages.
  case svg
  /// Pixels, two a point, light.
  case png
  /// Vectors, light.
  case pdf

  /// The format that the ending of a file's name asks for.
  ///
  /// - Parameter path: The name of the file.
  /// - Throws: `FileError.Problem.unwritable` where the ending names none.
  public init(ofFile path: String) throws(FileError) {
    let name = path.split(separator: "/").last ?? ""
    let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last
    guard let ending, let format = FigureFormat(rawValue: ending.lowercased()) else {
      throw FileError(path, .unwritable("a figure's name ends in .svg, .png or .pdf"))
    }
    self = format
  }
}

/// What an SVG or a PDF says of itself.
struct FigureText: Sendable {
  /// The prefix of every id in the file.
  let name: String
  /// The short title.
  let title: String
  /// The alternative text: the finding in a sentence.
  let description: String
}

/// The pixels of a PNG that a point of the figure becomes.
let pixelsPerPoint = 2.0

/// Draws on a canvas of the given size and returns the bytes of the file.
func render(
  _ format: FigureFormat, size: Size, text: FigureText, _ draw: (inout Canvas) -> Void
) throws(FileError) -> [UInt8] {
  let sink = ByteSink()
  let surface = makeSurface(format, size: size, text: text, sink: sink)
  defer { cairo_surface_destroy(surface) }
  let cairo = cairo_create(surface)
  defer { cairo_destroy(cairo) }
  guard let surface, let cairo else { throw FileError(text.name, .unwritable("out of memory")) }

  if format == .png { cairo_scale(cairo, pixelsPerPoint, pixelsPerPoint) }
  var canvas = Canvas(cairo, writesSVG: format == .svg)
  canvas.fill(.panel)
  draw(&canvas)

  if format == .png {
    try check(cairo_surface_write_to_png_stream(surface, append, sink.pointer), drawing: text.name)
  }
  cairo_surface_finish(surface)
  try check(cairo_status(cairo), drawing: text.name)
  try check(cairo_surface_status(surface), drawing: text.name)
  return canvas.svg.map { Array($0.text(size: size, about: text).utf8) } ?? sink.bytes
}

/// The surface to draw on; a PDF's writes into `sink`.
///
/// For an SVG, Cairo builds paths and paints nothing, so its surface has no pixels.
private func makeSurface(
  _ format: FigureFormat, size: Size, text: FigureText, sink: ByteSink
) -> OpaquePointer? {
  switch format {
  case .svg:
    return cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nil)
  case .pdf:
    let surface = cairo_pdf_surface_create_for_stream(
      append, sink.pointer, size.width, size.height)
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, text.title)
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, text.description)
    // A fixed date: the same figure is the same bytes.
    cairo_pdf_surface_set_metadata(
      surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
    return surface
  case .png:
    return cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, Int32((size.width * pixelsPerPoint).rounded()),
      Int32((size.height * pixelsPerPoint).rounded()))
  }
}

private func check(_ status: cairo_status_t, drawing name: String) throws(FileError) {
  guard status == CAIRO_STATUS_SUCCESS else {
    throw FileError(name, .unwritable(String(cString: cairo_status_to_string(status))))
  }
}

/// The bytes that Cairo has written so far.
private final class ByteSink {
  var bytes: [UInt8] = []
  /// The sink as Cairo's `closure`; it must outlive the surface's last write.
  var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }
}

/// Cairo's `cairo_write_func_t`: appends to the sink behind `closure`.
private func append(
  closure: UnsafeMutableRawPointer?, data: UnsafePointer<UInt8>?, length: UInt32
) -> cairo_status_t {
  guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
  let sink = Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
  sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
  return CAIRO_STATUS_SUCCESS
}
