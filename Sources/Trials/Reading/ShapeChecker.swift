import Quantities

/// Compares what a document holds with the shapes of the file format and says everything that differs.
struct ShapeChecker {
  static let aliasMessage = "anchors and aliases (&name, *name) are not accepted; write it out"

  let file: String
  private(set) var problems: [TrialProblem] = []

  init(file: String) {
    self.file = file
  }

  private mutating func report(_ node: Tree, _ message: String) {
    problems.append(TrialProblem(file: file, place: node.place, message: message))
  }

  /// Checks a mapping: its keys, those that are missing, and what stands behind each.
  mutating func check(_ node: Tree, as shape: Shape) {
    guard !refusesAnchor(node) else { return }
    guard case .mapping(let entries) = node.content else {
      return report(node, "the \(shape.name) must be a mapping of keys, and is \(node.sort)")
    }
    var seen: UInt64 = 0
    for (key, value) in entries {
      guard !refusesAnchor(key) else { continue }
      guard let name = key.scalar?.text else {
        report(key, "a key must be a word")
        continue
      }
      guard let index = shape.fields.firstIndex(where: { $0.name == name }) else {
        report(key, unknown(name, in: shape))
        continue
      }
      seen |= 1 << UInt64(index)
      check(value, as: shape.fields[index].kind, key: name)
    }
    for (index, field) in shape.fields.enumerated()
    where field.isRequired && seen & 1 << UInt64(index) == 0 {
      report(node, "the \(shape.name) lacks '\(field.name)': \(field.meaning)")
    }
  }

  private func unknown(_ key: String, in shape: Shape) -> String {
    let names = shape.fields.map(\.name)
    let near = nearestNames(to: key, among: names)
    let advice =
      near.isEmpty
      ? "its keys are \(names.joined(separator: ", "))"
      : "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
    return "'\(TextHygiene.visible(key))' is not a key of the \(shape.name); \(advice)"
  }

  private mutating func refusesAnchor(_ node: Tree) -> Bool {
    guard node.hasAnchor else { return false }
    report(node, Self.aliasMessage)
    return true
  }

  private mutating func check(_ node: Tree, as kind: Shape.Kind, key: String) {
    switch kind {
    case .mapping(let shape): check(node, as: shape)
    case .list(let item):
      guard !refusesAnchor(node) else { return }
      guard case .list(let items) = node.content else {
        return report(node, "'\(key)' must be a list, and is \(node.sort)")
      }
      if items.isEmpty {
        report(node, "'\(key)' is an empty list; leave the key out")
      }
      for node in items { check(node, as: item, key: key) }
    default:
      guard !refusesAnchor(node) else { return }
      guard let scalar = node.scalar else {
        return report(node, "'\(key)' must be \(kind.name), and is \(node.sort)")
      }
      if let message = fault(of: scalar, as: kind, key: key) { report(node, message) }
    }
  }

  /// What is wrong with a scalar; `nil` for nothing.
  private func fault(of scalar: Tree.Scalar, as kind: Shape.Kind, key: String) -> String? {
    let text = scalar.text
    let isEmpty = text.utf8.allSatisfy { $0 <= 32 }
    guard !isEmpty, scalar.style != .plain || (text != "~" && text != "null") else {
      return "'\(key)' is empty; give \(kind.name) or leave the key out"
    }
    // Whatever else is refused has been seen in the file itself; an escape hides it from there.
    if scalar.style == .doubleQuoted {
      for character in text.unicodeScalars where character != "\n" {
        if let reason = TextHygiene.reasonAgainst(character) { return "in '\(key)' \(reason)" }
      }
      if TextHygiene.holdsAddress(text) { return TextHygiene.addressMessage }
    }
    var quoted: String { "'\(TextHygiene.visible(text))'" }
    switch kind {
    case .text(let columns?):
      let width = text.columns
      return width > columns
        ? "'\(key)' takes \(width) columns; at most \(columns) fit" : nil
    case .identifier:
      return RecordBuilder.isIdentifier(text)
        ? nil : "\(quoted) is not an identifier; use letters, digits, '.', '-', '/' and '+'"
    case .term(let words):
      guard !words.contains(text) else { return nil }
      let near = nearestNames(to: text, among: words).first
      let advice = near.map { "did you mean '\($0)'? Allowed are " } ?? "allowed are "
      return "\(quoted) is not known for '\(key)'; \(advice)\(words.joined(separator: ", "))"
    case .flag:
      return text == "true" || text == "false"
        ? nil : "\(quoted) is not known for '\(key)'; write true or false"
    case .whole(let range):
      guard let number = Int(text) else { return "\(quoted) is not a whole number" }
      return range.contains(number)
        ? nil : "\(number) is out of range for '\(key)': \(range.lowerBound) to \(range.upperBound)"
    case .amount:
      return RecordBuilder.amount(text) == nil
        ? "\(quoted) is not an amount; write a number such as 150, 0.5 or 2e11" : nil
    case .date:
      return PartialDate(text) == nil
        ? "\(quoted) is not a date; write 2023-07-18, 2023-07 or 2023" : nil
    case .age:
      return TrialRecord.Age(text) == nil
        ? "\(quoted) is not an age; write a number and Years, Months, Weeks or Days" : nil
    case .link:
      return text.hasPrefix("https://") && !text.contains(" ")
        ? nil : "\(quoted) is not an address; write one that begins with https://"
    case .text, .expression, .list, .mapping: return nil
    }
  }
}

extension Shape.Kind {
  /// What it is called in messages.
  var name: String {
    switch self {
    case .text: "a text"
    case .identifier: "an identifier"
    case .term: "a word"
    case .flag: "true or false"
    case .whole: "a whole number"
    case .amount: "a number"
    case .date: "a date"
    case .age: "an age"
    case .link: "an address"
    case .expression: "an expression"
    case .list: "a list"
    case .mapping: "a mapping of keys"
    }
  }
}

extension String {
  /// The number of columns it takes in a terminal: two for a wide character of East Asia or an
  /// emoji, none for a combining mark.
  var columns: Int {
    var count = 0
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        count += 2
      default:
        let category = scalar.properties.generalCategory
        count += category == .nonspacingMark || category == .enclosingMark ? 0 : 1
      }
    }
    return count
  }
}
