public import Criteria
import Hepatology
public import Quantities
public import Trials

/// Why a criterion comes to what it does: for the person who checks one against the other.
public struct CriterionReason: Sendable {
  /// The sentence with this patient's numbers, without the full stop.
  public let sentence: String
  /// How far each known number is from what it is compared with.
  public let margins: [Margin]
  /// The expression as the program reads it; `nil` where only a person can say.
  public let expression: String?
  /// Whether what decides it can change.
  public let change: Change

  /// Whether what keeps a patient out can change.
  public enum Change: Hashable, Sendable {
    /// It is measured, or a condition that may pass.
    case mayChange
    /// A time window ends, and it may clear on that day.
    case clears(on: Day)
    /// It is a fact of the past or of the person.
    case stays
  }

  /// The numbers within five per cent of a threshold; grades, of which the next one is always far,
  /// are none.
  public let nearMisses: [Margin]
}

extension Screening {
  /// Why a criterion of a trial comes to what it does; `nil` where there is no such criterion.
  public func reason(for question: Question) -> CriterionReason? {
    guard let place = place(of: question),
      let screened = screening(of: question.trial)?.criteria
        .first(where: { $0.criterion.id == question.criterion })
    else { return nil }
    let criterion = compiled.criteria[place]
    guard let expression = criterion.expression.map({ compiled.expressions[$0] }) else {
      return CriterionReason(
        sentence: Self.attested(screened) ?? "A person must say", margins: [], expression: nil,
        change: .mayChange, nearMisses: [])
    }
    let explanation = expression.explain(facts, on: date)
    let attested = Self.attested(screened).map { ". \($0)" } ?? ""
    return CriterionReason(
      sentence: explanation.sentence + attested, margins: explanation.margins,
      expression: expression.description,
      change: screened.blocks ? change(of: criterion, expression) : .mayChange,
      nearMisses: explanation.margins.filter(isNear))
  }

  /// Whether a number is within five per cent of its threshold; a grade, of which the next one is
  /// always far, never is.
  public func isNear(_ margin: Margin) -> Bool {
    if case .choice? = variables[margin.name]?.kind { return false }
    if case .grade? = Score.find(margin.name)?.form { return false }
    return margin.isNear()
  }

  /// The comparison that alone keeps a patient out by a criterion; `nil` where none does.
  public func decisiveMargin(of question: Question) -> Margin? {
    guard let place = place(of: question), answers[question] == nil, isBlockedByItself(place),
      let expression = compiled.criteria[place].expression
    else { return nil }
    return compiled.expressions[expression].decisiveMargin(facts, on: date)
  }

  /// What keeps a patient out, as his number and what the trial wants of it, so that nobody reads it
  /// as the rule: `total bilirubin 214, must be below 170 µmol/L`.
  ///
  /// - Parameters:
  ///   - margin: A comparison that keeps him out: see ``decisiveMargin(of:)``.
  ///   - subject: What is compared; the words of the criterion where it is `nil`.
  public func sentence(of margin: Margin, subject: String? = nil) -> String {
    "\(subject ?? margin.label) \(margin.shownValue), \(margin.demand)"
      + (isNear(margin) ? ", near the limit" : "")
  }

  /// The criteria of a trial that are decided by a number near its threshold, in order; those that
  /// a person answered are not.
  public func nearLimits(of id: TrialRecord.ID) -> [Criterion.ID] {
    decided(of: id).filter { place in
      compiled.criteria[place].expression.map {
        compiled.expressions[$0].margins(facts, on: date).contains(where: isNear)
      } ?? false
    }.map { compiled.criteria[$0].id }
  }

  private static func attested(_ screened: ScreenedCriterion) -> String? {
    if let answer = screened.answer { return "A person answered \(answer ? "yes" : "no")" }
    switch screened.result {
    case .needsPerson(let matters): return matters.first ?? "A person must answer"
    case .conflict(let others):
      // The sentence may stand with the other one.
      let how =
        screened.criterion.conflict?.how ?? "It contradicts \(others.joined(separator: ", "))"
      return how.hasSuffix(".") ? String(how.dropLast()) : how
    default: return nil
    }
  }

  /// Looked for from tomorrow on, as far as the longest window of a protocol goes.
  private static let longestWindow = 3660

  private func change(of criterion: CompiledCriterion, _ expression: Expression)
    -> CriterionReason.Change
  {
    let variables = vocabulary.variables(of: vocabulary.behind(expression.mentioned))
    let isDated = variables.contains { variable in
      if case .event(.on) = patient.value(of: variable) { true } else { false }
    }
    if isDated, let date,
      expression.evaluate(facts, on: date).isTrue == criterion.blockingAnswer
    {
      for days in 1...Self.longestWindow {
        guard let later = date.adding(days: days) else { break }
        if expression.evaluate(facts, on: later).isTrue == !criterion.blockingAnswer {
          return .clears(on: later)
        }
      }
    }
    return variables.allSatisfy(\.isLasting) ? .stays : .mayChange
  }
}
