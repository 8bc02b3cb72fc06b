import Assessment
import Hepatology
import Terminal
import Trials

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
  func headline(of id: TrialRecord.ID) -> String {
    guard let screening = screening(of: id) else { return "" }
    switch screening.verdict {
    case .blocked(let by):
      guard let first = by.first else { return "" }
      let reason = reason(for: Question(trial: id, criterion: first))?.sentence ?? ""
      return "\(first): \(reason)" + (by.count > 1 ? " (and \(by.count - 1) more)" : "")
    case .open:
      let unknown = screening.unknown
      guard !unknown.isEmpty else {
        let unclear = screening.criteria.first(where: \.isUnclear)
        return unclear.map { "\($0.criterion.id): \($0.words)" } ?? ""
      }
      let names = unknown.map(\.shortInSentence).joined(separator: ", ")
      return "\(unknown.count == 1 ? "only " : "")needs \(names)"
    case .clears:
      let attest = screening.attest
      return attest.isEmpty ? "nothing left to ask" : "to attest: \(attest.joined(separator: ", "))"
    }
  }

  /// A row of a list of trials: verdict, id, reason.
  func drawRow(of trial: TrialRecord, on canvas: inout Canvas, in rect: Rect) {
    let verdict = verdict(of: trial.id)
    canvas.put(
      verdict?.mark ?? "·", x: rect.x, y: rect.y,
      Style(verdict?.role ?? .quiet, bold: true), clip: rect)
    canvas.put(trial.id, x: rect.x + 2, y: rect.y, .plain, clip: rect)
    guard rect.width > 20, verdict != nil else { return }
    let text = headline(of: trial.id).clipped(toColumns: rect.width - 15)
    canvas.put(text, x: rect.x + 15, y: rect.y, Style(.quiet), clip: rect)
  }

  /// How many trials have each verdict: `1 clears · 2 open · 2 blocked`.
  var summary: String {
    let tally = tally
    return [(tally.clears, "clears"), (tally.open, "open"), (tally.blocked, "blocked")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " · ")
  }
}
