import Criteria
public import Hepatology
import Quantities
import Trials

/// A missing variable that would settle something.
public struct Suggestion: Hashable, Sendable {
  /// The variable to enter next.
  public let variable: Variable
  /// In how many trials it can decide a criterion by itself.
  public let trials: Int
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
  /// does. Trials that are blocked ask nothing.
  ///
  /// - Parameter limit: The number of open trials that are looked at, of those that are computed.
  public func askNext(lookingAt limit: Int = 100) -> [Suggestion] {
    var trier = Trier(self)
    var decided: [(trials: Set<Int32>, criteria: Int, together: Int)?] = Array(
      repeating: nil, count: Variable.all.count)
    for place in openQuestions(atMost: limit) {
      let needs = needs(of: place)
      guard let expression = compiled.criteria[place].expression, !needs.isEmpty else { continue }
      let deciding = trier.deciding(expression, among: needs)
      for variable in deciding.isEmpty ? needs.indices : deciding {
        var entry = decided[variable] ?? ([], 0, 0)
        if deciding.isEmpty {
          entry.together += 1
        } else {
          entry.trials.insert(compiled.owners[place])
          entry.criteria += 1
        }
        decided[variable] = entry
      }
    }
    return decided.enumerated().compactMap { index, entry in
      entry.map {
        (
          index,
          Suggestion(
            variable: Variable.all[index], trials: $0.trials.count, criteria: $0.criteria,
            together: $0.together)
        )
      }
    }.sorted { left, right in
      let order = { (index: Int, suggestion: Suggestion) in
        (-suggestion.trials, -suggestion.criteria, -suggestion.together, index)
      }
      return order(left.0, left.1) < order(right.0, right.1)
    }.map(\.1)
  }

  /// The missing variables each of which can decide a criterion that is unknown by itself, in the
  /// order of the form.
  public func deciding(_ question: Question) -> [Variable] {
    guard let place = place(of: question), let expression = compiled.criteria[place].expression
    else { return [] }
    var trier = Trier(self)
    return trier.deciding(expression, among: needs(of: place)).map { Variable.all[$0] }
  }
}

/// Tries what expressions would come to with other values, each once.
private struct Trier {
  let screening: Screening
  private var known: [Key: Bool] = [:]
  private var plain: [[SupposedFacts]?]
  private var full: [[SupposedFacts]?]

  private struct Key: Hashable {
    let expression: Int
    let variable: Int
  }

  init(_ screening: Screening) {
    self.screening = screening
    plain = Array(repeating: nil, count: Variable.all.count)
    full = plain
  }

  /// The variables of a set each of which can decide an expression by itself.
  mutating func deciding(_ expression: Int, among needs: VariableSet) -> [Int] {
    needs.indices.filter { $0 < Variable.all.count && decides(expression, $0) }
  }

  private mutating func decides(_ expression: Int, _ variable: Int) -> Bool {
    let key = Key(expression: expression, variable: variable)
    if let known = known[key] { return known }
    let compiled = screening.compiled.expressions[expression]
    let isDirect = compiled.mentioned.contains(variable)
    let scores = screening.facts.scores(of: VariableSet(variable)).filter {
      compiled.mentioned.contains(Variable.all.count + $0)
    }
    let movable = scores.filter { canMove($0, variable) }
    let decides =
      (isDirect || !movable.isEmpty)
      && supposed(variable, withScores: !movable.isEmpty).contains {
        compiled.evaluate($0, on: screening.date).isTrue != nil
      }
    known[key] = decides
    return decides
  }

  /// Whether a variable alone can change what is known of a score.
  private func canMove(_ score: Int, _ variable: Int) -> Bool {
    switch Score.all[score].form {
    case .grade, .definition: return true
    default: break
    }
    // A sum stays unknown while another of its inputs is missing.
    guard
      case .unknown(let needs) = screening.facts.fact(Variable.all.count + score, member: nil)
    else { return true }
    return needs.isSubset(of: VariableSet(variable))
  }

  private mutating func supposed(_ variable: Int, withScores: Bool) -> [SupposedFacts] {
    if let known = withScores ? full[variable] : plain[variable] { return known }
    let made = Sample.all[variable].map { sample in
      SupposedFacts(
        screening.facts, variable, sample, in: screening.patient,
        scores: withScores ? screening.facts.scores(of: VariableSet(variable)) : [],
        vocabulary: screening.vocabulary)
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

  init(
    _ facts: PatientFacts, _ variable: Int, _ sample: Sample, in patient: Patient, scores: [Int],
    vocabulary: PatientVocabulary
  ) {
    self.facts = facts
    self.variable = variable
    fact = sample.fact
    guard !scores.isEmpty else {
      self.scores = []
      return
    }
    var patient = patient
    patient.enter(sample.typed, for: Variable.all[variable])
    self.scores = scores.map { position in
      let (value, band) = PatientFacts.facts(
        ofScore: position, for: patient, vocabulary: vocabulary)
      return (Variable.all.count + position, value, band)
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
  /// As a person would type it.
  let typed: String
  let fact: Fact

  /// For each variable values that differ as far as criteria can see: all answers of a choice, never
  /// and now, and numbers from one end of what is possible to the other, in steps of half as much
  /// again.
  static let all = Variable.all.map(samples)

  private static func samples(of variable: Variable) -> [Sample] {
    func sample(_ typed: String) -> Sample {
      var patient = Patient()
      patient.enter(typed, for: variable)
      return Sample(typed: typed, fact: PatientFacts.fact(of: variable, in: patient))
    }
    switch variable.kind {
    case .yesNo: return ["yes", "no"].map(sample)
    case .choice(let choices, _), .choices(let choices): return choices.map { sample($0.id) }
    case .event: return ["never", "ongoing"].map(sample)
    case .quantity(let measure):
      let ends = [measure.hard.lowerBound, measure.hard.upperBound]
      var numbers = ends
      var number = max(measure.soft.lowerBound.double, measure.soft.upperBound.double / 100)
      while number < measure.soft.upperBound.double {
        if let sample = FixedDecimal(number)?.rounded(to: measure.isWhole ? 0 : 2),
          measure.hard.contains(sample)
        {
          numbers.append(sample)
        }
        number *= 1.5
      }
      return numbers.map { sample("\($0) \(measure.canonical.code)") }
    }
  }
}
