extension PseudoTerminal {
  /// The label of the field with the cursor.
  var fieldLabel: Substring {
    // Without its value, which may still be on its way.
    lines.first { $0.contains("▸ ") }?.split(separator: "▸ ").last?.prefix(22) ?? ""
  }

  /// Goes to a field of the form, one key after the other.
  func go(to label: String, by key: Key = .down) throws {
    for _ in 0..<60 where !fieldLabel.hasPrefix(label + " ") {
      let before = fieldLabel
      press(key)
      try wait("another field than \(before)") { $0.fieldLabel != before }
    }
    guard fieldLabel.hasPrefix(label + " ") else {
      throw Failure(description: "there is no field \(label):\n\(text)")
    }
  }
}
