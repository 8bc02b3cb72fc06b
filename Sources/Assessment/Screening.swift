import Criteria
public import Hepatology
public import Quantities
public import Trials

/// One patient against many trials, kept up to date while he changes.
///
/// A change recomputes only the criteria that mention what changed, and those of trials that are
/// asked for first: ``settle(first:atMost:)`` does the rest in slices, so that a key never waits
/// for trials that nobody sees.
public struct Screening: Sendable {
  /// A criterion of a trial that a person answered: whether it holds.
  public struct Question: Hashable, Sendable {
    /// The trial.
    public let trial: TrialRecord.ID
    /// The criterion.
    public let criterion: Criterion.ID

    /// A criterion of a trial.
    public init(trial: TrialRecord.ID, criterion: Criterion.ID) {
      self.trial = trial
      self.criterion = criterion
    }
  }

  /// The trials.
  public let trials: [TrialRecord]
  /// The day on which is screened; time windows count back from it.
  public private(set) var date: Day?
  /// What persons answered.
  public private(set) var answers: [Question: Bool] = [:]
  /// How many criteria have been evaluated so far.
  public private(set) var evaluations = 0

  let vocabulary: PatientVocabulary
  private(set) var facts: PatientFacts
  private(set) var patient = Patient()
  private var compiled: [CompiledTrial]
  /// For each symbol the criteria that mention it: trial and position.
  private var mentions: [[(trial: Int32, criterion: Int32)]]
  /// The trials of which something must be computed, in order.
  private var waiting: [Int32]
  private var positions: [TrialRecord.ID: Int]

  struct CompiledTrial: Sendable {
    var criteria: [CompiledCriterion]
    var findings: [CompiledCriterion.Finding]
    /// The criteria that must be evaluated anew; the bits of a trial's first 256.
    var isStale: [Bool]
    var isWaiting = true
    var verdict = Verdict.open(unknown: 0, unclear: 0)
  }

