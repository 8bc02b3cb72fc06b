import Criteria
import Quantities
import Trials

/// A criterion ready to be evaluated.
struct CompiledCriterion: Sendable {
  /// What it comes to where nothing contradicts it.
  enum Finding: Hashable, Sendable {
    case holds(Bool)
    case unknown(Doubt)
    case needsPerson([String])
  }

  let id: Criterion.ID
  let expression: Expression?
  let attest: Criterion.Attestation
  /// The answer that keeps a patient out. Polarity is applied here and nowhere else.
  let blockingAnswer: Bool
  /// The symbols whose change may change it.
  let mentioned: VariableSet
  /// The positions in the trial of the criteria that contradict it.
  let conflicts: [Int]

  init(_ criterion: Criterion, in trial: TrialRecord, vocabulary: PatientVocabulary) {
    id = criterion.id
    attest = criterion.attest
    blockingAnswer = criterion.polarity == .exclusion
    // A record is checked when it is loaded; what cannot be read all the same needs a person.
    expression = criterion.expression.flatMap {
      try? Expression(parsing: $0.text, vocabulary: vocabulary)
    }
    mentioned = expression?.mentioned ?? VariableSet()
    let ids = trial.conflicts(of: criterion.id)
    conflicts = trial.criteria.indices.filter { ids.contains(trial.criteria[$0].id) }
  }

  /// What it comes to for a patient.
  ///
  /// - Parameter answer: What a person answered to it: whether it holds.
  func find(_ facts: PatientFacts, on date: Day?, answer: Bool?) -> Finding {
    guard let expression else { return answer.map { .holds($0) } ?? .needsPerson([]) }
    let outcome = expression.evaluate(facts, on: date)
    switch attest {
    case .never:
      switch outcome {
      case .needsPerson(let matters): return answer.map { .holds($0) } ?? .needsPerson(matters)
      default: return Self.finding(outcome)
      }
    case .always:
      // What keeps a patient out does so by itself; that he may enter, a person must say too.
      if outcome.isTrue == blockingAnswer { return .holds(blockingAnswer) }
      return answer.map { .holds($0) } ?? .needsPerson([])
    case .whenMet:
      if outcome.isTrue == true { return answer.map { .holds($0) } ?? .needsPerson([]) }
      return Self.finding(outcome)
    }
  }

  private static func finding(_ outcome: Outcome) -> Finding {
    switch outcome {
    case .value(.boolean(let holds)): .holds(holds)
    case .value: .unknown(.permanent)
    case .unknown(let doubt): .unknown(doubt)
    case .needsPerson(let matters): .needsPerson(matters)
    }
  }
}
