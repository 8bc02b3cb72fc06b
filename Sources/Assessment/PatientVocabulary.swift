public import Criteria
public import Hepatology
import Quantities
public import Trials

/// The names that criteria may use: the variables of the table, then the scores.
public struct PatientVocabulary: Vocabulary {
  /// The vocabulary of what Lobule brings.
  public static let builtIn = PatientVocabulary(.builtIn)

  /// The variables.
  public let table: VariableTable

  /// The symbols, each at its index: variables first.
  let symbols: [Symbol]
  /// For each symbol the variables behind it: itself, or all that a score takes.
  let variables: [VariableSet]
  /// The symbols that are events, on which the screening date bears.
  let events: VariableSet
  /// The index of the first score.
  let firstScore: Int
  private let byName: [String: Int]

  /// The names of a table of variables, and of all scores.
  public init(_ table: VariableTable) {
    self.table = table
    var symbols = table.all.enumerated().map { index, variable in
      Symbol(
        variable.id, label: variable.label, type: Self.type(of: variable.kind), index: index)
    }
    var variables = table.all.indices.map { VariableSet($0) }
    for (offset, score) in Score.all.enumerated() {
      symbols.append(Self.symbol(of: score, index: table.all.count + offset))
      let inputs = (score.inputs + score.optionalInputs).compactMap(table.position)
      variables.append(VariableSet(inputs))
    }
    firstScore = table.all.count
    self.symbols = symbols
    self.variables = variables
    events = VariableSet(symbols.filter { $0.type == .event }.map(\.index))
    byName = Dictionary(uniqueKeysWithValues: symbols.map { ($0.name, $0.index) })
  }

  /// What a name means; `nil` where it means nothing.
  public func symbol(_ name: String) -> Symbol? { byName[name].map { symbols[$0] } }

  /// All names.
  public var names: [String] { symbols.map(\.name) }

  /// The variables of a set, in the order of the table; scores are left out.
  public func variables(of set: VariableSet) -> [Variable] {
    set.indices.filter { $0 < firstScore }.map { table.all[$0] }
  }

  /// The index of a variable.
  public func index(of variable: Variable) -> Int? { table.position(of: variable) }

  /// All variables behind the symbols of a set.
  func behind(_ set: VariableSet) -> VariableSet {
    set.indices.reduce(into: VariableSet()) { $0.formUnion(variables[$1]) }
  }

  /// What is wrong with an expression of a trial file, for reading trials with their expressions
  /// checked.
  public func faults(in expression: String) -> [TrialReader.ExpressionFault] {
    do {
      _ = try Expression(parsing: expression, vocabulary: self)
      return []
    } catch {
      return error.errors.map { .init(line: $0.line, column: $0.column, message: $0.text) }
    }
  }

  private static func type(of kind: Variable.Kind) -> ValueType {
    switch kind {
    case .quantity(let measure): .quantity(measure.canonical, substances: measure.substances)
    case .choice(let choices, let ordered): .choice(options(choices, ordered: ordered))
    case .choices(let choices): .choices(options(choices, ordered: false))
    case .yesNo: .boolean
    case .event: .event
    }
  }

  private static func options(_ choices: [Choice], ordered: Bool) -> Options {
    Options(choices.map { .init($0.id, $0.label) }, isOrdered: ordered)
  }

  /// A score is a number, a definition true or false; `class` of a score is the name of its band.
  private static func symbol(of score: Score, index: Int) -> Symbol {
    if score.form == .definition {
      return Symbol(score.id, label: score.name, type: .boolean, index: index)
    }
    let bands = Options(score.strata.map { .init($0.name, $0.name) }, isOrdered: true)
    return Symbol(
      score.id, label: score.name, type: .decimal,
      members: [.init("class", label: "\(score.name) class", type: .choice(bands))], index: index)
  }
}
