import Criteria
import Hepatology
import Quantities
import Testing
import Trials

@testable import Assessment

/// Every criterion of the five trials on both sides of each threshold, on it, and with each variable
/// missing.
@Suite struct CriterionTests {
  @Test(arguments: CriterionTable.rows)
  func comesToWhatTheSourceSays(_ row: CriterionTable.Row) throws {
    for (value, expected) in row.values {
      let patient = try row.patient(value)
      let expression = try Self.expression(row)
      let outcome = expression.evaluate(PatientFacts(patient, vocabulary: .builtIn), on: today)
      let found =
        switch outcome {
        case .value(.boolean(true)): "yes"
        case .value(.boolean(false)): "no"
        case .unknown(let doubt) where expression.leavesOpen && doubt.isPermanent: "person"
        case .value, .unknown: "?"
        case .needsPerson: "person"
        }
      #expect(found == expected, "\(row.trial) \(row.criterion): \(row.variable) \(value)")
      // A missing value that leaves it unknown is among those that would settle it.
      if value == "?", expected == "?", case .unknown(let doubt) = outcome {
        let needs = PatientVocabulary.builtIn.variables(of: doubt.variables).map(\.id)
        #expect(needs.contains(row.variable), "\(row.criterion) \(row.variable)")
      }
      try check(row, found, for: patient)
    }
  }

  /// The criterion of the trial against its expression: polarity, and who must be asked.
  private func check(_ row: CriterionTable.Row, _ found: String, for patient: Patient) throws {
    let trial = try screened(patient, row.trial)
    let criterion = try #require(trial[row.criterion])
    let isExclusion = criterion.criterion.polarity == .exclusion
    guard criterion.criterion.attest == .never else { return }
    switch (found, criterion.result) {
    case ("yes", .met): #expect(criterion.blocks == isExclusion)
    case ("no", .notMet): #expect(criterion.blocks == !isExclusion)
    case ("?", .unknown), ("person", .needsPerson): #expect(!criterion.blocks)
    case (_, .conflict), (_, .unknown):
      #expect(!criterion.blocks)
      #expect(!trial.trial.conflicts(of: row.criterion).isEmpty, "\(row.trial) \(row.criterion)")
    default: Issue.record("\(row.trial) \(row.criterion): \(found) is shown as \(criterion.result)")
    }
  }

  /// The table has a row for each variable of each criterion with all answers that there are, and for
  /// each comparison a number on both sides and on the threshold.
  @Test func leavesNoCriterionAndNoThresholdOut() throws {
    for trial in library.trials {
      for criterion in trial.criteria {
        guard let text = criterion.expression?.text, text != "true" else { continue }
        let rows = CriterionTable.rows.filter {
          $0.trial == trial.id && $0.criterion == criterion.id
        }
        let expression = try Expression(parsing: text, vocabulary: PatientVocabulary.builtIn)
        let vocabulary = PatientVocabulary.builtIn
        for variable in vocabulary.variables(of: Self.required(expression)) {
          let values = rows.filter { $0.variable == variable.id }.flatMap(\.values)
          let name = "\(trial.id) \(criterion.id) \(variable.id)"
          // What is asked whether it is known to hold need not be known.
          let mayBeMissing = text.contains("\(variable.id) is true")
          #expect(
            values.contains { $0.value == "?" && ($0.expected == "?" || mayBeMissing) },
            "\(name) missing")
          for answer in Self.answers(variable) {
            #expect(values.contains { $0.value == answer }, "\(name) \(answer)")
          }
          if case .event = variable.kind {
            #expect(values.contains { Day($0.value) != nil }, "\(name) with a date")
          }
        }
        try checkThresholds(rows, expression, "\(trial.id) \(criterion.id)")
      }
    }
  }

  private func checkThresholds(
    _ rows: [CriterionTable.Row], _ expression: Expression, _ name: String
  ) throws {
    var found: [String: Set<Int>] = [:]
    for row in rows {
      for (value, _) in row.values {
        let facts = PatientFacts(try row.patient(value), vocabulary: .builtIn)
        for margin in expression.explain(facts, on: today).margins {
          // A threshold that is calculated has another number for each patient.
          let isCalculated =
            "\(expression)".contains("\(margin.name) >= 10 * ")
            && !"\(expression)".contains(" \(margin.threshold) ")
          let key = "\(margin.name) \(isCalculated ? "ULN" : "\(margin.threshold)")"
          let distance = margin.distance?.double ?? 0
          let isWhole = margin.value.wholeNumber != nil && margin.threshold.wholeNumber != nil
          guard margin.isNear() || isWhole && distance <= 1 || Score.find(margin.name) != nil
          else { continue }
          let side = margin.value == margin.threshold ? 0 : margin.value < margin.threshold ? -1 : 1
          found[key, default: []].insert(side)
        }
      }
    }
    for (key, sides) in found {
      // A formula with logarithms never stands on a threshold exactly, and Child-Pugh begins at 5.
      let wanted: Set<Int> =
        key.hasPrefix("cosshACLF2") ? [-1, 1] : key == "childPugh 5" ? [0, 1] : [-1, 0, 1]
      #expect(sides == wanted, "\(name): \(key) has only \(sides.sorted())")
    }
    let words = "\(expression)".split(separator: " ").map(String.init)
    let comparisons = Set(
      words.indices.filter { ["<", "<=", ">", ">=", "between"].contains(words[$0]) }
        .map { words[($0 - 1)...($0 + 1)].joined(separator: " ").filter { !"()".contains($0) } }
        .filter { !$0.hasPrefix("ascites") })
    #expect(found.count >= comparisons.count, "\(name): \(found.keys.sorted()) of \(comparisons)")
  }

  @Test func everyExpressionIsReadAndSaysSomething() throws {
    var count = 0
    for trial in library.trials {
      for criterion in trial.criteria {
        guard let text = criterion.expression?.text else { continue }
        let expression = try Expression(parsing: text, vocabulary: PatientVocabulary.builtIn)
        #expect(!expression.sentence.isEmpty)
        #expect(
          try Expression(parsing: expression.description, vocabulary: PatientVocabulary.builtIn)
            == expression)
        count += 1
      }
    }
    #expect(count > 90)
  }

  // MARK: Helpers

  /// The variables that a criterion cannot do without; of scores those without which there is none.
  private static func required(_ expression: Expression) -> VariableSet {
    let vocabulary = PatientVocabulary.builtIn
    var set = VariableSet()
    for name in expression.symbols {
      if let score = Score.find(name) {
        for input in score.inputs { set.insert(vocabulary.index(of: input) ?? 0) }
      } else if let symbol = vocabulary.symbol(name) {
        set.insert(symbol.index)
      }
    }
    return set
  }

  private static func answers(_ variable: Variable) -> [String] {
    switch variable.kind {
    case .yesNo: ["yes", "no"]
    case .choice(let choices, _), .choices(let choices): choices.map(\.id)
    case .event: ["never", "ongoing"]
    case .quantity: []
    }
  }

  private static func expression(_ row: CriterionTable.Row) throws -> Expression {
    let trial = try #require(library[row.trial])
    let criterion = try #require(trial.criteria.first { $0.id == row.criterion })
    return try Expression(
      parsing: try #require(criterion.expression).text, vocabulary: PatientVocabulary.builtIn)
  }
}
