import Hepatology
import Quantities
import Terminal

/// Everything about one score of one patient: the value and its working, what would change it, the
/// published forms, and the evidence.
struct ScoreSheet {
  private let result: ScoreResult
  private let range: ScoreRange?
  private let changes: ScoreChanges
  private let forms: [Form]
  private let glyphs: Glyphs

  /// A published form and what it gives.
  private struct Form {
    let variant: Score.Variant
    let text: String
    /// Whether it gives something else than the form that is used.
    let differs: Bool
  }

  init(_ result: ScoreResult, of patient: Patient, range: ScoreRange?, _ glyphs: Glyphs) {
    let score = result.score
    self.result = result
    self.range = range
    self.glyphs = glyphs
    changes = ScoreChanges(
      score, score.sensitivity(for: patient, variant: result.variant.id), result.inputs)
    forms = score.variants.map { variant in
      let other = score.result(for: patient, variant: variant.id)
      let isOther =
        other.value?.reported != result.value?.reported
        || other.value?.stratum != result.value?.stratum
      return Form(
        variant: variant, text: Self.words(other, isShort: true),
        differs: isOther && other.value != nil)
    }
  }

  private static func words(_ result: ScoreResult, isShort: Bool) -> String {
    guard let value = result.value else { return "–" }
    let text = result.text ?? ""
    guard !result.isNamed, let stratum = value.stratum,
      !result.strata.contains(where: \.isNamedByNumbers), !isShort || stratum.columns < 10
    else { return text }
    return "\(text) \(stratum)"
  }

  /// The sheet in a width; in two columns where there is room for both.
  ///
  /// - Parameter isHigh: Whether there are rows to spare for large digits.
  func document(width: Int, isHigh: Bool) -> Document {
    if width >= 108 {
      // The working needs less room than the tables beside it.
      let half = min(58, (width - 4) / 2)
      let left = Self.make(half) { document in
        head(&document, isHigh: isHigh)
        working(&document)
      }
      let right = Self.make(width - half - 4) { document in
        changes.draw(&document)
        formTable(&document)
        evidence(&document)
      }
      return left.beside(right, from: half + 4, width: width)
    }
    return Self.make(width) { document in
      head(&document, isHigh: isHigh && width >= 50)
      working(&document)
      changes.draw(&document)
      formTable(&document)
      evidence(&document)
    }
  }

  private static func make(_ width: Int, _ fill: (inout Document) -> Void) -> Document {
    var document = Document(width: width)
    fill(&document)
    return document
  }

  private func working(_ document: inout Document) {
    result.inputTable(&document)
    result.termTable(&document)
    result.outcomes(&document)
  }

  // MARK: Value

  private func head(_ document: inout Document, isHigh: Bool) {
    switch result.outcome {
    case .value(let value):
      drawValue(result.text ?? "", isHigh: isHigh, &document)
      result.drawRuler(at: value, in: &document)
      disagreements(&document)
      result.notes(&document, readings: false)
    case .notApplicable(let reason): document.paragraph("– \(reason)", Style(.warning))
    case .missing(let gaps):
      let missing = gaps.map(\.variable.shortInSentence).joined(separator: ", ")
      guard let range else {
        document.paragraph("– cannot be computed yet", Style(.unknown))
        document.paragraph("lacks \(missing)", Style(.quiet))
        return
      }
      document.paragraph("\(range.words) ?", Style(.unknown, bold: true))
      result.drawRuler(over: range, in: &document, glyphs)
      document.paragraph(
        (range.isSettled ? "within what is plausible; lacks " : "still possible; lacks ") + missing,
        Style(.quiet))
    }
  }

  /// The value, in large digits with what it means beside it where there is room.
  private func drawValue(_ text: String, isHigh: Bool, _ document: inout Document) {
    let accent = Style(.accent, bold: true)
    let mortality = result.mortality.prefix(2).map { entry in
      "\(FixedDecimal(entry.percent)?.formatted(decimals: 1) ?? "") % \(entry.event)"
    }
    let form = result.variant == result.score.variants[0] ? [] : ["form \(result.variant.id)"]
    if isHigh, !result.isNamed, glyphs == .unicode, let digits = BigDigits.rows(of: text) {
      let x = (digits.map(\.columns).max() ?? 0) + 3
      var beside = [result.bandWords] + form + mortality
      beside.removeAll(where: \.isEmpty)
      // A single word stands beside the middle of the digits.
      if beside.count == 1 { beside.insert("", at: 0) }
      for (row, part) in digits.enumerated() {
        var spans = [Document.Span(x: 0, text: part, style: accent)]
        if row < beside.count {
          let words = beside[row].clipped(toColumns: document.width - x)
          let isBand = beside[row] == result.bandWords
          spans.append(.init(x: x, text: words, style: Style(.plain, bold: isBand)))
        }
        document.spans(spans)
      }
      return
    }
    let words = ([result.bandWords] + form).filter { !$0.isEmpty }.joined(separator: "   ")
    let x = text.columns + 3
    var spans = [Document.Span(x: 0, text: text, style: accent)]
    if x + words.columns <= document.width {
      spans.append(.init(x: x, text: words, style: .plain))
      document.spans(spans)
    } else {
      document.spans(spans)
      document.paragraph(words)
    }
  }

