import Assessment
import Criteria
import Hepatology
import Quantities
import Terminal
import Trials

/// The reasons of a screening, as a document.
extension Screening {
  /// Why a criterion of a trial comes to what it does; without one what keeps the trial from
  /// clearing.
  func reason(
    of trial: TrialRecord.ID, criterion id: Criterion.ID?, width: Int, dates: DayFormat
  ) -> Document {
    var document = Document(width: width)
    guard let shown = screening(of: trial) else { return document }
    guard let id else {
      if let closed = shown.trial.notRecruiting {
        document.paragraph(
          "\(closed.capitalizedFirst).", Style(.warning), mark: shown.standing.mark,
          markStyle: Style(.warning, bold: true))
      }
      for criterion in shown.criteria where !criterion.clears {
        let mark = criterion.mark
        document.paragraph(
          "\(criterion.criterion.id)  \(criterion.criterion.text): \(criterion.words)",
          mark: mark.text, markStyle: Style(mark.role, bold: true))
      }
      if !shown.criteria.contains(where: { !$0.clears }) {
        let isOpen = shown.standing == .clears
        document.line("Every criterion clears.", isOpen ? Style(.clears) : Style(.quiet))
      }
      return document
    }
    guard let screened = shown.criteria.first(where: { $0.criterion.id == id }),
      let reason = reason(for: Question(trial: trial, criterion: id))
    else { return document }
    let criterion = screened.criterion
    let mark = screened.mark
    document.paragraph(
      "\(criterion.id), \(criterion.polarity == .inclusion ? "inclusion" : "exclusion"): "
        + screened.words, Style(mark.role, bold: true), mark: mark.text,
      markStyle: Style(mark.role, bold: true))
    document.paragraph(reason.sentence + ".")
    for margin in reason.nearMisses {
      guard let distance = margin.distance else { continue }
      let unit = margin.unit.map { $0.symbol.isEmpty ? "" : " \($0.symbol)" } ?? ""
      document.paragraph(
        "Near: \(margin.label) \(margin.value)\(unit) is \(distance)\(unit) from "
          + "\(margin.threshold)\(unit).", mark: "!", markStyle: Style(.warning))
    }
    for variable in screened.stale {
      let day = taken(variable).map { " of \(dates.text($0))" } ?? ""
      document.paragraph(
        "Stale: \(variable.label)\(day) is used, and is older than \(variable.freshFor ?? 0) days.",
        mark: "!", markStyle: Style(.warning))
    }
    if screened.blocks {
      switch reason.change {
      case .mayChange: document.paragraph("This may change: screen again with newer values.")
      case .clears(let day): document.paragraph("May clear on \(dates.text(day)).")
      case .stays: document.paragraph("This does not change.")
      }
    }
    section("The criterion", criterion.text, &document)
    if let expression = reason.expression { section("Evaluated as", expression, &document) }
    if let ambiguity = criterion.ambiguity {
      section("Unclear in the source", ambiguity, &document)
    }
    if let reading = criterion.reading { section("Read as", reading, &document) }
    if let conflict = criterion.conflict {
      section("Contradicts \(conflict.with.joined(separator: ", "))", conflict.how, &document)
    }
    return document
  }

  private func section(_ title: String, _ text: String, _ document: inout Document) {
    document.heading(title)
    document.paragraph(text)
  }
}
