import Terminal

/// A file that is being read or imported, and how far that is.
struct ReadingOverlay: Sendable {
  let path: String
  /// Whether it is only looked at, and nothing written.
  let isDryRun: Bool
  /// How many visits were taken so far.
  var visits = 0
  /// Whether it is to stop.
  var isStopping = false

  init(path: String, isDryRun: Bool) {
    self.path = path
    self.isDryRun = isDryRun
  }

  func draw(on canvas: inout Canvas) {
    let area = Rect(x: 0, y: 1, width: canvas.size.columns, height: canvas.size.rows - 2)
    let rect = area.centered(width: min(area.width, 64), height: min(area.height, 6))
    canvas.fill(rect)
    canvas.box(rect, title: isDryRun ? "Reading" : "Importing", focused: true)
    var document = Document(width: rect.width - 4)
    document.line(path.clipped(toColumns: document.width), Style(.quiet))
    document.line("\(visits) visits so far")
    document.line(
      isStopping
        ? "Stopping …"
        : isDryRun ? "Nothing is written yet; Esc stops." : "Esc stops; what is in, stays in.",
      Style(.quiet))
    document.draw(
      on: &canvas,
      in: Rect(x: rect.x + 2, y: rect.y + 1, width: rect.width - 4, height: rect.height - 2))
  }
}

extension Workbench {
  /// Takes how far the import of a file is.
  public mutating func report(imported visits: Int) {
    guard case .reading(var reading) = overlay else { return }
    reading.visits = visits
    overlay = .reading(reading)
  }

  /// Whether the import of a file is to stop.
  public var stopsImport: Bool {
    if case .reading(let reading) = overlay { reading.isStopping } else { false }
  }
}
