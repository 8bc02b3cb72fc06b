/// What a piece of text means on the screen.
///
/// The theme gives each role its colours, so that no screen ever names one.
public enum Role: UInt8, CaseIterable, Sendable {
  /// Ordinary text.
  case plain
  /// What helps but is not read first: units, dates, hints.
  case quiet
  /// The one colour that draws the eye.
  case accent
  /// The name of a section.
  case heading
  /// A criterion that the patient clears.
  case clears
  /// A criterion that blocks the patient.
  case blocks
  /// A criterion that cannot be settled yet.
  case unknown
  /// Something the user should look at.
  case warning
  /// The chosen row of a list.
  case selection
  /// Where text is typed.
  case field
  /// The lines of a box.
  case frame
  /// The lines of the box that the keys go to.
  case frameFocused
  /// What a search found.
  case highlight
  /// Bars, curves and rulers.
  case chart
}

/// How a cell looks: its role, and attributes that hold in every theme.
public struct Style: Hashable, Sendable {
  /// What the text means.
  public var role: Role
  private var attributes: UInt8 = 0

  /// A style of a role with attributes of its own.
  public init(
    _ role: Role = .plain, bold: Bool = false, underline: Bool = false, reverse: Bool = false,
    dim: Bool = false, italic: Bool = false
  ) {
    self.role = role
    self.bold = bold
    self.underline = underline
    self.reverse = reverse
    self.dim = dim
    self.italic = italic
  }

  /// Ordinary text without attributes.
  public static let plain = Style()

  /// Whether it is drawn heavier.
  public var bold: Bool {
    get { attributes & 1 != 0 }
    set { set(1, newValue) }
  }

  /// Whether it is underlined.
  public var underline: Bool {
    get { attributes & 2 != 0 }
    set { set(2, newValue) }
  }

  /// Whether foreground and background change places.
  public var reverse: Bool {
    get { attributes & 4 != 0 }
    set { set(4, newValue) }
  }

  /// Whether it is drawn fainter.
  public var dim: Bool {
    get { attributes & 8 != 0 }
    set { set(8, newValue) }
  }

  /// Whether it is slanted.
  public var italic: Bool {
    get { attributes & 16 != 0 }
    set { set(16, newValue) }
  }

  /// A number of its own, below ``count``.
  var index: Int { Int(role.rawValue) << 5 | Int(attributes) }

  /// How many styles there are.
  static let count = Role.allCases.count << 5

  private mutating func set(_ bit: UInt8, _ on: Bool) {
    attributes = on ? attributes | bit : attributes & ~bit
  }
}
