/// One or two curves over a common axis, drawn in braille dots, eight to a cell.
///
/// Each series has a scale of its own, named at its edge, and a mark of its own, so that colour is
/// never what tells them apart. Where the terminal knows ASCII only, dots become `.` and `'`.
public struct BrailleChart: Hashable, Sendable {
  /// A point of a series.
  public struct Point: Hashable, Sendable {
    /// Its place on the common axis.
    public let x: Double
    /// Its value, on the scale of its series.
    public let y: Double
    /// Whether it is drawn hollow: it counts for less than the others.
    public let isHollow: Bool
    /// Whether a line leads to it from the point before.
    public let isJoined: Bool

    /// A point.
    public init(x: Double, y: Double, isHollow: Bool = false, isJoined: Bool = false) {
      self.x = x
      self.y = y
      self.isHollow = isHollow
      self.isJoined = isJoined
    }
  }

  /// A text beside a scale, or below the common axis.
  public struct Label: Hashable, Sendable {
    /// Where it stands.
    public let place: Double
    /// What stands there.
    public let text: String

    /// A text at a place.
    public init(_ place: Double, _ text: String) {
      self.place = place
      self.text = text
    }
  }

  /// Points with their scale.
  public struct Series: Hashable, Sendable {
    /// The points, in the order in which lines join them.
    public let points: [Point]
    /// The ends of the scale; a point beyond them is not drawn.
    public let range: ClosedRange<Double>
    /// What is written at the scale, the most important first; what has no room is left out.
    public let labels: [Label]

    /// Points with their scale.
    public init(points: [Point], range: ClosedRange<Double>, labels: [Label] = []) {
      self.points = points
      self.range = range
      self.labels = labels
    }
  }

  /// The series whose scale is at the left, and to which the thresholds belong.
  public let first: Series
  /// The series whose scale is at the right.
  public let second: Series?
  /// The ends of the common axis.
  public let range: ClosedRange<Double>
  /// Lines across, each with a text upon it.
  public let thresholds: [Label]
  /// Places on the common axis; what is written below them has to have room.
  public let ticks: [Label]
  /// The place on the common axis that is read off.
  public let cursor: Double?

  /// A chart.
  public init(
    _ first: Series, _ second: Series? = nil, over range: ClosedRange<Double>,
    thresholds: [Label] = [], ticks: [Label] = [], cursor: Double? = nil
  ) {
    self.first = first
    self.second = second
    self.range = range
    self.thresholds = thresholds
    self.ticks = ticks
    self.cursor = cursor
  }

  /// The mark of a point.
  public static func mark(isFirst: Bool, isHollow: Bool, _ glyphs: Glyphs) -> String {
    switch (isFirst, isHollow) {
    case (true, false): glyphs == .ascii ? "*" : "●"
    case (true, true): glyphs == .ascii ? "o" : "○"
    case (false, false): glyphs == .ascii ? "X" : "◆"
    case (false, true): glyphs == .ascii ? "x" : "◇"
    }
  }

  /// How a series looks.
  public static func style(isFirst: Bool) -> Style { Style(isFirst ? .accent : .chart) }

  /// Round numbers within a range, at most so many and at least two where there is room: multiples
  /// of 1, 2 or 5 times a power of ten, with the decimals that they need.
  public static func steps(
    in range: ClosedRange<Double>, atMost count: Int
  ) -> (numbers: [Double], decimals: Int) {
    let width = range.upperBound - range.lowerBound
    guard width > 0, width.isFinite, count > 0 else { return ([range.lowerBound], 0) }
    var (power, decimals) = (1.0, 0)
    while power * Double(count) > width, decimals < 6 {
      (power, decimals) = (power / 10, decimals + 1)
    }
    while power * 10 * Double(count) <= width { power *= 10 }
    for factor in [1.0, 2, 5, 10, 20, 50, 100] {
      let step = power * factor
      let begin = (range.lowerBound / step).rounded(.up)
      let end = (range.upperBound / step).rounded(.down)
      guard end - begin < Double(count) else { continue }
      let numbers = begin <= end ? stride(from: begin, through: end, by: 1).map { $0 * step } : []
      return (numbers, factor >= 10 ? max(0, decimals - 1) : decimals)
    }
    return ([range.lowerBound], decimals)
  }

  // MARK: Drawing

