public import Quantities

/// What an expression comes to for a patient, in words and in figures.
public struct Explanation: Hashable, Sendable {
  /// What it comes to.
  public let outcome: Outcome
  /// Why, with this patient's numbers: `INR 2.9 is above 2.6 by 0.3.` without the full stop.
  public let sentence: String
  /// Each comparison with a known number, in the order of the text.
  public let margins: [Margin]
}

/// How far a known number is from a threshold that it is compared with.
public struct Margin: Hashable, Sendable {
  /// The name of the variable or score; with its member, as in `childPugh.class`; the first one
  /// where several are calculated with.
  public let name: String
  /// What is compared, in words.
  public let label: String
  /// The number that is compared.
  public let value: FixedDecimal
  /// The number that it is compared with, in the same unit.
  public let threshold: FixedDecimal
  /// The unit of both; `nil` for numbers without one.
  public let unit: Unit?
  /// Whether the comparison holds.
  public let holds: Bool
  /// How the value stands to the threshold.
  public let relation: Relation

  /// How a number stands to another, as the criteria write it, which every terminal shows.
  public enum Relation: String, CustomStringConvertible, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case equal = "="
    case notEqual = "!="
    case greaterOrEqual = ">="
    case greater = ">"

    /// The mark.
    public var description: String { rawValue }

    /// The one that holds where this one does not.
    public var opposite: Relation {
      switch self {
      case .less: .greaterOrEqual
      case .lessOrEqual: .greater
      case .equal: .notEqual
      case .notEqual: .equal
      case .greaterOrEqual: .less
      case .greater: .lessOrEqual
      }
    }

    /// In words, behind `must`.
    fileprivate var demand: String {
      switch self {
      case .less: "be below"
      case .lessOrEqual: "be at most"
      case .equal: "be"
      case .notEqual: "not be"
      case .greaterOrEqual: "be at least"
      case .greater: "be above"
      }
    }
  }

  /// The value to two decimals, or to as many more as tell it from a threshold that it does not
  /// reach.
  public var shownValue: FixedDecimal {
    for decimals in 2..<8 {
      let shown = value.rounded(to: decimals)
      if (shown < threshold) == (value < threshold), (shown > threshold) == (value > threshold) {
        return shown
      }
    }
    return value
  }

  /// The threshold with its unit, as people read it.
  public var shownThreshold: String {
    guard let unit, unit.code != "1" else { return "\(threshold)" }
    return "\(threshold) \(CalendarUnit(code: unit.code)?.word(after: threshold) ?? unit.symbol)"
  }

  /// What the value would have to be for the comparison to come out the other way: of one that
  /// keeps a patient out, what the trial wants of him: `must be below 170 µmol/L`.
  public var demand: String { "must \(relation.opposite.demand) \(shownThreshold)" }

  /// The demand in the fewest letters: `need <170`.
  public var shortDemand: String {
    relation.opposite == .notEqual ? "not \(threshold)" : "need \(relation.opposite)\(threshold)"
  }

  /// How far the value is from the threshold, always zero or more; `nil` where it is out of range.
  public var distance: FixedDecimal? { value.minus(threshold)?.magnitude }

  /// The distance as a part of the threshold; `nil` where that is zero.
  public var relativeDistance: Double? {
    guard threshold.sign != 0, let distance else { return nil }
    return distance.double / threshold.magnitude.double
  }

  /// Whether the value is so near that a small change would decide otherwise.
  public func isNear(within part: Double = 0.05) -> Bool {
    value == threshold || (relativeDistance ?? .infinity) <= part
  }
}

extension Expression {
  /// What it says, in words without a patient: `INR at least 1.5 or prothrombin activity below
  /// 40 %`.
  public var sentence: String {
    Wording(program: program, notes: notes).text(program.root).startingSentence
  }

  /// The comparison that alone decides what a condition comes to for a patient; `nil` where none
  /// does, or where nothing is decided.
  ///
  /// - Parameters:
  ///   - facts: what is known of the patient.
  ///   - date: the screening date, from which windows of time are counted back.
  public func decisiveMargin(_ facts: some Facts, on date: Day? = nil) -> Margin? {
    guard case .condition(let root) = program.root else { return nil }
    return Evaluator.with(program, facts, on: date) { evaluator in
      let truth = evaluator.truth(root)
      guard truth.isYes || truth.isNo else { return nil }
      var explainer = Explainer(
        evaluator: evaluator, wording: Wording(program: program, notes: notes))
      return explainer.decisiveMargin(root, holds: truth.isYes)
    }
  }

  /// Each comparison with a number that is known of a patient, in the order of the text.
  ///
  /// - Parameters:
  ///   - facts: what is known of the patient.
  ///   - date: the screening date, from which windows of time are counted back.
  public func margins(_ facts: some Facts, on date: Day? = nil) -> [Margin] {
    Evaluator.with(program, facts, on: date) { evaluator in
      var explainer = Explainer(
        evaluator: evaluator, wording: Wording(program: program, notes: notes))
      explainer.collectMargins()
      return explainer.margins
    }
  }

  /// What it comes to for a patient, and why.
  ///
  /// - Parameters:
  ///   - facts: what is known of the patient.
  ///   - date: the screening date, from which windows of time are counted back.
  public func explain(_ facts: some Facts, on date: Day? = nil) -> Explanation {
    Evaluator.with(program, facts, on: date) { evaluator in
      let outcome = evaluator.outcome
      var explainer = Explainer(
        evaluator: evaluator, wording: Wording(program: program, notes: notes))
      let sentence =
        switch program.root {
        case .condition(let root): explainer.explain(root)
        case .term(let root): explainer.amount(root)
        }
      explainer.collectMargins()
      return Explanation(
        outcome: outcome, sentence: sentence.startingSentence, margins: explainer.margins)
    }
  }
}

extension String {
  /// With a capital letter at its start.
  var startingSentence: String { prefix(1).uppercased() + dropFirst() }

  /// A label in the middle of a sentence: with a small letter, but for a name or an abbreviation.
  var insideSentence: String {
    let word = prefix { $0 != " " }
    guard word.count > 1, !word.dropFirst().contains(where: { $0.isUppercase || $0.isNumber })
    else { return self }
    return prefix(1).lowercased() + dropFirst()
  }
}

extension Sequence<String> {
  /// `a, b and c`.
  func listed(_ word: String) -> String {
    let all = Array(self)
    guard all.count > 1, let last = all.last else { return all.first ?? "" }
    return all.dropLast().joined(separator: ", ") + " \(word) \(last)"
  }
}
