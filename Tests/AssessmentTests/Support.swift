import Criteria
import Hepatology
import Quantities
import TestSupport
import Testing
import Trials

@testable import Assessment

/// The trials that come with the program.
let library = TrialLibrary()

/// The screening date where a test does not name one.
let today = day("2026-11-21")

/// One trial for a patient.
func screened(
  _ patient: Patient, _ trial: String, answers: [String: Bool] = [:], on date: Day? = today
) throws -> TrialScreening {
  var screening = try #require(empty[trial])
  for (criterion, answer) in answers {
    screening.answer(.init(trial: trial, criterion: criterion), answer)
  }
  screening.screen(on: date)
  screening.update(patient)
  screening.settle()
  return try #require(screening.screening(of: trial))
}

/// Nobody against each trial alone, so that it is compiled once.
private let empty = Dictionary(
  uniqueKeysWithValues: library.trials.map {
    ($0.id, Screening(trials: [$0], vocabulary: .builtIn))
  })

extension TrialScreening {
  /// A criterion by its id.
  subscript(id: String) -> ScreenedCriterion? { criteria.first { $0.criterion.id == id } }

  /// What a criterion comes to, by its word.
  func result(_ id: String) -> String { self[id]?.result.name ?? "absent" }

  /// The ids of the criteria that keep the patient out.
  var blocking: [String] { criteria.filter(\.blocks).map(\.criterion.id) }
}

extension ScreenedCriterion {
  /// The ids of what would settle it.
  var needed: [String] { needs.map(\.id) }
}

/// A record of criteria alone; each line is `id polarity expression`, with `attest` or `whenMet`
/// behind the polarity where a person is asked, and `conflict X` at the end where it contradicts.
///
/// - Parameter status: The statuses, oldest first, as the file has them.
func record(
  _ lines: [String], id: String = "NCT00000009",
  status: [String] = ["{ value: RECRUITING, asOf: 2026-01-01 }"]
) throws -> TrialRecord {
  var text = """
    id: \(id)
    shortTitle: Made for a test
    briefTitle: Made for a test
    link: https://example.org
    source: None
    status: [\(status.joined(separator: ", "))]
    leadSponsor: { name: Nobody, class: OTHER }
    conditions: [Liver failure]
    summary: Made for a test.
    design: {}
    eligibility: { sex: ALL, exclusionsInSource: \(lines.contains { $0.contains("|exclusion|") }) }
    criteria:

    """
  for line in lines {
    let parts = line.split(separator: "|", omittingEmptySubsequences: false).map {
      $0.split(separator: " ").joined(separator: " ")
    }
    text += "  - id: \(parts[0])\n    polarity: \(parts[1])\n    text: As it says\n"
    if parts.count > 2, !parts[2].isEmpty { text += "    expression: \"\(parts[2])\"\n" }
    if parts.count > 3, !parts[3].isEmpty { text += "    attest: \(parts[3])\n" }
    if parts.count > 4 { text += "    conflict: { with: [\(parts[4])], how: They do. }\n" }
  }
  let (record, problems) = TrialReader.read(text, file: "test.yaml")
  return try #require(record, "\(problems.map(\.description).joined(separator: "\n"))")
}

extension SeededRandom {
  /// What a person may type for a variable.
  mutating func text(for variable: Variable) -> String {
    switch variable.kind {
    case .yesNo: return pick(["yes", "no"])
    case .choice(let choices, _): return pick(choices).id
    case .choices(let choices):
      return choices.filter { _ in Int.random(in: 0..<3, using: &self) == 0 }.map(\.id)
        .joined(separator: ", ")
    case .event:
      let back = Int.random(in: -20...2500, using: &self)
      return pick(["never", "ongoing", "\(today.adding(days: -back) ?? today)"])
    case .quantity(let measure):
      let (low, high) = (measure.plausible.lowerBound.double, measure.plausible.upperBound.double)
      // Most thresholds lie in the lower part of what is possible.
      let share = Double.random(in: 0...1, using: &self)
      let number = FixedDecimal(low + (high - low) * share * share)?
        .rounded(to: measure.isWhole ? 0 : 1)
      let sign = Int.random(in: 0..<12, using: &self) == 0 ? pick(["< ", "> "]) : ""
      return "\(sign)\(number ?? measure.plausible.lowerBound) \(measure.canonical.code)"
    }
  }
}
