import Foundation
import Terminal
import TestSupport
import Testing

/// Makes the pictures of the README, where it is told a folder.
///
/// The real program in an emulated terminal, drawn as SVG on an exact grid of cells and turned into
/// PNG by rsvg-convert.
@Suite(
  .enabled(if: Picture.folder != nil, "LOBULE_SCREENSHOTS names the folder to write to"),
  .serialized)
struct Screenshots {
  @Test(arguments: ["dark", "light"])
  func everyPlace(theme: String) throws {
    let terminal = try PseudoTerminal(arguments: ["app", "--theme", theme], columns: 120, rows: 32)
    let suffix = theme == "dark" ? "" : "-light"
    try terminal.wait(text: "NCT07409259")
    terminal.send("jj")
    try terminal.waitUntilQuiet()
    try Picture(terminal, theme: theme).write("trials\(suffix)")

    terminal.send("2")
    try terminal.wait(text: "▸ Age")
    try terminal.waitUntilQuiet()
    for (label, text) in [
      ("Age", "52"), ("Sex", "f"), ("Total bilirubin", "214"), ("Albumin", "31"),
      ("Creatinine", "88"), ("Urea", "6.1"), ("Sodium", "131"), ("Renal replacement", "n"),
      ("Neutrophils", "4.5"), ("INR", "2.1"), ("Encephalopathy", "1"), ("Ascites", "m"),
    ] {
      try terminal.go(to: label)
      terminal.send(text)
    }
    terminal.press(.enter)
    try terminal.wait(text: "C 11")
    try terminal.waitUntilQuiet()
    try Picture(terminal, theme: theme).write("patient\(suffix)")

    terminal.press(.escape)
    terminal.send("3")
    try terminal.waitUntilQuiet()
    try Picture(terminal, theme: theme).write("scores\(suffix)")

    terminal.send("4")
    try terminal.waitUntilQuiet()
    terminal.press(.right)
    try terminal.wait(text: "E1c")
    terminal.send("jjjjj")
    try terminal.waitUntilQuiet()
    try Picture(terminal, theme: theme).write("screening\(suffix)")
    terminal.press(.control("q"))
    terminal.send("x")
    _ = try terminal.exit()
  }

  /// What the tour shows beside the places.
  @Test func tour() throws {
    let folder = try TemporaryFolder(["ward.csv": Self.ward])
    let store = folder.file("tour.sqlite")
    #expect(try Run(["patients", "import", folder.file("ward.csv"), "--store", store]).status == 0)

    let terminal = try PseudoTerminal(
      arguments: ["app", "--theme", "dark", "--store", store], columns: 120, rows: 32)
    try terminal.wait(text: "NCT07409259")
    terminal.send("/exosome")
    try terminal.wait(text: " of 5")
    try take("tour-find", terminal)
    terminal.press(.escape)
    terminal.send("5")
    try terminal.wait(text: "▸ P-0007")
    try take("tour-patients", terminal)
    terminal.press(.enter)
    try terminal.wait(text: "P-0007 · 52 F")
    terminal.press(.control("g"))
    try terminal.wait(text: "Enter why")
    // The first that is blocked.
    terminal.press(.down, .down)
    try take("tour-verdicts", terminal)
    terminal.press(.enter)
    try terminal.wait(text: "The criterion")
    try take("tour-why", terminal)
    terminal.press(.escape)
    try terminal.wait(text: "Enter why")
    terminal.press(.escape, .escape)
    terminal.send("3t")
    try terminal.wait(text: "Trend of")
    terminal.send("p")
    try terminal.wait(text: "The code of the other patient")
    terminal.send("P-0009")
    terminal.press(.enter)
    try terminal.wait(text: "P-0009, day")
    try take("tour-trend", terminal)
    terminal.send("1b")
    try terminal.waitUntilQuiet()
    terminal.send("jjb")
    try terminal.waitUntilQuiet()
    terminal.send("c")
    try terminal.waitUntilQuiet()
    try take("tour-compare", terminal)
    terminal.press(.escape)
    terminal.send(":")
    try terminal.waitUntilQuiet()
    terminal.send("theme")
    try take("tour-commands", terminal)
    terminal.press(.escape, .control("q"))
    _ = try terminal.exit()
  }

  private func take(_ name: String, _ terminal: PseudoTerminal) throws {
    try terminal.waitUntilQuiet()
    try Picture(terminal, theme: "dark").write(name)
  }

  /// Two made up patients.
  private static let ward = """
    code,date,age[a],sex,totalBilirubin[umol/L],albumin[g/L],creatinine[umol/L],sodium[mmol/L],\
    renalReplacement,inr,encephalopathyGrade,ascites,urea[mmol/L],neutrophils[10*9/L]
    P-0007,2026-11-02,52,female,214,31,88,131,no,2.1,1,mild,6.1,4.5
    P-0007,2026-11-05,52,female,260,30,121,129,no,2.4,1,mild,8.2,6.1
    P-0007,2026-11-12,52,female,190,31,96,133,no,1.9,1,mild,6.6,5.2
    P-0007,2026-11-20,52,female,150,33,80,136,no,1.7,0,mild,5.8,4.8
    P-0009,2026-10-01,61,male,240,29,104,132,no,2.2,1,moderate,7.4,7.9
    P-0009,2026-10-08,61,male,376,27,210,126,no,3.1,2,moderate,14.2,11.3
    P-0009,2026-10-12,61,male,428,26,260,125,no,3.6,3,severe,18.9,13.0

    """
}

