import Hepatology
import Quantities
import Terminal

/// What would change a score: for each input the nearest thresholds both ways, in the unit as typed,
/// and by how much the score moves over ten per cent of it.
struct ScoreChanges {
  private let nearest: [Row]
  /// The nearest values at which the band is another one, where they are not the nearest anyway.
  private let bands: [Row]
  /// The inputs of which nothing that they may be alone changes anything.
  private let idle: [String]
  private let decimals: Int

  private struct Row {
    let label: String
    let short: String
    let lower: Cell?
    let higher: Cell?
    let unit: String
    let slope: Double?
    /// Whether the input is held at a bound of the score.
    let isHeld: Bool
  }

  /// What the score becomes, and where.
  private struct Cell {
    let to: String
    let at: String
  }

  init(_ score: Score, _ sensitivities: [Sensitivity], _ inputs: [InputUse]) {
    decimals = max(2, score.decimals)
    var nearest: [Row] = []
    var bands: [Row] = []
    var idle: [String] = []
    for sensitivity in sensitivities {
      let variable = sensitivity.variable
      let sides = [false, true].map { isAbove in
        sensitivity.thresholds.filter { $0.isAbove == isAbove }
      }
      if sensitivity.thresholds.isEmpty, sensitivity.slope == nil {
        idle.append(variable.shortInSentence)
        continue
      }
      let unit = sensitivity.thresholds.first.map { Self.unit(of: $0.value) } ?? ""
      func row(_ place: Int, slope: Double?) -> Row {
        let cells = sides.map { side in
          side.dropFirst(place).first.map { threshold in
            Cell(to: Self.words(threshold, score), at: Self.place(threshold))
          }
        }
        return Row(
          label: variable.label, short: variable.shortInSentence, lower: cells[0],
          higher: cells[1], unit: unit, slope: slope,
          isHeld: inputs.contains { $0.variable == variable && $0.adjustment != nil })
      }
      nearest.append(row(0, slope: sensitivity.slope))
      if sides.contains(where: { $0.count > 1 }) { bands.append(row(1, slope: nil)) }
    }
    self.nearest = nearest
    self.bands = bands
    self.idle = idle
  }

  /// The value there, and the band where it is another one with a name of its own.
  private static func words(_ threshold: Threshold, _ score: Score) -> String {
    let text = score.text(of: threshold.to)
    guard threshold.changesStratum, let name = threshold.to.stratum, name != text,
      !score.strata.contains(where: \.isNamedByNumbers), name.columns <= 12
    else { return text }
    return score.decimals == 0 ? "\(name) \(text)" : name
  }

  private static func place(_ threshold: Threshold) -> String {
    if let limit = threshold.limit { return (threshold.isAbove ? "> " : "< ") + "\(limit.value)" }
    switch threshold.value {
    case .quantity(let quantity, _): return "\(quantity.value)"
    case .choice(let id): return id
    case .yesNo(let yes): return yes ? "yes" : "no"
    default: return ""
    }
  }

  private static func unit(of value: Value) -> String {
    if case .quantity(let quantity, _) = value { quantity.unit.symbol } else { "" }
  }

  // MARK: Drawing

  func draw(_ document: inout Document) {
    guard !nearest.isEmpty || !idle.isEmpty else { return }
    document.heading("What would change it")
    let columns = columns(nearest + bands, width: document.width)
    if !nearest.isEmpty { table(nearest, columns, &document) }
    if !idle.isEmpty {
      document.paragraph("Alone change nothing: \(idle.joined(separator: ", "))", Style(.quiet))
    }
    guard !bands.isEmpty else { return }
    document.heading("Next band")
    table(bands, columns, &document)
  }

  /// The columns of a table: as wide as what stands in them.
  private struct Columns {
    var label: Int
    let to: Int
    let at: Int
    let unit: Int
    let slope: Int
    let bar: Int
    let usesShort: Bool
    /// Whether thresholds stand below the label in place of beside it.
    let isStacked: Bool

    /// A cell with the word between its parts.
    var cell: Int { to + 4 + at }
  }

  private func columns(_ rows: [Row], width: Int) -> Columns {
    let cells = rows.flatMap { [$0.lower, $0.higher].compactMap { $0 } }
    let to = cells.map(\.to.columns).max() ?? 0
    let at = cells.map(\.at.columns).max() ?? 0
    let unit = rows.map(\.unit.columns).max() ?? 0
    let slope = rows.compactMap(slopeText).map(\.columns).max() ?? 0
    let fixed = 2 * (to + 4 + at + 2) + (unit > 0 ? unit + 1 : 0) + (slope > 0 ? slope + 2 : 0)
    let least = slope > 0 ? 5 : 0
    let (long, short) = (
      rows.map(\.label.columns).max() ?? 0, rows.map(\.short.columns).max() ?? 0
    )
    for (label, usesShort) in [(long, false), (min(long, 15), false), (min(short, 13), true)] {
      let bar = min(14, width - fixed - label - (slope > 0 ? 1 : 0))
      if bar >= least {
        return Columns(
          label: label, to: to, at: at, unit: unit, slope: slope, bar: slope > 0 ? bar : 0,
          usesShort: usesShort, isStacked: false)
      }
    }
    let label = min(rows.map(\.label.columns).max() ?? 0, width - 10)
    let bar = slope > 0 ? min(14, width - label - slope - 4) : 0
    return Columns(
      label: label, to: to, at: at, unit: unit, slope: slope, bar: max(0, bar), usesShort: false,
      isStacked: true)
  }