  /// Draws the chart with its scales, the axis and what stands below it; nothing where there is no
  /// room for a curve.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let plot = plot(in: rect)
    guard plot.width >= 8, plot.height >= 3 else { return }
    drawThresholds(on: &canvas, plot)
    drawScales(on: &canvas, plot)
    drawAxis(on: &canvas, plot)
    if let cursor {
      let x = plot.x + dotColumn(cursor, plot) / 2
      for y in plot.y..<plot.bottom { canvas.put("┊", x: x, y: y, Style(.highlight)) }
    }
    for (series, isFirst) in [(second, false), (first, true)] {
      guard let series else { continue }
      drawCurve(series, isFirst: isFirst, on: &canvas, plot)
    }
    for (series, isFirst) in [(second, false), (first, true)] {
      guard let series else { continue }
      drawPoints(series, isFirst: isFirst, on: &canvas, plot)
    }
    nameThresholds(on: &canvas, plot)
  }

  /// Where the curves are: what the scales, the axis and its labels leave.
  private func plot(in rect: Rect) -> Rect {
    func gutter(_ series: Series?) -> Int {
      series.map { 1 + ($0.labels.map(\.text.columns).max() ?? 0) } ?? 0
    }
    return rect.split(left: gutter(first)).1.split(right: gutter(second)).1.split(bottom: 2).1
  }

  /// The column of dots of a place on the common axis; a cell is free at both ends.
  private func dotColumn(_ x: Double, _ plot: Rect) -> Int {
    let width = range.upperBound - range.lowerBound
    let share = width > 0 ? (x - range.lowerBound) / width : 0.5
    return Int((2 + max(0, min(1, share)) * Double(2 * plot.width - 5)).rounded())
  }

  /// The row of dots of a value; `nil` beyond the scale.
  private func dotRow(_ y: Double, _ range: ClosedRange<Double>, _ plot: Rect) -> Int? {
    guard range.contains(y) else { return nil }
    let width = range.upperBound - range.lowerBound
    let share = width > 0 ? (y - range.lowerBound) / width : 0.5
    return Int(((1 - share) * Double(4 * plot.height - 1)).rounded())
  }

  private func row(_ y: Double, _ range: ClosedRange<Double>, _ plot: Rect) -> Int? {
    dotRow(y, range, plot).map { plot.y + $0 / 4 }
  }

  private func drawThresholds(on canvas: inout Canvas, _ plot: Rect) {
    let line = String(repeating: "╌", count: plot.width)
    for threshold in thresholds {
      guard let y = row(threshold.place, first.range, plot) else { continue }
      canvas.put(line, x: plot.x, y: y, Style(.quiet))
    }
  }

  /// Writes the name of a threshold on its line, where it covers no curve.
  private func nameThresholds(on canvas: inout Canvas, _ plot: Rect) {
    for threshold in thresholds where !threshold.text.isEmpty {
      guard let y = row(threshold.place, first.range, plot) else { continue }
      let text = " \(threshold.text) "
      let line = canvas.glyphs == .ascii ? "-" : "╌"
      let free = (plot.x + 1..<max(plot.x + 1, plot.right - text.columns)).last { x in
        (x..<x + text.columns).allSatisfy { canvas[$0, y].text == line }
      }
      if let free { canvas.put(text, x: free, y: y, Style(.quiet)) }
    }
  }

  private func drawScales(on canvas: inout Canvas, _ plot: Rect) {
    for y in plot.y..<plot.bottom {
      canvas.put("│", x: plot.x - 1, y: y, Style(.frame))
      if second != nil { canvas.put("│", x: plot.right, y: y, Style(.frame)) }
    }
    var taken: Set<Int> = []
    for label in first.labels {
      guard let y = row(label.place, first.range, plot), taken.insert(y).inserted else { continue }
      canvas.put(label.text, endingAt: plot.x - 1, y: y, Style(.quiet))
      canvas.put("┤", x: plot.x - 1, y: y, Style(.frame))
    }
    guard let second else { return }
    taken = []
    for label in second.labels {
      guard let y = row(label.place, second.range, plot), taken.insert(y).inserted else { continue }
      canvas.put("├", x: plot.right, y: y, Style(.frame))
      canvas.put(label.text, x: plot.right + 1, y: y, Style(.quiet))
    }
  }

  private func drawAxis(on canvas: inout Canvas, _ plot: Rect) {
    let y = plot.bottom
    canvas.put("└" + String(repeating: "─", count: plot.width), x: plot.x - 1, y: y, Style(.frame))
    if second != nil { canvas.put("┘", x: plot.right, y: y, Style(.frame)) }
    for tick in ticks {
      canvas.put("┴", x: plot.x + dotColumn(tick.place, plot) / 2, y: y, Style(.frame))
    }
    if let cursor {
      let x = plot.x + dotColumn(cursor, plot) / 2
      canvas.put("▲", x: x, y: y, Style(.accent, bold: true))
    }
    // The one that is read off stands in any case, then the ends, then what has room.
    let read = ticks.filter { $0.place == cursor }
    let ends = [ticks.first, ticks.last].compactMap { $0 }
    var taken: [Range<Int>] = []
    for (index, tick) in (read.prefix(1) + ends + ticks).enumerated() {
      let isRead = index < read.prefix(1).count
      let (left, right) = (plot.x - 1, plot.right + (second == nil ? 0 : 1))
      let middle = plot.x + dotColumn(tick.place, plot) / 2
      let x = max(left, min(right - tick.text.columns, middle - tick.text.columns / 2))
      let columns = x - 1..<x + tick.text.columns + 1
      guard x >= left, !taken.contains(where: { $0.overlaps(columns) }) else { continue }
      taken.append(x..<x + tick.text.columns)
      canvas.put(tick.text, x: x, y: y + 1, isRead ? Style(.plain, bold: true) : Style(.quiet))
    }
  }

  private func drawCurve(
    _ series: Series, isFirst: Bool, on canvas: inout Canvas, _ plot: Rect
  ) {
    var dots = Dots(columns: plot.width, rows: plot.height)
    for (from, to) in zip(series.points, series.points.dropFirst()) where to.isJoined {
      guard let start = dotRow(from.y, series.range, plot),
        let end = dotRow(to.y, series.range, plot)
      else { continue }
      dots.join(
        (dotColumn(from.x, plot), start), (dotColumn(to.x, plot), end), isBroken: !isFirst)
    }
    for y in 0..<plot.height {
      for x in 0..<plot.width {
        guard let scalar = dots.scalar(x: x, y: y) else { continue }
        canvas.put(
          String(scalar), x: plot.x + x, y: plot.y + y, Self.style(isFirst: isFirst))
      }
    }
  }

  private func drawPoints(
    _ series: Series, isFirst: Bool, on canvas: inout Canvas, _ plot: Rect
  ) {
    for point in series.points {
      guard let y = row(point.y, series.range, plot) else { continue }
      var style = Self.style(isFirst: isFirst)
      style.bold = true
      style.reverse = point.x == cursor
      let mark = Self.mark(isFirst: isFirst, isHollow: point.isHollow, canvas.glyphs)
      canvas.put(mark, x: plot.x + dotColumn(point.x, plot) / 2, y: y, style)
    }
  }
}

