/// One rule of who may take part: the sentence a person reads and, where it can be computed, the
/// expression a program evaluates.
public struct Criterion: Identifiable, Hashable, Sendable {
  /// The number within the trial, as in `I4` and `E1a`.
  ///
  /// Rules that share an item of the source share its number and have a letter each.
  public let id: String
  /// Whether it admits or excludes.
  public let polarity: Polarity
  /// The rule in our words.
  public let text: String
  /// The rule in the criteria language, and where it stands in its file; `nil` where only a person
  /// can say.
  public let expression: SourceText?
  /// Whether a person must answer.
  public let attest: Attestation
  /// What the source leaves unclear.
  public let ambiguity: String?
  /// How it is read here, and why.
  public let reading: String?
  /// The criteria of the same source that contradict this one.
  ///
  /// The contradiction matters to a patient for whom one of them clears and the other blocks.
  public let conflict: Conflict?

  /// A contradiction between criteria of one source.
  public struct Conflict: Hashable, Sendable {
    /// The ids of the other criteria.
    public let with: [String]
    /// How they contradict each other.
    public let how: String
  }
}

/// A text that was read from a file, and where each of its lines stands there.
public struct SourceText: Hashable, Sendable, CustomStringConvertible {
  /// The text as the file format gives it, without quotes and indentation.
  public let text: String
  /// The file's name.
  public let file: String
  /// Where pieces of the text begin, in order; the first one at offset 0.
  let pieces: [Piece]

  struct Piece: Hashable, Sendable {
    let offset: Int
    let place: Place
  }

  /// A place in a file.
  public struct Place: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, in Unicode scalars.
    public let column: Int

    /// A line and a column, both from 1.
    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    /// `12:5`.
    public var description: String { "\(line):\(column)" }

    /// Compares by line, then by column.
    public static func < (left: Place, right: Place) -> Bool {
      (left.line, left.column) < (right.line, right.column)
    }
  }

  /// Where the text begins.
  public var start: Place { place(at: 0) }

  /// Where in the file the scalar of that offset in ``text`` stands.
  public func place(at offset: Int) -> Place {
    guard let piece = pieces.last(where: { $0.offset <= offset }) ?? pieces.first else {
      return Place(line: 1, column: 1)
    }
    return Place(
      line: piece.place.line, column: piece.place.column + max(0, offset - piece.offset))
  }

  /// Where in the file a line and a column of ``text`` stand, both from 1.
  public func place(line: Int, column: Int) -> Place {
    var offset = 0
    var current = 1
    for scalar in text.unicodeScalars {
      if current >= line { break }
      offset += 1
      if scalar == "\n" { current += 1 }
    }
    return place(at: offset + max(0, column - 1))
  }

  /// The text.
  public var description: String { text }
}