  private func disagreements(_ document: inout Document) {
    let others = result.disagreements
    guard !others.isEmpty else { return }
    let words = others.map { other in
      let stratum = other.value.stratum.flatMap { name in
        !result.isNamed && name != result.value?.stratum && name != other.text ? " \(name)" : nil
      }
      return "\(other.text)\(stratum ?? "") under \(other.variant.id)"
    }
    document.paragraph(
      "Sources disagree: \(words.joined(separator: ", ")).", mark: "!", markStyle: Style(.warning))
  }

  // MARK: Forms

  private func formTable(_ document: inout Document) {
    document.heading(forms.count > 1 ? "Forms (v takes the next)" : "Form")
    let idWidth = forms.map(\.variant.id.columns).max() ?? 0
    let textWidth = forms.map(\.text.columns).max() ?? 0
    let start = 2 + idWidth + 2 + textWidth + 2
    let isBeside = document.width - start >= 30
    for form in forms {
      let isUsed = form.variant == result.variant
      let (column, width) =
        isBeside ? (start, document.width - start) : (4, document.width - 4)
      var lines = form.variant.kind == .form ? "For other patients or inputs. " : ""
      lines += form.variant.meaning
      if let reason = form.variant.reason { lines += " Chosen because: \(reason)" }
      if let unconfirmed = form.variant.unconfirmed {
        lines += " Not compared with the paper: \(unconfirmed)"
      }
      var spans: [Document.Span] = [
        .init(
          x: 0, text: isUsed ? "●" : "○", style: isUsed ? Style(.accent, bold: true) : Style(.quiet)
        ),
        .init(
          x: 2, text: form.variant.id.clipped(toColumns: document.width - 4 - textWidth),
          style: Style(.plain, bold: isUsed)),
        .init(
          x: isBeside ? start - 2 - form.text.columns : document.width - form.text.columns,
          text: form.text,
          style: form.differs ? Style(.warning) : Style(.plain, bold: isUsed)),
      ]
      for (row, line) in lines.wrapped(toColumns: width).enumerated() {
        if row == 0, !isBeside {
          document.spans(spans)
          spans = []
        }
        document.spans(spans + [.init(x: column, text: line, style: Style(.quiet))])
        spans = []
      }
    }
  }

  // MARK: Evidence

  private func evidence(_ document: inout Document) {
    let score = result.score
    document.heading("Evidence")
    document.paragraph(score.purpose)
    let label = 10
    document.row("Made for", score.population, labelWidth: label)
    for (index, line) in score.formula.enumerated() {
      document.row(index == 0 ? "Formula" : "", line, labelWidth: label)
    }
    for (index, line) in score.bounds.enumerated() {
      document.row(index == 0 ? "Bounds" : "", line, labelWidth: label)
    }
    for (index, caution) in score.cautions.enumerated() {
      document.row(index == 0 ? "Take care" : "", caution.text, labelWidth: label)
    }
    for (index, sentence) in score.unconfirmed.enumerated() {
      document.row(index == 0 ? "Unchecked" : "", sentence, labelWidth: label)
    }
    for (index, citation) in score.citations.enumerated() {
      document.row(
        index == 0 ? score.citations.count > 1 ? "Sources" : "Source" : "", "\(citation)",
        labelWidth: label)
    }
  }
}

extension Document {
  /// This document with another one beside it.
  func beside(_ other: Document, from x: Int, width: Int) -> Document {
    var both = Document(width: width)
    for row in 0..<max(rows.count, other.rows.count) {
      let left = row < rows.count ? rows[row] : []
      let right = row < other.rows.count ? other.rows[row] : []
      both.spans(left + right.map { Span(x: $0.x + x, text: $0.text, style: $0.style) })
    }
    return both
  }
}
