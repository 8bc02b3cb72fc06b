import Hepatology
import Terminal
public import Trials

/// A state of the app that has keys of its own, as the documentation tells of it.
public struct KeyContext: Sendable {
  /// Where it is: `Trials, finding`.
  public let title: String
  /// The keys that the program comes with there.
  public let bindings: [Binding]
  /// Whether letters are input there.
  public let takesText: Bool

  /// Every state of the app, with nothing to read in it: enough to know the keys.
  public static var usual: [KeyContext] { all(library: TrialLibrary(files: [])) }

  /// Every state of the app.
  ///
  /// - Parameter library: Some trials, so that there is something to read.
  public static func all(library: TrialLibrary = TrialLibrary()) -> [KeyContext] {
    let states: [(title: String, keys: [Key])] = [
      ("Trials", []),
      ("Trials, finding", [.character("/")]),
      ("Trials, reading", [.enter]),
      ("Trials, comparing", [.character("c")]),
      ("Patient, in a field", [.character("2")]),
      ("Patient, the day of a value", [.character("2"), .tab, .character("9"), .control("t")]),
      ("Patient, outside of the fields", [.character("2"), .escape]),
      ("Patient, beside the form", [.character("2"), .control("g")]),
      ("Scores", [.character("3")]),
      ("Scores, finding", [.character("3"), .character("/")]),
      ("Scores, reading", [.character("3"), .enter]),
      ("Scores, trend", [.character("3"), .character("t")]),
      ("Screening", [.character("4")]),
      ("Patients", [.character("5")]),
      ("Patients, finding", [.character("5"), .character("/")]),
    ]
    let workbench = Workbench(
      library: library, size: Size(columns: 80, rows: 24),
      preferences: Preferences(variables: .builtIn))
    return states.map { title, keys in
      var workbench = workbench
      for key in keys { _ = workbench.handle(.key(key)) }
      return KeyContext(
        title: title, bindings: workbench.bindings, takesText: workbench.takesText)
    } + [
      KeyContext(
        title: "The help",
        bindings: Overlay.help(HelpOverlay(title: "", bindings: [])).bindings, takesText: true),
      KeyContext(
        title: "The commands", bindings: Overlay.palette(PaletteOverlay(bindings: [])).bindings,
        takesText: true),
    ]
  }
}