/// A screen as SVG.
struct Picture {
  static let folder = ProcessInfo.processInfo.environment["LOBULE_SCREENSHOTS"]

  private struct Failure: Error, CustomStringConvertible { let description: String }

  private static let cell = (width: 10.0, height: 21.0)
  private let svg: String

  init(_ terminal: PseudoTerminal, theme: String) {
    let colors = theme == "light" ? Self.light : Self.dark
    let (w, h) = Self.cell
    let size = (w * Double(terminal.columns) + 24, h * Double(terminal.rows) + 24)
    var body = ""
    for y in 0..<terminal.rows {
      for x in 0..<terminal.columns {
        let cell = terminal.cell(x, y)
        let (left, top) = (12 + Double(x) * w, 12 + Double(y) * h)
        var ink = cell.foreground.map { Self.color($0, colors.palette) } ?? colors.ink
        var paper = cell.background.map { Self.color($0, colors.palette) }
        if cell.isReversed { (ink, paper) = (paper ?? colors.paper, ink) }
        let width = w * Double(max(1, cell.width))
        if let paper {
          body +=
            "<rect x=\"\(left)\" y=\"\(top)\" width=\"\(width)\" height=\"\(h)\" fill=\"\(paper)\"/>"
        }
        if cell.isUnderlined {
          body +=
            "<rect x=\"\(left)\" y=\"\(top + h - 3)\" width=\"\(width)\" height=\"1\" fill=\"\(ink)\"/>"
        }
        guard !cell.text.isEmpty, cell.text != " " else { continue }
        if let line = Self.line(cell.text, left, top) {
          body += "<path d=\"\(line)\" stroke=\"\(ink)\" stroke-width=\"1.3\" fill=\"none\"/>"
        } else {
          let weight = cell.isBold ? " font-weight=\"bold\"" : ""
          let text = cell.text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
          body += "<text x=\"\(left)\" y=\"\(top + 15.5)\" fill=\"\(ink)\"\(weight)>\(text)</text>"
        }
      }
    }
    svg = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(size.0)" height="\(size.1)" \
      font-family="'JetBrains Mono','DejaVu Sans Mono','Noto Sans Mono CJK SC',monospace" \
      font-size="16.6"><rect width="100%" height="100%" rx="8" fill="\(colors.paper)"/>\(body)</svg>
      """
  }

  /// A colour of the palette of 256, the first 16 of which are the picture's own.
  private static func color(_ number: Int, _ palette: [String]) -> String {
    if number < 16 { return palette[number] }
    let place = number - 16
    let channels =
      number >= 232
      ? [Int](repeating: 8 + 10 * (number - 232), count: 3)
      : [place / 36, place / 6 % 6, place % 6].map { $0 == 0 ? 0 : 55 + 40 * $0 }
    return "#"
      + channels.map { value in
        let digits = String(value, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// A piece of a box as a path, so that lines join whatever the font.
  private static func line(_ text: String, _ x: Double, _ y: Double) -> String? {
    let (w, h) = cell
    let (middle, centre) = (x + w / 2, y + h / 2)
    let up = "M\(middle) \(y)V\(centre)"
    let down = "M\(middle) \(centre)V\(y + h)"
    let left = "M\(x) \(centre)H\(middle)"
    let right = "M\(middle) \(centre)H\(x + w)"
    switch text {
    case "─": return left + right
    case "│": return up + down
    case "╭": return "M\(middle) \(y + h)Q\(middle) \(centre) \(x + w) \(centre)"
    case "╮": return "M\(x) \(centre)Q\(middle) \(centre) \(middle) \(y + h)"
    case "╰": return "M\(middle) \(y)Q\(middle) \(centre) \(x + w) \(centre)"
    case "╯": return "M\(x) \(centre)Q\(middle) \(centre) \(middle) \(y)"
    case "├": return up + down + right
    case "┤": return up + down + left
    case "┬": return left + right + down
    case "┴": return left + right + up
    case "┼": return up + down + left + right
    default: return nil
    }
  }

  /// Writes `NAME.png` into the folder.
  func write(_ name: String) throws {
    let folder = try #require(Self.folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let source = folder + "/\(name).svg"
    try svg.write(toFile: source, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: source) }
    let picture = folder + "/\(name).png"
    try Self.run("rsvg-convert", "--output", picture, source)
    // A screen has few colours, and a palette of them makes a third of the file.
    try Self.run("pngquant", "--force", "--output", picture, "128", picture)
  }

  private static func run(_ command: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "this failed: \(command.joined(separator: " "))")
    }
  }

  private struct Colors {
    let paper: String, ink: String
    let palette: [String]
  }

  private static let dark = Colors(
    paper: "#1b1e28", ink: "#d4d8e4",
    palette: [
      "#3b4252", "#e06c75", "#98c379", "#d7a65f", "#61afef", "#c678dd", "#56b6c2", "#abb2bf",
      "#828a9c", "#ff7b86", "#b5e090", "#f0c674", "#7ab8ff", "#d9a0f0", "#74d4dd", "#ffffff",
    ])
  private static let light = Colors(
    paper: "#fbfbf9", ink: "#2b2d36",
    palette: [
      "#2b2d36", "#b8263a", "#3d7a2e", "#8a5a00", "#2456b8", "#8b2f9c", "#0b6e83", "#9a9ca5",
      "#6b6e7a", "#d2434f", "#4c9440", "#a87000", "#3a6fd8", "#a648b5", "#0d8199", "#ffffff",
    ])
}
