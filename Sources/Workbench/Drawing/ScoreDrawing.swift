import Hepatology
import Quantities
import Terminal

extension Variable {
  /// The short label as it stands within a sentence: `urea`, but `INR`.
  var shortInSentence: String {
    let rest = short.utf8.dropFirst()
    let lower = UInt8(ascii: "a")...UInt8(ascii: "z")
    let upper = UInt8(ascii: "A")...UInt8(ascii: "Z")
    guard rest.count > 1, rest.contains(where: lower.contains),
      !rest.contains(where: upper.contains)
    else { return short }
    return short.prefix(1).lowercased() + short.dropFirst()
  }
}

extension ScoreResult {
  /// The value and its band in a few words, or a dash.
  var headline: String {
    guard let text else { return "–" }
    guard let stratum = value?.stratum, score.strata.contains(where: { $0.name == stratum }),
      stratum.count <= 9, !stratum.contains(where: \.isNumber)
    else { return text }
    return score.id == "childPugh" ? "\(stratum) \(text)" : text
  }

  /// What stands behind the value in a list: the band, or why there is none.
  var remark: String {
    switch outcome {
    case .value(let value):
      headline == text
        ? value.stratum.map { $0 == text ? "" : $0 } ?? ""
        : score.strata.first { $0.name == value.stratum }?.meaning ?? ""
    case .notApplicable(let reason): reason
    case .missing(let gaps):
      if let gap = gaps.first(where: { $0.reason != nil }) {
        "\(gap.variable.shortInSentence): \(gap.reason ?? "")"
      } else {
        // From the end of the form: what is filled in from the top leaves the list at its end, and
        // the rest stays where it is.
        gaps.reversed().map { $0.variable.shortInSentence }.joined(separator: ", ")
      }
    }
  }

  /// The mortality in a few letters: `20.1 % † 90 d`.
  var mortalityRemark: String {
    guard let first = mortality.first, let percent = FixedDecimal(first.percent) else { return "" }
    return "\(percent.formatted(decimals: 1)) % \(first.event)"
  }

  /// The working as a document: the value on its ruler, inputs, terms, mortality.
  func working(width: Int) -> Document {
    var document = Document(width: width)
    switch outcome {
    case .value(let value):
      document.spans([
        .init(x: 0, text: text ?? "", style: Style(.accent, bold: true)),
        .init(x: (text ?? "").columns + 3, text: bandWords, style: .plain),
      ])
      drawRuler(at: value, in: &document)
      notes(&document)
    case .notApplicable(let reason): document.paragraph("– \(reason)", Style(.warning))
    case .missing: document.line("– cannot be computed yet", Style(.unknown))
    }
    inputTable(&document)
    termTable(&document)
    outcomes(&document)
    return document
  }

  /// The band and what it means; empty where the value is its name.
  var bandWords: String {
    guard let stratum = value?.stratum else { return "" }
    let meaning = strata.first { $0.name == stratum }?.meaning ?? ""
    if isNamed { return meaning }
    return meaning.isEmpty || meaning.hasPrefix(stratum) ? stratum : "\(stratum): \(meaning)"
  }

  /// Whether the value is the name of a grade or says whether a definition holds.
  var isNamed: Bool { score.form == .grade || score.form == .definition }

  /// The ruler with its labels; the names of the bands where there are no numbers.
  func drawRuler(at value: ScoreValue, in document: inout Document) {
    if isNamed {
      ladder([value.stratum ?? ""], &document)
    } else {
      let ruler = ruler(in: document)
      if let names = ruler.names { document.line(names, Style(.quiet)) }
      document.spans(ruler.point(at: value.reported))
      document.line(ruler.numbers, Style(.quiet))
    }
  }

  /// The ruler with the part that is still possible.
  func drawRuler(over range: ScoreRange, in document: inout Document, _ glyphs: Glyphs) {
    if isNamed {
      ladder(range.strata.map(\.name), &document)
    } else {
      let ruler = ruler(in: document, glyphs)
      if let names = ruler.names { document.line(names, Style(.quiet)) }
      document.spans(ruler.span(from: range.low.reported, to: range.high.reported))
      document.line(ruler.numbers, Style(.quiet))
    }
  }

