/// What lies behind the text.
public enum Background: Hashable, Sendable {
  case dark, light

  /// The background of a colour, as a terminal tells it: `rgb:ffff/ffff/ffff`, with one to four
  /// digits each; `nil` for what is no colour.
  init?(color text: some StringProtocol) {
    guard let colon = text.firstIndex(of: ":"), ["rgb", "rgba"].contains(text[..<colon]) else {
      return nil
    }
    let parts = text[text.index(after: colon)...].split(
      separator: "/", omittingEmptySubsequences: false)
    let channels = parts.prefix(3).compactMap { part -> Double? in
      guard (1...4).contains(part.utf8.count), let value = Int(part, radix: 16), part.first != "-",
        part.first != "+"
      else { return nil }
      return Double(value) / Double(1 << (4 * part.utf8.count) - 1)
    }
    guard channels.count == 3, parts.count == (text[..<colon] == "rgb" ? 3 : 4) else { return nil }
    // How bright the eye finds it: Rec. ITU-R BT.601.
    let brightness = 0.299 * channels[0] + 0.587 * channels[1] + 0.114 * channels[2]
    self = brightness > 0.5 ? .light : .dark
  }

  /// The background that the environment variable `COLORFGBG` tells of, which some terminals set:
  /// `15;0`, the numbers of the text's and the background's colours; `nil` where it says nothing.
  init?(colorFGBG: String) {
    guard let last = colorFGBG.split(separator: ";").last, let number = Int(last),
      (0...15).contains(number)
    else { return nil }
    // Of the sixteen, black to cyan and dark grey are dark; 7 and the bright ones are light.
    self = number <= 6 || number == 8 ? .dark : .light
  }
}

/// A colour of text, for terminals of any number of colours.
public struct Color: Hashable, Sendable {
  /// The number among 16 colours, which the user's palette gives its look; none for the terminal's
  /// own colour, drawn fainter.
  public let basic: UInt8?
  /// The number among 256 colours, 16 to 255: these look the same everywhere.
  public let indexed: UInt8

  init(_ basic: UInt8?, _ indexed: UInt8) {
    self.basic = basic
    self.indexed = indexed
  }

  /// Its number on a terminal of so many colours, -1 being the terminal's own.
  ///
  /// Among eight colours the bright ones are the others, which are drawn in bold.
  public func number(among colors: Int) -> Int32 {
    if colors > 256 { return Int32(rgb) }
    if colors == 256 { return Int32(indexed) }
    guard let basic else { return -1 }
    return Int32(Int(basic) < colors ? basic : basic - 8)
  }

  /// Red, green and blue of the indexed colour, eight bits each, as xterm defines it: a cube of six
  /// steps, and 24 greys.
  public var rgb: UInt32 {
    func packed(_ red: UInt32, _ green: UInt32, _ blue: UInt32) -> UInt32 {
      red << 16 | green << 8 | blue
    }
    if indexed >= 232 {
      let grey = 8 + 10 * UInt32(indexed - 232)
      return packed(grey, grey, grey)
    }
    let place = UInt32(max(indexed, 16) - 16)
    func step(_ number: UInt32) -> UInt32 { number == 0 ? 0 : 55 + 40 * number }
    return packed(step(place / 36), step(place / 6 % 6), step(place % 6))
  }
}

/// The colours and attributes of every role.
public struct Theme: Hashable, Sendable {
  /// How one role looks.
  public struct Look: Hashable, Sendable {
    /// The colour of the text; none for the terminal's own.
    public var foreground: Color?
    /// The attributes that the role brings along; its role is not looked at.
    public var attributes: Style
  }

  private var looks: [Look]

  private init(attributes: (Role) -> Style = Self.attributes, _ color: (Role) -> Color?) {
    looks = Role.allCases.map { Look(foreground: color($0), attributes: attributes($0)) }
  }

  /// How a role looks.
  public subscript(role: Role) -> Look { looks[Int(role.rawValue)] }

  /// Whether it names any colour.
  public var hasColors: Bool { looks.contains { $0.foreground != nil } }

  private static func attributes(of role: Role) -> Style {
    switch role {
    case .heading, .warning, .frameFocused: Style(bold: true)
    case .selection: Style(reverse: true)
    case .field: Style(underline: true)
    case .highlight: Style(bold: true, underline: true)
    default: .plain
    }
  }

  /// The same, and everything that is coloured is bold too.
  private static func heavyAttributes(of role: Role) -> Style {
    var attributes = attributes(of: role)
    switch role {
    case .accent, .clears, .unknown: attributes.bold = true
    default: break
    }
    return attributes
  }

