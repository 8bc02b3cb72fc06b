import Clinic
import Hepatology
import Quantities
import Terminal

extension TrendPanel {
  /// The least rows in which a curve says something: its name, four rows, the axis, its dates.
  private static let leastRows = 7
  /// Higher curves say no more.
  private static let mostRows = 40

  func draw(on canvas: inout Canvas, in area: Rect) {
    guard let first, let cursor else {
      var document = Document(width: area.width)
      if let obstacle { document.paragraph(obstacle, Style(.unknown)) }
      document.draw(on: &canvas, in: area)
      return
    }
    let words = words(first, at: cursor, width: area.width, canvas.glyphs)
    guard obstacle == nil else {
      var document = Document(width: area.width)
      document.paragraph(obstacle ?? "", Style(.unknown))
      draw([document, table(first, cursor, area.width)], on: &canvas, in: area)
      return
    }
    // The curve stays where it is while one reads off visits of which more or less is to be said.
    let most = first.readings.indices.map { visit in
      self.words(first, at: visit, width: area.width, canvas.glyphs).rows.count
    }.max()
    let rows = area.height - (most ?? words.rows.count)
    guard rows >= Self.leastRows, area.width >= 24 else {
      draw([words, table(first, cursor, area.width)], on: &canvas, in: area)
      return
    }
    // The visits stand below where the window is high enough for both.
    let list = table(first, cursor, area.width).rows.count + 1
    let hasTable = rows - list >= 16
    let height = min(hasTable ? rows - list : rows, Self.mostRows)
    let (top, rest) = area.split(top: height)
    drawNames(on: &canvas, in: top)
    drawChart(first, at: cursor, on: &canvas, in: top.split(top: 1).1)
    draw(
      hasTable ? [words, table(first, cursor, area.width)] : [words], on: &canvas, in: rest)
  }

  private func draw(_ documents: [Document], on canvas: inout Canvas, in area: Rect) {
    var rest = area
    for document in documents {
      document.draw(on: &canvas, in: rest)
      rest = rest.split(top: document.rows.count + 1).1
    }
  }

  // MARK: Chart

  /// What each scale is of, with its mark.
  private func drawNames(on canvas: inout Canvas, in area: Rect) {
    guard let first else { return }
    let room = second == nil ? area.width : (area.width - 2) / 2
    func name(_ trend: Trend, _ code: PatientCode?) -> String {
      let names = [trend.name, trend.short].map {
        let name = trend.unit.isEmpty ? $0 : "\($0), \(trend.unit)"
        return code.map { "\($0) \(name)" } ?? name
      }
      return names[names[0].columns <= room - 2 ? 0 : 1]
    }
    let mark = BrailleChart.mark(isFirst: true, isHollow: false, canvas.glyphs)
    let x = canvas.put("\(mark) ", x: area.x, y: area.y, BrailleChart.style(isFirst: true))
    let own = companion == nil ? nil : code
    canvas.put(name(first, own).clipped(toColumns: room - 2), x: x, y: area.y, clip: area)
    guard let second else { return }
    let other = BrailleChart.mark(isFirst: false, isHollow: false, canvas.glyphs)
    let end = area.right - 2
    canvas.put(
      name(second, companion?.code).clipped(toColumns: room - 2), endingAt: end, y: area.y,
      clip: area)
    canvas.put(" \(other)", x: end, y: area.y, BrailleChart.style(isFirst: false))
  }

  private func drawChart(_ first: Trend, at cursor: Int, on canvas: inout Canvas, in area: Rect) {
    let rows = area.height - 2
    // Two patients are shown from their first visits on, on one scale.
    let isPaired = companion != nil
    let (origin, otherOrigin) = isPaired ? (first.begin, second?.begin ?? 0) : (0, 0)
    guard
      let series = first.series(
        rows: rows, hasThresholds: true, from: origin, with: isPaired ? second : nil)
    else { return }
    let other = second?.series(
      rows: rows, hasThresholds: isPaired, from: otherOrigin, with: isPaired ? first : nil)
    let times =
      first.readings.map { $0.time - origin }
      + (second?.readings.map { $0.time - otherOrigin } ?? [])
    guard let begin = times.min(), let end = times.max() else { return }
    let ticks = isPaired && end > begin ? Self.days(begin, end) : nil
    let chart = BrailleChart(
      series, other, over: begin...end, thresholds: first.thresholds,
      ticks: ticks ?? first.readings.map { .init($0.time - origin, dates.text($0.date)) },
      cursor: first.readings[cursor].time - origin
    )
    chart.draw(on: &canvas, in: area)
  }

  /// Some days since the first visit.
  private static func days(_ begin: Double, _ end: Double) -> [BrailleChart.Label] {
    let steps = BrailleChart.steps(in: begin...end, atMost: 6)
    return steps.numbers.filter { $0 == $0.rounded() }.map { .init($0, "day \(Int($0))") }
  }

  // MARK: Words

