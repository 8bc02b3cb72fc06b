/// What a mapping of the file format holds: declared once, and checking, messages, the JSON schema
/// and the list of keys are made from it.
struct Shape: Sendable {
  /// The name in the schema: `criterion`.
  let name: String
  /// One sentence for the schema.
  let meaning: String
  /// The keys in the order in which they are best written.
  let fields: [Field]

  /// A key and what may stand behind it.
  struct Field: Sendable {
    let name: String
    let kind: Kind
    let isRequired: Bool
    let meaning: String
  }

  /// What may stand behind a key.
  indirect enum Kind: Sendable {
    /// Words; at most that many columns of a terminal, where that matters.
    case text(columns: Int?)
    /// Letters, digits and `. - / +`, beginning with a letter or a digit.
    case identifier
    /// One of the registry's words.
    case term([String])
    /// `true` or `false`.
    case flag
    /// A whole number.
    case whole(ClosedRange<Int>)
    /// A number that is not below zero, also as `2e11`.
    case amount
    /// A day, a month or a year.
    case date
    /// A number and a unit of age.
    case age
    /// An `https` address.
    case link
    /// An expression of the criteria language; read as it stands.
    case expression
    /// Several of a kind, at least one.
    case list(Kind)
    /// A mapping.
    case mapping(Shape)
  }

  /// The field of that name.
  func field(_ name: String) -> Field? { fields.first { $0.name == name } }

  /// This shape and all that it holds, each once.
  var withParts: [Shape] {
    var all: [Shape] = [self]
    func visit(_ kind: Kind) {
      switch kind {
      case .list(let item): visit(item)
      case .mapping(let shape) where !all.contains { $0.name == shape.name }:
        all.append(shape)
        for field in shape.fields { visit(field.kind) }
      default: break
      }
    }
    for field in fields { visit(field.kind) }
    return all
  }
}

extension Shape.Kind {
  /// Words.
  static let text = Shape.Kind.text(columns: nil)
  /// Several texts.
  static let texts = Shape.Kind.list(.text)

  /// One word of a vocabulary.
  static func term<Term: RegistryTerm>(_ vocabulary: Term.Type) -> Shape.Kind {
    .term(vocabulary.allCases.map(\.rawValue))
  }

  /// Several words of a vocabulary.
  static func terms<Term: RegistryTerm>(_ vocabulary: Term.Type) -> Shape.Kind {
    .list(.term(vocabulary))
  }

  /// Several mappings.
  static func list(of shape: Shape) -> Shape.Kind { .list(.mapping(shape)) }

  /// The shape of the mapping that it is, or of those that it lists.
  var shape: Shape? {
    switch self {
    case .mapping(let shape): shape
    case .list(let item): item.shape
    default: nil
    }
  }
}

extension Shape.Field {
  /// A key that must be there.
  static func must(_ name: String, _ kind: Shape.Kind, _ meaning: String) -> Shape.Field {
    Shape.Field(name: name, kind: kind, isRequired: true, meaning: meaning)
  }

  /// A key that may be there.
  static func may(_ name: String, _ kind: Shape.Kind, _ meaning: String) -> Shape.Field {
    Shape.Field(name: name, kind: kind, isRequired: false, meaning: meaning)
  }
}
