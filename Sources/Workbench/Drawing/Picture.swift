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

/// Parts that are handed on without a copy of each.
final class Kept<Parts: PlaceParts>: Sendable {
  let parts: Parts

  init(_ parts: Parts) { self.parts = parts }
}

/// The parts of the place that is shown.
enum WorkbenchParts: Sendable {
  case trials(Kept<ListParts<TrialRow>>)
  case form(Kept<FormParts>)
  case scores(Kept<ListParts<ScoreListRow>>)
  case screening(Kept<ListParts<ScreeningRow>>)
  case patients(Kept<ListParts<RosterRow>>)

  /// Draws everything on a blank canvas.
  func draw(on canvas: inout Canvas) {
    switch self {
    case .trials(let kept): kept.parts.draw(on: &canvas)
    case .form(let kept): kept.parts.draw(on: &canvas)
    case .scores(let kept): kept.parts.draw(on: &canvas)
    case .screening(let kept): kept.parts.draw(on: &canvas)
    case .patients(let kept): kept.parts.draw(on: &canvas)
    }
  }

  /// Draws what is not as it was; `false`, with nothing drawn, where something else stood there.
  fileprivate func draw(on canvas: inout Canvas, over old: WorkbenchParts) -> Bool {
    switch (self, old) {
    case (.trials(let new), .trials(let old)): canvas.draw(new, over: old)
    case (.form(let new), .form(let old)): canvas.draw(new, over: old)
    case (.scores(let new), .scores(let old)): canvas.draw(new, over: old)
    case (.screening(let new), .screening(let old)): canvas.draw(new, over: old)
    case (.patients(let new), .patients(let old)): canvas.draw(new, over: old)
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

  fileprivate mutating func draw<Parts>(_ new: Kept<Parts>, over old: Kept<Parts>) -> Bool {
    guard new.parts.stands(as: old.parts) else { return false }
    new.parts.draw(on: &self, over: old.parts)
    return true
  }
}
