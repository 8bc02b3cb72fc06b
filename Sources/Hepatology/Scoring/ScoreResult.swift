import Quantities

/// What became of a score for one patient.
public enum Outcome: Hashable, Sendable {
  /// It has a value.
  case value(ScoreValue)
  /// It cannot be computed: these variables are missing or cannot be used.
  case missing([Gap])
  /// It is not made for this patient, and why.
  case notApplicable(String)
}

/// A variable that a score lacks.
public struct Gap: Hashable, Sendable {
  /// The variable.
  public let variable: Variable
  /// Why what was typed cannot be used; `nil` where nothing was typed.
  public let reason: String?
}

/// The value of a score.
public struct ScoreValue: Hashable, Sendable {
  /// As the formula gives it, after the score's own bounds of its inputs.
  public let unrounded: Double
  /// As it is reported: rounded, and held within the bounds of the score.
  public let reported: Double
  /// The name of the band.
  public let stratum: String?
  /// How many decimals a person reads: the score's, or as many more as it takes for the number that
  /// is read to lie in the band that is named.
  let decimals: Int
}

/// A score of one patient with its working.
public struct ScoreResult: Hashable, Sendable {
  /// The score.
  public let score: Score
  /// The published form that was used.
  public let variant: Score.Variant
  /// The value, or why there is none.
  public let outcome: Outcome
  /// Each input as it was typed and as it was used.
  public let inputs: [InputUse]
  /// The terms of a formula, or the points of its items, whose sum is the unrounded value; of a grade
  /// or a definition what each part amounts to by itself.
  public let terms: [Term]
  /// Mortality or survival in the cohorts that were published.
  public let mortality: [Mortality]
  /// Values that other readings of the same patient would give.
  public let alternatives: [Alternative]
  /// What else a reader must know: what was assumed, held, or chosen.
  public let notes: [String]

  /// Whose it is.
  let patient: Patient

  init(outcome: Outcome, working: Working) {
    score = working.score
    patient = working.patient
    self.outcome = outcome
    variant = working.variant
    inputs = working.inputs
    terms = working.terms
    mortality = working.mortality
    alternatives = working.alternatives
    notes = working.notes
  }

  /// Whether ``Score/appraisal(of:)`` comes to the same for a patient: it is of no other one, and of
  /// the usual form of the score.
  public func isAppraisal(of patient: Patient) -> Bool {
    variant.id == score.variants[0].id && patient == self.patient
  }

  /// The value, where there is one.
  public var value: ScoreValue? {
    if case .value(let value) = outcome { value } else { nil }
  }

  /// The value with the score's decimals (`27`, `7.62`), or with more where it would seem to lie in
  /// another band (`7.395`), or the name of the grade (`1B`, `holds`); `nil` where there is none.
  public var text: String? { value.map { score.text(of: $0) } }

  /// The same for files, where a number always has the score's decimals.
  public var reportedText: String? {
    value.map { value in
      value.decimals > score.decimals && !score.isNamed
        ? score.text(of: value.reported) : score.text(of: value)
    }
  }

  /// The bands of the variant that was used, from low to high.
  public var strata: [Score.Stratum] { score.strata(of: variant) }

  /// The other readings in public use under which this patient would have another reported value or
  /// another band.
  public var disagreements: [Disagreement] {
    guard let value, variant.kind == .reading else { return [] }
    return score.variants.compactMap { other in
      guard other.kind == .reading, other != variant else { return nil }
      let result = score.result(for: patient, variant: other.id)
      guard result.variant != variant, let theirs = result.value,
        theirs.reported != value.reported || theirs.stratum != value.stratum
      else { return nil }
      return Disagreement(variant: result.variant, value: theirs, text: score.text(of: theirs))
    }
  }

  /// What is missing; empty where nothing is.
  public var missing: [Gap] {
    if case .missing(let gaps) = outcome { gaps } else { [] }
  }
}

extension Score {
  /// Whether its value is shown by the name of its band.
  var isNamed: Bool { form == .grade || form == .definition }

