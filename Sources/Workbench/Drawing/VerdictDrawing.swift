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
  let standing: Standing
  let headline: String
  /// The headline in the fewest letters, for where there is no room.
  let brief: String
  /// Of what the line was made; it holds while the screening has the same.
  let revision: Int

  /// Whether it says the same, of whatever revision.
  static func == (a: TrialLine, b: TrialLine) -> Bool {
    a.id == b.id && a.verdict == b.verdict && a.standing == b.standing
      && a.headline == b.headline
  }

  /// Draws the line.
  func draw(on canvas: inout Canvas, in rect: Rect) {
    canvas.put(id, x: rect.x, y: rect.y, .plain, clip: rect)
    // One piece in one colour, so that a verdict that turns moves nothing else.
    let room = rect.width - 15
    let words = headline.columns <= room ? headline : brief
    canvas.put(
      "\(standing.mark) \(words.clipped(toColumns: room))", x: rect.x + 13,
      y: rect.y, Style(standing.role), clip: rect)
  }
}

extension Standing {
  /// The mark, which says it without colour.
  var mark: String {
    switch self {
    case .clears: "✓"
    case .clearsToAttest: "○"
    case .open: "?"
    case .blocked: "✗"
    case .notRecruiting: "⊘"
    }
  }

  /// The colour that goes with it.
  var role: Role {
    switch self {
    case .clears: .clears
    case .clearsToAttest, .open: .unknown
    case .blocked: .blocks
    case .notRecruiting: .quiet
    }
  }

  /// The words.
  var words: String {
    switch self {
    case .clears: "clears"
    case .clearsToAttest: "clears, to attest"
    case .open: "open"
    case .blocked: "blocked"
    case .notRecruiting: "not recruiting"
    }
  }

}

/// Where the patient stands to a trial, as a list shows it: `? open 3`.
struct ShortVerdict: Hashable, Sendable {
  /// The mark and the words.
  let text: String
  let role: Role

  init(_ standing: Standing, _ verdict: Verdict) {
    let count: String =
      switch (standing, verdict) {
      case (.blocked, .blocked(let by)): " \(by.count)"
      case (.open, .open(let unknown, let unclear)): " \(unknown + unclear)"
      default: ""
      }
    text = "\(standing.mark) \(standing.words)\(count)"
    role = standing.role
  }

  /// The columns of the screen that the longest one takes.
  static let columns = 19
}

extension Screening {
  /// Where the patient stands to a trial; `nil` where it waits to be computed.
  func short(of id: TrialRecord.ID) -> ShortVerdict? {
    guard let standing = standing(of: id), let verdict = verdict(of: id) else { return nil }
    return ShortVerdict(standing, verdict)
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
  /// Why a trial has its verdict, in one line, and in the fewest letters.
  private func headline(of trial: TrialRecord, _ verdict: Verdict) -> (String, brief: String) {
    switch verdict {
    case .blocked(let by):
      guard let first = trial.criteria.first(where: { $0.id == by.first }) else { return ("", "") }
      let rest = by.count > 1 ? " and \(by.count - 1) more" : ""
      let question = Screening.Question(trial: trial.id, criterion: first.id)
      guard let margin = decisiveMargin(of: question) else {
        let text = "\(first.id)\(rest): \(first.text)"
        return (text, text)
      }
      let subject = margin.subject(variables)
      return (
        sentence(of: margin, subject: subject) + rest,
        "\(subject) \(margin.shownValue), \(margin.shortDemand)"
      )
    case .open(let count, _):
      let unknown = unknown(of: trial.id)
      let text: String
      if unknown.isEmpty {
        let unclear = screening(of: trial.id)?.criteria.first(where: \.isUnclear)
        text = unclear.map { "\($0.criterion.id): \($0.words)" } ?? ""
      } else {
        text =
          unknown.count <= 3
          ? "only needs \(unknown.map(\.shortInSentence).joined(separator: ", "))"
          : "\(count) unknown"
      }
      return (text, text)
    case .clears(let attest):
      let near = nearLimits(of: trial.id)
      let parts = [
        attest.isEmpty ? nil : "to attest: \(attest.joined(separator: ", "))",
        near.isEmpty ? nil : "near the limit in \(near.joined(separator: ", "))",
      ].compactMap { $0 }
      let text = parts.isEmpty ? "nothing left to ask" : parts.joined(separator: "; ")
      return (text, text)
    }
  }

  /// The line of a trial; `nil` where it waits to be computed.
  func line(of trial: TrialRecord) -> TrialLine? {
    guard let verdict = verdict(of: trial.id), let standing = standing(of: trial.id) else {
      return nil
    }
    let (headline, brief) = headline(of: trial, verdict)
    func line(_ headline: String, _ brief: String) -> TrialLine {
      TrialLine(
        id: trial.id, verdict: verdict, standing: standing, headline: headline, brief: brief,
        revision: revision(of: trial.id))
    }
    switch (standing, verdict) {
    // That nobody can enter comes before why this patient could not, and nothing reads as clearing.
    case (.notRecruiting, .clears):
      return line("\(trial.notRecruiting ?? ""); \(headline)", trial.notRecruiting ?? "")
    case (.notRecruiting, _):
      return line(
        "\(trial.notRecruiting ?? ""); \(verdict.name): \(headline)", trial.notRecruiting ?? "")
    case (.clearsToAttest, _): return line("clears, \(headline)", "clears, \(brief)")
    default: return line(headline, brief)
    }
  }
}

extension Margin {
  /// What is compared, in the fewest letters.
  fileprivate func subject(_ variables: VariableTable) -> String {
    let variable = variables[name]
    let isSame = variable?.label.lowercased() == label.lowercased()
    return (isSame ? variable?.shortInSentence : nil) ?? label
  }
}

extension Tally {
  /// How many trials stand where: `1 clears · 2 open · 2 blocked · 3 not recruiting`.
  var words: String {
    Standing.allCases.filter { self[$0] > 0 }.map { "\(self[$0]) \($0.words)" }
      .joined(separator: " · ")
  }

  /// The same in a number of columns: in marks where the words do not fit, and nothing where these
  /// do not either.
  func words(within columns: Int) -> String {
    let marks = Standing.allCases.filter { self[$0] > 0 }.map { "\($0.mark)\(self[$0])" }
      .joined(separator: " ")
    return [words, marks].first { $0.columns <= columns } ?? ""
  }
}
