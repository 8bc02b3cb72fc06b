import Testing

@testable import Terminal

/// What stands for each role, on terminals of any number of colours.
@Suite struct ThemeTests {
  private static let themes: [(name: String, theme: Theme, background: Background)] =
    ThemeChoice.allCases.flatMap { choice in
      [Background.dark, .light].map { ("\(choice.rawValue) \($0)", choice.theme(on: $0), $0) }
    }.filter { name, _, _ in name != "dark light" && name != "light dark" }

  /// The numbers that curses is given, -1 being the terminal's own.
  private func numbers(_ choice: ThemeChoice, _ background: Background, _ colors: Int) -> String {
    let theme = choice.theme(on: background)
    return Role.allCases.compactMap { role in
      theme[role].foreground.map { "\(role) \($0.number(among: colors))" }
    }.joined(separator: " ")
  }

  @Test func rolesHaveTheirColors() {
    #expect(
      numbers(.dark, .light, 256)
        == "quiet 247 accent 80 heading 80 clears 75 blocks 210 unknown 177 warning 221 frame 244 "
        + "frameFocused 80 highlight 80 chart 80")
    #expect(
      numbers(.light, .dark, 256)
        == "quiet 241 accent 23 heading 23 clears 25 blocks 124 unknown 90 warning 94 frame 245 "
        + "frameFocused 23 highlight 23 chart 23")
    #expect(
      numbers(.dark, .dark, 16)
        == "quiet -1 accent 14 heading 14 clears 12 blocks 9 unknown 13 warning 11 frame -1 "
        + "frameFocused 14 highlight 14 chart 14")
    #expect(
      numbers(.dark, .dark, 8)
        == "quiet -1 accent 6 heading 6 clears 4 blocks 1 unknown 5 warning 3 frame -1 "
        + "frameFocused 6 highlight 6 chart 6")
    #expect(
      numbers(.blueOrange, .dark, 1 << 24)
        == "quiet \(0x9E9E9E) accent \(0xAFD7FF) heading \(0xAFD7FF) clears \(0x5FAFFF) "
        + "blocks \(0xFFAF00) warning \(0xFFFF87) frame \(0x808080) frameFocused \(0xAFD7FF) "
        + "highlight \(0xAFD7FF) chart \(0xAFD7FF)")
    #expect(numbers(.monochrome, .dark, 256) == "")
    #expect(!ThemeChoice.monochrome.theme(on: .light).hasColors)
  }

  @Test func autoFollowsTheBackground() {
    #expect(ThemeChoice.auto.theme(on: .dark) == ThemeChoice.dark.theme(on: .light))
    #expect(ThemeChoice.auto.theme(on: .light) == ThemeChoice.light.theme(on: .dark))
    #expect(
      ThemeChoice.allCases.filter(\.dependsOnBackground) == [.auto, .highContrast, .blueOrange])
    let all = (0..<6).reduce(into: [ThemeChoice.auto]) { found, _ in
      found.append((found.last ?? .auto).next)
    }
    #expect(Set(all).count == 6 && all.last == .auto)
  }

  // MARK: Seeing

  /// Relative luminance after WCAG 2.2.
  private func luminance(_ rgb: UInt32) -> Double {
    let channels = [rgb >> 16, rgb >> 8, rgb].map { value -> Double in
      let part = Double(value & 0xFF) / 255
      return part <= 0.04045 ? part / 12.92 : power((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }

  /// Without Foundation: x to the power of 2.4 is x² times the fifth root of x².
  private func power(_ x: Double, _: Double) -> Double {
    guard x > 0 else { return 0 }
    var root = x
    for _ in 0..<60 {
      root -= (root * root * root * root * root - x * x) / (5 * root * root * root * root)
    }
    return x * x * root
  }

  private func contrast(_ a: UInt32, _ b: UInt32) -> Double {
    let (darker, lighter) = (min(luminance(a), luminance(b)), max(luminance(a), luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)
  }

  @Test func contrastIsComputedRight() {
    #expect(abs(contrast(0x000000, 0xFFFFFF) - 21) < 0.001)
    #expect(abs(contrast(0x767676, 0xFFFFFF) - 4.54) < 0.01)
  }

  /// On black and white, and on Solarized, whose backgrounds are the least contrasting in wide use.
  @Test(arguments: themes.indices) func everythingCanBeRead(index: Int) {
    let (name, theme, background) = Self.themes[index]
    let isHigh = name.hasPrefix("high")
    let behind: [(UInt32, Double)] =
      background == .dark
      ? [(0x000000, isHigh ? 7 : 4.5), (0x002B36, isHigh ? 7 : 4.5)]
      : [(0xFFFFFF, isHigh ? 7 : 4.5), (0xFDF6E3, isHigh ? 7 : 4)]
    for role in Role.allCases {
      guard let color = theme[role].foreground else { continue }
      for (other, least) in behind {
        // Lines are no text: WCAG asks for 3 there.
        #expect(
          contrast(color.rgb, other) >= (role == .frame ? 3 : least), "\(name): \(role) on \(other)"
        )
      }
    }
  }

  /// Solarized makes colour 8 the colour of its dark background, others make it hard to see.
  @Test(arguments: themes.indices) func noRoleIsBlackOrDarkGrey(index: Int) {
    for role in Role.allCases {
      let basic = Self.themes[index].theme[role].foreground?.basic
      #expect(basic == nil || ![0, 7, 8].contains(basic))
    }
  }

  /// How a colour looks to eyes without one kind of cone: Machado, Oliveira, Fernandes 2009, severity 1.
  private func seen(_ rgb: UInt32, _ matrix: [Double]) -> [Double] {
    let linear = [rgb >> 16, rgb >> 8, rgb].map { value -> Double in
      let part = Double(value & 0xFF) / 255
      return part <= 0.04045 ? part / 12.92 : power((part + 0.055) / 1.055, 2.4)
    }
    return (0..<3).map { row in (0..<3).reduce(0) { $0 + matrix[row * 3 + $1] * linear[$1] } }
  }

  @Test(arguments: [Background.dark, .light]) func blueAndOrangeStayApart(background: Background)
    throws
  {
    let kinds: [(String, [Double])] = [
      (
        "protanopia",
        [
          0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
          1.051998,
        ]
      ),
      (
        "deuteranopia",
        [
          0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
          0.968881,
        ]
      ),
      (
        "tritanopia",
        [
          1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
          0.303900,
        ]
      ),
    ]
    let theme = ThemeChoice.blueOrange.theme(on: background)
    let clears = try #require(theme[.clears].foreground?.rgb)
    let blocks = try #require(theme[.blocks].foreground?.rgb)
    for (name, matrix) in kinds {
      let pairs = zip(seen(clears, matrix), seen(blocks, matrix))
      let distance = pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      #expect(distance > 0.25, "\(name): \(distance)")
    }
  }

  // MARK: The background

  @Test(arguments: [
    ("rgb:0000/0000/0000", Background.dark), ("rgb:ffff/ffff/ffff", .light),
    ("rgb:00/2b/36", .dark), ("rgb:fdfd/f6f6/e3e3", .light), ("rgba:ffff/ffff/ffff/8000", .light),
    ("rgb:f/f/f", .light), ("rgb:0000/0000/ffff", .dark),
  ])
  func readsColors(text: String, background: Background) {
    #expect(Background(color: text) == background)
  }

  @Test(arguments: [
    "", "rgb:", "rgb:ff/ff", "rgb:ff/ff/ff/ff", "rgb:fffff/0/0", "rgb:-1/0/0", "#ffffff",
    "cmy:0/0/0",
    "rgb:gg/00/00", "rgba:ff/ff/ff",
  ])
  func otherTextIsNoColor(text: String) { #expect(Background(color: text) == nil) }

  @Test func takesTheHintOfTheEnvironment() {
    #expect(Background(colorFGBG: "15;0") == .dark)
    #expect(Background(colorFGBG: "0;15") == .light)
    #expect(Background(colorFGBG: "0;default;7") == .light)
    #expect(Background(colorFGBG: "12;8") == .dark)
    #expect(Background(colorFGBG: "0;default") == nil)
    #expect(Background(colorFGBG: "") == nil)
  }

  // MARK: The clipboard

  @Test func encodesTheClipboard() {
    #expect(Clipboard.base64(Array("".utf8)) == "")
    #expect(Clipboard.base64(Array("N".utf8)) == "Tg==")
    #expect(Clipboard.base64(Array("NC".utf8)) == "TkM=")
    #expect(Clipboard.base64(Array("NCT肝".utf8)) == "TkNU6IKd")
  }

  @Test func wrapsWhatGoesThroughTmuxAndScreen() throws {
    let plain = "\u{1B}]52;c;TkNU\u{7}"
    #expect(Clipboard.sequence(for: "NCT", in: .terminal) == plain)
    #expect(
      Clipboard.sequence(for: "NCT", in: .tmux)
        == plain + "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;TkNU\u{7}\u{1B}\\")
    #expect(Clipboard.sequence(for: "NCT", in: .screen) == "\u{1B}P\(plain)\u{1B}\\")
    let text = String(repeating: "x", count: 1000)
    let long = try #require(Clipboard.sequence(for: text, in: .screen))
    let parts = long.split(separator: "\u{1B}\\")
    #expect(parts.count == 6 && parts.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.count <= 242 })
    #expect(parts.map { $0.dropFirst(2) }.joined() == Clipboard.sequence(for: text, in: .terminal))
    #expect(Clipboard.sequence(for: String(repeating: "x", count: 74_001), in: .terminal) == nil)
  }
}
