import Yams

/// What a YAML document holds, in a form that is cheap to walk.
struct Tree {
  let content: Content
  let place: SourceText.Place
  /// Whether it has an anchor, or is an alias of something that has; its content is left out.
  let hasAnchor: Bool

  enum Content {
    case scalar(Scalar)
    case list([Tree])
    case mapping([(key: Tree, value: Tree)])
  }

  struct Scalar {
    let text: String
    let style: Style
  }

  /// How a scalar is written.
  enum Style {
    case plain, singleQuoted, doubleQuoted, block
  }

  /// The parser that made the node must still be there: nodes hold their anchors weakly.
  init(_ node: Node) {
    place = SourceText.Place(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    hasAnchor = node.anchor != nil
    switch node {
    case .scalar(let scalar):
      let style: Style =
        switch scalar.style {
        case .singleQuoted: .singleQuoted
        case .doubleQuoted: .doubleQuoted
        case .literal, .folded: .block
        default: .plain
        }
      content = .scalar(Scalar(text: scalar.string, style: style))
    case .mapping(let mapping):
      content = .mapping(
        hasAnchor ? [] : mapping.map { (key: Tree($0.key), value: Tree($0.value)) })
    case .sequence(let sequence):
      content = .list(hasAnchor ? [] : sequence.map { Tree($0) })
    case .alias:
      content = .list([])
    }
  }

  /// The scalar, where it is one.
  var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// Whether it is a mapping.
  var isMapping: Bool {
    if case .mapping = content { true } else { false }
  }

  /// What it is called in messages.
  var sort: String {
    switch content {
    case .scalar: "a text"
    case .mapping: "a mapping of keys"
    case .list: "a list"
    }
  }
}
