import Hepatology
import Quantities

/// A score as text to paste elsewhere: one line, or a note with the working.
struct ScoreCopy {
  private let result: ScoreResult
  private let range: ScoreRange?

  init(_ result: ScoreResult, range: ScoreRange?) {
    self.result = result
    self.range = range
  }

  /// The inputs in the order of the form.
  private var inputs: [InputUse] {
    let listed = result.score.inputs
    let first = listed.compactMap { variable in result.inputs.first { $0.variable == variable } }
    return first + result.inputs.filter { !listed.contains($0.variable) }
  }

  /// `MELD 3.0 27 (bili 12.5 mg/dL, INR 2.1, …)`.
  var line: String {
    let inputs = inputs.map { "\($0.variable.shortInSentence) \($0.typed)" }
    let missing = result.missing.map { "\($0.variable.shortInSentence) missing" }
    let values = (inputs + missing).joined(separator: ", ")
    return "\(name) \(value)" + (values.isEmpty ? "" : " (\(values))")
  }

  /// The name, with the form where it is not the usual one.
  private var name: String {
    result.variant == result.score.variants[0]
      ? result.score.name : "\(result.score.name) [\(result.variant.id)]"
  }

  private var value: String {
    switch result.outcome {
    case .notApplicable(let reason): return "not applicable: \(reason)"
    case .missing: return range.map { "possible range \($0.words)" } ?? "unknown"
    case .value(let value):
      let text = result.headline
      guard text == result.text, !result.isNamed, let stratum = value.stratum,
        !result.strata.contains(where: \.isNamedByNumbers)
      else { return text }
      return "\(text), \(stratum)"
    }
  }

  /// Several lines: the value, inputs, terms, outcome, notes, form and sources.
  var note: String {
    var lines = ["\(result.score.title): \(value)"]
    for input in inputs {
      var line = "\(input.variable.label): \(input.typed)"
      if input.used != input.typed { line += ", used as \(input.used)" }
      if let adjustment = input.adjustment { line += " (\(adjustment))" }
      lines.append(line)
    }
    for gap in result.missing {
      lines.append("\(gap.variable.label): \(gap.reason ?? "missing")")
    }
    if !result.isNamed, let value = result.value, result.terms.count > 1 {
      let decimals = max(2, result.score.decimals)
      let terms = result.terms.map { term in
        "\(term.label) = \(FixedDecimal(term.points)?.formatted(decimals: decimals) ?? "")"
      }
      let total = FixedDecimal(value.unrounded)?.formatted(decimals: decimals) ?? ""
      lines.append("Terms: \(terms.joined(separator: "; ")); unrounded \(total)")
    }
    lines += result.mortality.map { entry in
      "\(FixedDecimal(entry.percent)?.formatted(decimals: 1) ?? "") % \(entry.event) "
        + "in \(entry.cohort)"
    }
    lines += result.disagreements.map { other in
      let stratum = other.value.stratum.map { $0 == other.text ? "" : " (\($0))" } ?? ""
      return "Under \(other.variant.id) it is \(other.text)\(stratum): \(other.variant.meaning)"
    }
    lines += result.notes.map { "Note: \($0)" }
    lines.append("Form \(result.variant.id): \(result.variant.meaning)")
    lines += result.score.citations.map { "Source: \($0)" }
    return lines.joined(separator: "\n")
  }
}

extension ScoresPlace {
  /// The chosen score as one line.
  var line: String? { chosen.map { ScoreCopy(result(of: $0), range: range(of: $0)).line } }

  /// The chosen score with its working.
  var note: String? { chosen.map { ScoreCopy(result(of: $0), range: range(of: $0)).note } }
}
