public import Quantities

extension ScoreResult {
  /// The result as JSON with stable keys.
  ///
  /// `id`, `name`, `variant`, `value` and `unrounded` (null where there is none), `stratum`, `terms`
  /// (`label`, `input` as typed, `used`, `points`), `missing` (ids), `notes`, `mortality`,
  /// `alternatives`, `disagreements` (`variant`, `meaning`, `value`, `unrounded`, `stratum`: the other
  /// readings in public use that give this patient another value or band; absent where there are
  /// none) and `citation`.
  public var json: JSONValue {
    .object([
      "id": .string(score.id),
      "name": .string(score.name),
      "variant": .string(variant.id),
      "value": value.map { .number($0.reported) } ?? .null,
      "unrounded": value.map { .number($0.unrounded) } ?? .null,
      "stratum": value?.stratum.map { .string($0) } ?? .null,
      "terms": .array(terms.map(json)),
      "missing": .strings(missing.map(\.variable.id)),
      "notes": .strings(allNotes),
      "mortality": .array(
        mortality.map {
          .object([
            "event": .string($0.event), "percent": .number($0.percent),
            "cohort": .string($0.cohort),
          ])
        }),
      "alternatives": .array(
        alternatives.map {
          .object(["label": .string($0.label), "value": .number($0.value.reported)])
        }),
      "disagreements": disagreements.isEmpty ? nil : .array(disagreements.map(json)),
      "citation": .string(score.citations.map(\.description).joined(separator: " ")),
    ])
  }

  private func json(_ other: Disagreement) -> JSONValue {
    .object([
      "variant": .string(other.variant.id),
      "meaning": .string(other.variant.meaning),
      "value": .number(other.value.reported),
      "unrounded": .number(other.value.unrounded),
      "stratum": other.value.stratum.map { .string($0) } ?? .null,
    ])
  }

  private func json(_ term: Term) -> JSONValue {
    let uses = term.variables.compactMap { variable in inputs.first { $0.variable == variable } }
    func used(_ use: InputUse) -> String {
      use.adjustment.map { "\(use.used) (\($0))" } ?? use.used
    }
    return .object([
      "label": .string(term.label),
      "input": .string(uses.map(\.typed).joined(separator: ", ")),
      "used": .string(uses.map(used).joined(separator: ", ")),
      "points": .number(term.points),
    ])
  }

  /// The notes, with why there is no value where there is none.
  private var allNotes: [String] {
    switch outcome {
    case .value: notes
    case .notApplicable(let reason): ["Not applicable: \(reason)."] + notes
    case .missing(let gaps):
      gaps.compactMap { gap in gap.reason.map { "\(gap.variable.id): \($0)" } } + notes
    }
  }
}