  /// What is read off at a visit.
  private func words(_ first: Trend, at cursor: Int, width: Int, _ glyphs: Glyphs) -> Document {
    var document = Document(width: width)
    let reading = first.readings[cursor]
    let day = companion == nil ? "" : ", \(Self.day(of: reading, in: first))"
    document.line(
      "\(dates.text(reading.date))\(day), visit \(cursor + 1) of \(first.readings.count)",
      Style(.plain, bold: true))
    for (trend, isFirst) in [(Optional(first), true), (second, false)] {
      guard let trend else { continue }
      guard let place = isFirst ? cursor : placeOfSecond(beside: cursor) else {
        document.line(
          "  \(companion.map { "\($0.code)" } ?? trend.name): no visit by then", Style(.quiet))
        continue
      }
      let reading = trend.readings[place]
      let mark =
        reading.value == nil
        ? " " : BrailleChart.mark(isFirst: isFirst, isHollow: !reading.isWhole, glyphs)
      var spans = [Document.Span(x: 0, text: mark, style: BrailleChart.style(isFirst: isFirst))]
      let whole =
        isFirst ? nil : companion.map { "\($0.code), \(Self.day(of: reading, in: trend))" }
      let name = (whole ?? trend.name).clipped(toColumns: max(8, width / 2))
      spans.append(.init(x: 2, text: name, style: Style(.quiet)))
      let x = name.columns + 4
      spans.append(.init(x: x, text: reading.text, style: Style(.plain, bold: true)))
      let rest = x + reading.text.columns + 2
      let remark = reading.remark == reading.text ? "" : reading.remark
      if rest + remark.columns <= document.width || remark.isEmpty {
        spans.append(.init(x: rest, text: remark, style: .plain))
        document.spans(spans)
      } else {
        document.spans(spans)
        document.line(remark, indent: 2)
      }
    }
    if !reading.older.isEmpty {
      let days = Dictionary(grouping: reading.older, by: \.holdsAt.day).sorted { $0.key < $1.key }
      let values = days.map { day, values in
        values.map(\.variable.shortInSentence).joined(separator: ", ")
          + " (\(dates.text(day)))"
      }
      document.paragraph(
        "Not measured again: \(values.joined(separator: ", "))", Style(.warning))
    }
    if first.readings.contains(where: { $0.value != nil && !$0.isWhole }) {
      let mark = BrailleChart.mark(isFirst: true, isHollow: true, glyphs)
      document.paragraph(
        "not all measured again; not joined", Style(.quiet), mark: mark,
        markStyle: BrailleChart.style(isFirst: true))
    }
    return document
  }

  /// How long after the first visit a reading is: `day 7`.
  private static func day(of reading: Trend.Reading, in trend: Trend) -> String {
    "day \(Int((reading.time - trend.begin).rounded(.down)))"
  }

  /// The reading of the second curve that goes with one of the first: that of the same visit, or of
  /// another patient the last one until as long after the first visit; `nil` where there is none.
  private func placeOfSecond(beside cursor: Int) -> Int? {
    guard let first, let second else { return nil }
    guard companion != nil else { return second.readings.indices.contains(cursor) ? cursor : nil }
    let time = first.readings[cursor].time - first.begin
    return second.readings.lastIndex { ($0.time - second.begin).rounded(.down) <= time }
  }

  /// All visits, a row each; those of another patient below.
  private func table(_ first: Trend, _ cursor: Int, _ width: Int) -> Document {
    var document = Document(width: width)
    document.heading("Visits")
    add(first, beside: companion == nil ? second : nil, chosen: cursor, to: &document)
    if let companion, let second {
      document.heading("Visits of \(companion.code)")
      add(second, beside: nil, chosen: placeOfSecond(beside: cursor), to: &document)
    }
    return document
  }

  private func add(
    _ trend: Trend, beside other: Trend?, chosen: Int?, to document: inout Document
  ) {
    let widest = trend.readings.map(\.text.columns).max() ?? 0
    let room = other?.readings.map(\.text.columns).max().map { $0 + 2 } ?? 0
    // Two patients are compared by their days.
    let days = companion == nil ? 0 : 9
    for (index, reading) in trend.readings.enumerated() {
      let style = Style(.plain, bold: index == chosen)
      var spans = [
        Document.Span(x: 0, text: index == chosen ? "▸" : " ", style: Style(.accent, bold: true)),
        Document.Span(x: 2, text: dates.text(reading.date), style: style),
        Document.Span(
          x: 14 + days + widest - reading.text.columns, text: reading.text, style: style),
      ]
      if days > 0 {
        spans.insert(.init(x: 14, text: Self.day(of: reading, in: trend), style: style), at: 2)
      }
      if let other, other.readings.indices.contains(index) {
        let text = other.readings[index].text
        spans.append(.init(x: 14 + widest + room - text.columns, text: text, style: style))
      }
      let x = 16 + days + widest + room
      let older = reading.older.isEmpty ? "" : "not all measured again"
      let remark = older.isEmpty ? (reading.remark == reading.text ? "" : reading.remark) : older
      if document.width > x {
        spans.append(
          .init(x: x, text: remark.clipped(toColumns: document.width - x), style: Style(.quiet)))
      }
      document.spans(spans)
    }
  }
}