  private func table(_ rows: [Row], _ columns: Columns, _ document: inout Document) {
    let steepest = rows.compactMap { $0.slope?.magnitude }.max() ?? 0
    heads(columns, hasSlopes: rows.contains { $0.slope != nil }, &document)
    for row in rows {
      let label = (columns.usesShort ? row.short : row.label).clipped(toColumns: columns.label)
      var spans = [Document.Span(x: 0, text: label, style: Style(.quiet))]
      if columns.isStacked {
        spans += slope(row, columns, at: columns.label + 2, steepest: steepest)
        document.spans(spans)
        stacked(row, columns, &document)
        continue
      }
      var x = columns.label + 2
      for cell in [row.lower, row.higher] {
        spans += self.cell(cell, columns, at: x)
        x += columns.cell + 2
      }
      spans.append(.init(x: x - 1, text: row.unit, style: Style(.quiet)))
      if columns.unit > 0 { x += columns.unit + 1 }
      document.spans(spans + slope(row, columns, at: x, steepest: steepest))
    }
  }

  private func heads(_ columns: Columns, hasSlopes: Bool, _ document: inout Document) {
    let quiet = Style(.quiet)
    var spans: [Document.Span] = []
    let slopeHead = "per 10 %"
    if columns.isStacked {
      guard hasSlopes else { return }
      let end = columns.label + 2 + columns.bar + 1 + columns.slope
      spans.append(.init(x: max(0, end - slopeHead.columns), text: slopeHead, style: quiet))
    } else {
      let (first, second) = (columns.label + 2, columns.label + 4 + columns.cell)
      spans.append(.init(x: first + columns.cell - 5, text: "lower", style: quiet))
      spans.append(.init(x: second + columns.cell - 6, text: "higher", style: quiet))
      if hasSlopes {
        let x = second + columns.cell + 2 + (columns.unit > 0 ? columns.unit + 1 : 0)
        let end = x + columns.bar + 1 + columns.slope
        spans.append(.init(x: end - slopeHead.columns, text: slopeHead, style: quiet))
      }
    }
    document.spans(spans)
  }

  private func cell(_ cell: Cell?, _ columns: Columns, at x: Int) -> [Document.Span] {
    guard let cell else {
      return [.init(x: x + columns.to - 1, text: "–", style: Style(.quiet))]
    }
    return [
      .init(x: x + columns.to - cell.to.columns, text: cell.to, style: Style(.plain, bold: true)),
      .init(x: x + columns.to + 1, text: "at", style: Style(.quiet)),
      .init(x: x + columns.cell - cell.at.columns, text: cell.at, style: .plain),
    ]
  }

  /// The thresholds below the label, on one row or two.
  private func stacked(_ row: Row, _ columns: Columns, _ document: inout Document) {
    let cells = [row.lower, row.higher].compactMap { $0 }
    guard !cells.isEmpty else { return }
    let unit = row.unit.isEmpty ? 0 : row.unit.columns + 1
    if cells.count > 1, 2 + 2 * columns.cell + 2 + unit <= document.width {
      var spans: [Document.Span] = []
      for (index, cell) in [row.lower, row.higher].enumerated() {
        spans += self.cell(cell, columns, at: 2 + index * (columns.cell + 2))
      }
      spans.append(.init(x: 5 + 2 * columns.cell, text: row.unit, style: Style(.quiet)))
      document.spans(spans)
      return
    }
    for cell in cells {
      let unit = row.unit.isEmpty ? "" : " \(row.unit)"
      document.paragraph("\(cell.to) at \(cell.at)\(unit)", indent: 2)
    }
  }

  // MARK: Slope

  private func slopeText(_ row: Row) -> String? {
    guard let slope = row.slope else { return nil }
    if row.isHeld, slope == 0 { return "held" }
    let text = FixedDecimal(slope.magnitude)?.formatted(decimals: decimals) ?? ""
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return isZero ? text : (slope < 0 ? "−" : "+") + text
  }

  private func slope(
    _ row: Row, _ columns: Columns, at x: Int, steepest: Double
  ) -> [Document.Span] {
    guard let text = slopeText(row), let slope = row.slope else { return [] }
    let end = x + columns.bar + 1 + columns.slope
    let share = steepest > 0 ? slope.magnitude / steepest : 0
    return [
      .init(
        x: x, text: Self.bar(share, columns: columns.bar),
        style: Style(slope < 0 ? .quiet : .chart)),
      .init(
        x: end - text.columns, text: text, style: slope == 0 ? Style(.quiet) : .plain),
    ]
  }

  /// A bar of a share of the columns, in eighths of a column.
  static func bar(_ share: Double, columns: Int) -> String {
    let eighths = Int((max(0, min(1, share)) * Double(columns * 8)).rounded())
    let parts: [String] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}
