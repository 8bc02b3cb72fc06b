public import Terminal

/// A part of the picture: all that it is drawn from, so that parts that are equal look the same.
protocol Part: Equatable, Sendable {
  /// What it covers, and nothing else draws on; blank before it is drawn.
  var rect: Rect { get }

  func draw(on canvas: inout Canvas)
}

/// A picture of the app that is kept while one works: of the next one only those parts are drawn that
/// are not as they were.
public struct Picture: Sendable {
  /// What is to be shown.
  public var canvas = Canvas(Size(columns: 0, rows: 0))
  /// The parts of the form, as they stand on the canvas; `nil` where something else does.
  private var form: FormParts?

  /// A picture of nothing.
  public init() {}

  /// Draws what has become of the app.
  public mutating func take(_ workbench: Workbench) {
    guard workbench.place == .patient, workbench.overlay == nil, workbench.fits else {
      form = nil
      canvas = Canvas(workbench.size, glyphs: workbench.glyphs)
      workbench.draw(on: &canvas)
      return
    }
    let parts = workbench.formParts(after: form)
    if let form, form.stands(as: parts), canvas.size == workbench.size {
      parts.draw(on: &canvas, over: form)
    } else {
      canvas = Canvas(workbench.size, glyphs: workbench.glyphs)
      parts.draw(on: &canvas)
    }
    form = parts
  }
}

extension Canvas {
  /// Draws a part where it is not as it was.
  mutating func draw<Kind: Part>(_ part: Kind, over old: Kind) {
    guard part != old else { return }
    clear(part.rect)
    part.draw(on: &self)
  }
}
