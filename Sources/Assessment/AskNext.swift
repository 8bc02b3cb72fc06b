import Criteria
public import Hepatology
import Quantities
public import Trials

/// A missing variable that would settle something.
public struct Suggestion: Hashable, Sendable {
  /// The variable to enter next.
  public let variable: Variable
  /// In how many trials it can decide a criterion by itself.
  public let trials: Int
  /// From how many trials it can exclude the patient by itself.
  public let excludes: Int
  /// The trials for which no other value is missing.
  public let lastOf: [TrialRecord.ID]
  /// How many criteria it can decide by itself.
  public let criteria: Int
  /// How many criteria it can decide only together with other missing variables.
  public let together: Int
}

extension Screening {
  /// What to enter next: the missing variables that can decide criteria of trials that are open,
  /// those first that do so in most trials, and after them those that can do so only together.
  ///
  /// Found by trying: a variable decides a criterion by itself where one of its possible values
  /// does. Trials that are blocked ask nothing. Whoever asks with every key keeps an ``Adviser``.
  ///
  /// - Parameter limit: The number of open trials that are looked at, of those that are computed.
  public func askNext(lookingAt limit: Int = 100) -> [Suggestion] {
    var adviser = Adviser()
    return adviser.suggestions(for: self, lookingAt: limit)
  }

  /// The missing variables each of which can decide a criterion that is unknown by itself, in the
  /// order of the form.
  public func deciding(_ question: Question) -> [Variable] {
    guard let place = place(of: question), let expression = compiled.criteria[place].expression
    else { return [] }
    var trier = Trier(self)
    return vocabulary.variables(of: trier.reach(expression, among: needs(of: place)).deciding)
  }
}

/// Finds what to enter next in one ``Screening`` again and again, and remembers what no change has
/// touched since.
public struct Adviser: Sendable {
  /// For each expression that was tried what decides it by itself, and at which revision.
  private var known: [Int: (revision: Int32, needs: VariableSet, reach: Reach)] = [:]
  /// For each variable the values that are tried.
  private var samples: [Int: [Sample]] = [:]

  /// Knows nothing yet.
  public init() {}

  /// What to enter next: see ``Screening/askNext(lookingAt:)``.
  ///
  /// - Parameters:
  ///   - screening: The same one each time, whatever has changed in it.
  ///   - limit: The number of open trials that are looked at, of those that are computed.
  public mutating func suggestions(
    for screening: Screening, lookingAt limit: Int = 100
  ) -> [Suggestion] {
    var trier = Trier(screening, samples: samples)
    defer { samples = trier.samples }
    var counts = Array(repeating: Count(), count: screening.vocabulary.firstScore)
    var last: Int32 = -1
    for place in screening.openQuestions(atMost: limit) {
      guard let expression = screening.compiled.criteria[place].expression else { continue }
      let needs = screening.needs(of: place)
      guard !needs.isEmpty else { continue }
      let reach = reach(expression, among: needs, &trier)
      let deciding = reach.deciding
      let isAlone = !deciding.isEmpty
      let trial = screening.compiled.owners[place]
      for variable in (isAlone ? deciding : needs).indices where variable < counts.count {
        counts[variable].add(ofTrial: trial, alone: isAlone)
      }
      for (holds, variables) in [(true, reach.holding), (false, reach.failing)]
      where screening.excludes(place, where: holds) {
        for variable in variables.indices { counts[variable].exclude(fromTrial: trial) }
      }
      if trial != last {
        let missing = screening.unknown(of: screening.trials[Int(trial)].id)
        if missing.count == 1, let index = screening.variables.position(of: missing[0]) {
          counts[index].lastOf.append(screening.trials[Int(trial)].id)
        }
        last = trial
      }
    }
    return counts.indices.filter { !counts[$0].isEmpty }.sorted { left, right in
      let (a, b) = (counts[left], counts[right])
      return (b.trials, b.criteria, b.together, left) < (a.trials, a.criteria, a.together, right)
    }.map {
      Suggestion(
        variable: screening.variables.all[$0], trials: counts[$0].trials,
        excludes: counts[$0].excludes, lastOf: counts[$0].lastOf,
        criteria: counts[$0].criteria, together: counts[$0].together)
    }
  }

  private mutating func reach(
    _ expression: Int, among needs: VariableSet, _ trier: inout Trier
  ) -> Reach {
    let revision = trier.screening.expressionRevisions[expression]
    if let known = known[expression], known.revision == revision, known.needs == needs {
      return known.reach
    }
    let reach = trier.reach(expression, among: needs)
    known[expression] = (revision, needs, reach)
    return reach
  }
}

/// The variables each of which can decide an expression by itself.
private struct Reach {
  /// Those that can make it hold.
  var holding = VariableSet()
  /// Those that can make it fail.
  var failing = VariableSet()

  var deciding: VariableSet {
    var all = holding
    all.formUnion(failing)
    return all
  }
}

/// What a variable can decide.
private struct Count {
  private(set) var trials = 0
  private(set) var excludes = 0
  private(set) var criteria = 0
  private(set) var together = 0
  var lastOf: [TrialRecord.ID] = []
  private var last: Int32 = -1
  private var lastExcluded: Int32 = -1

  var isEmpty: Bool { criteria == 0 && together == 0 }

  /// Adds a criterion; those of one trial come one after another.
  mutating func add(ofTrial trial: Int32, alone: Bool) {
    guard alone else {
      together += 1
      return
    }
    criteria += 1
    if trial != last { trials += 1 }
    last = trial
  }

