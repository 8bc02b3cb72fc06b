import Hepatology
import Quantities
public import Terminal
import Trials

@testable import Workbench

/// The app at a desk: driven by what a person can do, read as a person reads it.
///
///     let desk = Desk(.large).press("2", "Tab").type("214")
///     #expect(desk.shows("MELD 3.0"))
final class Desk {
  private(set) var workbench: Workbench
  /// What the app asked of the outside so far.
  private(set) var effects: [Effect] = []

  /// The trials that come with the program, read once.
  static let library = TrialLibrary()

  /// The app as it opens; made once, because it looks through all trials then.
  private static let opened = Workbench(library: library, size: .small)

  init(_ size: Size = .small, glyphs: Glyphs = .unicode) {
    workbench =
      glyphs == .unicode
      ? Self.opened : Workbench(library: Self.library, size: size, glyphs: glyphs)
    resize(size)
  }

  // MARK: Doing

  /// Presses keys, by their names as the help writes them: `Enter`, `Ctrl-u`, `g`.
  @discardableResult func press(_ keys: Key...) -> Desk {
    for key in keys { happen(.key(key)) }
    return self
  }

  /// Types text, one key a character.
  @discardableResult func type(_ text: String) -> Desk {
    for character in text { happen(.key(.character(character))) }
    return self
  }

  @discardableResult func paste(_ text: String) -> Desk { happen(.paste(text)) }

  @discardableResult func resize(_ size: Size) -> Desk { happen(.resize(size)) }

  @discardableResult func happen(_ event: Event) -> Desk {
    effects += workbench.handle(event)
    return self
  }

  /// Goes to the form and enters the patient of the README.
  @discardableResult func enterPatient() -> Desk {
    press("2").type("52").press("Enter").type("f").press("Enter")
    for number in ["214", "31", "88", "6.1", "131"] { type(number).press("Enter") }
    return type("n").press("Enter").type("4.5").press("Enter").type("2.1").press("Tab")
      .type("1").press("Enter").type("m").press("Enter")
  }

  /// Goes to a field of the form, and shows all fields where it is not among those that are needed.
  @discardableResult func go(to id: String) -> Desk {
    if workbench.place != .patient { press("2") }
    if !form.isInField { press("Enter") }
    if !form.fields.contains(where: { $0.id == id }) { press("Ctrl-o") }
    for _ in 0...Variable.all.count where workbench.form.focus.id != id { press("Up") }
    for _ in 0...Variable.all.count where workbench.form.focus.id != id { press("Down") }
    return self
  }

  // MARK: Seeing

  var canvas: Canvas { workbench.draw() }
  var lines: [String] { canvas.lines }
  var text: String { lines.joined(separator: "\n") }
  /// The line at the bottom: the keys, or a message.
  var keyLine: String { lines.last ?? "" }
  var form: PatientPlace { workbench.form }

  func shows(_ text: String) -> Bool { self.text.contains(text) }

  /// The first row of the screen that contains a text.
  func row(_ text: String) -> String { lines.first { $0.contains(text) } ?? "" }

  /// What is typed in a field, as it was typed.
  func typed(_ id: String) -> String? {
    Variable.find(id).flatMap { workbench.patient[$0]?.typed }
  }

  /// What was read in a field, for a person: `214 µmol/L`, `mild`, or why there is nothing.
  func value(_ id: String) -> String {
    guard let variable = Variable.find(id), let entry = workbench.patient[variable] else {
      return "–"
    }
    switch entry.reading {
    case .refused(let error): return "refused: \(error)"
    case .value(.quantity(let quantity, let bound), _):
      let sign = bound == .below ? "<" : bound == .above ? ">" : ""
      return "\(sign)\(quantity.value) \(quantity.unit.symbol)"
    case .value(.choice(let id), _): return id
    case .value(.choices(let ids), _): return ids.sorted().joined(separator: " ")
    case .value(.yesNo(let yes), _): return yes ? "yes" : "no"
    case .value(.event(.never), _): return "never"
    case .value(.event(.ongoing), _): return "ongoing"
    case .value(.event(.on(let day)), _): return "\(day)"
    }
  }

  /// A score of the list beside the form: `28`, or a dash.
  func score(_ id: String) -> String {
    workbench.results.first { $0.score.id == id }?.text ?? "–"
  }
}

extension Size {
  static let small = Size(columns: 80, rows: 24)
  static let large = Size(columns: 120, rows: 40)
  static let huge = Size(columns: 200, rows: 60)
}

extension Key: ExpressibleByStringLiteral {
  /// A key by its name; a name that is none is a fault of the test.
  public init(stringLiteral name: String) {
    guard let key = Key(name) else { preconditionFailure("“\(name)” is no key") }
    self = key
  }
}
