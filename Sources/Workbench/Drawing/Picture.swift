public import Terminal

/// A part of the picture: all that it is drawn from, so that parts that are equal look the same.
protocol Part: Equatable, Sendable {
  /// What it covers, and nothing else draws on; blank before it is drawn.
  var rect: Rect { get }

  func draw(on canvas: inout Canvas)
}

/// All parts of the picture of a place.
protocol PlaceParts: Sendable {
  /// Draws everything on a blank canvas.
  func draw(on canvas: inout Canvas)

  /// Whether the parts stand where others do, so that they can be drawn over them.
  func stands(as other: Self) -> Bool

  /// Draws those parts that are not as they were on a canvas where others stand in the same places.
  func draw(on canvas: inout Canvas, over old: Self)
}

/// A picture of the app that is kept while one works: of the next one only those parts are drawn that
/// are not as they were.
public struct Picture: Sendable {
  /// What is to be shown.
  public var canvas = Canvas(Size(columns: 0, rows: 0))
  /// The parts as they stand on the canvas; `nil` where something else does.
  private var parts: WorkbenchParts?

  /// A picture of nothing.
  public init() {}

  /// Draws what has become of the app.
  public mutating func take(_ workbench: Workbench) {
    let isCovered = workbench.overlay != nil || !workbench.fits
    let parts = isCovered ? nil : workbench.parts(after: parts)
    if let parts, let old = self.parts, canvas.size == workbench.size,
      parts.draw(on: &canvas, over: old)
    {
      self.parts = parts
      return
    }
    canvas = Canvas(workbench.size, glyphs: workbench.glyphs)
    if let parts { parts.draw(on: &canvas) } else { workbench.draw(on: &canvas) }
    self.parts = parts
  }
}

/// The parts of the place that is shown.
enum WorkbenchParts: Sendable {
  case trials(ListParts<TrialRow>)
  case form(FormParts)
  case scores(ListParts<ScoreListRow>)
  case screening(ListParts<ScreeningRow>)
  case patients(ListParts<RosterRow>)

  /// Draws everything on a blank canvas.
  func draw(on canvas: inout Canvas) {
    switch self {
    case .trials(let parts): parts.draw(on: &canvas)
    case .form(let parts): parts.draw(on: &canvas)
    case .scores(let parts): parts.draw(on: &canvas)
    case .screening(let parts): parts.draw(on: &canvas)
    case .patients(let parts): parts.draw(on: &canvas)
    }
  }

  /// Draws what is not as it was; `false`, with nothing drawn, where something else stood there.
  fileprivate func draw(on canvas: inout Canvas, over old: WorkbenchParts) -> Bool {
    switch (self, old) {
    case (.trials(let parts), .trials(let old)): canvas.draw(parts, over: old)
    case (.form(let parts), .form(let old)): canvas.draw(parts, over: old)
    case (.scores(let parts), .scores(let old)): canvas.draw(parts, over: old)
    case (.screening(let parts), .screening(let old)): canvas.draw(parts, over: old)
    case (.patients(let parts), .patients(let old)): canvas.draw(parts, over: old)
    default: false
    }
  }
}

extension Canvas {
  /// Draws a part where it is not as it was.
  mutating func draw<Kind: Part>(_ part: Kind, over old: Kind) {
    guard part != old else { return }
    clear(part.rect)
    part.draw(on: &self)
  }

  fileprivate mutating func draw<Kind: PlaceParts>(_ parts: Kind, over old: Kind) -> Bool {
    guard parts.stands(as: old) else { return false }
    parts.draw(on: &self, over: old)
    return true
  }
}
