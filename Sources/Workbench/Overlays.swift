import Clinic
import Terminal

/// What lies over a place until it is answered.
enum Overlay: Sendable {
  case help(HelpOverlay)
  /// The program would end and something be lost.
  case leave(LeaveQuestion)
  /// One line is asked for.
  case prompt(Prompt)
  /// What importing a file would do, or did.
  case importing(ImportOverlay)
  /// A file that is being read or imported.
  case reading(ReadingOverlay)
  case palette(PaletteOverlay)

  /// The keys that work in it, for the key line.
  var bindings: [Binding] {
    switch self {
    case .help:
      [
        Binding(.escape, label: "close", help: "Close the help.", .back),
        Binding(.up, .down, label: "move", help: "Move through the keys.", .move),
      ]
    case .palette:
      [
        Binding(.enter, label: "run", help: "Run the command.", .open),
        Binding(.escape, label: "close", help: "Close the commands.", .back),
        Binding(
          .up, .down, .pageUp, .pageDown, label: "move", help: "Move through the commands.", .move),
      ]
    case .leave(let question): question.bindings
    case .reading(let reading):
      [
        Binding(
          .escape, label: "stop", help: "Stop reading the file.", .back,
          disabled: reading.isStopping ? "It is being stopped." : nil)
      ]
    case .prompt(let prompt):
      [
        Binding(.enter, label: "take", help: "Take what was typed.", .keep),
        Binding(
          .escape, label: prompt.purpose == .reason ? "put the old value back" : "leave it",
          help: "Close the question.", .back),
      ]
    case .importing(let importing):
      (importing.report.isDryRun
        ? [
          Binding(
            .enter, label: "import", help: "Import the file.", .open,
            disabled: importing.hasWork ? nil : "There is nothing to import."),
          Binding(
            .character("r"), label: "replace",
            help: "Import, and let the file's values take the place of those that contradict it.",
            .otherPanel,
            disabled: importing.report.conflicts.isEmpty ? "Nothing contradicts the store." : nil),
        ] : []) + [
          Binding(.escape, label: "close", help: "Close the report.", .back),
          Binding(.up, .down, .pageUp, .pageDown, label: "move", help: "Move through it.", .move),
        ]
    }
  }
}

/// All keys of a place; typing finds one.
struct HelpOverlay: Sendable {
  let title: String
  let bindings: [Binding]
  private(set) var editor = LineEditor(limit: 40)
  private(set) var scroll = Scroll()

  init(title: String, bindings: [Binding]) {
    self.title = title
    self.bindings = bindings
  }

  /// Answers a key; true where the help is to close.
  mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .escape, .enter, .function(1): return true
    case .up, .down, .pageUp, .pageDown, .home, .end: scroll.handle(key, height: 10)
    case .character("?") where editor.text.isEmpty: return true
    default:
      if editor.handle(key) == .done { scroll.reset() }
    }
    return false
  }

  private var found: [Binding] {
    let wanted = editor.text.lowercased()
    guard !wanted.isEmpty else { return bindings }
    return bindings.filter { ($0.keyNames + " " + $0.help).lowercased().contains(wanted) }
  }

  mutating func fit(_ size: Size) {
    scroll.fit(
      rows: document(width: Self.rect(size).width - 4).rows.count,
      height: Self.rect(size).height - 4)
  }

  private static func rect(_ size: Size) -> Rect {
    let area = Rect(x: 0, y: 1, width: size.columns, height: size.rows - 2)
    // Slivers of what lies below would only confuse.
    let width = area.width < 100 ? area.width : 84
    return area.centered(width: width, height: area.height < 40 ? area.height : 34)
  }

  private func document(width: Int) -> Document {
    var document = Document(width: width)
    for binding in found {
      let why = binding.disabled.map { " (now: \($0))" } ?? ""
      document.row(
        binding.keyNames, binding.help + why,
        binding.disabled == nil ? .plain : Style(.quiet), labelWidth: 22)
    }
    if found.isEmpty { document.line("No key does that here.", Style(.warning)) }
    return document
  }

  func draw(on canvas: inout Canvas) {
    let rect = Self.rect(canvas.size)
    canvas.fill(rect)
    canvas.box(rect, title: "Keys in \(title)", focused: true)
    let inner = Rect(x: rect.x + 2, y: rect.y + 1, width: rect.width - 4, height: rect.height - 4)
    let document = document(width: inner.width)
    let wanted = editor.text.lowercased()
    document.draw(on: &canvas, in: inner, from: scroll.offset) { text in
      // Only a text whose small letters are as long as it is has the same places in both.
      let small = text.lowercased()
      return wanted.isEmpty || small.utf8.count != text.utf8.count ? [] : small.ranges(of: wanted)
    }
    canvas.horizontalRule(y: rect.bottom - 3, in: rect, focused: true)
    let end = canvas.put(
      "find: ", x: inner.x, y: rect.bottom - 2, Style(.quiet))
    canvas.put(editor.text, x: end, y: rect.bottom - 2)
    canvas.cursor = Point(x: end + editor.columnsBeforeCursor, y: rect.bottom - 2)
    let last = min(scroll.offset + inner.height, document.rows.count)
    canvas.position(scroll.offset..<max(last, scroll.offset), of: document.rows.count, in: rect)
  }
}
