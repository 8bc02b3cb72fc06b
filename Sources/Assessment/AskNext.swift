import Criteria
public import Hepatology
import Quantities
import Trials

/// A variable that would settle something.
public struct Suggestion: Hashable, Sendable {
  /// The variable to enter next.
  public let variable: Variable
  /// In how many trials it can settle a criterion by itself.
  public let trials: Int
  /// How many criteria it can settle by itself.
  public let criteria: Int
}

extension Screening {
  /// What to enter next: the missing variables that can settle criteria of trials that are open,
  /// those first that do so in most trials.
  ///
  /// Found by trying: a variable is named where one of its possible values decides a criterion that
  /// is unknown now. Trials that are blocked ask nothing.
  ///
  /// - Parameter limit: The number of open trials that are looked at.
  public func askNext(lookingAt limit: Int = 100) -> [Suggestion] {
    var trials: [Int: Set<Int>] = [:]
    var criteria: [Int: Int] = [:]
    var supposed: [Int: [PatientFacts]] = [:]
    for (trial, criterion, needs) in openQuestions(atMost: limit) {
      for variable in needs.indices where variable < Variable.all.count {
        if supposed[variable] == nil { supposed[variable] = suppose(variable) }
        guard let expression = criterion.expression,
          supposed[variable]?.contains(where: { facts in
            switch criterion.find(facts, on: date, answer: nil) {
            case .unknown: false
            case .holds: true
            // An attestation that is left over, not a reading in doubt.
            case .needsPerson: expression.evaluate(facts, on: date).isTrue != nil
            }
          }) == true
        else { continue }
        trials[variable, default: []].insert(trial)
        criteria[variable, default: 0] += 1
      }
    }
    return trials.map { index, settled in
      Suggestion(
        variable: Variable.all[index], trials: settled.count, criteria: criteria[index] ?? 0)
    }.sorted { left, right in
      let order = { (suggestion: Suggestion) in
        (-suggestion.trials, -suggestion.criteria, Self.place(of: suggestion.variable))
      }
      return order(left) < order(right)
    }
  }

  private static func place(of variable: Variable) -> Int {
    Variable.all.firstIndex(of: variable) ?? 0
  }

  /// The facts as they would be with each of some values of a variable.
  private func suppose(_ index: Int) -> [PatientFacts] {
    let variable = Variable.all[index]
    return samples(of: variable).map { typed in
      var patient = patient
      patient.enter(typed, for: variable)
      return facts.supposing(patient, changing: index)
    }
  }

  /// Values that differ as far as criteria can see: all answers of a choice, never and now, and
  /// numbers from one end of what is possible to the other, in steps of half as much again.
  private func samples(of variable: Variable) -> [String] {
    switch variable.kind {
    case .yesNo: return ["yes", "no"]
    case .choice(let choices, _): return choices.map(\.id)
    case .choices(let choices): return choices.map(\.id)
    case .event: return ["never", "ongoing"] + (date.map { ["\($0)"] } ?? [])
    case .quantity(let measure):
      var numbers = [measure.hard.lowerBound, measure.hard.upperBound, measure.soft.upperBound]
      var number = max(measure.soft.lowerBound.double, measure.soft.upperBound.double / 100)
      while number < measure.soft.upperBound.double {
        if let sample = FixedDecimal(number)?.rounded(to: measure.isWhole ? 0 : 2) {
          numbers.append(sample)
        }
        number *= 1.5
      }
      return numbers.map { "\($0) \(measure.canonical.code)" }
    }
  }
}