  /// Adds a trial from which it can exclude; its criteria come one after another.
  mutating func exclude(fromTrial trial: Int32) {
    if trial != lastExcluded { excludes += 1 }
    lastExcluded = trial
  }
}

/// Tries what expressions would come to with other values.
private struct Trier {
  let screening: Screening
  private(set) var samples: [Int: [Sample]]
  private var plain: [Int: [SupposedFacts]] = [:]
  private var full: [Int: [SupposedFacts]] = [:]

  init(_ screening: Screening, samples: [Int: [Sample]] = [:]) {
    self.screening = screening
    self.samples = samples
  }

  /// What each variable of a set can make of an expression by itself.
  mutating func reach(_ expression: Int, among needs: VariableSet) -> Reach {
    var reach = Reach()
    for variable in needs.indices where variable < screening.vocabulary.firstScore {
      let (compiled, tried) = trials(of: expression, variable)
      var (holds, fails) = (false, false)
      for supposed in tried where !(holds && fails) {
        switch compiled.evaluate(supposed, on: screening.date).isTrue {
        case true?: holds = true
        case false?: fails = true
        case nil: break
        }
      }
      if holds { reach.holding.insert(variable) }
      if fails { reach.failing.insert(variable) }
    }
    return reach
  }

  /// An expression, and what is to be tried of a variable in it; nothing where it cannot move it.
  private mutating func trials(
    of expression: Int, _ variable: Int
  ) -> (Criteria.Expression, [SupposedFacts]) {
    let compiled = screening.compiled.expressions[expression]
    let isMoved = screening.facts.scores(of: VariableSet(variable)).contains {
      compiled.mentioned.contains(screening.vocabulary.firstScore + $0) && canMove($0, variable)
    }
    guard isMoved || compiled.mentioned.contains(variable) else { return (compiled, []) }
    return (compiled, supposed(variable, withScores: isMoved))
  }

  /// Whether a variable alone can change what is known of a score.
  private func canMove(_ score: Int, _ variable: Int) -> Bool {
    switch Score.all[score].form {
    case .grade, .definition: return true
    default: break
    }
    // A sum stays unknown while another of its inputs is missing.
    guard
      case .unknown(let needs) = screening.facts.fact(
        screening.vocabulary.firstScore + score, member: nil)
    else { return true }
    return needs.isSubset(of: VariableSet(variable))
  }

  private mutating func supposed(_ variable: Int, withScores: Bool) -> [SupposedFacts] {
    if let known = withScores ? full[variable] : plain[variable] { return known }
    let scores = withScores ? screening.facts.scores(of: VariableSet(variable)) : []
    let tried = samples[variable] ?? Sample.values(of: screening.variables.all[variable], variable)
    samples[variable] = tried
    let made = tried.map { sample in
      SupposedFacts(screening, variable, sample, scores: scores)
    }
    if withScores { full[variable] = made } else { plain[variable] = made }
    return made
  }
}

/// The facts as they would be if one variable had another value.
private struct SupposedFacts: Facts {
  private let facts: PatientFacts
  private let variable: Int
  private let fact: Fact
  private let scores: [(symbol: Int, value: Fact, band: Fact)]

  init(_ screening: Screening, _ variable: Int, _ sample: Sample, scores: [Int]) {
    facts = screening.facts
    self.variable = variable
    fact = sample.fact
    var patient = screening.patient
    if !scores.isEmpty { patient.assume(sample.value, for: screening.variables.all[variable]) }
    let vocabulary = screening.vocabulary
    self.scores = scores.map { position in
      let score = Score.all[position]
      let (value, band) = PatientFacts.facts(of: score, score.appraisal(of: patient), vocabulary)
      return (vocabulary.firstScore + position, value, band)
    }
  }

  func fact(_ symbol: Int, member: Int?) -> Fact {
    if symbol == variable { return fact }
    if let score = scores.first(where: { $0.symbol == symbol }) {
      return member == nil ? score.value : score.band
    }
    return facts.fact(symbol, member: member)
  }

  func label(of symbol: Int) -> String { facts.label(of: symbol) }
}

/// A value to try.
private struct Sample {
  let value: Hepatology.Value
  let fact: Fact

  /// Values of the variable of an index that differ as far as criteria can see: all answers of a
  /// choice, never and now, and numbers from one end of what is possible to the other, in steps of
  /// half as much again.
  static func values(of variable: Variable, _ index: Int) -> [Sample] {
    values(of: variable).map {
      Sample(value: $0, fact: PatientFacts.fact(of: variable, $0, index: index))
    }
  }

  private static func values(of variable: Variable) -> [Hepatology.Value] {
    switch variable.kind {
    case .yesNo: return [.yesNo(true), .yesNo(false)]
    case .choice(let choices, _): return choices.map { .choice($0.id) }
    case .choices(let choices): return choices.map { .choices([$0.id]) }
    case .event: return [.event(.never), .event(.ongoing)]
    case .quantity(let measure):
      var numbers = [measure.accepted.lowerBound, measure.accepted.upperBound]
      var number = max(
        measure.plausible.lowerBound.double, measure.plausible.upperBound.double / 100)
      while number < measure.plausible.upperBound.double {
        if let sample = FixedDecimal(number)?.rounded(to: measure.isWhole ? 0 : 2),
          measure.accepted.contains(sample)
        {
          numbers.append(sample)
        }
        number *= 1.5
      }
      return numbers.map { .quantity(Quantity($0, measure.canonical), .exact) }
    }
  }
}
