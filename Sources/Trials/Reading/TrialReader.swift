import Yams

/// Reads trial records from YAML and says everything that is wrong with one that cannot be read.
public enum TrialReader {
  /// The largest file that is read, in bytes.
  public static let largestFile = 1 << 20

  /// What is wrong in an expression.
  public struct ExpressionFault: Hashable, Sendable {
    /// The line of the expression's text, from 1.
    public let line: Int
    /// The column in that line, from 1.
    public let column: Int
    /// What is wrong, and what would be right.
    public let message: String

    /// What is wrong at a line and a column of the expression's text, both from 1.
    public init(line: Int, column: Int, message: String) {
      self.line = line
      self.column = column
      self.message = message
    }
  }

  /// Checks an expression's text; the reader itself takes it as it stands.
  public typealias ExpressionCheck = @Sendable (String) -> [ExpressionFault]

  /// Reads the record in a text.
  ///
  /// - Parameters:
  ///   - text: The text of a YAML file.
  ///   - file: Its name, for messages.
  ///   - check: Says what is wrong in each expression.
  /// - Returns: The record, `nil` where anything is wrong; and all that is wrong, in the order of
  ///   the file.
  public static func read(
    _ text: String, file: String, checking check: ExpressionCheck? = nil
  ) -> (record: TrialRecord?, problems: [TrialProblem]) {
    read(Array(text.utf8), file: file, checking: check)
  }

  /// Reads the record in the bytes of a file; they must be UTF-8, and at most ``largestFile`` of
  /// them.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of a YAML file.
  ///   - file: Its name, for messages.
  ///   - check: Says what is wrong in each expression.
  /// - Returns: The record, `nil` where anything is wrong; and all that is wrong, in the order of
  ///   the file.
  public static func read(
    _ bytes: [UInt8], file: String, checking check: ExpressionCheck? = nil
  ) -> (record: TrialRecord?, problems: [TrialProblem]) {
    var source = SourceFile(name: file, bytes: bytes)
    guard source.isReadable() else { return (nil, source.problems) }
    source.removeBlemishes()
    guard let root = source.tree() else { return (nil, source.sortedProblems) }
    var checker = ShapeChecker(file: file)
    checker.check(root, as: .trial)
    // What is wrong in its shape is read as if it were absent, so that the rest is checked too.
    var builder = RecordBuilder(source: source, check: check)
    let record = builder.trial(root)
    source.problems += checker.problems + builder.problems
    return (source.problems.isEmpty ? record : nil, source.sortedProblems)
  }
}

/// The text of a file on its way to nodes of YAML.
struct SourceFile {
  let name: String
  private(set) var bytes: [UInt8]
  var problems: [TrialProblem] = []
  /// Where each line begins.
  private(set) var lines: [Int] = []

  init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The problems in the order of the file, each once, at most a hundred.
  var sortedProblems: [TrialProblem] {
    var seen: Set<TrialProblem> = []
    let sorted =
      problems.filter { seen.insert($0).inserted }
      .enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
      .map(\.element)
    guard sorted.count > 100 else { return sorted }
    return sorted.prefix(100) + [
      TrialProblem(
        file: name, place: sorted[100].place, message: "and \(sorted.count - 100) more problems")
    ]
  }

  mutating func report(_ place: SourceText.Place, _ message: String) {
    problems.append(TrialProblem(file: name, place: place, message: message))
  }

  /// Whether there is a text to read at all.
  mutating func isReadable() -> Bool {
    let start = SourceText.Place(line: 1, column: 1)
    guard bytes.count <= TrialReader.largestFile else {
      report(
        start,
        "the file has \(bytes.count) bytes; a trial record has at most \(TrialReader.largestFile)")
      return false
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      report(placeOfInvalidByte(), "the file is not UTF-8; save it in that encoding")
      return false
    }
    guard holdsAnything else {
      report(start, "the file is empty; a trial record begins with 'id: NCT…'")
      return false
    }
    return true
  }

  /// Whether any line holds more than a comment.
  private var holdsAnything: Bool {
    var rest = bytes[...]
    while let index = rest.firstIndex(where: { $0 > 32 }) {
      guard rest[index] == UInt8(ascii: "#") else { return true }
      rest = rest[index...].drop { $0 != UInt8(ascii: "\n") }
    }
    return false
  }

