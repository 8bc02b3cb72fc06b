import Hepatology
import Quantities

/// A page about one patient at one visit: values, scores with their working, trials.
public struct PatientSummary: Sendable {
  /// How it is written.
  public enum Style: String, CaseIterable, Sendable {
    /// Markdown.
    case markdown
    /// Plain text.
    case plain
  }

  /// What a trial comes to, in words that the screening found.
  public struct TrialLine: Hashable, Sendable {
    /// The id of the trial.
    public let trial: String
    /// Its short title.
    public let title: String
    /// The verdict.
    public let verdict: String
    /// What keeps the patient out, or what is unknown.
    public let reasons: [String]

    /// A line about a trial.
    public init(trial: String, title: String, verdict: String, reasons: [String]) {
      self.trial = trial
      self.title = title
      self.verdict = verdict
      self.reasons = reasons
    }
  }

  private let record: PatientRecord
  private let visit: Visit
  private let results: [ScoreResult]
  private let trials: [TrialLine]
  private let program: String
  private let now: Timestamp

  /// A page about a patient.
  ///
  /// - Parameters:
  ///   - record: The patient.
  ///   - visit: The visit; the last one where it is `nil`.
  ///   - trials: What the trials come to.
  ///   - program: The version of the program.
  ///   - now: When it is written.
  /// - Returns: `nil` where the patient has no such visit.
  public init?(
    _ record: PatientRecord, visit: Int? = nil, trials: [TrialLine] = [], program: String,
    now: Timestamp
  ) {
    guard let visit = visit.map(record.visit) ?? record.visits.last else { return nil }
    self.record = record
    self.visit = visit
    self.trials = trials
    self.program = program
    self.now = now
    let patient = visit.patient
    results = Score.all.map { $0.result(for: patient) }
  }

  /// The text, with a line end at its end.
  public func text(_ style: Style = .markdown) -> String {
    var page = Page(style: style)
    let place = record.visits.firstIndex { $0.number == visit.number }.map { $0 + 1 } ?? 1
    page.title("\(record.code) on \(visit.date)")
    page.line(
      "Visit \(place) of \(record.visits.count). Written \(now.description.prefix(16)) UTC by "
        + "\(program).")
    values(&page)
    scores(&page)
    trials(&page)
    page.line("For research and decision support; no replacement for clinical judgement.")
    return page.text
  }

  private func values(_ page: inout Page) {
    page.heading("Values")
    let known = visit.known
    let denied = known.filter { $0.variable.group.isHistory && $0.typed == $0.variable.noneOfThese }
    let rows = known.filter { !denied.contains($0) }.map { value -> [String] in
      [value.variable.label, value.shown, "\(value.holdsAt)", Self.origin(value)]
    }
    if known.isEmpty {
      page.line("Nothing was entered.")
    } else {
      page.table(["", "Value", "Of", ""], rows)
    }
    if !denied.isEmpty {
      page.line(
        "Answered with no, never or none: "
          + denied.map { $0.variable.label.lowercasedFirst }.joined(separator: ", ") + ".")
    }
  }

  private static func origin(_ value: DatedValue) -> String {
    switch value.origin {
    case .measured: ""
    case .carried: "not measured again"
    case .derived(let from, let to): "from the values of \(from) and \(to)"
    }
  }

  private func scores(_ page: inout Page) {
    page.heading("Scores")
    let computed = results.filter { $0.value != nil }
    if computed.isEmpty {
      page.line("Not one can be computed yet.")
    } else {
      page.table(
        ["", "Value", "", "Working"],
        computed.map { result in
          [
            "\(result.score.name)", result.text ?? "", result.value?.stratum ?? "",
            Self.working(result),
          ]
        })
    }
    let carried = visit.known.filter { $0.origin == .carried }.map(\.variable)
    let used = Set(computed.flatMap { $0.inputs.map(\.variable) })
    let old = carried.filter(used.contains)
    if !old.isEmpty {
      page.line(
        "Computed with values that were not measured at this visit: "
          + old.map(\.label).joined(separator: ", ") + ".")
    }
    for result in computed {
      for mortality in result.mortality {
        let percent = FixedDecimal(mortality.percent)?.formatted(decimals: 1) ?? ""
        page.line("\(result.score.name): \(percent) % \(mortality.event) (\(mortality.cohort)).")
      }
      for note in result.notes { page.line("\(result.score.name): \(note)") }
    }
    let missing = results.filter { !$0.missing.isEmpty }.map(\.score.name)
    if !missing.isEmpty {
      page.line("Not computed, for values are missing: \(missing.joined(separator: ", ")).")
    }
  }

  private static func working(_ result: ScoreResult) -> String {
    guard !result.terms.isEmpty else {
      return result.inputs.map { "\($0.variable.short) \($0.used)" }.joined(separator: ", ")
    }
    return result.terms.map { term in
      "\(term.label) \(FixedDecimal(term.points)?.rounded(to: 3).description ?? "")"
    }.joined(separator: "; ")
  }

  private func trials(_ page: inout Page) {
    guard !trials.isEmpty else { return }
    page.heading("Trials")
    page.table(
      ["", "", "Verdict", ""],
      trials.map { [$0.trial, $0.title, $0.verdict, $0.reasons.joined(separator: "; ")] })
  }
}

extension DatedValue {
  /// The value with its unit as people read it.
  public var shown: String { variable.shown(typed, unit?.code) }
}

/// A page that grows line by line.
private struct Page {
  let style: PatientSummary.Style
  private var lines: [String] = []

  init(style: PatientSummary.Style) {
    self.style = style
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  mutating func title(_ text: String) {
    lines.append(style == .markdown ? "# \(escaped(text))" : text)
    lines.append(style == .markdown ? "" : String(repeating: "=", count: text.count))
  }

  mutating func heading(_ text: String) {
    lines.append("")
    lines.append(style == .markdown ? "## \(text)" : text)
    lines.append(style == .markdown ? "" : String(repeating: "-", count: text.count))
  }

  mutating func line(_ text: String) {
    if style == .markdown, let last = lines.last, !last.isEmpty { lines.append("") }
    lines.append(escaped(text))
  }

  mutating func table(_ head: [String], _ rows: [[String]]) {
    switch style {
    case .markdown:
      lines.append("| " + head.joined(separator: " | ") + " |")
      lines.append("|" + String(repeating: "---|", count: head.count))
      lines += rows.map { row in
        "| " + row.map(escaped).joined(separator: " | ") + " |"
      }
    case .plain:
      let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
      lines += rows.map { row in
        let cells = row.indices.map { column in
          let text = row[column]
          let isLast = column == row.count - 1
          return text + String(repeating: " ", count: isLast ? 0 : widths[column] - text.count)
        }
        return cells.joined(separator: "  ").trimmingEnd
      }
    }
  }

  /// The text with what Markdown would take for a mark of its own made plain.
  private func escaped(_ text: String) -> String {
    guard style == .markdown else { return text }
    return text.reduce(into: "") { result, character in
      if "\\`*_{}[]<>|#".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}

extension String {
  /// With a small first letter, where the second one is small too.
  fileprivate var lowercasedFirst: String {
    guard let second = dropFirst().first, second.isLowercase else { return self }
    return prefix(1).lowercased() + dropFirst()
  }

  fileprivate var trimmingEnd: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
