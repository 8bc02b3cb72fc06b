public import Quantities

/// An expression of the eligibility language: a subset of HL7 CQL 1.5 with Kleene's three values.
///
/// Names, types and units are settled when it is read; evaluating it never fails.
public struct Expression: Sendable, Hashable {
  // Expressions are copied wherever trials are walked; one of them is one reference.
  private final class Definition: Sendable {
    let syntax: Syntax
    let program: Program
    let notes: Notes
    let type: ValueType
    let mentioned: VariableSet

    init(_ syntax: Syntax, _ program: Program, _ notes: Notes, _ type: ValueType) {
      self.syntax = syntax
      self.program = program
      self.notes = notes
      self.type = type
      mentioned = VariableSet(notes.symbols.map(\.index))
    }
  }

  private let definition: Definition

  var syntax: Syntax { definition.syntax }
  var program: Program { definition.program }
  var notes: Notes { definition.notes }

  /// What kind of value it has.
  public var type: ValueType { definition.type }
  /// The names of the variables and scores that it mentions.
  public var symbols: Set<String> { Set(notes.symbols.map(\.name)) }
  /// The variables and scores that it mentions, by their index.
  public var mentioned: VariableSet { definition.mentioned }
  /// Whether it says `null` itself: where it comes to that with nothing missing, its author has left
  /// the answer to a person.
  public var leavesOpen: Bool { program.terms.contains(.null) }

  /// Reads an expression.
  ///
  /// - Parameters:
  ///   - text: the expression, such as `totalBilirubin >= 5 'mg/dL' and inr >= 1.5`.
  ///   - vocabulary: what its names mean.
  ///   - expected: the type that it must have; `nil` where any will do.
  /// - Throws: all that is wrong with it, each with its place and what would be right.
  public init(
    parsing text: String, vocabulary: any Vocabulary, expecting expected: ValueType? = .boolean
  ) throws(CriteriaErrors) {
    let lexer = Lexer(text)
    var parser = Parser(lexer.tokens)
    let syntax: Syntax
    do {
      syntax = try parser.parse()
    } catch {
      throw CriteriaErrors(
        lexer.errors.isEmpty
          ? [error] + Self.misspelt(lexer.tokens, vocabulary, except: error) : lexer.errors)
    }
    var checker = Checker(vocabulary)
    let root = checker.check(syntax)
    var errors = lexer.errors + checker.errors
    if let expected, errors.isEmpty, root.type != expected, root.type != .any {
      errors = [
        CriteriaError(
          syntax.position, "\(expected.name) is expected, and this is \(root.type.name)")
      ]
    }
    guard errors.isEmpty else { throw CriteriaErrors(errors) }
    checker.program.root =
      root.type == .boolean ? .condition(checker.condition(root)) : root.part
    definition = Definition(syntax, checker.program, checker.notes, root.type)
  }

  /// The names in a text that means nothing, for saying more than that it does.
  private static func misspelt(
    _ tokens: [Token], _ vocabulary: any Vocabulary, except first: CriteriaError
  ) -> [CriteriaError] {
    var errors: [CriteriaError] = []
    for (index, token) in tokens.enumerated() where errors.count < 10 {
      guard case .word(let word) = token.kind, !OperatorTable.keywords.contains(word),
        Function(rawValue: word) == nil, CalendarUnit(word: word) == nil,
        vocabulary.symbol(word) == nil,
        index == 0 || tokens[index - 1].kind != .mark("."),
        token.position != Position(line: first.line, column: first.column)
      else { continue }
      let near = nearestNames(to: word, among: vocabulary.names)
      if !near.isEmpty {
        errors.append(
          CriteriaError(
            token.position, "there is no variable or score '\(word)'", suggestions: near))
      }
    }
    return errors
  }

  /// What it comes to for a patient.
  ///
  /// - Parameters:
  ///   - facts: what is known of the patient.
  ///   - date: the screening date, from which windows of time are counted back.
  public func evaluate(_ facts: some Facts, on date: Day? = nil) -> Outcome {
    Evaluator.with(program, facts, on: date) { $0.outcome }
  }

  /// Two expressions are the same where their text and the meaning of their names are.
  public static func == (left: Expression, right: Expression) -> Bool {
    left.syntax == right.syntax && left.notes.symbols == right.notes.symbols
  }

  /// Hashes the text.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(syntax)
  }
}

extension Expression: CustomStringConvertible {
  /// The canonical text; reading it gives this expression again.
  public var description: String { syntax.description }
}

extension Evaluator {
  /// The result as it is reported.
  var outcome: Outcome {
    switch root {
    case .condition(let index): outcome(truth(index))
    case .term(let index): outcome(result(index))
    }
  }

  private func outcome(_ truth: Truth) -> Outcome {
    switch truth {
    case .yes: .value(.boolean(true))
    case .no: .value(.boolean(false))
    case .unknown(let doubt): Outcome(doubt)
    }
  }

  private func outcome(_ result: Result) -> Outcome {
    switch result {
    case .value(.number(let number)) where !number.isInRange: .unknown(.permanent)
    case .value(let value): .value(value)
    case .range(_, let doubt), .oneOf(_, let doubt), .unknown(let doubt): Outcome(doubt)
    }
  }
}
