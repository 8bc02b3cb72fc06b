/// A place on the screen, counted in cells from the upper left corner.
public struct Point: Hashable, Sendable {
  /// The column, 0 at the left.
  public var x: Int
  /// The row, 0 at the top.
  public var y: Int

  /// A place at a column and a row.
  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// The extent of a screen in cells, never negative.
public struct Size: Hashable, Sendable {
  /// The width in cells.
  public var columns: Int
  /// The height in cells.
  public var rows: Int

  /// An extent; what is negative becomes 0.
  public init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }
}

/// A part of the screen; its width and height are never negative.
public struct Rect: Hashable, Sendable {
  /// The first column.
  public var x: Int
  /// The first row.
  public var y: Int
  /// The number of columns.
  public var width: Int
  /// The number of rows.
  public var height: Int

  /// A part of the screen; a negative width or height becomes 0.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// Whether it holds no cell.
  public var isEmpty: Bool { width == 0 || height == 0 }

  /// The column after the last one.
  public var right: Int { x + width }

  /// The row after the last one.
  public var bottom: Int { y + height }

  /// The rectangle without a margin on each of its four sides.
  public func inset(by margin: Int) -> Rect {
    Rect(
      x: x + min(margin, width / 2), y: y + min(margin, height / 2),
      width: width - 2 * margin, height: height - 2 * margin)
  }

  /// One row of it, as wide as it is.
  public func row(_ y: Int) -> Rect { Rect(x: x, y: y, width: width, height: 1) }

  /// Whether a cell lies inside.
  public func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < right && point.y >= y && point.y < bottom
  }

  /// What two rectangles have in common.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top,
      width: min(right, other.right) - left, height: min(bottom, other.bottom) - top)
  }

  /// A rectangle of at most this size in the middle of this one, as for an overlay.
  public func centered(width wide: Int, height high: Int) -> Rect {
    let wide = min(max(0, wide), width)
    let high = min(max(0, high), height)
    return Rect(x: x + (width - wide) / 2, y: y + (height - high) / 2, width: wide, height: high)
  }

  /// Cuts off this many columns at the left: the piece cut off, then the rest.
  public func split(left columns: Int) -> (Rect, Rect) {
    let cut = min(max(0, columns), width)
    return (
      Rect(x: x, y: y, width: cut, height: height),
      Rect(x: x + cut, y: y, width: width - cut, height: height)
    )
  }

  /// Cuts off this many columns at the right: the piece cut off, then the rest.
  public func split(right columns: Int) -> (Rect, Rect) {
    let (rest, cut) = split(left: width - min(max(0, columns), width))
    return (cut, rest)
  }

  /// Cuts off this many rows at the top: the piece cut off, then the rest.
  public func split(top rows: Int) -> (Rect, Rect) {
    let cut = min(max(0, rows), height)
    return (
      Rect(x: x, y: y, width: width, height: cut),
      Rect(x: x, y: y + cut, width: width, height: height - cut)
    )
  }

  /// Cuts off this many rows at the bottom: the piece cut off, then the rest.
  public func split(bottom rows: Int) -> (Rect, Rect) {
    let (rest, cut) = split(top: height - min(max(0, rows), height))
    return (cut, rest)
  }
}
