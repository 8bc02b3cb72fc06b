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
      if value.stratum == text {
        ""
      } else if headline == text {
        value.stratum ?? ""
      } else {
        score.strata.first { $0.name == value.stratum }?.meaning ?? ""
      }
    case .notApplicable(let reason): reason
    case .missing(let gaps):
      if let gap = gaps.first(where: { $0.reason != nil }) {
        "\(gap.variable.shortInSentence): \(gap.reason ?? "")"
      } else {
        gaps.map(\.variable.shortInSentence).joined(separator: ", ")
      }
    }
  }

  /// The mortality in a few letters: `20.1 % † 90 d`.
  var mortalityRemark: String {
    guard let first = mortality.first, let percent = FixedDecimal(first.percent) else { return "" }
    return "\(percent.formatted(decimals: 1)) % \(first.event)"
  }

  /// The working as a document: inputs, terms, ruler, mortality, notes, evidence.
  func working(width: Int, full: Bool) -> Document {
    var document = Document(width: width)
    switch outcome {
    case .value(let value):
      let stratum = value.stratum.map { name in
        let meaning = score.strata.first { $0.name == name }?.meaning ?? ""
        return meaning.isEmpty || meaning.hasPrefix(name) ? name : "\(name): \(meaning)"
      }
      let rest = stratum.map { "   \($0)" } ?? ""
      document.spans([
        .init(x: 0, text: text ?? "", style: Style(.accent, bold: true)),
        .init(x: (text ?? "").columns, text: rest, style: .plain),
      ])
      document.spans(ruler(width: min(width - 1, 60)))
      document.line(rulerLabels(width: min(width - 1, 60)), Style(.quiet))
    case .notApplicable(let reason):
      document.paragraph("– \(reason)", Style(.warning))
    case .missing: document.line("– cannot be computed yet", Style(.unknown))
    }
    if value != nil { notes(&document) }
    inputTable(&document)
    if value != nil { termTable(&document) }
    if !mortality.isEmpty {
      document.heading("Published outcome")
      for entry in mortality {
        let percent = FixedDecimal(entry.percent)?.formatted(decimals: 1) ?? ""
        document.paragraph("\(percent) %  \(entry.event)", mark: "·")
        document.paragraph(entry.cohort, Style(.quiet), indent: 2)
      }
    }
    if full { evidence(&document) }
    return document
  }

  private func notes(_ document: inout Document) {
    for note in notes { document.paragraph(note, mark: "!", markStyle: Style(.warning)) }
    for other in alternatives {
      let value = FixedDecimal(other.value.reported)?.formatted(decimals: score.decimals) ?? ""
      let stratum = other.value.stratum.map { ", \($0)" } ?? ""
      document.paragraph(
        "\(other.label): \(value)\(stratum)", mark: "!", markStyle: Style(.warning))
    }
  }

  /// Each input as typed and as used, and those that are missing, in the order of the form: a row
  /// each, which stays where it is while one types.
  private func inputTable(_ document: inout Document) {
    let gaps = missing
    let optional = score.optionalInputs.filter { variable in
      inputs.contains { $0.variable == variable } && !score.inputs.contains(variable)
    }
    let extra = gaps.map(\.variable).filter { !score.inputs.contains($0) }
    document.heading("Inputs as used")
    let name = min(24, document.width * 2 / 5)
    for variable in score.inputs + optional + extra {
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
            end = name
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

  private func termTable(_ document: inout Document) {
    document.heading("Terms")
    let end = min(document.width, 52)
    for term in terms {
      number(term.points, label: term.label, end: end, .plain, &document)
    }
    if terms.count > 1, let value {
      document.spans([
        .init(x: end - 8, text: String(repeating: "─", count: 8), style: Style(.frame))
      ])
      let label = value.unrounded == value.reported ? "sum" : "sum, reported as \(text ?? "")"
      number(value.unrounded, label: label, end: end, Style(.plain, bold: true), &document)
    }
  }

  private func number(
    _ number: Double, label: String, end: Int, _ style: Style, _ document: inout Document
  ) {
    let decimals = terms.allSatisfy { $0.points == $0.points.rounded() } ? 0 : 2
    let text = FixedDecimal(number)?.formatted(decimals: decimals) ?? "\(number)"
    document.spans([
      .init(x: 0, text: label.clipped(toColumns: end - 9), style: style),
      .init(x: end - text.columns, text: text, style: style),
    ])
  }

  private func evidence(_ document: inout Document) {
    document.heading("Evidence")
    document.paragraph(score.purpose)
    document.row("Made for", score.population, labelWidth: 12)
    document.row("Form", "\(variant.id): \(variant.meaning)", labelWidth: 12)
    for other in score.variants where other != variant {
      document.row("  other", "\(other.id): \(other.meaning)", labelWidth: 12)
    }
    for citation in score.citations {
      document.row("Source", "\(citation)", labelWidth: 12)
    }
  }

  /// The scale with its thresholds and where this patient stands.
  func ruler(width: Int) -> [Document.Span] {
    guard let value, width >= 10 else { return [] }
    let place = { (number: Double) -> Int in
      let share =
        (number - score.scale.lowerBound) / (score.scale.upperBound - score.scale.lowerBound)
      return max(0, min(width - 1, Int((share * Double(width - 1)).rounded())))
    }
    var line = Array(repeating: "─", count: width)
    for stratum in score.strata.dropFirst() { line[place(stratum.lower)] = "┼" }
    let spot = place(value.reported)
    return [
      .init(x: 0, text: line.joined(), style: Style(.chart)),
      .init(x: spot, text: "●", style: Style(.accent, bold: true)),
    ]
  }

  private func rulerLabels(width: Int) -> String {
    guard width >= 10 else { return "" }
    var line = Array(repeating: Character(" "), count: width)
    func write(_ number: Double) {
      guard number.isFinite, let text = FixedDecimal(number)?.rounded(to: 1).description else {
        return
      }
      let share =
        (number - score.scale.lowerBound) / (score.scale.upperBound - score.scale.lowerBound)
      let middle = Int((share * Double(width - 1)).rounded())
      let start = max(0, min(width - text.count, middle - text.count / 2))
      let taken = line[max(0, start - 1)..<min(width, start + text.count + 1)]
      guard taken.allSatisfy({ $0 == " " }) else { return }
      for (k, letter) in text.enumerated() { line[start + k] = letter }
    }
    write(score.scale.lowerBound)
    write(score.scale.upperBound)
    for stratum in score.strata.dropFirst() { write(stratum.lower) }
    return String(line)
  }
}
