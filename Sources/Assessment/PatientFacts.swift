public import Criteria
public import Hepatology
import Quantities

/// A patient as criteria ask for him: a fact for each variable and each score.
public struct PatientFacts: Facts, Sendable {
  private var facts: [Fact]
  /// The band of each score, as a fact.
  private var bands: [Fact]
  private var patient = Patient()
  private let vocabulary: PatientVocabulary
  /// The scores that are kept, by their position in the list.
  private let scores: [Int]

  /// The facts of a patient of whom nothing is known.
  public init(vocabulary: PatientVocabulary) {
    self.init(vocabulary: vocabulary, scores: Array(Score.all.indices))
  }

  /// The facts of nobody, with only those scores that are asked for.
  init(vocabulary: PatientVocabulary, scores: [Int]) {
    self.vocabulary = vocabulary
    self.scores = scores
    facts = vocabulary.symbols.map { .unknown(needs: VariableSet($0.index)) }
    bands = Array(repeating: .unknown(needs: VariableSet()), count: Score.all.count)
    let nobody = Patient()
    for score in scores { takeScore(score, of: nobody, []) }
  }

  /// The facts of a patient.
  public init(_ patient: Patient, vocabulary: PatientVocabulary) {
    self.init(vocabulary: vocabulary)
    _ = update(patient)
  }

  /// Takes what has changed of the patient, and tells which symbols are not what they were.
  ///
  /// - Parameters:
  ///   - patient: The patient as he is now.
  ///   - results: Results of scores that are at hand; those of this patient are not computed again.
  public mutating func update(_ patient: Patient, results: [ScoreResult] = []) -> VariableSet {
    var changed = VariableSet()
    for id in patient.differences(from: self.patient) {
      guard let index = vocabulary.symbol(id)?.index, take(index, of: patient) else { continue }
      changed.insert(index)
    }
    self.patient = patient
    for score in scores(of: changed) where takeScore(score, of: patient, results) {
      changed.insert(vocabulary.firstScore + score)
    }
    return changed
  }

  /// Takes the variable of an index; whether its value is not what it was.
  private mutating func take(_ index: Int, of patient: Patient) -> Bool {
    let variable = vocabulary.table.all[index]
    let fact = Self.fact(of: variable, patient[variable]?.reading.value, index: index)
    guard fact != facts[index] else { return false }
    facts[index] = fact
    return true
  }

  /// The scores that are kept and take one of these variables.
  func scores(of changed: VariableSet) -> [Int] {
    scores.filter { vocabulary.variables[vocabulary.firstScore + $0].intersects(changed) }
  }

  /// What is known of a symbol, or of the band of a score.
  public func fact(_ symbol: Int, member: Int?) -> Fact {
    member == nil || symbol < vocabulary.firstScore
      ? facts[symbol] : bands[symbol - vocabulary.firstScore]
  }

  /// The label of a symbol.
  public func label(of symbol: Int) -> String { vocabulary.symbols[symbol].label }

  // MARK: Variables

  /// What is known of the variable of an index by its value.
  static func fact(of variable: Variable, _ value: Hepatology.Value?, index: Int) -> Fact {
    let itself = VariableSet(index)
    guard let value else { return .unknown(needs: itself) }
    switch (value, variable.kind) {
    case (.quantity(let quantity, let bound), .quantity(let measure)):
      guard let number = try? measure.canonical(quantity) else { return .unknown(needs: itself) }
      switch bound {
      case .exact: return .known(.number(number))
      case .below, .atMost:
        let end = NumberInterval.Bound(number, isIncluded: bound == .atMost)
        return .within(NumberInterval(low: nil, high: end), settledBy: itself)
      case .above, .atLeast:
        let end = NumberInterval.Bound(number, isIncluded: bound == .atLeast)
        return .within(NumberInterval(low: end, high: nil), settledBy: itself)
      }
    case (.choice(let id), .choice(let choices, _)):
      return options(choices).value(of: id).map { .known($0) } ?? .unknown(needs: itself)
    case (.choices(let ids), .choices(let choices)):
      return .known(options(choices).value(of: ids))
    case (.yesNo(let yes), _): return .known(.boolean(yes))
    case (.event(let occurrence), _):
      switch occurrence {
      case .never: return .known(.event(.never))
      case .on(let day): return .known(.event(.on(day)))
      case .ongoing: return .known(.event(.ongoing))
      }
    default: return .unknown(needs: itself)
    }
  }

  private static func options(_ choices: [Choice]) -> Options {
    Options(choices.map { .init($0.id, $0.label) })
  }

  // MARK: Scores

  /// Takes the score at a position of the list; whether it is not what it was.
  @discardableResult
  private mutating func takeScore(
    _ position: Int, of patient: Patient, _ results: [ScoreResult]
  ) -> Bool {
    let score = Score.all[position]
    let known = results.first { $0.score.id == score.id && $0.isAppraisal(of: patient) }
    let (fact, band) = Self.facts(
      of: score, known.map { ($0.outcome, $0.alternatives) } ?? score.appraisal(of: patient),
      vocabulary)
    let symbol = vocabulary.firstScore + position
    defer {
      facts[symbol] = fact
      bands[position] = band
    }
    return facts[symbol] != fact || bands[position] != band
  }

  /// What is known of a score, and of its band.
  static func facts(
    of score: Score, _ appraisal: (outcome: Hepatology.Outcome, alternatives: [Alternative]),
    _ vocabulary: PatientVocabulary
  ) -> (value: Fact, band: Fact) {
    let (outcome, alternatives) = appraisal
    let value = fact(of: outcome, alternatives, vocabulary) { Self.value(of: $0, score) }
    let band = fact(of: outcome, alternatives, vocabulary) { value in
      score.strata.firstIndex { $0.name == value.stratum }.map { .choice($0) }
    }
    return (value, band)
  }

  private static func fact(
    of outcome: Hepatology.Outcome, _ alternatives: [Alternative], _ vocabulary: PatientVocabulary,
    _ read: (ScoreValue) -> Criteria.Value?
  ) -> Fact {
    switch outcome {
    case .value(let value):
      guard let own = read(value) else { return .unknown(needs: VariableSet()) }
      let others = alternatives.filter { read($0.value) != own }
      guard let first = others.first else { return .known(own) }
      let values = [own] + others.compactMap { read($0.value) }
      switch first.settledBy {
      case .variable(let variable):
        let index = vocabulary.index(of: variable)
        return .alternatives(values, unsettledBy: .variables(VariableSet(index.map { [$0] } ?? [])))
      case .person(let question): return .alternatives(values, unsettledBy: .person(question))
      }
    case .missing(let gaps):
      var needs = VariableSet()
      for gap in gaps {
        if let index = vocabulary.index(of: gap.variable) { needs.insert(index) }
      }
      return .unknown(needs: needs)
    case .notApplicable: return .unknown(needs: VariableSet())
    }
  }

  /// The number that a criterion compares: a score of whole points as it is reported, any other as
  /// the formula gives it, since bands are set on that.
  private static func value(of value: ScoreValue, _ score: Score) -> Criteria.Value? {
    if score.form == .definition { return .boolean(value.reported >= 1) }
    let number = score.decimals == 0 ? value.reported : value.unrounded
    return FixedDecimal(number).map { .number($0) }
  }
}
