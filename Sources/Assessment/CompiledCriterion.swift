import Criteria
import Trials

/// A criterion ready to be computed.
struct CompiledCriterion: Sendable {
  /// What it comes to where nothing contradicts it.
  enum Finding: Hashable, Sendable {
    case holds(Bool)
    /// Something is missing; what, says the outcome of the expression.
    case unknown
    /// A person must answer.
    case attest
    /// A person must say how the source is read; on which matters, says the outcome.
    case reading
  }

  let id: Criterion.ID
  /// Its expression's place among the ``CompiledTrials/expressions``; `nil` where only a person can
  /// say.
  let expression: Int?
  let attest: Criterion.Attestation
  /// The answer that keeps a patient out.
  ///
  /// Polarity is applied here and nowhere else.
  let blockingAnswer: Bool
  /// The places of the criteria of its trial that contradict it.
  let conflicts: [Int]
  /// Whether its expression leaves some patients to a person.
  let leavesOpen: Bool

  init(_ criterion: Criterion, expression: Int?, leavesOpen: Bool, conflicts: [Int]) {
    id = criterion.id
    self.expression = expression
    self.leavesOpen = leavesOpen
    attest = criterion.attest
    blockingAnswer = criterion.polarity == .exclusion
    self.conflicts = conflicts
  }

  /// What it comes to.
  ///
  /// - Parameters:
  ///   - outcome: What its expression comes to; `nil` where it has none.
  ///   - answer: What a person answered to it: whether it holds.
  func find(_ outcome: Outcome?, answer: Bool?) -> Finding {
    guard let outcome else { return answer.map { .holds($0) } ?? .attest }
    let computed = finding(outcome)
    switch attest {
    case .never:
      return computed == .reading ? answer.map { .holds($0) } ?? .reading : computed
    case .always:
      // To let in takes both the expression and a person; to keep out, either of them.
      if computed == .holds(blockingAnswer) || answer == blockingAnswer {
        return .holds(blockingAnswer)
      }
      if computed == .unknown { return .unknown }
      return answer.map { .holds($0) } ?? (computed == .reading ? .reading : .attest)
    case .whenMet:
      if computed == .holds(false) { return computed }
      return answer.map { .holds($0) } ?? (computed == .holds(true) ? .attest : computed)
    }
  }

  private func finding(_ outcome: Outcome) -> Finding {
    switch outcome {
    case .value(.boolean(let holds)): .holds(holds)
    case .unknown(let doubt) where leavesOpen && doubt.isPermanent: .reading
    case .value, .unknown: .unknown
    case .needsPerson: .reading
    }
  }
}
