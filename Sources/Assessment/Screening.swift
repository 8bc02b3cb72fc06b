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
  /// How many criteria have been computed so far.
  public private(set) var evaluations = 0

  let vocabulary: PatientVocabulary
  /// The variables that the patient is described by.
  public var variables: VariableTable { vocabulary.table }
  let compiled: CompiledTrials
  private(set) var facts: PatientFacts
  /// The patient.
  public private(set) var patient = Patient()
  private let positions: [TrialRecord.ID: Int]
  /// The answers by the place of their criterion.
  private var given: [Int: Bool] = [:]

  // For each distinct expression what it came to, and whether it must be evaluated anew.
  private var outcomes: [Criteria.Outcome]
  private var isExpressionDue: [Bool]
  /// For each distinct expression a number that grows with every change of what stands behind it,
  /// also where that changes nothing yet.
  private(set) var expressionRevisions: [Int32]
  /// A number that grows with every change of anything that a trial asks for.
  public private(set) var revision = 0
  // For each criterion.
  private var findings: [CompiledCriterion.Finding]
  private var isCriterionDue: [Bool]
  // For each trial; the verdict is due too where an answer changed.
  private var verdicts: [Verdict]
  private let isClosed: [Bool]
  private var isVerdictDue: [Bool]
  private var revisions: [Int]
  private var isWaiting: [Bool]
  /// The trials that wait to be computed.
  private var waiting: [Int32]

  /// Nobody against these trials.
  public init(trials: [TrialRecord], on date: Day? = nil, vocabulary: PatientVocabulary) {
    self.trials = trials
    self.date = date
    self.vocabulary = vocabulary
    let compiled = CompiledTrials(trials, vocabulary: vocabulary)
    self.compiled = compiled
    outcomes = Array(repeating: .unknown(.permanent), count: compiled.expressions.count)
    isExpressionDue = Array(repeating: true, count: compiled.expressions.count)
    expressionRevisions = Array(repeating: 0, count: compiled.expressions.count)
    findings = Array(repeating: .unknown, count: compiled.criteria.count)
    isCriterionDue = Array(repeating: true, count: compiled.criteria.count)
    verdicts = Array(repeating: .open(unknown: 0, unclear: 0), count: trials.count)
    isClosed = trials.map { $0.recruits == false }
    isVerdictDue = Array(repeating: true, count: trials.count)
    revisions = Array(repeating: 0, count: trials.count)
    isWaiting = Array(repeating: true, count: trials.count)
    waiting = trials.indices.reversed().map(Int32.init)
    positions = Dictionary(trials.enumerated().map { ($1.id, $0) }) { first, _ in first }
    facts = PatientFacts(
      vocabulary: vocabulary,
      scores: Score.all.indices.filter {
        !compiled.criteriaMentioning[vocabulary.firstScore + $0].isEmpty
      })
  }

  /// A patient against these trials, all of them computed.
  public init(
    of patient: Patient, trials: [TrialRecord], answers: [Question: Bool] = [:],
    on date: Day? = nil, vocabulary: PatientVocabulary
  ) {
    self.init(trials: trials, on: date, vocabulary: vocabulary)
    for (question, answer) in answers { self.answer(question, answer) }
    update(patient)
    settle()
  }

  // MARK: Changing

  /// Takes what has changed of the patient.
  ///
  /// - Parameters:
  ///   - patient: The patient as he is now.
  ///   - results: Results of scores that are at hand; those of this patient are not computed again.
  public mutating func update(_ patient: Patient, results: [ScoreResult] = []) {
    self.patient = patient
    let changed = facts.update(patient, results: results)
    markDue(changed)
    // A score that stays unknown may wait for other inputs now.
    var touched = changed
    for score in facts.scores(of: changed) { touched.insert(vocabulary.firstScore + score) }
    markTouched(touched)
  }

  /// Screens on another day.
  public mutating func screen(on date: Day?) {
    guard date != self.date else { return }
    self.date = date
    markDue(vocabulary.events)
    markTouched(vocabulary.events)
  }

  /// Takes a person's answer to a criterion, whether it holds; `nil` takes it back.
  public mutating func answer(_ question: Question, _ answer: Bool?) {
    answers[question] = answer
    guard let place = place(of: question) else { return }
    revision += 1
    given[place] = answer
    isCriterionDue[place] = true
    let trial = Int(compiled.owners[place])
    isVerdictDue[trial] = true
    markWaiting(trial)
  }

  private mutating func markDue(_ symbols: VariableSet) {
    for symbol in symbols.indices {
      for expression in compiled.expressionsMentioning[symbol] {
        isExpressionDue[Int(expression)] = true
      }
      for criterion in compiled.criteriaMentioning[symbol] {
        isCriterionDue[Int(criterion)] = true
        markWaiting(Int(compiled.owners[Int(criterion)]))
      }
    }
  }

  private mutating func markTouched(_ symbols: VariableSet) {
    for symbol in symbols.indices {
      for expression in compiled.expressionsMentioning[symbol] {
        expressionRevisions[Int(expression)] &+= 1
        revision += 1
      }
    }
  }

  private mutating func markWaiting(_ trial: Int) {
    guard !isWaiting[trial] else { return }
    isWaiting[trial] = true
    waiting.append(Int32(trial))
  }

  // MARK: Computing

  /// Whether no trial waits to be computed.
  public var isSettled: Bool { waiting.isEmpty }

  /// Computes what waits: first the trials that are named, then others, until so many criteria of
  /// these have been computed.
  public mutating func settle(first: [TrialRecord.ID] = [], atMost limit: Int = .max) {
    for id in first {
      if let trial = positions[id], isWaiting[trial] { compute(trial) }
    }
    let (sum, isTooMuch) = evaluations.addingReportingOverflow(limit)
    let end = isTooMuch ? Int.max : sum
    while evaluations < end, let trial = waiting.popLast().map(Int.init) {
      if isWaiting[trial] { compute(trial) }
    }
    // Those that were computed first are left in the list; it is cleared when nothing else is.
    while let last = waiting.last, !isWaiting[Int(last)] { waiting.removeLast() }
  }

  private mutating func compute(_ trial: Int) {
    isWaiting[trial] = false
    var hasChanged = isVerdictDue[trial]
    let isCleared = if case .clears = verdicts[trial] { true } else { false }
    for place in compiled.range(of: trial) where isCriterionDue[place] {
      let expression = compiled.criteria[place].expression
      if let expression, isExpressionDue[expression] {
        outcomes[expression] = compiled.expressions[expression].evaluate(facts, on: date)
        isExpressionDue[expression] = false
      }
      let finding = compiled.criteria[place].find(
        expression.map { outcomes[$0] }, answer: given.isEmpty ? nil : given[place])
      // What keeps out may do so for another reason now, an age below the range and then above it,
      // and what is unknown may wait for other variables; of what lets the patient in it is said
      // only of a trial that clears how near a limit is.
      let letsIn = finding == .holds(!compiled.criteria[place].blockingAnswer)
      if finding != findings[place] || !letsIn || isCleared {
        findings[place] = finding
        hasChanged = true
      }
      isCriterionDue[place] = false
      evaluations += 1
    }
    guard hasChanged else { return }
    isVerdictDue[trial] = false
    revisions[trial] &+= 1
    verdicts[trial] = verdict(of: compiled.range(of: trial))
  }

  private func verdict(of range: Range<Int>) -> Verdict {
    var blocking: [Criterion.ID] = []
    var attest: [Criterion.ID] = []
    var unknown = 0
    var unclear = 0
    for place in range {
      let (state, blocks) = state(of: place)
      if blocks { blocking.append(compiled.criteria[place].id) }
      switch state {
      case .holds: break
      case .attest: attest.append(compiled.criteria[place].id)
      case .unknown: unknown += 1
      case .reading, .conflict: unclear += 1
      }
    }
    if !blocking.isEmpty { return .blocked(by: blocking) }
    return unknown + unclear > 0
      ? .open(unknown: unknown, unclear: unclear) : .clears(attest: attest)
  }

  private enum State {
    case holds(Bool)
    case unknown, attest, reading
    /// With the criteria of these places.
    case conflict([Int])
  }

  /// What a criterion comes to, contradictions among criteria taken into account.
  private func state(of place: Int) -> (State, blocks: Bool) {
    let criterion = compiled.criteria[place]
    switch findings[place] {
    case .unknown: return (.unknown, false)
    case .attest: return (.attest, false)
    case .reading: return (.reading, false)
    case .holds(let holds):
      let blocks = holds == criterion.blockingAnswer
      guard !criterion.conflicts.isEmpty else { return (.holds(holds), blocks) }
      var opposing: [Int] = []
      var isOpen = false
      for other in criterion.conflicts {
        if case .holds(let holds) = findings[other] {
          if (holds == compiled.criteria[other].blockingAnswer) != blocks { opposing.append(other) }
        } else {
          // What keeps out now may turn out to be contradicted.
          isOpen = isOpen || blocks
        }
      }
      guard !opposing.isEmpty || isOpen else { return (.holds(holds), blocks) }
      if let answer = given[place] {
        return (.holds(answer), answer == criterion.blockingAnswer)
      }
      guard !opposing.isEmpty else { return (.unknown, false) }
      // A person who answers one of them says which reading holds, and the others follow it.
      for other in opposing {
        guard let answer = given[other] else { continue }
        let blocks = answer == compiled.criteria[other].blockingAnswer
        return (.holds(blocks == criterion.blockingAnswer), blocks)
      }
      return (.conflict(opposing), false)
    }
  }

  // MARK: Reading

  /// The variables that the criteria ask for, in the order of the form.
  public var mentioned: [Variable] {
    let symbols = compiled.criteriaMentioning.indices.filter {
      !compiled.criteriaMentioning[$0].isEmpty
    }
    return vocabulary.variables(of: vocabulary.behind(VariableSet(symbols)))
  }

  /// The day on which a value was taken, where it was not that of screening.
  public func taken(_ variable: Variable) -> Day? { patient[variable]?.taken }

  /// A number that grows whenever a criterion of the trial comes to something else, keeps the
  /// patient out by another value, or waits for other variables.
  public func revision(of id: TrialRecord.ID) -> Int { positions[id].map { revisions[$0] } ?? 0 }

  /// How many trials stand where, of those that are computed.
  public var tally: Tally {
    var tally = Tally()
    for trial in verdicts.indices where !isWaiting[trial] {
      tally[Standing(verdicts[trial], isClosed: isClosed[trial])] += 1
    }
    return tally
  }

  /// Where the patient stands to a trial; `nil` where there is none of that id or it waits to be
  /// computed.
  public func standing(of id: TrialRecord.ID) -> Standing? {
    guard let trial = positions[id], !isWaiting[trial] else { return nil }
    return Standing(verdicts[trial], isClosed: isClosed[trial])
  }

  /// Whether the patient can enter a trial; `nil` where there is none of that id or it waits to be
  /// computed.
  public func verdict(of id: TrialRecord.ID) -> Verdict? {
    guard let trial = positions[id], !isWaiting[trial] else { return nil }
    return verdicts[trial]
  }

  /// One trial, criterion by criterion, computed now where it waits; `nil` where there is none of
  /// that id.
  public func screening(of id: TrialRecord.ID) -> TrialScreening? {
    guard let trial = positions[id] else { return nil }
    guard !isWaiting[trial] else {
      var settled = self
      settled.compute(trial)
      return settled.screening(of: id)
    }
    let range = compiled.range(of: trial)
    let criteria = range.map { screened($0, trials[trial].criteria[$0 - range.lowerBound]) }
    return TrialScreening(
      trial: trials[trial], verdict: verdicts[trial],
      standing: Standing(verdicts[trial], isClosed: isClosed[trial]), criteria: criteria,
      table: variables)
  }

  private func screened(_ place: Int, _ criterion: Criterion) -> ScreenedCriterion {
    let (state, blocks) = state(of: place)
    let result: CriterionResult
    switch state {
    case .holds(let holds): result = holds ? .met : .notMet
    case .unknown: result = .unknown
    case .attest: result = .needsPerson([])
    case .reading:
      if case .needsPerson(let matters)? = outcome(of: place) {
        result = .needsPerson(matters)
      } else {
        result = .needsPerson(["How does the site read what the source leaves open?"])
      }
    case .conflict(let others): result = .conflict(with: others.map { compiled.criteria[$0].id })
    }
    return ScreenedCriterion(
      criterion: criterion, result: result, blocks: blocks,
      needs: result == .unknown ? vocabulary.variables(of: needs(of: place)) : [],
      stale: stale(place), answer: given[place])
  }

  /// What the expression of a criterion came to.
  private func outcome(of place: Int) -> Criteria.Outcome? {
    compiled.criteria[place].expression.map { outcomes[$0] }
  }

  /// What would settle a criterion that is unknown, or those that contradict it.
  func needs(of place: Int) -> VariableSet {
    if let own = ownNeeds(of: place) { return own }
    return compiled.criteria[place].conflicts.reduce(into: VariableSet()) { needs, other in
      if let more = ownNeeds(of: other) { needs.formUnion(more) }
    }
  }

  /// What would settle a criterion that is unknown; `nil` for any other.
  private func ownNeeds(of place: Int) -> VariableSet? {
    guard findings[place] == .unknown, case .unknown(let doubt)? = outcome(of: place) else {
      return nil
    }
    return doubt.variables
  }

  /// The variables that would settle what is unknown of a trial, in the order of the form; none
  /// where it waits to be computed.
  public func unknown(of id: TrialRecord.ID) -> [Variable] {
    guard let trial = positions[id], !isWaiting[trial] else { return [] }
    let needs = compiled.range(of: trial).reduce(into: VariableSet()) { needs, place in
      if case .unknown = state(of: place).0 { needs.formUnion(self.needs(of: place)) }
    }
    return vocabulary.variables(of: needs)
  }

  /// The variables that a criterion uses with values that are not fresh any more.
  private func stale(_ place: Int) -> [Variable] {
    guard let date, let expression = compiled.criteria[place].expression, patient.isDated
    else {
      return []
    }
    let used = vocabulary.behind(compiled.expressions[expression].mentioned)
    return vocabulary.variables(of: used).filter { patient.isStale($0, on: date) }
  }

  /// The place of a criterion.
  func place(of question: Question) -> Int? {
    guard let trial = positions[question.trial] else { return nil }
    return compiled.range(of: trial).first { compiled.criteria[$0].id == question.criterion }
  }

  /// Whether what is known keeps the patient out by a criterion, whatever contradicts it.
  func isBlockedByItself(_ place: Int) -> Bool {
    findings[place] == .holds(compiled.criteria[place].blockingAnswer)
  }

  /// Whether a criterion, once its expression holds or does not, keeps the patient out; never where
  /// another one may contradict it.
  func excludes(_ place: Int, where holds: Bool) -> Bool {
    let criterion = compiled.criteria[place]
    return criterion.conflicts.isEmpty
      && criterion.find(.value(.boolean(holds)), answer: given[place])
        == .holds(criterion.blockingAnswer)
  }

  /// The places of the criteria of a trial that are decided, and not by a person; none where it
  /// waits to be computed.
  func decided(of id: TrialRecord.ID) -> [Int] {
    guard let trial = positions[id], !isWaiting[trial] else { return [] }
    return compiled.range(of: trial).filter { place in
      if case .holds = findings[place] { given[place] == nil } else { false }
    }
  }

  /// The places of the unknown criteria of the first trials that are open and computed.
  func openQuestions(atMost limit: Int) -> [Int] {
    var questions: [Int] = []
    var count = 0
    for trial in trials.indices where !isWaiting[trial] {
      guard case .open(let unknown, _) = verdicts[trial] else { continue }
      count += 1
      if count > limit { break }
      guard unknown > 0 else { continue }
      questions += compiled.range(of: trial).filter { findings[$0] == .unknown }
    }
    return questions
  }
}

extension Patient {
  /// Whether the value of a variable is older than it should be on a day; used all the same.
  public func isStale(_ variable: Variable, on date: Day) -> Bool {
    guard let taken = self[variable]?.taken, value(of: variable) != nil,
      let days = variable.freshFor
    else { return false }
    return date.number - taken.number > days
  }
}
