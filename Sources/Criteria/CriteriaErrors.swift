/// All that is wrong with the text of an expression.
public struct CriteriaErrors: Error, Hashable, Sendable, CustomStringConvertible {
  /// The errors in the order of the text; there is at least one.
  public let errors: [CriteriaError]

  init(_ errors: [CriteriaError]) {
    self.errors = errors.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// One line for each error.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}

/// Something that is wrong with the text of an expression.
public struct CriteriaError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in characters.
  public let column: Int
  /// What is wrong and what would be right, without a full stop.
  public let message: String
  /// The right names nearest to a misspelt one, best first.
  public let suggestions: [String]

  init(_ position: Position, _ message: String, suggestions: [String] = []) {
    line = position.line
    column = position.column
    self.message = message
    self.suggestions = suggestions
  }

  /// Message and suggestions: `…; did you mean 'inr'?`.
  public var text: String {
    suggestions.isEmpty
      ? message
      : "\(message); did you mean "
        + suggestions.map { "'\($0)'" }.joined(separator: " or ") + "?"
  }

  /// Line, column, message and suggestions: `1:4: …; did you mean 'inr'?`.
  public var description: String { "\(line):\(column): \(text)" }
}

/// A place in a text.
struct Position: Hashable, Sendable {
  var line: Int
  var column: Int
}