  /// Nobody against these trials.
  public init(trials: [TrialRecord], on date: Day? = nil, vocabulary: PatientVocabulary = .shared) {
    self.trials = trials
    self.date = date
    self.vocabulary = vocabulary
    compiled = []
    compiled.reserveCapacity(trials.count)
    mentions = Array(repeating: [], count: vocabulary.symbols.count)
    for (number, trial) in trials.enumerated() {
      let criteria = trial.criteria.map {
        CompiledCriterion($0, in: trial, vocabulary: vocabulary)
      }
      for (position, criterion) in criteria.enumerated() {
        for symbol in criterion.mentioned.indices {
          mentions[symbol].append((Int32(number), Int32(position)))
        }
      }
      compiled.append(
        CompiledTrial(
          criteria: criteria,
          findings: Array(repeating: .unknown(.permanent), count: criteria.count),
          isStale: Array(repeating: true, count: criteria.count)))
    }
    let offset = Variable.all.count
    facts = PatientFacts(
      vocabulary: vocabulary,
      scores: Score.all.indices.filter { [mentions] in !mentions[offset + $0].isEmpty })
    waiting = trials.indices.map(Int32.init)
    positions = Dictionary(trials.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// A patient against these trials, all of them computed.
  public init(
    of patient: Patient, trials: [TrialRecord], answers: [Question: Bool] = [:], on date: Day? = nil
  ) {
    self.init(trials: trials, on: date)
    for (question, answer) in answers { self.answer(question, answer) }
    update(patient)
    settle()
  }

  // MARK: Changing

  /// Takes what has changed of the patient.
  public mutating func update(_ patient: Patient) {
    self.patient = patient
    for symbol in facts.update(patient).indices {
      for mention in mentions[symbol] {
        stale(Int(mention.trial), Int(mention.criterion))
      }
    }
  }

  /// Screens on another day.
  public mutating func screen(on date: Day?) {
    guard date != self.date else { return }
    self.date = date
    for trial in compiled.indices {
      for position in compiled[trial].criteria.indices { stale(trial, position) }
    }
  }

  /// Takes a person's answer to a criterion, whether it holds; `nil` takes it back.
  public mutating func answer(_ question: Question, _ answer: Bool?) {
    answers[question] = answer
    guard let trial = positions[question.trial],
      let position = compiled[trial].criteria.firstIndex(where: { $0.id == question.criterion })
    else { return }
    stale(trial, position)
  }

  private mutating func stale(_ trial: Int, _ position: Int) {
    compiled[trial].isStale[position] = true
    if !compiled[trial].isWaiting {
      compiled[trial].isWaiting = true
      waiting.append(Int32(trial))
    }
  }

  // MARK: Computing

  /// Whether trials wait to be computed.
  public var isSettled: Bool { waiting.isEmpty }

  /// Computes what waits: first the trials that are named, then others, at most so many criteria of
  /// them.
  public mutating func settle(first: [TrialRecord.ID] = [], atMost limit: Int = .max) {
    for id in first {
      if let trial = positions[id], compiled[trial].isWaiting { compute(trial) }
    }
    let end = limit == .max ? Int.max : evaluations + limit
    while evaluations < end, let trial = waiting.popLast().map(Int.init) {
      if compiled[trial].isWaiting { compute(trial) }
    }
  }

  private mutating func compute(_ trial: Int) {
    compiled[trial].isWaiting = false
    for position in compiled[trial].criteria.indices where compiled[trial].isStale[position] {
      let criterion = compiled[trial].criteria[position]
      let answer =
        answers.isEmpty
        ? nil : answers[Question(trial: trials[trial].id, criterion: criterion.id)]
      compiled[trial].findings[position] = criterion.find(facts, on: date, answer: answer)
      compiled[trial].isStale[position] = false
      evaluations += 1
    }
    compiled[trial].verdict = verdict(of: compiled[trial], answersOf: trials[trial].id)
  }

  private func verdict(of trial: CompiledTrial, answersOf id: TrialRecord.ID) -> Verdict {
    var blocking: [Criterion.ID] = []
    var unknown = 0
    var unclear = 0
    for (position, criterion) in trial.criteria.enumerated() {
      switch result(position, of: trial, id: id).result {
      case .met where criterion.blockingAnswer: blocking.append(criterion.id)
      case .notMet where !criterion.blockingAnswer: blocking.append(criterion.id)
      case .met, .notMet: break
      case .unknown: unknown += 1
      case .needsPerson(let matters): unclear += matters.isEmpty ? 0 : 1
      case .conflict: unclear += 1
      }
    }
    if !blocking.isEmpty { return .blocked(by: blocking) }
    return unknown + unclear > 0 ? .open(unknown: unknown, unclear: unclear) : .clears
  }

  /// What a criterion comes to, contradictions among criteria taken into account.
  private func result(_ position: Int, of trial: CompiledTrial, id: TrialRecord.ID)
    -> (result: CriterionResult, blocks: Bool)
  {
    let criterion = trial.criteria[position]
    let finding = trial.findings[position]
    switch finding {
    case .unknown: return (.unknown, false)
    case .needsPerson(let matters): return (.needsPerson(matters), false)
    case .holds(let computed):
      let holds =
        criterion.conflicts.isEmpty ? computed : answer(position, of: trial, id) ?? computed
      let blocks = holds == criterion.blockingAnswer
      let others = criterion.conflicts.filter { other in
        guard case .holds(let computed) = trial.findings[other] else { return false }
        let holds = answer(other, of: trial, id) ?? computed
        return (holds == trial.criteria[other].blockingAnswer) != blocks
      }
      guard others.isEmpty else {
        return (.conflict(with: others.map { trial.criteria[$0].id }), false)
      }
      return (holds ? .met : .notMet, blocks)
    }
  }

  /// What a person answered to a criterion of a trial.
  private func answer(_ position: Int, of trial: CompiledTrial, _ id: TrialRecord.ID) -> Bool? {
    answers.isEmpty ? nil : answers[Question(trial: id, criterion: trial.criteria[position].id)]
  }

  // MARK: Reading

  /// The variables that the criteria ask for, in the order of the form.
  public var mentioned: [Variable] {
    let symbols = mentions.indices.filter { !mentions[$0].isEmpty }
    return vocabulary.variables(of: vocabulary.behind(VariableSet(symbols)))
  }

  /// Whether the patient can enter a trial; `nil` where it is not known or waits to be computed.
  public func verdict(of id: TrialRecord.ID) -> Verdict? {
    guard let trial = positions[id], !compiled[trial].isWaiting else { return nil }
    return compiled[trial].verdict
  }

  /// One trial, criterion by criterion; `nil` where it is not known.
  public func screening(of id: TrialRecord.ID) -> TrialScreening? {
    guard let number = positions[id] else { return nil }
    let trial = compiled[number]
    let criteria = trial.criteria.indices.map { position -> ScreenedCriterion in
      let (result, blocks) = result(position, of: trial, id: id)
      var needs: [Variable] = []
      if case .unknown(let doubt) = trial.findings[position] {
        needs = vocabulary.variables(of: doubt.variables)
      }
      let record = trials[number].criteria[position]
      return ScreenedCriterion(
        criterion: record, result: result, blocks: blocks, needs: needs,
        answer: answers[Question(trial: id, criterion: record.id)])
    }
    return TrialScreening(trial: trials[number], verdict: trial.verdict, criteria: criteria)
  }

  /// The compiled criteria of a trial, for explaining them.
  func criteria(of id: TrialRecord.ID) -> [CompiledCriterion] {
    positions[id].map { compiled[$0].criteria } ?? []
  }

  /// For each trial that is not blocked the positions of its unknown criteria and what they need.
  func openQuestions(atMost limit: Int) -> [(
    trial: Int, criterion: CompiledCriterion, needs: VariableSet
  )] {
    var questions: [(Int, CompiledCriterion, VariableSet)] = []
    var count = 0
    for (number, trial) in compiled.enumerated() where !trial.isWaiting {
      if case .open = trial.verdict {
      } else {
        continue
      }
      count += 1
      if count > limit { break }
      for (position, finding) in trial.findings.enumerated() {
        if case .unknown(let doubt) = finding, !doubt.variables.isEmpty {
          questions.append((number, trial.criteria[position], doubt.variables))
        }
      }
    }
    return questions
  }
}
