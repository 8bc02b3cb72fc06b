import Terminal

/// Asks before something is lost with the end of the program.
struct LeaveQuestion: Sendable {
  /// What would be lost.
  let text: String
  /// Whether Enter can keep what is half typed and leave then.
  let canKeep: Bool

  /// The keys that work, for the key line.
  var bindings: [Binding] {
    let keep = Binding(.enter, label: "keep and leave", help: "Keep the value and leave.", .keep)
    return (canKeep ? [keep] : []) + [
      Binding(.escape, label: "stay", help: "Go back.", .back),
      Binding(.character("x"), label: "leave", help: "Leave, and lose it.", .quit),
    ]
  }

  func draw(on canvas: inout Canvas) {
    canvas.cursor = nil
    let width = min(60, canvas.size.columns)
    let lines = text.wrapped(toColumns: width - 4)
    let rect = canvas.bounds.centered(width: width, height: lines.count + 4)
    canvas.fill(rect)
    canvas.box(rect, title: "Leave?", focused: true)
    let inner = rect.inset(by: 1)
    for (row, line) in lines.enumerated() { canvas.put(line, x: inner.x + 1, y: inner.y + row) }
    var x = inner.x + 1
    let y = inner.bottom - 1
    let keys =
      (canKeep ? [("Enter", "keep and leave")] : []) + [
        ("Esc", "stay"), ("x", canKeep ? "leave without it" : "leave and lose it"),
      ]
    for (key, word) in keys {
      x = canvas.put(key, x: x, y: y, Style(.accent, bold: true))
      x = canvas.put(word, x: x + 1, y: y) + 3
    }
  }
}