/// Dots in cells, two across and four down in each.
private struct Dots {
  private let columns: Int
  private var cells: [UInt8]

  init(columns: Int, rows: Int) {
    self.columns = columns
    cells = Array(repeating: 0, count: columns * rows)
  }

  /// The braille pattern of a cell; `nil` where it has no dot.
  func scalar(x: Int, y: Int) -> Unicode.Scalar? {
    let bits = cells[y * columns + x]
    return bits == 0 ? nil : Unicode.Scalar(0x2800 + UInt32(bits))
  }

  /// A straight line between two dots; a broken one has every other pair of its dots.
  mutating func join(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int), isBroken: Bool) {
    let steps = max(abs(to.x - from.x), abs(to.y - from.y))
    for step in 0...max(1, steps) where !isBroken || step % 4 < 2 {
      let share = Double(step) / Double(max(1, steps))
      let x = from.x + Int((share * Double(to.x - from.x)).rounded())
      let y = from.y + Int((share * Double(to.y - from.y)).rounded())
      set(x: x, y: y)
    }
  }

  /// The bits of a braille pattern, down the left column and then the right one (Unicode 16, 21.1).
  private static let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

  private mutating func set(x: Int, y: Int) {
    let cell = y / 4 * columns + x / 2
    guard x >= 0, y >= 0, x / 2 < columns, cells.indices.contains(cell) else { return }
    cells[cell] |= Self.bits[x % 2][y % 4]
  }
}