  // Colour 8 is nowhere used: some palettes make it the background's colour.

  /// For a dark background.
  static let dark = Theme { role in
    switch role {
    case .plain, .selection, .field: nil
    case .quiet: Color(nil, 247)
    case .frame: Color(nil, 244)
    case .accent, .heading, .frameFocused, .highlight, .chart: Color(14, 80)
    case .clears: Color(12, 75)
    case .blocks: Color(9, 210)
    case .unknown: Color(13, 177)
    case .warning: Color(11, 221)
    }
  }

  /// For a light background.
  static let light = Theme { role in
    switch role {
    case .plain, .selection, .field: nil
    case .quiet: Color(nil, 241)
    case .frame: Color(nil, 245)
    case .accent, .heading, .frameFocused, .highlight, .chart: Color(6, 23)
    case .clears: Color(4, 25)
    case .blocks: Color(1, 124)
    case .unknown: Color(5, 90)
    case .warning: Color(1, 94)
    }
  }

  /// Nothing faint, and everything that is coloured bold, for a dark background.
  static let highContrastDark = Theme(attributes: heavyAttributes) { role in
    switch role {
    case .plain, .selection, .field, .quiet, .frame: nil
    case .accent, .heading, .frameFocused, .highlight, .chart: Color(14, 123)
    case .clears: Color(12, 117)
    case .blocks: Color(9, 217)
    case .unknown: Color(13, 225)
    case .warning: Color(11, 229)
    }
  }

  /// Nothing faint, and everything that is coloured bold, for a light background.
  static let highContrastLight = Theme(attributes: heavyAttributes) { role in
    switch role {
    case .plain, .selection, .field, .quiet, .frame: nil
    case .accent, .heading, .frameFocused, .highlight, .chart: Color(4, 17)
    case .clears: Color(4, 18)
    case .blocks: Color(1, 88)
    case .unknown: Color(5, 53)
    case .warning: Color(1, 52)
    }
  }

  /// Blue clears and orange blocks, which every kind of colour vision tells apart, for a dark
  /// background.
  static let blueOrangeDark = Theme { role in
    switch role {
    case .plain, .selection, .field, .unknown: nil
    case .quiet: Color(nil, 247)
    case .frame: Color(nil, 244)
    case .accent, .heading, .frameFocused, .highlight, .chart: Color(14, 153)
    case .clears: Color(12, 75)
    case .blocks: Color(11, 214)
    case .warning: Color(11, 228)
    }
  }

  /// Blue clears and orange blocks, for a light background.
  static let blueOrangeLight = Theme { role in
    switch role {
    case .plain, .selection, .field, .unknown: nil
    case .quiet: Color(nil, 241)
    case .frame: Color(nil, 245)
    case .accent, .heading, .frameFocused, .highlight, .chart: Color(4, 18)
    case .clears: Color(4, 26)
    // Among 16 colours orange is missing, and the yellow there is too pale for a light background.
    case .blocks: Color(1, 130)
    case .warning: Color(1, 94)
    }
  }

  /// Without any colour: weight, lines and reversal say it all.
  static let monochrome = Theme(attributes: { role in
    var attributes = attributes(of: role)
    if role == .accent { attributes.bold = true }
    return attributes
  }) { _ in nil }
}

/// The themes as a user chooses them, by their names.
public enum ThemeChoice: String, CaseIterable, Sendable {
  /// Dark or light, as the terminal is.
  case auto
  /// For a dark background, whatever the terminal says.
  case dark
  /// For a light background.
  case light
  /// Nothing faint, and strong colours.
  case highContrast = "high-contrast"
  /// Blue and orange instead of colours that some people cannot tell apart.
  case blueOrange = "blue-orange"
  /// No colours.
  case monochrome

  /// The theme for a background.
  public func theme(on background: Background) -> Theme {
    switch (self, background) {
    case (.auto, .dark), (.dark, _): .dark
    case (.auto, .light), (.light, _): .light
    case (.highContrast, .dark): .highContrastDark
    case (.highContrast, .light): .highContrastLight
    case (.blueOrange, .dark): .blueOrangeDark
    case (.blueOrange, .light): .blueOrangeLight
    case (.monochrome, _): .monochrome
    }
  }

  /// Whether it matters what lies behind the text.
  public var dependsOnBackground: Bool { theme(on: .dark) != theme(on: .light) }

  /// The one that comes after it; after the last the first.
  public var next: ThemeChoice {
    let all = Self.allCases
    let place = all.firstIndex(of: self) ?? 0
    return all[(place + 1) % all.count]
  }
}
