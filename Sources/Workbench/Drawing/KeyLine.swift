import Clinic
import Terminal

/// The line below every place: a message, or the keys that work now and whether everything is saved.
struct KeyLine<Keys: KeySource>: Part {
  let rect: Rect
  let message: String?
  let status: SavingStatus?
  let keys: Keys

  func draw(on canvas: inout Canvas) {
    if let message {
      canvas.put(
        " " + message.clipped(toColumns: rect.width - 2), x: 0, y: rect.y,
        Style(.warning, bold: true))
      return
    }
    if let status { canvas.put(status.text, endingAt: rect.width - 1, y: rect.y, status.style) }
    for item in items {
      let isOff = item.binding.disabled != nil
      let x = canvas.put(
        item.key.shortName, x: item.columns.lowerBound, y: rect.y,
        isOff ? Style(.quiet) : Style(.accent, bold: true))
      canvas.put(item.binding.label, x: x + 1, y: rect.y, isOff ? Style(.quiet) : .plain)
    }
  }

  /// The keys, and where each stands: a whole one or none.
  var items: [(key: Key, binding: Binding, columns: Range<Int>)] {
    let end = rect.width - (status.map { $0.text.columns + 1 } ?? 0)
    var x = 1
    return keys.bindings.compactMap { binding in
      guard let key = binding.keys.first, !binding.label.isEmpty else { return nil }
      let width = key.shortName.columns + 1 + binding.label.columns
      guard x + width < end else { return nil }
      defer { x += width + 2 }
      return (key, binding, x..<x + width)
    }
  }
}

/// What the bindings follow from.
protocol KeySource: Equatable, Sendable {
  var bindings: [Binding] { get }
}

extension [Binding]: KeySource {
  var bindings: [Binding] { self }
}

/// What stands at the right of the key line: whether everything is saved.
struct SavingStatus: Hashable {
  let text: String
  let style: Style
}

extension Workbench {
  /// What stands below every place.
  var keyLine: KeyLine<[Binding]> { keyLine(of: overlay?.bindings ?? bindings) }

  func keyLine<Keys: KeySource>(of keys: Keys) -> KeyLine<Keys> {
    KeyLine(
      rect: Rect(x: 0, y: size.rows - 1, width: size.columns, height: 1), message: said,
      status: overlay == nil ? status : nil, keys: keys)
  }

  private var status: SavingStatus? {
    guard place == .patient || place == .screening else { return nil }
    if saving.failure != nil {
      return SavingStatus(text: "✗ not saved", style: Style(.blocks, bold: true))
    }
    // The word about what was saved before must not stand beside what is not yet.
    if saving.isUnderWay { return SavingStatus(text: "✎ saving", style: Style(.quiet)) }
    guard let time = saving.savedAt else { return nil }
    let isInField = place == .patient && form.isInField
    let usual: Key = isInField ? .control("_") : .character("z")
    let undo = keys.key(of: .undo, usually: usual, takesText: isInField).shortName
    let canUndo = size.columns >= 100 && chart?.record.undoable.isEmpty == false
    return SavingStatus(
      text: "✎ saved \(time)" + (canUndo ? " · undo \(undo)" : ""), style: Style(.quiet))
  }
}

extension Key {
  /// The name in the fewest letters, for the key line.
  fileprivate var shortName: String {
    if case .control(let letter) = self, letter != " " { "^\(letter)" } else { name }
  }
}
