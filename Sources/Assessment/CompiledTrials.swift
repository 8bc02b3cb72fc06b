import Criteria
import Trials

/// Trials ready to be computed: their criteria one after another, and each distinct expression once,
/// since many trials ask the same.
struct CompiledTrials: Sendable {
  /// The distinct expressions.
  let expressions: [Expression]
  /// The criteria of all trials.
  let criteria: [CompiledCriterion]
  /// The trial of each criterion.
  let owners: [Int32]
  /// For each trial the place of its first criterion, and the number of all criteria at the end.
  private let starts: [Int]
  /// For each symbol the expressions that mention it.
  let expressionsMentioning: [[Int32]]
  /// For each symbol the criteria that mention it.
  let criteriaMentioning: [[Int32]]

  init(_ trials: [TrialRecord], vocabulary: PatientVocabulary) {
    var expressions: [Expression] = []
    var places: [String: Int?] = [:]
    var criteria: [CompiledCriterion] = []
    var owners: [Int32] = []
    var starts = [0]
    let symbols = vocabulary.symbols.indices
    var expressionsMentioning: [[Int32]] = symbols.map { _ in [] }
    var criteriaMentioning: [[Int32]] = symbols.map { _ in [] }

    /// The place of an expression; `nil` for a text that is none. A record is checked when it is
    /// loaded, and what cannot be read all the same needs a person.
    func place(of text: String) -> Int? {
      if let known = places[text] { return known }
      var place: Int?
      if let expression = try? Expression(parsing: text, vocabulary: vocabulary) {
        place = expressions.count
        for symbol in expression.mentioned.indices {
          expressionsMentioning[symbol].append(Int32(expressions.count))
        }
        expressions.append(expression)
      }
      places[text] = .some(place)
      return place
    }

    for (number, trial) in trials.enumerated() {
      let start = criteria.count
      for criterion in trial.criteria {
        let expression = criterion.expression.flatMap { place(of: $0.text) }
        if let expression {
          for symbol in expressions[expression].mentioned.indices {
            criteriaMentioning[symbol].append(Int32(criteria.count))
          }
        }
        criteria.append(
          CompiledCriterion(
            criterion, expression: expression,
            leavesOpen: expression.map { expressions[$0].leavesOpen } ?? false,
            conflicts: Self.conflicts(of: criterion, in: trial).map { start + $0 }))
        owners.append(Int32(number))
      }
      starts.append(criteria.count)
    }
    self.expressions = expressions
    self.criteria = criteria
    self.owners = owners
    self.starts = starts
    self.expressionsMentioning = expressionsMentioning
    self.criteriaMentioning = criteriaMentioning
  }

  /// The places of a trial's criteria.
  func range(of trial: Int) -> Range<Int> { starts[trial]..<starts[trial + 1] }

  private static func conflicts(of criterion: Criterion, in trial: TrialRecord) -> [Int] {
    guard trial.criteria.contains(where: { $0.conflict != nil }) else { return [] }
    let ids = trial.conflicts(of: criterion.id)
    return trial.criteria.indices.filter { ids.contains(trial.criteria[$0].id) }
  }
}
