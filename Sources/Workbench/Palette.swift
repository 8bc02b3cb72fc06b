import Terminal

/// All commands of a place, found by a part of what they do, and run from here.
struct PaletteOverlay: Sendable {
  /// What became of a key.
  enum Answer {
    case stays, closes
    case runs(Binding)
  }

  private struct Found: Sendable {
    let binding: Binding
    let match: FuzzyMatch
  }

  private let commands: [Binding]
  private var found: [Found] = []
  private var editor = LineEditor(limit: 40)
  private var list = ListScroll()

  init(bindings: [Binding]) {
    var merged: [Binding] = []
    for binding in bindings where binding.action != .move && binding.action != .palette {
      if let index = merged.firstIndex(where: { $0.action == binding.action }) {
        merged[index].keys += binding.keys.filter { !merged[index].keys.contains($0) }
      } else {
        merged.append(binding)
      }
    }
    commands = merged
    find()
  }

  /// The best first; those that are as good in the order of the key line.
  private mutating func find() {
    found = commands.compactMap { binding in
      let others = "\(binding.label) \(binding.action.name) \(binding.keyNames)"
      return FuzzyMatch(editor.text, in: binding.help, or: others).map {
        Found(binding: binding, match: $0)
      }
    }
    // Sorting keeps equals in no order of its own.
    let ranked = found.enumerated().sorted {
      ($1.element.match.score, $0.offset) < ($0.element.match.score, $1.offset)
    }
    found = ranked.map(\.element)
    list = ListScroll(count: found.count, height: list.height)
  }

  mutating func handle(_ key: Key) -> Answer {
    switch key {
    case .escape: return .closes
    case .enter:
      return found.indices.contains(list.selection)
        ? .runs(found[list.selection].binding) : .stays
    case .up, .down, .pageUp, .pageDown, .control("n"), .control("p"): _ = list.handle(key)
    default:
      if editor.handle(key) == .done { find() }
    }
    return .stays
  }

  mutating func paste(_ text: String) {
    editor.insert(text)
    find()
  }

  mutating func fit(_ size: Size) {
    list.fit(count: found.count, height: layout(size).rows.height)
  }

  // MARK: Picture

  private func layout(_ size: Size) -> (box: Rect, rows: Rect, footer: Rect) {
    let area = Rect(x: 0, y: 1, width: size.columns, height: size.rows - 2)
    // Slivers of what lies below would only confuse.
    let box = area.centered(
      width: area.width < 100 ? area.width : 84,
      height: area.height < 40 ? area.height : min(area.height, commands.count + 7))
    let inner = Rect(x: box.x + 2, y: box.y + 3, width: box.width - 4, height: box.height - 4)
    let (footer, rows) = inner.split(bottom: 3)
    return (box, rows, footer.split(top: 1).1)
  }

  func draw(on canvas: inout Canvas) {
    let (box, rows, footer) = layout(canvas.size)
    canvas.fill(box)
    canvas.box(box, title: "Commands", focused: true)
    let end = canvas.put("find: ", x: rows.x, y: box.y + 1, Style(.quiet))
    canvas.put(editor.text, x: end, y: box.y + 1)
    canvas.cursor = Point(x: end + editor.columnsBeforeCursor, y: box.y + 1)
    canvas.horizontalRule(y: box.y + 2, in: box, focused: true)
    canvas.horizontalRule(y: footer.y - 1, in: box, focused: true)
    if found.isEmpty {
      canvas.put("No command here does that.", x: rows.x, y: rows.y, Style(.warning))
    }
    for (line, index) in list.visible.enumerated() {
      let isChosen = index == list.selection
      let isWhole = draw(
        found[index], isChosen: isChosen, y: rows.y + line, in: rows, on: &canvas)
      if isChosen { explain(found[index].binding, isWhole: isWhole, in: footer, on: &canvas) }
    }
    canvas.position(list.visible, of: found.count, in: box)
  }

  /// Says below what the row of the chosen command has no room for.
  private func explain(
    _ binding: Binding, isWhole: Bool, in footer: Rect, on canvas: inout Canvas
  ) {
    var document = Document(width: footer.width)
    if !isWhole { document.paragraph(binding.help) }
    if let reason = binding.disabled { document.paragraph("Not now: \(reason)", Style(.warning)) }
    document.draw(on: &canvas, in: footer, from: max(0, document.rows.count - footer.height))
  }

  /// Draws a row; false where its text had to be cut.
  private func draw(
    _ found: Found, isChosen: Bool, y: Int, in rows: Rect, on canvas: inout Canvas
  ) -> Bool {
    let binding = found.binding
    let isOff = binding.disabled != nil
    let keys = isOff ? "not now  \(binding.keyNames)" : binding.keyNames
    let room = rows.width - 3 - keys.columns
    let row = Rect(x: rows.x, y: y, width: 2 + room, height: 1)
    if isChosen { canvas.put("▸", x: rows.x, y: y, Style(.accent, bold: true)) }
    let text = binding.help.clipped(toColumns: room)
    canvas.put(text, x: rows.x + 2, y: y, isOff ? Style(.quiet) : .plain, clip: row) { text in
      found.match.ranges.filter { $0.upperBound <= text.count }.map { range in
        let start = text.index(text.startIndex, offsetBy: range.lowerBound)
        return start..<text.index(start, offsetBy: range.count)
      }
    }
    canvas.put(
      keys, endingAt: rows.right, y: y, isOff ? Style(.quiet) : Style(.accent, bold: true))
    if isChosen {
      canvas.restyle(Rect(x: rows.x, y: y, width: rows.width, height: 1)) { style in
        style = Style(.selection, underline: style.underline)
      }
    }
    return text == binding.help
  }
}
