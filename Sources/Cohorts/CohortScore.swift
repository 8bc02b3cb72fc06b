public import Hepatology

/// A score that is asked for, in a form of it.
public struct CohortScore: Sendable {
  /// The score.
  public let score: Score
  /// The id of the form; `nil` for the one that holds where none is named.
  public let variant: String?

  /// A score in a form of it.
  ///
  /// - Parameter variant: The id of one of the score's variants; the first where it is `nil`.
  public init(_ score: Score, variant: String? = nil) {
    self.score = score
    self.variant = variant == score.variants.first?.id ? nil : variant
  }

  /// The head of its column: the id, and the form where one is named.
  public var name: String { variant.map { "\(score.id):\($0)" } ?? score.id }

  /// Whether it can be computed for many patients side by side.
  var isColumnar: Bool { variant == nil && score.columnInputs != nil }
}
