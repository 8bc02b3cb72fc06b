/// The colours and attributes of every role.
public struct Theme: Hashable, Sendable {
  /// How one role looks.
  ///
  /// Colours are fixed palette indices, 0 to 15; none means the terminal's own.
  public struct Look: Hashable, Sendable {
    /// The colour of the text.
    public var foreground: UInt8?
    /// The colour behind it.
    public var background: UInt8?
    /// The attributes that the role brings along; its role is not looked at.
    public var attributes: Style

    /// A look of colours and attributes.
    public init(
      _ foreground: UInt8? = nil, on background: UInt8? = nil, attributes: Style = .plain
    ) {
      self.foreground = foreground
      self.background = background
      self.attributes = attributes
    }
  }

  /// The name by which a user chooses it.
  public let name: String
  private var looks: [Look]

  /// A theme that gives a look to each role.
  public init(name: String, _ look: (Role) -> Look) {
    self.name = name
    looks = Role.allCases.map(look)
  }

  /// How a role looks.
  public subscript(role: Role) -> Look { looks[Int(role.rawValue)] }

  private static func attributes(of role: Role) -> Style {
    switch role {
    case .heading, .blocks, .warning, .frameFocused: Style(bold: true)
    case .selection: Style(reverse: true)
    case .field: Style(underline: true)
    case .highlight: Style(bold: true, underline: true)
    default: .plain
    }
  }

  /// For a dark background.
  ///
  /// Clearing and blocking are told apart as blue and red, which those who do not see red from
  /// green can do.
  public static let dark = Theme(name: "dark") { role in
    let color: UInt8? =
      switch role {
      case .plain, .selection, .field: nil
      case .quiet, .frame: 8
      case .accent, .heading, .frameFocused, .highlight, .chart: 14
      case .clears: 12
      case .blocks: 9
      case .unknown: 13
      case .warning: 11
      }
    return Look(color, attributes: attributes(of: role))
  }

  /// For a light background.
  public static let light = Theme(name: "light") { role in
    let color: UInt8? =
      switch role {
      case .plain, .selection, .field: nil
      case .quiet, .frame: 8
      case .accent, .heading, .frameFocused, .highlight, .chart: 6
      case .clears: 4
      case .blocks, .warning: 1
      case .unknown: 5
      }
    return Look(color, attributes: attributes(of: role))
  }

  /// Without any colour: weight, lines and reversal say it all.
  public static let monochrome = Theme(name: "monochrome") { role in
    var attributes = attributes(of: role)
    if role == .accent { attributes.bold = true }
    return Look(attributes: attributes)
  }

  /// The themes that come with the program.
  public static let all = [dark, light, monochrome]

  /// Whether it names any colour.
  public var hasColors: Bool { looks.contains { $0.foreground != nil || $0.background != nil } }
}
