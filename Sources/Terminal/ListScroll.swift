/// Which row of a list is chosen, and which part of the list is in view.
///
/// The chosen row always is.
public struct ListScroll: Hashable, Sendable {
  /// The number of rows in the list.
  public private(set) var count: Int
  /// The number of rows in view.
  public private(set) var height: Int
  /// The chosen row; 0 in an empty list.
  public private(set) var selection: Int
  /// The first row in view.
  public private(set) var offset: Int

  /// A list with its first row chosen.
  public init(count: Int = 0, height: Int = 0, selection: Int = 0) {
    self.count = max(0, count)
    self.height = max(0, height)
    self.selection = selection
    offset = 0
    settle()
  }

  /// The rows in view.
  public var visible: Range<Int> { offset..<min(count, offset + height) }

  /// Takes over another length or height, keeping the choice as near as it can.
  public mutating func fit(count: Int, height: Int) {
    self.count = max(0, count)
    self.height = max(0, height)
    settle()
  }

  /// Chooses a row; outside the list, the nearest one.
  public mutating func select(_ row: Int) {
    selection = row
    settle()
  }

  /// Moves the choice up (negative) or down.
  public mutating func move(by rows: Int) { select(selection + rows) }

  /// Moves the choice by whole views, one row of which stays.
  public mutating func page(by pages: Int) { move(by: pages * max(1, height - 1)) }

  /// Chooses the first row.
  public mutating func home() { select(0) }

  /// Chooses the last row.
  public mutating func end() { select(count - 1) }

  /// Answers the keys by which lists are moved through everywhere: arrows, `j` `k`, Ctrl-n Ctrl-p,
  /// pages, Ctrl-d Ctrl-u, Home, End, `g` and `G`.
  /// - Returns: whether the key was one of them.
  public mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .up, .character("k"), .control("p"): move(by: -1)
    case .down, .character("j"), .control("n"): move(by: 1)
    case .pageUp: page(by: -1)
    case .pageDown: page(by: 1)
    case .control("u"): move(by: -max(1, height / 2))
    case .control("d"): move(by: max(1, height / 2))
    case .home, .character("g"): home()
    case .end, .character("G"): end()
    default: return false
    }
    return true
  }

  private mutating func settle() {
    selection = max(0, min(selection, count - 1))
    if selection < offset { offset = selection }
    if selection >= offset + height { offset = selection - height + 1 }
    // No empty rows below the end while there are rows above the beginning.
    offset = max(0, min(offset, count - max(1, height)))
  }
}
