import Quantities

/// The values behind the keys of one mapping.
///
/// What does not have the right shape has been reported by ``ShapeChecker``, and is absent here.
struct Entries {
  private let entries: [(key: Tree, value: Tree)]
  let place: SourceText.Place

  init(_ node: Tree) {
    if case .mapping(let entries) = node.content { self.entries = entries } else { entries = [] }
    place = node.place
  }

  /// What stands behind a key.
  func node(_ key: String) -> Tree? {
    for (name, value) in entries {
      if case .scalar(let scalar) = name.content, scalar.text == key { return value }
    }
    return nil
  }

  /// Where a key's value begins; the mapping itself where it is absent.
  func place(_ key: String) -> SourceText.Place { node(key)?.place ?? place }

  func scalar(_ key: String) -> Tree.Scalar? {
    guard let scalar = node(key)?.scalar, !scalar.text.isEmpty else { return nil }
    return scalar
  }

  /// Words on one line.
  func text(_ key: String) -> String? { scalar(key).map { Self.onOneLine($0.text) } }

  /// Words that must be there.
  func words(_ key: String) -> String { text(key) ?? "" }

  func texts(_ key: String) -> [String] {
    nodes(key).compactMap { $0.scalar.map { Self.onOneLine($0.text) } }
  }

  func term<Term: RegistryTerm>(_ key: String) -> Term? {
    scalar(key).flatMap { Term(rawValue: $0.text) }
  }

  func terms<Term: RegistryTerm>(_ key: String) -> [Term] {
    nodes(key).compactMap { $0.scalar.flatMap { Term(rawValue: $0.text) } }
  }

  func flag(_ key: String) -> Bool? { scalar(key).flatMap { Bool($0.text) } }

  func whole(_ key: String) -> Int? { scalar(key).flatMap { Int($0.text) } }

  func wholes(_ key: String) -> [Int] {
    nodes(key).compactMap { $0.scalar.flatMap { Int($0.text) } }
  }

  func amount(_ key: String) -> FixedDecimal? {
    scalar(key).flatMap { RecordBuilder.amount($0.text) }
  }

  func amounts(_ key: String) -> [FixedDecimal] {
    nodes(key).compactMap { $0.scalar.flatMap { RecordBuilder.amount($0.text) } }
  }

  func date(_ key: String) -> PartialDate? { scalar(key).flatMap { PartialDate($0.text) } }

  func age(_ key: String) -> TrialRecord.Age? {
    scalar(key).flatMap { TrialRecord.Age($0.text) }
  }

  /// The mapping behind a key.
  func entries(_ key: String) -> Entries? {
    node(key).flatMap { $0.isMapping ? Entries($0) : nil }
  }

  /// The mappings in the list behind a key.
  func all(_ key: String) -> [Entries] {
    nodes(key).filter(\.isMapping).map(Entries.init)
  }

  /// The items of the list behind a key.
  func nodes(_ key: String) -> [Tree] {
    guard case .list(let items)? = node(key)?.content else { return [] }
    return items
  }

  /// New lines and runs of spaces become one space.
  private static func onOneLine(_ text: String) -> String {
    let utf8 = text.utf8
    guard utf8.contains(UInt8(ascii: "\n")) || utf8.first == 32 || utf8.last == 32 else {
      return text
    }
    return text.split { $0.isWhitespace }.joined(separator: " ")
  }
}