  private func placeOfInvalidByte() -> SourceText.Place {
    var low = 0
    var line = 1
    // A new line never is a part of a longer character, so that lines can be tried one by one.
    for piece in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if String(validating: piece, as: UTF8.self) == nil {
        var column = 1
        var rest = piece
        while let width = (1...4).first(where: {
          rest.count >= $0 && String(validating: rest.prefix($0), as: UTF8.self) != nil
        }) {
          rest = rest.dropFirst(width)
          column += 1
        }
        return SourceText.Place(line: line, column: column)
      }
      low += piece.count + 1
      line += 1
    }
    return SourceText.Place(line: line, column: 1)
  }

  /// Reports what must not stand in a file, and blanks it, so that YAML can be read on.
  mutating func removeBlemishes() {
    for finding in TextHygiene.findings(in: bytes) {
      report(finding.place, finding.message)
      // One space and then nothing: columns are counted in characters.
      if let range = finding.bytes { blanks.append(range) }
    }
    for range in blanks.reversed() {
      bytes.replaceSubrange(range, with: [UInt8(ascii: " ")])
    }
    lines = [0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      lines.append(index + 1)
    }
  }

  private var blanks: [Range<Int>] = []

  /// What the one document of the text holds; `nil` and a problem where it is not YAML.
  mutating func tree() -> Tree? {
    if let place = placeOfAnchorBomb() {
      report(place, ShapeChecker.aliasMessage)
      return nil
    }
    do {
      // No resolver: it would match every word against expressions, and the format knows its kinds.
      let parser = try Parser(
        yaml: String(decoding: bytes, as: UTF8.self), resolver: .basic, encoding: .utf8)
      if let root = try parser.singleRoot() {
        // Nodes hold their anchors weakly, and only the parser holds them.
        return withExtendedLifetime(parser) { Tree(root) }
      }
      report(
        SourceText.Place(line: 1, column: 1),
        "the file is empty; a trial record begins with 'id: NCT…'")
    } catch {
      report(error)
    }
    return nil
  }

  /// Where the first anchor stands in a text with so many aliases that composing it could take
  /// exponential time; few aliases are found after composing, with fewer mistakes.
  private func placeOfAnchorBomb() -> SourceText.Place? {
    var anchor: Int?
    var aliases = 0
    for index in bytes.indices.dropLast() {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") else { continue }
      let next = bytes[index + 1]
      let before = index == 0 ? UInt8(ascii: "\n") : bytes[index - 1]
      guard next > 32, " \r\n[{,-:?".utf8.contains(before) else { continue }
      if byte == UInt8(ascii: "&") { anchor = anchor ?? index } else { aliases += 1 }
    }
    guard let anchor, aliases > 16 else { return nil }
    let line = lines.lastIndex { $0 <= anchor } ?? 0
    return SourceText.Place(
      line: line + 1,
      column: String(decoding: bytes[lines[line]..<anchor], as: UTF8.self).unicodeScalars.count + 1)
  }

  private mutating func report(_ error: any Error) {
    let start = SourceText.Place(line: 1, column: 1)
    guard let error = error as? YamlError else {
      return report(start, "the file is not YAML")
    }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      // What is not closed is best seen where it was opened.
      let mark = problem == "found unexpected end of stream" ? context?.mark ?? mark : mark
      let place = SourceText.Place(line: mark.line, column: mark.column)
      let during = context.map { " \($0.text)" } ?? ""
      report(place, "this is not YAML: \(problem)\(during)\(Self.advice(problem))")
    case .composer(_, let problem, let mark, _):
      let place = SourceText.Place(line: mark.line, column: mark.column)
      switch problem {
      case "found undefined alias": report(place, ShapeChecker.aliasMessage)
      default: report(place, "a file holds one trial; this is a second document")
      }
    case .duplicatedKeysInMapping(let duplicates, let context):
      let place = SourceText.Place(line: context.mark.line, column: context.mark.column)
      let key = TextHygiene.visible(duplicates.first ?? "")
      report(place, "the key '\(key)' is given twice in one mapping; keep one of them")
    case .reader(let problem, _, _, _): report(start, "this is not YAML: \(problem)")
    default: report(start, "this is not YAML")
    }
  }

  /// What to do about the usual mistakes.
  private static func advice(_ problem: String) -> String {
    switch problem {
    case "mapping values are not allowed in this context":
      "; a text that holds ': ' needs quotes"
    case "could not find expected ':'":
      "; a key is followed by a colon and a space"
    case "did not find expected key", "did not find expected '-' indicator":
      "; check the indentation of this line and those before"
    case "found unexpected end of stream": "; a quote is not closed"
    case "found character that cannot start any token": "; a text that begins so needs quotes"
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      "; a text that holds a comma, a colon or a bracket needs quotes here"
    default: ""
    }
  }

  /// The place of every piece of a scalar's text.
  ///
  /// Quotes, indentation and folding change white space and double some quotes, but leave all
  /// other characters in their order.
  func sourceText(_ text: String, of scalar: Tree.Scalar, at mark: SourceText.Place)
    -> SourceText
  {
    guard lines.indices.contains(mark.line - 1) else {
      return SourceText(text: text, file: name, pieces: [])
    }
    var line = mark.line
    var column = 1
    var rest = bytes[lines[line - 1]...]
    func advance() {
      guard let byte = rest.first else { return }
      rest = rest.dropFirst()
      while let next = rest.first, next & 0xC0 == 0x80 { rest = rest.dropFirst() }
      if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 1) } else { column += 1 }
    }
    let isBlock = scalar.style == .block
    let isQuoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
    for _ in 1..<max(mark.column + (isQuoted ? 1 : 0), 1) { advance() }
    while isBlock, line == mark.line, !rest.isEmpty { advance() }

    var pieces: [SourceText.Piece] = []
    for (offset, character) in text.unicodeScalars.enumerated()
    where character != " " && character != "\n" {
      while let byte = rest.first, byte == 32 || byte == 10 || byte == 13 { advance() }
      guard rest.starts(with: String(character).utf8) else { break }
      let place = SourceText.Place(line: line, column: column)
      let isNext = pieces.last.map {
        $0.place.line == line && $0.place.column - $0.offset == column - offset
      }
      if isNext != true { pieces.append(SourceText.Piece(offset: offset, place: place)) }
      advance()
      if scalar.style == .singleQuoted, character == "'" { advance() }
    }
    return SourceText(text: text, file: name, pieces: pieces)
  }
}