  private func ruler(in document: Document, _ glyphs: Glyphs = .unicode) -> ScoreRuler {
    ScoreRuler(
      score: score, strata: strata, width: min(document.width - 1, 60), glyphs: glyphs)
  }

  /// All grades in a row, those that hold or may hold marked.
  private func ladder(_ names: [String], _ document: inout Document) {
    guard strata.count > 2 || names.count > 1 else { return }
    var spans: [Document.Span] = []
    var x = 0
    for stratum in strata {
      let holds = names.contains(stratum.name)
      let text = !holds ? stratum.name : names.count > 1 ? "\(stratum.name)?" : "● \(stratum.name)"
      if x + text.columns > document.width {
        document.spans(spans)
        (spans, x) = ([], 0)
      }
      let style =
        !holds ? Style(.quiet) : Style(names.count > 1 ? .unknown : .accent, bold: true)
      spans.append(.init(x: x, text: text, style: style))
      x += text.columns + 2
    }
    document.spans(spans)
  }

  /// What a reader must know.
  ///
  /// - Parameter readings: Whether other readings of the source are named; they are variants too.
  func notes(_ document: inout Document, readings: Bool = true) {
    for note in notes { document.paragraph(note, mark: "!", markStyle: Style(.warning)) }
    for other in alternatives where readings || !other.isReading {
      let value = score.text(of: other.value)
      let stratum = other.value.stratum.map { ", \($0)" } ?? ""
      document.paragraph(
        "\(other.label): \(value)\(stratum)", mark: "!", markStyle: Style(.warning))
    }
  }

  /// Each input as typed and as used, and those that are missing, in the order of the form: a row
  /// each, which stays where it is while one types.
  func inputTable(_ document: inout Document) {
    let gaps = missing
    let optional = score.optionalInputs.filter { variable in
      inputs.contains { $0.variable == variable } && !score.inputs.contains(variable)
    }
    let extra = gaps.map { $0.variable }.filter { !score.inputs.contains($0) }
    document.heading("Inputs as used")
    let variables = score.inputs + optional + extra
    let widest = variables.map { $0.label.columns }.max() ?? 0
    let name = min(widest + 2, document.width * 2 / 5)
    for variable in variables {
      var spans = [
        Document.Span(
          x: 0, text: variable.label.clipped(toColumns: name - 1), style: Style(.quiet))
      ]
      func put(_ text: String, at x: Int, _ style: Style) {
        let text = text.clipped(toColumns: document.width - x)
        spans.append(Document.Span(x: x, text: text, style: style))
      }
      if let input = inputs.first(where: { $0.variable == variable }) {
        var end = name + number(input.typed, at: name, &spans)
        if input.used != input.typed {
          var column = max(end + 1, name + Self.amountWidth)
          if column + Self.amountWidth > document.width {
            // Where there is no room beside, what was used stands below.
            document.spans(spans)
            spans = []
            column = name - 2
          }
          put("→", at: column, Style(.quiet))
          end = column + 2 + number(input.used, at: column + 2, &spans)
        }
        if let adjustment = input.adjustment.map({ "\($0)" }) {
          if end + 2 + adjustment.columns > document.width {
            document.spans(spans)
            spans = []
            end = name - 2
          }
          put(adjustment, at: end + 2, Style(.warning))
        }
      } else if let gap = gaps.first(where: { $0.variable == variable }) {
        put(gap.reason ?? "missing", at: name, Style(gap.reason == nil ? .unknown : .warning))
      } else {
        put("not used", at: name, Style(.quiet))
      }
      document.spans(spans)
    }
  }

  private static let amountWidth = 15

