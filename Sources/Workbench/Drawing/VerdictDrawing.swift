import Assessment
import Criteria
import Hepatology
import Quantities
import Terminal
import Trials

/// A trial in a list: its verdict, and why.
struct TrialLine: Equatable, Sendable {
  let id: TrialRecord.ID
  let verdict: Verdict
  let headline: String
  /// Of what the line was made; it holds while the screening has the same.
  let revision: Int

  /// Whether it says the same, of whatever revision.
  static func == (a: TrialLine, b: TrialLine) -> Bool {
    a.id == b.id && a.verdict == b.verdict && a.headline == b.headline
  }

  /// Draws the line.
  func draw(on canvas: inout Canvas, in rect: Rect) {
    canvas.put(id, x: rect.x, y: rect.y, .plain, clip: rect)
    // One piece in one colour, so that a verdict that turns moves nothing else.
    canvas.put(
      "\(verdict.mark) \(headline.clipped(toColumns: rect.width - 15))", x: rect.x + 13,
      y: rect.y, Style(verdict.role), clip: rect)
  }
}

extension Verdict {
  /// The mark, which says it without colour.
  var mark: String {
    switch self {
    case .blocked: "✗"
    case .open: "?"
    case .clears: "✓"
    }
  }

  /// The colour that goes with it.
  var role: Role {
    switch self {
    case .blocked: .blocks
    case .open: .unknown
    case .clears: .clears
    }
  }

  /// The mark and the word, as a list shows it: `? open 3`.
  var short: String {
    switch self {
    case .blocked(let by): "✗ blocked \(by.count)"
    case .open(let unknown, let unclear): "? open \(unknown + unclear)"
    case .clears: "✓ clears"
    }
  }
}

extension ScreenedCriterion {
  /// The mark: clears, blocks, unknown, waits for a person, contradicts itself in the source.
  var mark: (text: String, role: Role) {
    switch result {
    case .met, .notMet: blocks ? ("✗", .blocks) : ("✓", .clears)
    case .unknown: ("?", .unknown)
    case .needsPerson: ("○", .unknown)
    case .conflict: ("≠", .warning)
    }
  }

  /// Whether a person must say how it is read, which is more than to attest it.
  var isUnclear: Bool {
    switch result {
    case .needsPerson(let matters): !matters.isEmpty
    case .conflict: true
    default: false
    }
  }

  /// What it comes to, in words, for a person who sees the sentence of the criterion.
  var words: String {
    switch result {
    case .met: blocks ? "holds, and keeps out" : "met"
    case .notMet: blocks ? "not met" : "does not hold"
    case .unknown:
      needs.isEmpty
        ? "cannot be said"
        : "needs \(needs.map(\.shortInSentence).joined(separator: ", "))"
    case .needsPerson: "a person must say"
    case .conflict(let others): "contradicts \(others.joined(separator: ", ")) in the source"
    }
  }
}

extension Screening {
  /// Why a trial has its verdict, in one line.
  private func headline(of trial: TrialRecord, _ verdict: Verdict) -> String {
    switch verdict {
    case .blocked(let by):
      guard let first = trial.criteria.first(where: { $0.id == by.first }) else { return "" }
      let rest = by.count > 1 ? " and \(by.count - 1) more" : ""
      let question = Screening.Question(trial: trial.id, criterion: first.id)
      return decisiveMargin(of: question).map { $0.fact(variables) + rest }
        ?? "\(first.id)\(rest): \(first.text)"
    case .open(let count, _):
      let unknown = unknown(of: trial.id)
      if unknown.isEmpty {
        let unclear = screening(of: trial.id)?.criteria.first(where: \.isUnclear)
        return unclear.map { "\($0.criterion.id): \($0.words)" } ?? ""
      }
      guard unknown.count <= 3 else { return "\(count) unknown" }
      return "only needs \(unknown.map(\.shortInSentence).joined(separator: ", "))"
    case .clears:
      let attest = screening(of: trial.id)?.attest ?? []
      return attest.isEmpty ? "nothing left to ask" : "to attest: \(attest.joined(separator: ", "))"
    }
  }

  /// The line of a trial; `nil` where it waits to be computed.
  func line(of trial: TrialRecord) -> TrialLine? {
    verdict(of: trial.id).map {
      TrialLine(
        id: trial.id, verdict: $0, headline: headline(of: trial, $0),
        revision: revision(of: trial.id))
    }
  }

}

extension Margin {
  /// How a number stands to the threshold that decides, in the fewest letters: `age < 18 years`.
  fileprivate func fact(_ variables: VariableTable) -> String {
    let variable = variables[name]
    let subject =
      variable?.label.lowercased() == label.lowercased() ? variable?.shortInSentence : nil
    let unit = unit.map { $0.symbol.isEmpty ? "" : " \($0.symbol)" } ?? ""
    return "\(subject ?? label) \(relation) \(threshold)\(unit)"
  }
}

extension Tally {
  /// How many trials have each verdict: `1 clears · 2 open · 2 blocked`.
  var words: String {
    [(clears, "clears"), (open, "open"), (blocked, "blocked")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)" }.joined(separator: " · ")
  }
}