  /// A value as it is shown: with the score's decimals, and with more of them where it would seem to
  /// lie in another band than it does; or by the name of the grade.
  public func text(of value: ScoreValue) -> String {
    if isNamed, let stratum = value.stratum { return stratum }
    guard value.decimals > decimals else { return text(of: value.reported) }
    return FixedDecimal(value.unrounded)?.formatted(decimals: value.decimals)
      ?? "\(value.unrounded)"
  }

  /// A number with the score's decimals.
  func text(of number: Double) -> String {
    FixedDecimal(number)?.formatted(decimals: decimals) ?? "\(number)"
  }
}

/// Another reading in public use that gives a patient another value.
public struct Disagreement: Hashable, Sendable {
  /// The other reading.
  public let variant: Score.Variant
  /// The value under it.
  public let value: ScoreValue
  /// The value as it is shown.
  public let text: String
}

/// An input of a score as it was typed and as it was used.
public struct InputUse: Hashable, Sendable {
  /// The variable.
  public let variable: Variable
  /// Whether and how it was moved to a bound.
  public let adjustment: Adjustment?

  // Kept as they are and made into text only where it is shown: most results are never looked at.
  let entry: Patient.Entry?
  let taken: Taken

  /// What a formula took.
  enum Taken: Hashable, Sendable {
    case number(Double, Unit)
    case word(String)
  }

  /// What was typed, with its unit.
  public var typed: String { entry?.shown ?? "not given" }

  /// The number or the word that the formula took, with its unit.
  public var used: String {
    switch taken {
    case .number(let number, .one): Working.plain(number)
    case .number(let number, let unit): "\(Working.plain(number)) \(unit.symbol)"
    case .word(let word): word
    }
  }

  /// How an input was moved to a bound of the score.
  public enum Adjustment: Hashable, Sendable, CustomStringConvertible {
    /// It was raised to the least value that the score takes.
    case floored
    /// It was lowered to the greatest value that the score takes.
    case capped
    /// It was replaced by what the score prescribes in renal replacement.
    case replaced

    /// The word for a person.
    public var description: String {
      switch self {
      case .floored: "raised to the least"
      case .capped: "held at the most"
      case .replaced: "set by renal replacement"
      }
    }
  }
}

/// A term of a formula, or the points of an item.
public struct Term: Hashable, Sendable {
  /// The term as it is printed: `3.78 × ln bilirubin`.
  public let label: String
  /// The variables in it.
  public let variables: [Variable]
  /// What it contributes.
  public let points: Double
  /// The limits against which it is held, where it decides by them.
  let limits: [Double]

  /// What it contributes, as it is printed: with so many decimals; where it is held against limits,
  /// with as many as it takes to stand on the same side of each of them.
  public func text(decimals: Int) -> String {
    guard let exact = FixedDecimal(points) else { return "\(points)" }
    guard !limits.isEmpty else { return exact.formatted(decimals: decimals) }
    let rounded = (2..<8).lazy.map { exact.rounded(to: $0) }.first { rounded in
      limits.allSatisfy { limit in
        (rounded.double < limit) == (points < limit) && (rounded.double > limit) == (points > limit)
      }
    }
    return "\(rounded ?? exact)"
  }
}

/// Mortality or survival that was published for patients like this one.
public struct Mortality: Hashable, Sendable {
  /// What is counted and until when: `death within 90 days`.
  public let event: String
  /// The share in per cent.
  public let percent: Double
  /// In whom.
  public let cohort: String
}

/// The value that another reading of the same patient would give.
public struct Alternative: Hashable, Sendable {
  /// The other reading.
  public let label: String
  /// The value under it.
  public let value: ScoreValue
  /// What would decide between the readings.
  public let settledBy: Settlement
  /// Whether it is a reading of the source rather than of the patient.
  public var isReading: Bool { if case .person = settledBy { true } else { false } }

  /// What decides between two readings.
  public enum Settlement: Hashable, Sendable {
    /// A variable that is missing.
    case variable(Variable)
    /// A person who knows what the source means, and the question for him.
    case person(String)
  }
}