  /// Adds an amount, its number ending in one column and its unit beginning in the next, so that it
  /// stays in place while it grows; tells how wide it is.
  private func number(_ amount: String, at x: Int, _ spans: inout [Document.Span]) -> Int {
    guard let first = amount.first, first.isNumber || "<>-".contains(first) else {
      spans.append(Document.Span(x: x, text: amount, style: .plain))
      return amount.columns
    }
    let parts = amount.split(separator: " ", maxSplits: 1).map(String.init)
    let end = max(6, parts[0].columns)
    spans.append(Document.Span(x: x + end - parts[0].columns, text: parts[0], style: .plain))
    guard parts.count > 1 else { return end }
    spans.append(Document.Span(x: x + end + 1, text: parts[1], style: Style(.quiet)))
    return end + 1 + parts[1].columns
  }

  /// The terms with their sum; of a grade or a definition its parts.
  func termTable(_ document: inout Document) {
    guard let value, !terms.isEmpty else { return }
    document.heading(isNamed ? "Parts" : "Terms")
    let end = min(document.width, 52)
    if isNamed {
      for term in terms { part(term, end: end, &document) }
      return
    }
    for term in terms {
      number(term.points, label: term.label, end: end, .plain, &document)
    }
    guard terms.count > 1 else { return }
    document.spans([
      .init(x: end - 8, text: String(repeating: "─", count: 8), style: Style(.frame))
    ])
    let isSum = abs(terms.reduce(0) { $0 + $1.points } - value.unrounded) < 0.001
    let name = isSum ? "sum" : "value"
    let isReported = shown(value.unrounded) == text
    let label = isReported ? name : "\(name), reported as \(text ?? "")"
    number(value.unrounded, label: label, end: end, Style(.plain, bold: true), &document)
  }

  /// What one part amounts to by itself: a grade, or whether it holds.
  private func part(_ term: Term, end: Int, _ document: inout Document) {
    guard score.form == .grade else {
      let holds = term.points > 0
      // The mark says what the end of the label says.
      let label = term.label.split(separator: ":").dropLast().joined(separator: ":")
      document.paragraph(
        label.isEmpty ? term.label : label, mark: holds ? "✓" : "✗",
        markStyle: Style(holds ? .clears : .blocks, bold: true))
      return
    }
    let text = term.text(decimals: 0)
    for (row, line) in term.label.wrapped(toColumns: end - text.columns - 2).enumerated() {
      var spans = [Document.Span(x: 0, text: line, style: .plain)]
      if row == 0 { spans.append(.init(x: end - text.columns, text: text, style: .plain)) }
      document.spans(spans)
    }
  }

  /// A term with the decimals that all of them need.
  private func shown(_ number: Double) -> String {
    let isWhole = (terms.map(\.points) + [value?.unrounded ?? 0])
      .allSatisfy { $0 == $0.rounded() }
    let decimals = isWhole ? 0 : max(2, score.decimals)
    return FixedDecimal(number)?.formatted(decimals: decimals) ?? "\(number)"
  }

  private func number(
    _ number: Double, label: String, end: Int, _ style: Style, _ document: inout Document
  ) {
    let text = shown(number)
    document.spans([
      .init(x: 0, text: label.clipped(toColumns: end - 9), style: style),
      .init(x: end - text.columns, text: text, style: style),
    ])
  }

  /// What was published, each cohort named once.
  func outcomes(_ document: inout Document) {
    guard !mortality.isEmpty else { return }
    document.heading("Published outcome")
    for (index, entry) in mortality.enumerated() {
      let percent = FixedDecimal(entry.percent)?.formatted(decimals: 1) ?? ""
      document.spans([
        .init(x: 5 - percent.columns, text: percent, style: Style(.plain, bold: true)),
        .init(
          x: 6, text: "% \(entry.event)".clipped(toColumns: document.width - 6), style: .plain),
      ])
      if index + 1 == mortality.count || mortality[index + 1].cohort != entry.cohort {
        document.paragraph(entry.cohort, Style(.quiet), indent: 8)
      }
    }
  }

  /// The scale with its thresholds and where this patient stands.
  func ruler(width: Int, _ glyphs: Glyphs = .unicode) -> [Document.Span] {
    guard let value else { return [] }
    return ScoreRuler(score: score, strata: strata, width: width, glyphs: glyphs)
      .point(at: value.reported)
  }
}
