/// What is wrong in a file with a trial, where, and what would be right.
public struct TrialProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's name.
  public let file: String
  /// Where in the file.
  public let place: SourceText.Place
  /// What is wrong, and what would be right where that is known.
  public let message: String

  /// What is wrong at a place of a file.
  public init(file: String, place: SourceText.Place, message: String) {
    self.file = file
    self.place = place
    self.message = message
  }

  /// `file:line:column: error: message`, as compilers write it.
  public var description: String {
    "\(file):\(place.line):\(place.column): error: \(message)"
  }
}
